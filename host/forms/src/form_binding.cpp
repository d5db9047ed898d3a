// Resolves the paths of an expression against the form's nodes: where a path starts without a search, and what it reads.
//
// An absolute path through a repeat that the expression itself stands in means the instance at hand where one value is
// wanted (as JavaRosa has it, and as older pyxform wrote ${name}), and all instances where a set is wanted, as in sum().

#include "compiled_form.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

bool takes_sets(Function function) {
    switch (function) {
        case Function::sum: case Function::count: case Function::count_non_empty: case Function::max: case Function::min:
        case Function::concat: case Function::join: case Function::randomize: case Function::indexed_repeat:
        case Function::checklist: case Function::weighted_checklist:
            return true;
        default:
            return false;
    }
}

// Whether `repeat` surrounds the standing's starting node.
bool surrounds(std::uint32_t repeat, const Standing& standing, const CompiledForm& compiled, const Form& form) {
    for (std::uint32_t at = standing.frame_slot; at != 0; at = compiled.frame_slots[form.nodes[at].parent])
        if (at == repeat) return true;
    return false;
}

std::uint16_t frames_between(std::uint32_t inner, std::uint32_t outer, const CompiledForm& compiled, const Form& form) {
    std::uint16_t count = 0;
    for (std::uint32_t at = inner; at != outer && at != 0; at = compiled.frame_slots[form.nodes[at].parent]) ++count;
    return count;
}

bool starts_at_current(const ExpressionTree& tree, const ExpressionNode& path) {
    if (path.operands.empty()) return false;
    const ExpressionNode& origin = tree.at(path.operands[0]);
    return origin.kind == NodeKind::call && origin.function == Function::current;
}

class PathBinder {
  public:
    PathBinder(BoundExpression& bound, const Form& form, const CompiledForm& compiled, const Standing& standing)
        : bound_(bound), tree_(bound.tree()), form_(form), compiled_(compiled), standing_(standing) {}

    void run() {
        bound_.starts.assign(tree_.path_count, PathStart{});
        visit(tree_.root, standing_.wants_all);
    }

  private:
    void visit(NodeIndex index, bool wants_all) {
        const ExpressionNode& node = tree_.at(index);
        const bool is_union = node.kind == NodeKind::fold && node.operators.front() == Operator::set_union;
        for (NodeIndex operand : node.operands) {
            const bool operand_wants_all = node.kind == NodeKind::call     ? takes_sets(node.function)
                                           : node.kind == NodeKind::filter ? true
                                           : node.kind == NodeKind::path   ? true
                                           : is_union                      ? wants_all
                                                                           : false;
            visit(operand, operand_wants_all);
        }
        for (NodeIndex predicate : node.predicates) visit(predicate, false);
        for (const Step& step : node.steps)
            for (NodeIndex predicate : step.predicates) visit(predicate, false);
        if (node.kind == NodeKind::path) bind(node, wants_all);
    }

    void bind(const ExpressionNode& path, bool wants_all) {
        const bool at_current = starts_at_current(tree_, path);
        if (!path.operands.empty() && !at_current) return;
        std::uint32_t at = path.is_absolute ? kNone : standing_.slot;
        std::uint16_t done = 0;
        for (const Step& step : path.steps) {
            const bool is_last = done + 1U == path.steps.size();
            const std::uint32_t next = follow(step, at, path.is_absolute && !wants_all && !is_last);
            if (next == kNone) break;
            at = next;
            ++done;
        }
        if (done == 0 || at == kNone) return;
        PathStart& start = bound_.starts[path.path_id];
        start.slot = at;
        start.steps = done;
        start.frames_up = frames_between(standing_.frame_slot, compiled_.frame_slots[at], compiled_, form_);
    }

