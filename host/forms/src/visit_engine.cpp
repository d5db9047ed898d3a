// How a visit begins and ends, and what its expressions say. What follows a change is in visit_recalculation.cpp, repeats in
// visit_repeats.cpp, setvalue in visit_actions.cpp, and what a visitor is shown in visit_texts.cpp.

#include "visit_engine.hpp"

#include "unicode.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::forms {
namespace {

std::string_view local_part(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

VisitEngine::VisitEngine(std::shared_ptr<const Form> form, std::shared_ptr<const CompiledForm> compiled,
                         VisitSettings settings, TimeZone zone, std::uint32_t language)
    : form_(std::move(form)), compiled_(std::move(compiled)), settings_(std::move(settings)), zone_(zone),
      random_(settings_.seed), instance_(*form_, *compiled_), language_(language) {
    context_.documents.push_back(&instance_.document());
    for (const Document& document : compiled_->secondary) context_.documents.push_back(&document);
    context_.names = &compiled_->names;
    context_.frames = &instance_.frames();
    context_.host = this;
    context_.zone = &zone_;
    context_.random = &random_;
    context_.regular_expressions = &regular_expressions_;
    context_.language = form_->languages.empty() ? std::string() : form_->languages[language_].code;
    std::uint32_t highest = 0;
    for (std::uint32_t rank : compiled_->ranks)
        if (rank != kNone) highest = std::max(highest, rank + 1);
    dirty_.resize(highest);
    by_rank_.resize(highest, kNone);
    for (std::uint32_t index = 0; index < compiled_->ranks.size(); ++index)
        if (compiled_->ranks[index] != kNone) by_rank_[compiled_->ranks[index]] = index;
}

void VisitEngine::start() {
    refresh_time();
    is_loading_ = true;
    preload(false);
    leave_out();
    mark_all_below(instance_.root());
    recalculate();
    run_event("odk-instance-first-load", instance_.root(), kNone);
    run_event("odk-instance-load", instance_.root(), kNone);
    recalculate();
    name_instance();
    recalculate();
    is_loading_ = false;
    fired_.clear();
}

// As if they were not relevant, whatever their expression says.
void VisitEngine::leave_out() {
    for (std::uint32_t slot = 0; slot < form_->nodes.size(); ++slot) {
        if (!is_left_out(slot)) continue;
        std::vector<NodeId> targets, changed;
        instance_.instances_of(slot, 0, targets);
        for (NodeId target : targets) instance_.set_relevant(target, false, changed);
    }
}

bool VisitEngine::is_left_out(std::uint32_t slot) const {
    const std::uint32_t control = form_->nodes[slot].control;
    return control != kNone && std::ranges::any_of(form_->controls[control].kiosk, [&](const auto& column) {
        return std::ranges::find(settings_.left_out, column.first) != settings_.left_out.end();
    });
}

// meta/instanceID, where the form has it and leaves it open.
void VisitEngine::name_instance() {
    for (NodeId meta = instance_.document()[instance_.root()].first_child; meta != kNoNode; meta = instance_.document()[meta].next) {
        if (instance_.slot(meta) == PathStart::kNoSlot || local_part(form_->nodes[instance_.slot(meta)].name) != "meta") continue;
        for (NodeId id = instance_.document()[meta].first_child; id != kNoNode; id = instance_.document()[id].next) {
            const bool is_id = instance_.slot(id) != PathStart::kNoSlot && local_part(form_->nodes[instance_.slot(id)].name) == "instanceID";
            if (is_id && instance_.value(id).empty()) write(id, settings_.instance_id);
        }
    }
}

void VisitEngine::refresh_time() { context_.now = settings_.now ? settings_.now() : core::WallTime{}; }

void VisitEngine::preload(bool at_end) {
    const std::int64_t now = context_.now.time_since_epoch().count();
    for (std::uint32_t slot = 0; slot < form_->nodes.size(); ++slot) {
        const Node& node = form_->nodes[slot];
        if (node.preload.empty()) continue;
        const bool is_end = node.preload == "timestamp" && node.preload_parameter == "end";
        if (is_end != at_end) continue;
        std::vector<NodeId> targets;
        instance_.instances_of(slot, 0, targets);
        for (NodeId target : targets) {
            if (node.preload == "timestamp") write(target, date_time_text(now, zone_));
            else if (node.preload == "date") write(target, date_text(now, zone_));
            else if (node.preload == "uid") write(target, settings_.instance_id);
        }
    }
}

void VisitEngine::finish() {
    refresh_time();
    preload(true);
    settle();
}

core::Result<Value> VisitEngine::evaluate(const BoundExpression& bound, NodeId node) {
    // Labels and choice names are asked for in the middle of an evaluation; it must go on where it was.
    const std::uint64_t steps_left = context_.steps_left;
    std::optional<core::Error> error = std::move(context_.error);
    // Of a repeat's own expressions, position() is the instance's, as XForms has it; where another is offered, the next one's.
    std::size_t position = 1, size = 1;
    if (instance_.is_anchor(node)) {
        position = size = instance_.instance_count(node) + 1;
    } else if (instance_.is_repeat_instance(node)) {
        position = instance_.position(node);
        size = instance_.instance_count(instance_.anchor_of(node));
    }
    core::Result<Value> value = Evaluator(bound, context_).run({0, node}, position, size);
    context_.steps_left = std::min(steps_left, context_.steps_left);
    context_.error = std::move(error);
    return value;
}

std::optional<Value> VisitEngine::evaluate(std::uint32_t expression, NodeId node) {
    context_.steps_left = EvaluationContext::kStepLimit;
    core::Result<Value> value = evaluate(compiled_->expressions[expression].bound, node);
    if (!value) return std::nullopt;
    return std::move(*value);
}

bool VisitEngine::is_true(std::uint32_t expression, NodeId node, bool otherwise) {
    if (expression == kNone) return otherwise;
    const std::optional<Value> value = evaluate(expression, node);
    return value ? value_truth(*value) : true;
}

bool VisitEngine::is_required(NodeId node) {
    return is_true(compiled_->nodes[instance_.slot(node)].required, node, false);
}

// Inherited, as XForms has it.
bool VisitEngine::is_read_only(NodeId node) {
    for (NodeId at = node; at != Document::kRoot; at = instance_.document()[at].parent)
        if (is_true(compiled_->nodes[instance_.slot(at)].read_only, at, false)) return true;
    return false;
}

bool VisitEngine::constraint_holds(NodeId node) {
    return is_true(compiled_->nodes[instance_.slot(node)].constraint, node, true);
}

bool VisitEngine::is_offered(NodeId anchor) {
    const std::uint32_t control = form_->nodes[instance_.slot(anchor)].control;
    if (instance_.is_hidden(anchor) || control == kNone || form_->controls[control].fixed_repeat) return false;
    return is_true(compiled_->controls[control].prompt, anchor, true);
}

// A value as it stands in the instance: by the bind's type, blank where it is not a number.
std::string VisitEngine::stored(const Value& value, const Node& node) {
    const std::string& type = node.data_type;
    const DateValue* date = std::get_if<DateValue>(&value);
    const double* number = std::get_if<double>(&value);
    if (number != nullptr && std::isnan(*number)) return {};
    std::string text = value_text(value, context_);
    const bool is_date = type == "date" || type == "dateTime" || type == "time";
    if (is_date) {
        Instant instant = date != nullptr ? date->instant : parse_date_time(trim(text), zone_);
        if (number != nullptr && std::abs(*number) < 1e8) instant = std::llround(*number * kDayMilliseconds);
        if (!instant) return date != nullptr ? std::string() : text;
        if (type == "date") return date_text(*instant, zone_);
        return type == "time" ? time_text(*instant, zone_) : date_time_text(*instant, zone_);
    }
    if (date != nullptr && !date->instant) return {};
    if (type == "int") {
        const double whole = number != nullptr ? *number : parse_number(text);
        if (!std::isnan(whole)) return number_text(std::trunc(whole));
    }
    return text;
}

void VisitEngine::set_language(std::uint32_t language) {
    language_ = language;
    context_.language = form_->languages[language].code;
    std::vector<NodeId> nodes;
    for (std::uint32_t index : by_rank_) {
        const CompiledExpression& expression = compiled_->expressions[index];
        if (!expression.depends_on_language || expression.use == ExpressionUse::repeat_count) continue;
        nodes.clear();
        instance_.instances_of(expression.slot, 0, nodes);
        for (NodeId node : nodes) mark(index, node);
    }
    settle();
}

}  // namespace kiosk::forms
