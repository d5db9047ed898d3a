// Recalculation, actions and repeats. What a visitor is shown is in visit_texts.cpp.

#include "visit_engine.hpp"

#include "unicode.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::forms {
namespace {

constexpr std::size_t kActionLimit = 10'000;       // in one step; two triggers that set each other off end here

bool has_event(const Action& action, std::string_view event) {
    const auto is_event = [&](const std::string& name) {
        // The old name, which forms still carry.
        return name == event || (name == "xforms-ready" && event == "odk-instance-first-load");
    };
    return std::ranges::any_of(action.events, is_event);
}

core::Error too_many(const std::string& repeat, double wanted) {
    const std::string count = number_text(wanted), limit = std::to_string(VisitEngine::kMostInstances);
    return {"visit.too_many", {"Nhóm lặp “" + repeat + "” sẽ có " + count + " lượt, quá giới hạn " + limit + " lượt của một nhóm; hãy nhập số nhỏ hơn.",
                               "The repeat \"" + repeat + "\" would have " + count + " instances, more than the limit of " + limit +
                                   " for a repeat; enter a smaller number."}};
}

std::string_view local_part(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// The innermost repeat around both slots; 0: none.
std::uint32_t common_frame(std::uint32_t left, std::uint32_t right, const CompiledForm& compiled, const Form& form) {
    for (std::uint32_t a = compiled.frame_slots[left]; a != 0; a = compiled.frame_slots[form.nodes[a].parent])
        for (std::uint32_t b = compiled.frame_slots[right]; b != 0; b = compiled.frame_slots[form.nodes[b].parent])
            if (a == b) return a;
    return 0;
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

// --- evaluation ---------------------------------------------------------------------------------------------------

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

// --- what changed --------------------------------------------------------------------------------------------------

void VisitEngine::mark(std::uint32_t expression, NodeId node) {
    const std::uint32_t rank = compiled_->ranks[expression];
    if (rank == kNone) return;
    if (compiled_->expressions[expression].use == ExpressionUse::choices) offered_.erase(node);
    if (dirty_[rank].empty()) dirty_ranks_.push(rank);
    if (dirty_[rank].empty() || dirty_[rank].back() != node) dirty_[rank].push_back(node);
}

void VisitEngine::mark_readers(std::uint32_t slot, NodeId changed) {
    std::vector<NodeId> nodes;
    for (const Reader& reader : compiled_->readers[slot]) {
        const CompiledExpression& expression = compiled_->expressions[reader.expression];
        const std::uint32_t frame = reader.scope == 0 ? 0 : instance_.frame_around(changed, reader.scope);
        nodes.clear();
        if (expression.use == ExpressionUse::repeat_count) instance_.anchors_of(expression.slot, frame, nodes);
        else instance_.instances_of(expression.slot, frame, nodes);
        for (NodeId node : nodes) mark(reader.expression, node);
    }
}

// A repeat got or lost instances: positions, counts and sums over it. Once for all of them.
void VisitEngine::mark_structure(NodeId anchor) {
    const std::uint32_t repeat_slot = instance_.slot(anchor);
    if (const std::uint32_t relevant = compiled_->nodes[repeat_slot].relevant; relevant != kNone)
        for (NodeId repeat_instance : instance_.instances(anchor)) mark(relevant, repeat_instance);
    std::vector<NodeId> nodes;
    for (std::uint32_t slot = repeat_slot; slot < form_->nodes[repeat_slot].end; ++slot) {
        for (const Reader& reader : compiled_->readers[slot]) {
            const bool is_inside = reader.scope >= repeat_slot && reader.scope < form_->nodes[repeat_slot].end;
            if (is_inside && slot != repeat_slot) continue;        // only what is in the instance itself
            const CompiledExpression& expression = compiled_->expressions[reader.expression];
            std::uint32_t scope = reader.scope;
            if (is_inside) scope = compiled_->frame_slots[form_->nodes[repeat_slot].parent];
            const std::uint32_t frame = scope == 0 ? 0 : instance_.frame_around(anchor, scope);
            nodes.clear();
            if (expression.use == ExpressionUse::repeat_count) instance_.anchors_of(expression.slot, frame, nodes);
            else instance_.instances_of(expression.slot, frame, nodes);
            for (NodeId node : nodes) mark(reader.expression, node);
        }
    }
}

void VisitEngine::mark_all_below(NodeId top) {
    const std::uint32_t top_slot = instance_.slot(top);
    const std::uint32_t frame = instance_.document()[top].frame;
    std::vector<NodeId> nodes;
    for (std::uint32_t index : by_rank_) {
        const CompiledExpression& expression = compiled_->expressions[index];
        if (expression.slot < top_slot || expression.slot >= form_->nodes[top_slot].end) continue;
        nodes.clear();
        if (expression.use == ExpressionUse::repeat_count && expression.slot != top_slot) instance_.anchors_of(expression.slot, frame, nodes);
        else if (expression.use != ExpressionUse::repeat_count) instance_.instances_of(expression.slot, frame, nodes);
        for (NodeId node : nodes) mark(index, node);
    }
}

void VisitEngine::recalculate() {
    while (!dirty_ranks_.empty()) {
        const std::uint32_t rank = dirty_ranks_.top();
        dirty_ranks_.pop();
        std::vector<NodeId> nodes = std::move(dirty_[rank]);
        dirty_[rank].clear();
        std::ranges::sort(nodes);
        nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
        for (NodeId node : nodes) recalculate_one(by_rank_[rank], node);
    }
}

void VisitEngine::recalculate_everything() {
    mark_all_below(instance_.root());
    settle();
}

void VisitEngine::recalculate_one(std::uint32_t index, NodeId node) {
    const CompiledExpression& expression = compiled_->expressions[index];
    switch (expression.use) {
        case ExpressionUse::calculation: {
            const std::optional<Value> value = evaluate(index, node);
            write(node, value ? stored(*value, form_->nodes[expression.slot]) : std::string());
            break;
        }
        case ExpressionUse::relevant: {
            std::vector<NodeId> changed;
            instance_.set_relevant(node, !is_left_out(expression.slot) && is_true(index, node, true), changed);
            for (NodeId other : changed) mark_readers(instance_.slot(other), other);
            break;
        }
        case ExpressionUse::repeat_count: apply_repeat_count(index, node); break;
        case ExpressionUse::choices: prune_choices(node); break;
        default: break;
    }
}

void VisitEngine::write(NodeId node, std::string_view value) {
    if (!instance_.set_value(node, nfc(value))) return;
    const std::uint32_t slot = instance_.slot(node);
    mark_readers(slot, node);
    if (!is_loading_ && !compiled_->nodes[slot].triggered.empty()) fired_.emplace_back(slot, node);
}

void VisitEngine::settle() {
    recalculate();
    for (std::size_t done = 0; !fired_.empty() && done < kActionLimit; ++done) {
        const auto [slot, node] = fired_.front();
        fired_.erase(fired_.begin());
        run_triggered(slot, node);
        recalculate();
    }
    fired_.clear();
}

void VisitEngine::set_value(NodeId node, std::string_view value) {
    excess_.reset();
    refresh_time();
    write(node, value);
    settle();
}

// --- repeats -------------------------------------------------------------------------------------------------------

NodeId VisitEngine::append_instance(NodeId anchor) {
    const NodeId added = instance_.add_instance(anchor);
    mark_all_below(added);
    run_event("odk-new-repeat", added, instance_.slot(added));
    return added;
}

void VisitEngine::take_away(NodeId repeat_instance) {
    const std::uint32_t frame = instance_.document()[repeat_instance].frame;
    instance_.remove_instance(repeat_instance);
    const auto is_gone = [&](NodeId node) {
        for (std::uint32_t at = instance_.document()[node].frame; at != 0; at = instance_.frames()[at].parent)
            if (at == frame) return true;
        return false;
    };
    for (std::vector<NodeId>& nodes : dirty_) std::erase_if(nodes, is_gone);
    std::erase_if(fired_, [&](const auto& fired) { return is_gone(fired.second); });
}

NodeId VisitEngine::add_repeat(NodeId anchor) {
    excess_.reset();
    refresh_time();
    const NodeId added = append_instance(anchor);
    mark_structure(anchor);
    settle();
    return added;
}

void VisitEngine::remove_repeat(NodeId repeat_instance) {
    refresh_time();
    const NodeId anchor = instance_.anchor_of(repeat_instance);
    take_away(repeat_instance);
    mark_structure(anchor);
    settle();
}

void VisitEngine::apply_repeat_count(std::uint32_t expression, NodeId anchor) {
    const std::optional<Value> value = evaluate(expression, anchor);
    double wanted = value ? value_number(*value, context_) : 0;
    wanted = std::isnan(wanted) ? 0 : std::max(std::trunc(wanted), 0.0);
    if (wanted > static_cast<double>(kMostInstances)) {
        if (!excess_) excess_ = too_many(form_->nodes[instance_.slot(anchor)].name, wanted);
        return;
    }
    std::size_t count = instance_.instance_count(anchor);
    const auto target = static_cast<std::size_t>(wanted);
    if (count == target) return;
    if (count > target) {
        const std::vector<NodeId> all = instance_.instances(anchor);
        for (; count > target; --count) take_away(all[count - 1]);
    }
    for (; count < target; ++count) append_instance(anchor);
    mark_structure(anchor);
}

// --- actions -------------------------------------------------------------------------------------------------------

// The instances of the target in a frame, or those that its own path names, seen from the trigger.
std::vector<NodeId> VisitEngine::targets_of(std::uint32_t index, std::uint32_t frame, NodeId from) {
    const Action& action = form_->actions[index];
    std::vector<NodeId> targets;
    const std::uint32_t expression = compiled_->actions[index].target;
    if (expression == kNone) {
        instance_.instances_of(action.target, frame, targets);
        return targets;
    }
    const std::optional<Value> value = evaluate(expression, from);
    const NodeSet* nodes = value ? std::get_if<NodeSet>(&*value) : nullptr;
    if (nodes == nullptr) return targets;
    for (NodeRef node : *nodes)
        if (node.document == 0 && instance_.slot(node.node) == action.target) targets.push_back(node.node);
    return targets;
}

void VisitEngine::run_action(std::uint32_t index, std::uint32_t frame, NodeId from) {
    const Action& action = form_->actions[index];
    if (action.target == kNone) return;
    const std::uint32_t expression = compiled_->actions[index].value;
    for (NodeId target : targets_of(index, frame, from)) {
        if (expression == kNone) {
            write(target, action.literal);
        } else if (const std::optional<Value> value = evaluate(expression, target)) {
            write(target, stored(*value, form_->nodes[action.target]));
        }
    }
}

void VisitEngine::run_triggered(std::uint32_t trigger_slot, NodeId trigger) {
    for (std::uint32_t index : compiled_->nodes[trigger_slot].triggered) {
        const Action& action = form_->actions[index];
        if (!has_event(action, "xforms-value-changed")) continue;
        const std::uint32_t repeat = common_frame(trigger_slot, action.target, *compiled_, *form_);
        run_action(index, repeat == 0 ? 0 : instance_.frame_around(trigger, repeat), trigger);
    }
}

void VisitEngine::run_event(std::string_view event, NodeId within, std::uint32_t repeat_slot) {
    for (std::uint32_t index = 0; index < form_->actions.size(); ++index) {
        const Action& action = form_->actions[index];
        if (!has_event(action, event) || (repeat_slot != kNone && action.repeat != repeat_slot)) continue;
        const bool is_inside = action.target != kNone && repeat_slot != kNone && action.target >= repeat_slot &&
                               action.target < form_->nodes[repeat_slot].end;
        run_action(index, is_inside ? instance_.document()[within].frame : 0, instance_.root());
    }
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