    // The one slot a step leads to, or kNone where it may be several, or needs a search.
    std::uint32_t follow(const Step& step, std::uint32_t at, bool may_enter_own_repeat) const {
        if (!step.predicates.empty()) return kNone;
        if (step.test.kind == NodeTestKind::node && at != kNone) {
            if (step.axis == Axis::self) return at;
            if (step.axis == Axis::parent) return form_.nodes[at].parent;
            return kNone;
        }
        if (step.axis != Axis::child || step.test.kind != NodeTestKind::name) return kNone;
        const std::uint32_t child = compiled_.child(at, bound_.step_names[step.id]);
        if (child == kNone || form_.nodes[child].kind != ItemKind::repeat) return child;
        return may_enter_own_repeat && surrounds(child, standing_, compiled_, form_) ? child : kNone;
    }

    BoundExpression& bound_;
    const ExpressionTree& tree_;
    const Form& form_;
    const CompiledForm& compiled_;
    const Standing& standing_;
};

using Slots = std::vector<std::uint32_t>;      // sorted

// Walks the paths over the form's nodes instead of an instance's, predicates taken for true.
class ReadCollector {
  public:
    ReadCollector(const BoundExpression& bound, const Form& form, const CompiledForm& compiled, const Standing& standing)
        : bound_(bound), tree_(bound.tree()), form_(form), compiled_(compiled), standing_(standing) {}

    std::vector<SlotRead> run() {
        visit(tree_.root, Slots{standing_.slot});
        return std::move(reads_);
    }

  private:
    // Returns the slots of a node-set; empty for values and for other instances.
    Slots visit(NodeIndex index, const Slots& here) {
        const ExpressionNode& node = tree_.at(index);
        switch (node.kind) {
            case NodeKind::path: return visit_path(node, here);
            case NodeKind::filter: {
                const Slots origin = visit(node.operands[0], here);
                for (NodeIndex predicate : node.predicates) visit(predicate, origin);
                return origin;
            }
            case NodeKind::call: return visit_call(node, here);
            default: {
                Slots all;
                for (NodeIndex operand : node.operands) {
                    const Slots slots = visit(operand, here);
                    all.insert(all.end(), slots.begin(), slots.end());
                }
                return all;
            }
        }
    }

    Slots visit_call(const ExpressionNode& node, const Slots& here) {
        if (node.function == Function::current) return {standing_.slot};
        Slots first;
        for (std::size_t i = 0; i < node.operands.size(); ++i) {
            const Slots slots = visit(node.operands[i], here);
            if (i == 0) first = slots;
        }
        // The second argument of jr:choice-name() is a path in quotes: its choices may depend on anything it can see.
        return node.function == Function::randomize || node.function == Function::indexed_repeat ? first : Slots{};
    }

    Slots visit_path(const ExpressionNode& node, const Slots& here) {
        Slots at = here;
        if (!node.operands.empty()) at = visit(node.operands[0], here);
        else if (node.is_absolute) at = {kNone};
        for (const Step& step : node.steps) {
            at = walk(at, step);
            for (NodeIndex predicate : step.predicates) visit(predicate, at);
        }
        const PathStart& start = bound_.starts[node.path_id];
        const std::uint32_t scope = scope_of(node, start);
        for (std::uint32_t slot : at)
            if (slot != kNone) reads_.push_back({slot, scope});
        return at;
    }

    // What lies below a node found without a search is in its repeat instance.
    std::uint32_t scope_of(const ExpressionNode& path, const PathStart& start) const {
        if (start.slot == PathStart::kNoSlot) {
            const bool is_self = path.operands.empty() && !path.is_absolute && only_goes_down(path, 0);
            return is_self ? standing_.frame_slot : 0;
        }
        return only_goes_down(path, start.steps) ? compiled_.frame_slots[start.slot] : 0;
    }

    static bool only_goes_down(const ExpressionNode& path, std::size_t from) {
        for (std::size_t i = from; i < path.steps.size(); ++i) {
            const Axis axis = path.steps[i].axis;
            if (axis != Axis::child && axis != Axis::self && axis != Axis::descendant && axis != Axis::descendant_or_self)
                return false;
        }
        return true;
    }

