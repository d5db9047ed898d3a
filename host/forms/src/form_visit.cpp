#include <kiosk/forms/form_visit.hpp>

#include "compiled_form.hpp"
#include "form_visit_implementation.hpp"
#include "unicode.hpp"

#include <kiosk/core/response_id.hpp>

#include <algorithm>

namespace kiosk::forms {
namespace {

constexpr std::size_t kLongestAnswer = 64 * 1024;      // bytes

core::Error refusal(std::string code, std::string vi, std::string en) { return {std::move(code), {std::move(vi), std::move(en)}}; }

core::Error ended_error() { return refusal("visit.ended", "Lượt trả lời này đã kết thúc.", "This visit has ended."); }

core::Error not_answered() {
    return refusal("visit.not_answered", "Còn câu chưa trả lời hoặc trả lời chưa phù hợp; hãy xem các câu được đánh dấu.",
                   "Some answers are missing or not accepted; see the questions that are marked.");
}

core::Error no_such_node(std::string_view path) {
    const std::string shown(path);
    return refusal("visit.no_such_node", "Không có mục “" + shown + "” lúc này; hãy kiểm tra đường dẫn.",
                   "There is no node \"" + shown + "\" now; check the path.");
}

}  // namespace

FormVisit::Implementation::Implementation(std::shared_ptr<const Form> form, std::shared_ptr<const CompiledForm> compiled,
                                          VisitSettings settings, TimeZone zone, std::uint32_t language)
    : engine(std::move(form), std::move(compiled), std::move(settings), zone, language) {
    engine.start();
    pages = pages_of(engine);
}

core::Result<NodeId> FormVisit::Implementation::question_at(std::string_view path) {
    if (ended) return ended_error();
    const NodeId node = engine.instance().find(path);
    if (node == kNoNode) return no_such_node(path);
    const Node& described = engine.form().nodes[engine.instance().slot(node)];
    if (described.kind != ItemKind::question || described.control == kNone)
        return refusal("visit.not_a_question", "Mục này không phải là câu hỏi.", "This node is not a question.");
    if (engine.instance().is_hidden(node))
        return refusal("visit.not_relevant", "Câu hỏi này lúc này không áp dụng.", "This question does not apply now.");
    if (engine.is_read_only(node))
        return refusal("visit.read_only", "Câu này chỉ để xem.", "This question can only be read.");
    return node;
}

core::Result<void> FormVisit::Implementation::set(NodeId node, std::string_view value) {
    const std::string before(engine.instance().value(node));
    engine.set_value(node, value);
    const std::optional<core::Error> excess = engine.excess();
    if (excess) engine.set_value(node, before);
    else if (!value.empty()) asked_.erase(node);
    refresh_pages();
    if (excess) return *excess;
    return {};
}

void FormVisit::Implementation::refresh_pages() {
    const Page before = current < pages.size() ? pages[current] : Page{};
    pages = pages_of(engine);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const bool is_same = std::ranges::any_of(before, [&](NodeId node) { return std::ranges::find(pages[i], node) != pages[i].end(); });
        if (is_same) {
            current = i;
            return;
        }
    }
    current = pages.empty() ? 0 : std::min(current, pages.size() - 1);
}

bool FormVisit::Implementation::is_inside(NodeId node, NodeId top) const {
    for (NodeId at = node; at != kNoNode; at = engine.instance().document()[at].parent)
        if (at == top) return true;
    return false;
}

bool FormVisit::Implementation::show(NodeId node) {
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (std::ranges::none_of(pages[i], [&](NodeId shown) { return is_inside(shown, node); })) continue;
        current = i;
        return true;
    }
    return false;
}

