#include "form_visit_implementation.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

bool is_together(const Control& control) {
    return std::ranges::any_of(control.appearance, [](const std::string& token) { return token == "field-list" || token == "table-list"; });
}

class PageBuilder {
  public:
    explicit PageBuilder(VisitEngine& engine) : engine_(engine), form_(engine.form()) {}

    std::vector<Page> run() {
        add(0, static_cast<std::uint32_t>(form_.controls.size()), 0, nullptr);
        return std::move(pages_);
    }

  private:
    // The controls of one level, for one repeat instance; onto `together` where they share a page.
    void add(std::uint32_t first, std::uint32_t end, std::uint32_t frame, Page* together) {
        for (std::uint32_t index = first; index < end; index = form_.controls[index].end) {
            const Control& control = form_.controls[index];
            const NodeId node = control.node == kNone ? kNoNode : node_in(control.node, frame);
            if (control.node != kNone && (node == kNoNode || engine_.instance().is_hidden(node))) continue;
            switch (control.kind) {
                case ItemKind::question:
                    if (node != kNoNode) put(node, together);
                    break;
                case ItemKind::group: add_inside(index, frame, is_together(control), together); break;
                case ItemKind::repeat: add_repeat(index, node, together); break;
            }
        }
    }

    void add_inside(std::uint32_t index, std::uint32_t frame, bool starts_page, Page* together) {
        if (together != nullptr || !starts_page) {
            add(index + 1, form_.controls[index].end, frame, together);
            return;
        }
        Page page;
        add(index + 1, form_.controls[index].end, frame, &page);
        if (!page.empty()) pages_.push_back(std::move(page));
    }

    void add_repeat(std::uint32_t index, NodeId anchor, Page* together) {
        const bool is_page = is_together(form_.controls[index]);
        for (NodeId instance : engine_.instance().instances(anchor))
            if (!engine_.instance().is_hidden(instance))
                add_inside(index, engine_.instance().document()[instance].frame, is_page, together);
        if (engine_.is_offered(anchor)) put(anchor, together);
    }

    void put(NodeId node, Page* together) {
        if (together != nullptr) together->push_back(node);
        else pages_.push_back({node});
    }

    // The node of a slot as seen from a frame; a repeat's is its anchor.
    NodeId node_in(std::uint32_t slot, std::uint32_t frame) const {
        const std::vector<Frame>& frames = engine_.instance().frames();
        const bool is_repeat = form_.nodes[slot].kind == ItemKind::repeat;
        const std::uint32_t wanted = engine_.compiled().frame_slots[is_repeat ? form_.nodes[slot].parent : slot];
        while (frame != 0 && frames[frame].first_slot != wanted) frame = frames[frame].parent;
        if (frames[frame].first_slot != wanted) return kNoNode;
        return frames[frame].nodes[slot - frames[frame].first_slot];
    }

    VisitEngine& engine_;
    const Form& form_;
    std::vector<Page> pages_;
};

}  // namespace

std::vector<Page> pages_of(VisitEngine& engine) { return PageBuilder(engine).run(); }

}  // namespace kiosk::forms
