// A node as the visitor may see it, and why it may block the way on.

#include "answer_types.hpp"
#include "form_visit_implementation.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

std::string joined(const std::vector<std::string>& tokens) {
    std::string text;
    for (const std::string& token : tokens) {
        if (!text.empty()) text += ' ';
        text += token;
    }
    return text;
}

constexpr const char* kUnfilled = "…";

bool offers_choices(const Control& control) { return control.itemset.has_value() || !control.choices.empty(); }

}  // namespace

std::string_view FormVisit::Implementation::fault_of(NodeId node, bool asked) {
    const Form& form = engine.form();
    const Node& described = form.nodes[engine.instance().slot(node)];
    if (described.kind != ItemKind::question || engine.instance().is_hidden(node)) return {};
    const std::string_view value = engine.instance().value(node);
    const Control* control = described.control == kNone ? nullptr : &form.controls[described.control];
    if (value.empty()) {
        const bool is_asked = asked || asked_.contains(node);
        return is_asked && control != nullptr && engine.is_required(node) ? "form.required" : std::string_view();
    }
    // What nobody could have entered is not theirs to correct.
    if (control == nullptr) return {};
    if (const std::string_view fault = type_fault(described, control, value, engine.zone()); !fault.empty()) return fault;
    if (offers_choices(*control)) {
        const std::shared_ptr<const std::vector<OfferedChoice>> offered = engine.choices(node);
        std::vector<std::string_view> words = words_of(value);
        for (std::string_view word : words)
            if (std::ranges::find(*offered, word, &OfferedChoice::name) == offered->end()) return "form.not_a_choice";
        std::ranges::sort(words);
        if (std::ranges::adjacent_find(words) != words.end()) return "form.chosen_twice";
    }
    return engine.constraint_holds(node) ? std::string_view() : "form.constraint";
}

bool FormVisit::Implementation::blocks(const std::vector<NodeId>& nodes) {
    bool blocked = false;
    for (NodeId node : nodes) {
        if (engine.instance().is_anchor(node) || fault_of(node, true).empty()) continue;
        blocked = true;
        if (engine.instance().value(node).empty()) asked_.insert(node);
    }
    return blocked;
}

std::string FormVisit::Implementation::words(NodeView& view, const TextTemplate& pieces, NodeId node) {
    std::string text = engine.text(pieces, node), unfilled;
    for (const TextPiece& piece : pieces) unfilled.append(piece.text).append(piece.output.empty() ? "" : kUnfilled);
    if (std::ranges::any_of(pieces, [](const TextPiece& piece) { return !piece.output.empty(); }))
        view.filled.push_back({text, std::move(unfilled)});
    return text;
}

void FormVisit::Implementation::fill_control(NodeView& view, NodeId node, const Control& control) {
    const Form& form = engine.form();
    const std::uint32_t language = engine.language();
    view.appearance = joined(control.appearance);
    view.label = words(view, form.text(control.label, language), node);
    view.hint = words(view, form.text(control.hint, language), node);
    view.guidance_hint = words(view, form.guidance(control.hint, language), node);
    view.image = form.medium(control.label, language, &LocalText::image);
    view.audio = form.medium(control.label, language, &LocalText::audio);
    view.parameters = control.parameters;
    view.kiosk = control.kiosk;
    const std::shared_ptr<const std::vector<OfferedChoice>> all_offered = engine.choices(node);
    for (const OfferedChoice& offered : *all_offered) {
        ChoiceView choice{offered.name, {}, {}, {}};
        if (const Translated* translated = engine.item_words(offered, node)) {
            choice.label = words(view, form.text(*translated, language), node);
            choice.image = form.medium(*translated, language, &LocalText::image);
            choice.audio = form.medium(*translated, language, &LocalText::audio);
        } else {
            choice.label = engine.choice_label(offered, node);
            if (offered.literal == nullptr && offered.item.document == 0) view.filled.push_back({choice.label, kUnfilled});
        }
        view.choices.push_back(std::move(choice));
    }
}

NodeView FormVisit::Implementation::view(NodeId node) {
    const Form& form = engine.form();
    const VisitInstance& instance = engine.instance();
    const Node& described = form.nodes[instance.slot(node)];
    NodeView view;
    view.path = instance.path(node);
    view.type = described.type;
    view.relevant = instance.is_anchor(node) ? engine.is_offered(node) : !instance.is_hidden(node);
    if (described.control != kNone) fill_control(view, node, form.controls[described.control]);
    if (described.kind == ItemKind::repeat) {
        const NodeId anchor = instance.is_anchor(node) ? node : instance.anchor_of(node);
        const bool is_fixed = described.control == kNone || form.controls[described.control].fixed_repeat;
        view.repeat_count = instance.instance_count(anchor);
        view.can_add = !is_fixed && !ended;
        view.can_remove = !is_fixed && !ended && node != anchor;
        return view;
    }
    if (described.kind == ItemKind::group) return view;
    view.value = instance.value(node);
    view.required = view.relevant && engine.is_required(node);
    view.read_only = engine.is_read_only(node);
    view.message_id = fault_of(node, false);
    view.valid = view.message_id.empty();
    if (view.message_id == "form.required")
        view.message = words(view, form.text(described.required_message, engine.language()), node);
    else if (view.message_id == "form.constraint")
        view.message = words(view, form.text(described.constraint_message, engine.language()), node);
    return view;
}

core::Words message_words(std::string_view message_id) {
    if (message_id == "form.required") return {"Cần trả lời câu này.", "This question needs an answer."};
    if (message_id == "form.constraint") return {"Câu trả lời chưa phù hợp.", "This answer is not accepted."};
    if (message_id == "form.not_a_choice") return {"Hãy chọn một trong các lựa chọn đưa ra.", "Choose one of the choices offered."};
    if (message_id == "form.chosen_twice") return {"Mỗi lựa chọn chỉ được dùng một lần.", "Each choice can be used only once."};
    if (message_id == "form.not_an_integer") return {"Hãy nhập một số nguyên, ví dụ 12.", "Enter a whole number, such as 12."};
    if (message_id == "form.not_a_number") return {"Hãy nhập một số, ví dụ 1.5.", "Enter a number, such as 1.5."};
    if (message_id == "form.not_a_date") return {"Ngày này không có trong lịch.", "This is not a date of the calendar."};
    if (message_id == "form.not_a_date_time") return {"Ngày giờ này không đúng.", "This is not a date and time."};
    if (message_id == "form.not_a_time") return {"Giờ này không đúng.", "This is not a time of the day."};
    if (message_id == "form.out_of_range") return {"Số này không có trên thang điểm.", "This number is not on the scale."};
    return {};
}

}  // namespace kiosk::forms