core::Result<FormVisit> FormVisit::begin(std::shared_ptr<const Form> form, VisitSettings settings) {
    KIOSK_ASSERT(form != nullptr && !form->nodes.empty());
    std::shared_ptr<const CompiledForm> compiled = form->compiled;
    if (compiled == nullptr) {
        Compilation compilation = compile_form(*form);
        if (!compilation.faults.empty()) return compilation.faults.front().error;
        compiled = std::move(compilation.form);
    }
    const core::Result<TimeZone> zone = TimeZone::find(settings.timezone);
    if (!zone) return zone.error();
    std::uint32_t language = form->default_language;
    if (!settings.language.empty()) {
        language = form->find_language(settings.language);
        if (language == kNone) {
            return refusal("visit.unknown_language", "Biểu mẫu không có ngôn ngữ “" + settings.language + "”.",
                           "The form has no language \"" + settings.language + "\".");
        }
    }
    if (settings.instance_id.empty()) {
        core::SeededRandom random(settings.seed);
        settings.instance_id = "uuid:" + core::ResponseId::make(random).to_string();
    }
    auto implementation = std::make_unique<Implementation>(std::move(form), std::move(compiled), std::move(settings), *zone, language);
    if (implementation->engine.excess()) return *implementation->engine.excess();
    return FormVisit(std::move(implementation));
}