    bool matches(std::uint32_t slot, const Step& step) const {
        switch (step.test.kind) {
            case NodeTestKind::name: return compiled_.slot_names[slot] == bound_.step_names[step.id];
            case NodeTestKind::any_name: case NodeTestKind::any_in_prefix: case NodeTestKind::node: return true;
            default: return false;
        }
    }

    Slots walk(const Slots& from, const Step& step) const {
        Slots found;
        for (std::uint32_t slot : from) walk_one(slot, step, found);
        std::ranges::sort(found);
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

    void take(std::uint32_t slot, const Step& step, Slots& found) const {
        if (slot == kNone ? step.test.kind == NodeTestKind::node : matches(slot, step)) found.push_back(slot);
    }

    void take_children(std::uint32_t slot, const Step& step, Slots& found) const {
        if (step.test.kind == NodeTestKind::name) {
            const std::uint32_t child = compiled_.child(slot, bound_.step_names[step.id]);
            if (child != kNone) found.push_back(child);
            return;
        }
        // Text is read where its element is read.
        if (step.test.kind == NodeTestKind::text && slot != kNone) found.push_back(slot);
        const std::uint32_t end = slot == kNone ? 1 : form_.nodes[slot].end;
        for (std::uint32_t child = slot == kNone ? 0 : slot + 1; child < end; child = form_.nodes[child].end)
            take(child, step, found);
    }

    void walk_one(std::uint32_t slot, const Step& step, Slots& found) const {
        const std::uint32_t parent = slot == kNone ? kNone : form_.nodes[slot].parent;
        switch (step.axis) {
            case Axis::self: take(slot, step, found); break;
            case Axis::child: take_children(slot, step, found); break;
            case Axis::parent:
                if (slot != kNone) take(parent, step, found);
                break;
            case Axis::descendant: case Axis::descendant_or_self: {
                const std::uint32_t first = slot == kNone ? 0 : slot;
                const std::uint32_t end = slot == kNone ? static_cast<std::uint32_t>(form_.nodes.size()) : form_.nodes[slot].end;
                if (slot == kNone && step.axis == Axis::descendant_or_self) take(kNone, step, found);
                for (std::uint32_t at = first; at < end; ++at)
                    if (at != slot || step.axis == Axis::descendant_or_self) take(at, step, found);
                break;
            }
            case Axis::ancestor: case Axis::ancestor_or_self:
                if (step.axis == Axis::ancestor_or_self) take(slot, step, found);
                for (std::uint32_t at = slot; at != kNone;) {
                    at = form_.nodes[at].parent;
                    take(at, step, found);
                }
                break;
            case Axis::following_sibling: case Axis::preceding_sibling:
                if (slot != kNone) take_children(parent, step, found);
                break;
            case Axis::following: case Axis::preceding:
                for (std::uint32_t at = 0; at < form_.nodes.size(); ++at) take(at, step, found);
                break;
            case Axis::attribute: case Axis::name_space: break;   // attributes never change
        }
    }

    const BoundExpression& bound_;
    const ExpressionTree& tree_;
    const Form& form_;
    const CompiledForm& compiled_;
    const Standing& standing_;
    std::vector<SlotRead> reads_;
};

}  // namespace

core::Result<BoundExpression> bind_expression(const core::Result<Expression>& parsed, const Form& form, const CompiledForm& compiled,
                                              const Standing& standing) {
    if (!parsed) return parsed.error();
    core::Result<BoundExpression> bound = bind_names(*parsed, compiled.names, nullptr);
    if (!bound) return bound.error();
    PathBinder(*bound, form, compiled, standing).run();
    return bound;
}

std::vector<SlotRead> slots_read(const BoundExpression& bound, const Form& form, const CompiledForm& compiled,
                                 const Standing& standing) {
    return ReadCollector(bound, form, compiled, standing).run();
}

}  // namespace kiosk::forms
