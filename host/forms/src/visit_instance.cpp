#include "visit_instance.hpp"

#include <algorithm>
#include <charconv>

namespace kiosk::forms {

VisitInstance::VisitInstance(const Form& form, const CompiledForm& compiled)
    : form_(form), compiled_(compiled), frames_of_(form.nodes.size()), start_counts_(form.nodes.size(), kNone) {
    frames_.push_back({0, 0, std::vector<NodeId>(form.nodes.size(), kNoNode)});
    read_start();
    irrelevant_.resize(document_.size(), false);
    document_.number();
}

NodeId& VisitInstance::entry(std::uint32_t slot, std::uint32_t frame) {
    return frames_[frame].nodes[slot - frames_[frame].first_slot];
}

std::uint32_t VisitInstance::new_frame(std::uint32_t repeat_slot, std::uint32_t parent) {
    const std::uint32_t size = form_.nodes[repeat_slot].end - repeat_slot;
    frames_.push_back({parent, repeat_slot, std::vector<NodeId>(size, kNoNode)});
    const auto frame = static_cast<std::uint32_t>(frames_.size() - 1);
    frames_of_[repeat_slot].push_back(frame);
    return frame;
}

NodeId VisitInstance::add_anchor(NodeId parent, NodeId before, std::uint32_t slot, std::uint32_t frame) {
    const NodeId anchor = document_.insert(parent, before, DocumentNodeKind::anchor, compiled_.slot_names[slot]);
    document_[anchor].slot = slot;
    document_[anchor].frame = frame;
    entry(slot, frame) = anchor;
    return anchor;
}

// The element of a slot; of a repeat it opens a frame of its own.
NodeId VisitInstance::add_node(NodeId parent, NodeId before, std::uint32_t slot, std::uint32_t frame) {
    const bool is_repeat = form_.nodes[slot].kind == ItemKind::repeat && slot != 0;
    if (is_repeat) {
        if (entry(slot, frame) == kNoNode) add_anchor(parent, before, slot, frame);
        frame = new_frame(slot, frame);
    }
    const NodeId node = document_.insert(parent, before, DocumentNodeKind::element, compiled_.slot_names[slot]);
    document_[node].slot = slot;
    document_[node].frame = frame;
    entry(slot, frame) = node;
    return node;
}

void VisitInstance::read_start() {
    const Instance& start = form_.instance;
    std::vector<NodeId> ids(start.elements.size(), kNoNode);
    for (std::size_t i = 0; i < start.elements.size(); ++i) {
        const Element& element = start.elements[i];
        const std::string_view name = start.name(element);
        const NodeId parent = element.parent == kNone ? Document::kRoot : ids[element.parent];
        if (parent == kNoNode) continue;
        if (name.starts_with('@')) {
            const NameId attribute = compiled_.names.find(name.substr(1));
            document_.append(parent, DocumentNodeKind::attribute, attribute, attribute, element.value);
            continue;
        }
        const std::uint32_t parent_slot = element.parent == kNone ? kNone : document_[parent].slot;
        const std::uint32_t slot = compiled_.child(parent_slot, compiled_.names.find(name));
        if (slot == kNone) continue;
        ids[i] = add_node(parent, kNoNode, slot, document_[parent].frame);
        document_.set_text(ids[i], element.value);
    }
    if (frames_[0].nodes[0] == kNoNode) build_below(add_node(Document::kRoot, kNoNode, 0, 0), 0, 0);
    add_missing_anchors(root());
    count_nested(root());
}

// How many instances of a nested repeat the first instance around it starts with: what a new one starts with, too.
void VisitInstance::count_nested(NodeId parent) {
    for (NodeId child = document_[parent].first_child; child != kNoNode; child = document_[child].next) {
        const std::uint32_t child_slot = document_[child].slot;
        if (child_slot == PathStart::kNoSlot) continue;
        if (!is_anchor(child)) count_nested(child);
        else if (start_counts_[child_slot] == kNone) start_counts_[child_slot] = static_cast<std::uint32_t>(instance_count(child));
    }
}

// Repeats without instances still need their place among their siblings.
void VisitInstance::add_missing_anchors(NodeId parent) {
    const std::uint32_t parent_slot = document_[parent].slot;
    const std::uint32_t frame = document_[parent].frame;
    for (std::uint32_t slot = parent_slot + 1; slot < form_.nodes[parent_slot].end; slot = form_.nodes[slot].end) {
        if (form_.nodes[slot].kind != ItemKind::repeat || entry(slot, frame) != kNoNode) continue;
        NodeId before = document_[parent].first_child;
        while (before != kNoNode && (document_[before].slot == PathStart::kNoSlot || document_[before].slot < slot))
            before = document_[before].next;
        add_anchor(parent, before, slot, frame);
    }
    for (NodeId child = document_[parent].first_child; child != kNoNode; child = document_[child].next)
        if (document_[child].kind == DocumentNodeKind::element && document_[child].slot != PathStart::kNoSlot)
            add_missing_anchors(child);
}

// A new group or repeat instance: defaults, and as many instances of the repeats inside as the form starts with (one,
// where it starts with none around them and does not have them as templates only), unless their number is computed.
void VisitInstance::build_below(NodeId parent, std::uint32_t slot, std::uint32_t frame) {
    for (std::uint32_t child = slot + 1; child < form_.nodes[slot].end; child = form_.nodes[child].end) {
        const Node& node = form_.nodes[child];
        const bool is_counted = node.kind == ItemKind::repeat && node.control != kNone &&
                                !form_.controls[node.control].repeat_count.empty();
        std::uint32_t times = 1;
        if (node.kind == ItemKind::repeat) {
            add_anchor(parent, kNoNode, child, frame);
            if (start_counts_[child] != kNone) times = start_counts_[child];
            if (is_counted || (start_counts_[child] == kNone && node.starts_empty)) times = 0;
        }
        for (std::uint32_t i = 0; i < times; ++i) {
            const NodeId added = add_node(parent, kNoNode, child, frame);
            document_.set_text(added, node.default_value);
            build_below(added, child, document_[added].frame);
        }
    }
}

bool VisitInstance::is_repeat_instance(NodeId node) const {
    const std::uint32_t at = document_[node].slot;
    return at != PathStart::kNoSlot && at != 0 && form_.nodes[at].kind == ItemKind::repeat && !is_anchor(node);
}

std::string_view VisitInstance::value(NodeId node) const {
    const NodeId text = document_[node].first_child;
    if (text == kNoNode || document_[text].kind != DocumentNodeKind::text) return {};
    return document_[text].value;
}

bool VisitInstance::set_value(NodeId node, std::string_view new_value) {
    if (value(node) == new_value) return false;
    document_.set_text(node, new_value);
    irrelevant_.resize(document_.size(), false);
    return true;
}

void VisitInstance::set_relevant(NodeId node, bool is_relevant, std::vector<NodeId>& changed) {
    irrelevant_[node] = !is_relevant;
    std::vector<NodeId> open{node};
    while (!open.empty()) {
        const NodeId at = open.back();
        open.pop_back();
        const bool hidden = document_[document_[at].parent].hidden || irrelevant_[at];
        if (document_[at].hidden == hidden) continue;
        document_[at].hidden = hidden;
        if (document_[at].slot != PathStart::kNoSlot) changed.push_back(at);
        for (NodeId child = document_[at].first_child; child != kNoNode; child = document_[child].next) open.push_back(child);
    }
}

NodeId VisitInstance::anchor(std::uint32_t repeat_slot, std::uint32_t frame) const {
    return frames_[frame].nodes[repeat_slot - frames_[frame].first_slot];
}

std::vector<NodeId> VisitInstance::instances(NodeId anchor_node) const {
    std::vector<NodeId> found;
    const std::uint32_t wanted = document_[anchor_node].slot;
    for (NodeId at = document_[anchor_node].next; at != kNoNode && document_[at].slot == wanted; at = document_[at].next)
        found.push_back(at);
    return found;
}

std::size_t VisitInstance::instance_count(NodeId anchor_node) const {
    std::size_t count = 0;
    const std::uint32_t wanted = document_[anchor_node].slot;
    for (NodeId at = document_[anchor_node].next; at != kNoNode && document_[at].slot == wanted; at = document_[at].next) ++count;
    return count;
}

NodeId VisitInstance::anchor_of(NodeId repeat_instance) const {
    return anchor(document_[repeat_instance].slot, frames_[document_[repeat_instance].frame].parent);
}

std::size_t VisitInstance::position(NodeId repeat_instance) const {
    std::size_t count = 0;
    for (NodeId at = repeat_instance; document_[at].kind != DocumentNodeKind::anchor; at = document_[at].previous) ++count;
    return count;
}

NodeId VisitInstance::add_instance(NodeId anchor_node) {
    const std::uint32_t repeat_slot = document_[anchor_node].slot;
    NodeId after = anchor_node;
    while (document_[after].next != kNoNode && document_[document_[after].next].slot == repeat_slot) after = document_[after].next;
    const NodeId added = add_node(document_[anchor_node].parent, document_[after].next, repeat_slot, document_[anchor_node].frame);
    build_below(added, repeat_slot, document_[added].frame);
    irrelevant_.resize(document_.size(), false);
    return added;
}

void VisitInstance::remove_instance(NodeId repeat_instance) {
    const std::uint32_t gone = document_[repeat_instance].frame;
    const std::uint32_t repeat_slot = document_[repeat_instance].slot;
    for (std::uint32_t slot = repeat_slot; slot < form_.nodes[repeat_slot].end; ++slot) {
        std::erase_if(frames_of_[slot], [&](std::uint32_t frame) {
            for (std::uint32_t at = frame; at != 0; at = frames_[at].parent)
                if (at == gone) return true;
            return false;
        });
    }
    document_.detach(repeat_instance);
}

std::uint32_t VisitInstance::frame_around(NodeId node, std::uint32_t repeat_slot) const {
    std::uint32_t frame = document_[node].frame;
    while (frame != 0 && frames_[frame].first_slot != repeat_slot) frame = frames_[frame].parent;
    return frame;
}

void VisitInstance::instances_of(std::uint32_t wanted, std::uint32_t frame, std::vector<NodeId>& found) const {
    const std::uint32_t frame_slot = compiled_.frame_slots[wanted];
    const auto take = [&](std::uint32_t from) {
        const NodeId node = frames_[from].nodes[wanted - frames_[from].first_slot];
        if (node != kNoNode) found.push_back(node);
    };
    if (frames_[frame].first_slot == frame_slot) return take(frame);
    for (std::uint32_t candidate : frames_of_[frame_slot]) {
        std::uint32_t at = candidate;
        while (at != frame && at != 0) at = frames_[at].parent;
        if (at == frame) take(candidate);
    }
}

void VisitInstance::anchors_of(std::uint32_t repeat_slot, std::uint32_t frame, std::vector<NodeId>& found) const {
    const std::uint32_t around = form_.nodes[repeat_slot].parent;
    std::vector<NodeId> parents;
    instances_of(around, frame, parents);
    for (NodeId parent : parents) found.push_back(anchor(repeat_slot, document_[parent].frame));
}

std::string VisitInstance::path(NodeId node) const {
    std::vector<NodeId> way;
    for (NodeId at = node; at != Document::kRoot && at != kNoNode; at = document_[at].parent) way.push_back(at);
    std::string text;
    for (auto at = way.rbegin(); at != way.rend(); ++at) {
        text += "/" + compiled_.names.text(document_[*at].name);
        if (is_repeat_instance(*at)) text += "[" + std::to_string(position(*at)) + "]";
    }
    return text;
}

NodeId VisitInstance::find(std::string_view path) const {
    NodeId at = Document::kRoot;
    while (!path.empty()) {
        if (path.front() != '/' || (at != Document::kRoot && is_anchor(at))) return kNoNode;
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        std::string_view name = path.substr(0, end);
        path.remove_prefix(end);
        std::size_t index = 0;
        if (const std::size_t bracket = name.find('['); bracket != std::string_view::npos) {
            const std::string_view digits = name.substr(bracket + 1);
            const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
            if (error != std::errc{} || index == 0 || std::string_view(stop, static_cast<std::size_t>(digits.data() + digits.size() - stop)) != "]")
                return kNoNode;
            name = name.substr(0, bracket);
        }
        const std::uint32_t parent_slot = at == Document::kRoot ? kNone : document_[at].slot;
        const NameId name_id = compiled_.names.find(name);
        const std::uint32_t child = name_id == kNoName ? kNone : compiled_.child(parent_slot, name_id);
        if (child == kNone) return kNoNode;
        const std::uint32_t frame = at == Document::kRoot ? 0 : document_[at].frame;
        at = frames_[frame].nodes[child - frames_[frame].first_slot];
        if (at == kNoNode) return kNoNode;
        if (is_anchor(at) && (index > 0 || !path.empty())) {
            const std::vector<NodeId> all = instances(at);
            if (index > all.size() || all.empty()) return kNoNode;
            at = all[index == 0 ? 0 : index - 1];
        } else if (index > 1) {
            return kNoNode;
        }
    }
    return at == Document::kRoot ? kNoNode : at;
}

void VisitInstance::list(std::vector<NodeId>& found) const { list_below(root(), found); }

void VisitInstance::list_below(NodeId parent, std::vector<NodeId>& found) const {
    NodeId waiting = kNoNode;            // an anchor whose instances are being listed
    for (NodeId child = document_[parent].first_child; child != kNoNode; child = document_[child].next) {
        if (document_[child].slot == PathStart::kNoSlot) continue;
        if (waiting != kNoNode && document_[child].slot != document_[waiting].slot) {
            found.push_back(waiting);
            waiting = kNoNode;
        }
        if (is_anchor(child)) {
            waiting = child;
            continue;
        }
        found.push_back(child);
        list_below(child, found);
    }
    if (waiting != kNoNode) found.push_back(waiting);
}

}  // namespace kiosk::forms