FormVisit::FormVisit(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
FormVisit::FormVisit(FormVisit&&) noexcept = default;
FormVisit& FormVisit::operator=(FormVisit&&) noexcept = default;
FormVisit::~FormVisit() = default;

core::Result<void> FormVisit::set(std::string_view path, std::string_view value) {
    const core::Result<NodeId> node = implementation_->question_at(path);
    if (!node) return node.error();
    if (value.size() > kLongestAnswer)
        return refusal("visit.too_long", "Câu trả lời dài quá 64 KiB; hãy rút ngắn.", "The answer is longer than 64 KiB; shorten it.");
    if (!is_utf8(value)) return refusal("visit.not_text", "Câu trả lời không phải là văn bản UTF-8.", "The answer is not UTF-8 text.");
    const std::uint32_t slot = implementation_->engine.instance().slot(*node);
    const bool is_text = form().nodes[slot].data_type == "string" || form().nodes[slot].data_type.empty();
    return implementation_->set(*node, is_text ? value : trim(value));
}

core::Result<void> FormVisit::clear(std::string_view path) {
    const core::Result<NodeId> node = implementation_->question_at(path);
    if (!node) return node.error();
    return implementation_->set(*node, {});
}

core::Result<void> FormVisit::add_repeat(std::string_view repeat_path) {
    Implementation& visit = *implementation_;
    if (visit.ended) return ended_error();
    const NodeId anchor = visit.engine.instance().find(repeat_path);
    if (anchor == kNoNode) return no_such_node(repeat_path);
    if (!visit.engine.instance().is_anchor(anchor))
        return refusal("visit.not_a_repeat", "Mục này không phải là nhóm lặp.", "This node is not a repeat.");
    if (!visit.engine.is_offered(anchor))
        return refusal("visit.fixed_repeat", "Không thể thêm lượt vào nhóm lặp này.", "Nothing can be added to this repeat.");
    if (visit.engine.instance().instance_count(anchor) >= VisitEngine::kMostInstances)
        return refusal("visit.too_many", "Nhóm lặp này đã có 1000 lượt; không thể thêm nữa.", "This repeat has 1000 instances; no more can be added.");
    const bool was_on_prompt = visit.current < visit.pages.size() && visit.pages[visit.current] == Page{anchor};
    const NodeId added = visit.engine.add_repeat(anchor);
    const std::optional<core::Error> excess = visit.engine.excess();
    if (excess) visit.engine.remove_repeat(added);
    visit.refresh_pages();
    if (excess) return *excess;
    if (was_on_prompt) visit.show(added);
    return {};
}

core::Result<void> FormVisit::remove_repeat(std::string_view instance_path) {
    Implementation& visit = *implementation_;
    if (visit.ended) return ended_error();
    const NodeId node = visit.engine.instance().find(instance_path);
    if (node == kNoNode) return no_such_node(instance_path);
    const Node& described = form().nodes[visit.engine.instance().slot(node)];
    if (described.kind != ItemKind::repeat || visit.engine.instance().is_anchor(node) || !instance_path.ends_with(']'))
        return refusal("visit.not_a_repeat", "Hãy nêu rõ lượt cần xoá, ví dụ /data/member[2].", "Name the instance to remove, such as /data/member[2].");
    if (described.control == kNone || form().controls[described.control].fixed_repeat)
        return refusal("visit.fixed_repeat", "Không thể xoá lượt của nhóm lặp này.", "Nothing can be removed from this repeat.");
    visit.engine.remove_repeat(node);
    visit.refresh_pages();
    return {};
}

core::Result<void> FormVisit::set_language(std::string_view language) {
    const std::uint32_t index = form().find_language(language);
    if (index == kNone) {
        const std::string shown(language);
        return refusal("visit.unknown_language", "Biểu mẫu không có ngôn ngữ “" + shown + "”.", "The form has no language \"" + shown + "\".");
    }
    implementation_->engine.set_language(index);
    implementation_->refresh_pages();
    return {};
}

core::Result<void> FormVisit::next() {
    Implementation& visit = *implementation_;
    if (visit.ended) return ended_error();
    if (visit.current < visit.pages.size() && visit.blocks(visit.pages[visit.current])) return not_answered();
    if (at_last_page()) return refusal("visit.last_page", "Đây là trang cuối.", "This is the last page.");
    ++visit.current;
    return {};
}

core::Result<void> FormVisit::back() {
    Implementation& visit = *implementation_;
    if (visit.ended) return ended_error();
    if (at_first_page()) return refusal("visit.first_page", "Đây là trang đầu.", "This is the first page.");
    --visit.current;
    return {};
}

core::Result<void> FormVisit::go_to(std::string_view path) {
    Implementation& visit = *implementation_;
    if (visit.ended) return ended_error();
    const NodeId node = visit.engine.instance().find(path);
    if (node == kNoNode || !visit.show(node)) return no_such_node(path);
    return {};
}

core::Result<void> FormVisit::check() const {
    Implementation& visit = *implementation_;
    if (visit.ended) return ended_error();
    std::vector<NodeId> all;
    visit.engine.instance().list(all);
    if (visit.blocks(all)) return not_answered();
    return {};
}

core::Result<void> FormVisit::finish() {
    if (auto checked = check(); !checked) return checked;
    Implementation& visit = *implementation_;
    visit.engine.finish();
    visit.ended = true;
    return {};
}

const Form& FormVisit::form() const { return implementation_->engine.form(); }
const std::string& FormVisit::language() const { return form().languages[implementation_->engine.language()].code; }
bool FormVisit::at_first_page() const { return implementation_->current == 0; }
bool FormVisit::at_last_page() const { return implementation_->current + 1 >= implementation_->pages.size(); }
bool FormVisit::ended() const { return implementation_->ended; }
std::size_t FormVisit::page_number() const { return implementation_->pages.empty() ? 0 : implementation_->current + 1; }
std::size_t FormVisit::page_count() const { return implementation_->pages.size(); }

std::vector<std::string> FormVisit::page() const {
    std::vector<std::string> paths;
    if (implementation_->current < implementation_->pages.size())
        for (NodeId node : implementation_->pages[implementation_->current]) paths.push_back(implementation_->engine.instance().path(node));
    return paths;
}

NodeView FormVisit::node(std::string_view path) const {
    const NodeId node = implementation_->engine.instance().find(path);
    if (node == kNoNode) {
        NodeView nothing;
        nothing.relevant = false;
        return nothing;
    }
    return implementation_->view(node);
}

std::vector<NodeView> FormVisit::nodes() const {
    std::vector<NodeId> all;
    implementation_->engine.instance().list(all);
    std::vector<NodeView> views;
    for (NodeId node : all)
        if (!implementation_->engine.instance().is_anchor(node)) views.push_back(implementation_->view(node));
    return views;
}

core::Answers FormVisit::answers() const {
    const VisitInstance& instance = implementation_->engine.instance();
    std::vector<NodeId> all;
    instance.list(all);
    core::Answers answers;
    for (NodeId node : all) {
        const bool is_question = form().nodes[instance.slot(node)].kind == ItemKind::question;
        if (is_question && !instance.is_hidden(node) && !instance.value(node).empty())
            answers.push_back({instance.path(node), std::string(instance.value(node))});
    }
    return answers;
}

std::string FormVisit::submission() const { return submission_of(implementation_->engine, nullptr); }

std::string FormVisit::submission(const SubmissionPart& part) const { return submission_of(implementation_->engine, &part); }

}  // namespace kiosk::forms
