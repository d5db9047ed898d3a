// After a change: exactly what may have changed with it, in the order of dependencies.

#include "visit_engine.hpp"

#include "unicode.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

constexpr std::size_t kActionLimit = 10'000;       // in one step; two triggers that set each other off end here

}  // namespace

void VisitEngine::mark(std::uint32_t expression, NodeId node) {
    const std::uint32_t rank = compiled_->ranks[expression];
    if (rank == kNone) return;
    if (compiled_->expressions[expression].use == ExpressionUse::choices) offered_.erase(node);
    if (dirty_[rank].empty()) dirty_ranks_.push(rank);
    if (dirty_[rank].empty() || dirty_[rank].back() != node) dirty_[rank].push_back(node);
}

// Wherever the expression stands in the frame of a repeat's instance, or in the whole form.
void VisitEngine::mark_all_in(std::uint32_t index, std::uint32_t frame) {
    const CompiledExpression& expression = compiled_->expressions[index];
    to_mark_.clear();
    if (expression.use == ExpressionUse::repeat_count) instance_.anchors_of(expression.slot, frame, to_mark_);
    else instance_.instances_of(expression.slot, frame, to_mark_);
    for (NodeId node : to_mark_) mark(index, node);
}

void VisitEngine::mark_readers(std::uint32_t slot, NodeId changed) {
    for (const Reader& reader : compiled_->readers[slot]) {
        const std::uint32_t frame = reader.scope == 0 ? 0 : instance_.frame_around(changed, reader.scope);
        mark_all_in(reader.expression, frame);
    }
}

// A repeat got or lost instances: positions, counts and sums over it. Once for all of them.
void VisitEngine::mark_structure(NodeId anchor) {
    const std::uint32_t repeat_slot = instance_.slot(anchor);
    if (const std::uint32_t relevant = compiled_->nodes[repeat_slot].relevant; relevant != kNone)
        for (NodeId repeat_instance : instance_.instances(anchor)) mark(relevant, repeat_instance);
    for (std::uint32_t slot = repeat_slot; slot < form_->nodes[repeat_slot].end; ++slot) {
        for (const Reader& reader : compiled_->readers[slot]) {
            const bool is_inside = reader.scope >= repeat_slot && reader.scope < form_->nodes[repeat_slot].end;
            if (is_inside && slot != repeat_slot) continue;        // only what is in the instance itself
            std::uint32_t scope = reader.scope;
            if (is_inside) scope = compiled_->frame_slots[form_->nodes[repeat_slot].parent];
            const std::uint32_t frame = scope == 0 ? 0 : instance_.frame_around(anchor, scope);
            mark_all_in(reader.expression, frame);
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

void VisitEngine::begin_step() {
    excess_.reset();
    shrinks_.clear();
    refresh_time();
}

void VisitEngine::set_value(NodeId node, std::string_view value) {
    begin_step();
    write(node, value);
    settle();
}

}  // namespace kiosk::forms
