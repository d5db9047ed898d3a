// setvalue, at the events of ODK.

#include "visit_engine.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

bool has_event(const Action& action, std::string_view event) {
    const auto is_event = [&](const std::string& name) {
        // The old name, which forms still carry.
        return name == event || (name == "xforms-ready" && event == "odk-instance-first-load");
    };
    return std::ranges::any_of(action.events, is_event);
}

// The innermost repeat around both slots; 0: none.
std::uint32_t common_frame(std::uint32_t left, std::uint32_t right, const CompiledForm& compiled, const Form& form) {
    for (std::uint32_t a = compiled.frame_slots[left]; a != 0; a = compiled.frame_slots[form.nodes[a].parent])
        for (std::uint32_t b = compiled.frame_slots[right]; b != 0; b = compiled.frame_slots[form.nodes[b].parent])
            if (a == b) return a;
    return 0;
}

}  // namespace

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

}  // namespace kiosk::forms
