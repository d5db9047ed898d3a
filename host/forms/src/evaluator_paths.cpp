// Location paths: axes, node tests, predicates, unions, and the starts that were resolved when the form was compiled.

#include "evaluator.hpp"

#include <algorithm>

namespace kiosk::forms {
core::Result<BoundExpression> bind_names(Expression expression, const NameTable& names,
                                         const std::vector<std::pair<std::string, std::string>>* uris) {
    BoundExpression bound{std::move(expression), {}, {}};
    const ExpressionTree& tree = bound.tree();
    bound.step_names.assign(tree.step_count, kNoName);
    for (const ExpressionNode& node : tree.nodes) {
        for (const Step& step : node.steps) {
            if (step.test.kind != NodeTestKind::name && step.test.kind != NodeTestKind::any_in_prefix) continue;
            std::string name = step.test.name;
            if (!step.test.prefix.empty() && uris != nullptr) {
                const auto found = std::ranges::find(*uris, step.test.prefix, &std::pair<std::string, std::string>::first);
                if (found == uris->end()) {
                    return core::Error{"expression.unknown_prefix",
                                       {"Tiền tố “" + step.test.prefix + ":” chưa được khai báo; hãy bỏ hoặc khai báo nó.",
                                        "The prefix \"" + step.test.prefix + ":\" is not declared; remove or declare it."}};
                }
                name = "{" + found->second + "}" + name;
            } else if (!step.test.prefix.empty()) {
                name = step.test.prefix + ":" + name;
            }
            // For p:* the name is what all its names begin with; it is interned by whoever wants it matched.
            bound.step_names[step.id] = names.find(name);
        }
    }
    return bound;
}

std::optional<NodeRef> Evaluator::start_of(const ExpressionNode& node, NodeRef from) const {
    if (bound_.starts.empty()) return std::nullopt;
    const PathStart& start = bound_.starts[node.path_id];
    if (start.slot == PathStart::kNoSlot) return std::nullopt;
    // Absolute paths and current()/… start at the expression's own node even inside a predicate.
    if (node.is_absolute || !node.operands.empty()) from = current_;
    if (from != current_ || from.document != 0) return std::nullopt;
    const std::vector<Frame>& frames = *context_.frames;
    std::uint32_t frame = context_.at(from).frame;
    for (std::uint16_t i = 0; i < start.frames_up; ++i) frame = frames[frame].parent;
    const NodeId found = frames[frame].nodes[start.slot - frames[frame].first_slot];
    return NodeRef{0, found};
}

// The one node of a path whose every step was resolved beforehand.
std::optional<NodeRef> Evaluator::single_node(const ExpressionNode& node, const Focus& focus) const {
    if (node.kind != NodeKind::path || bound_.starts.empty()) return std::nullopt;
    if (bound_.starts[node.path_id].steps != node.steps.size()) return std::nullopt;
    return start_of(node, focus.node);
}

NodeSet Evaluator::path(const ExpressionNode& node, const Focus& focus) {
    NodeSet nodes;
    std::size_t first_step = 0;
    if (const std::optional<NodeRef> start = start_of(node, focus.node)) {
        first_step = bound_.starts[node.path_id].steps;
        if (start->node == kNoNode) return {};
        nodes.push_back(*start);
    } else if (!node.operands.empty()) {
        Value origin = evaluate(node.operands[0], focus);
        NodeSet* set = std::get_if<NodeSet>(&origin);
        if (set == nullptr) {
            context_.fail("expression.not_nodes", {"Chỉ đường dẫn mới có thể nối tiếp bằng dấu /.",
                                                   "Only a path can be continued by /."});
            return {};
        }
        nodes = std::move(*set);
    } else if (node.is_absolute) {
        nodes.push_back({0, Document::kRoot});
    } else {
        nodes.push_back(focus.node);
    }
    for (std::size_t i = first_step; i < node.steps.size() && !nodes.empty(); ++i) {
        nodes = walk(std::move(nodes), node.steps[i]);
        if (context_.error) return {};
    }
    drop_hidden(nodes);
    return nodes;
}

NodeSet Evaluator::filter(const ExpressionNode& node, const Focus& focus) {
    Value origin = evaluate(node.operands[0], focus);
    NodeSet* set = std::get_if<NodeSet>(&origin);
    if (set == nullptr) {
        context_.fail("expression.not_nodes", {"Điều kiện trong ngoặc vuông chỉ lọc được các mục của một đường dẫn.",
                                               "A condition in square brackets can filter the nodes of a path only."});
        return {};
    }
    apply_predicates(node.predicates, *set, 0);
    return std::move(*set);
}

NodeSet Evaluator::walk(NodeSet from, const Step& step) {
    NodeSet found;
    for (NodeRef node : from) {
        const std::size_t first = found.size();
        along_axis(node, step, found);
        if (context_.error) return {};
        if (!step.predicates.empty()) apply_predicates(step.predicates, found, first);
    }
    const bool reversed = step.axis == Axis::ancestor || step.axis == Axis::ancestor_or_self ||
                          step.axis == Axis::preceding || step.axis == Axis::preceding_sibling;
    if (from.size() > 1 || reversed) in_document_order(found);
    return found;
}

bool Evaluator::matches(const Document& document, NodeId id, const Step& step) const {
    const DocumentNode& node = document[id];
    if (node.kind == DocumentNodeKind::anchor) return false;
    const NodeTest& test = step.test;
    switch (test.kind) {
        case NodeTestKind::node: return true;
        case NodeTestKind::text: return node.kind == DocumentNodeKind::text;
        case NodeTestKind::comment: return node.kind == DocumentNodeKind::comment;
        case NodeTestKind::instruction:
            return node.kind == DocumentNodeKind::instruction &&
                   (test.name.empty() || context_.names->text(node.name) == test.name);
        default: break;
    }
    const DocumentNodeKind principal = step.axis == Axis::attribute    ? DocumentNodeKind::attribute
                                       : step.axis == Axis::name_space ? DocumentNodeKind::name_space
                                                                       : DocumentNodeKind::element;
    if (node.kind != principal) return false;
    if (test.kind == NodeTestKind::any_name) return true;
    const NameId wanted = bound_.step_names[step.id];
    if (test.kind == NodeTestKind::name) return wanted != kNoName && node.expanded == wanted;
    return wanted != kNoName && context_.names->text(node.expanded).starts_with(context_.names->text(wanted));
}

void Evaluator::along_axis(NodeRef from, const Step& step, NodeSet& found) {
    const Document& document = *context_.documents[from.document];
    std::uint64_t looked_at = 1;
    const auto take = [&](NodeId id) {
        ++looked_at;
        if (matches(document, id, step)) found.push_back({from.document, id});
    };
    const DocumentNode& node = document[from.node];
    const bool is_attribute = node.kind == DocumentNodeKind::attribute || node.kind == DocumentNodeKind::name_space;
    switch (step.axis) {
        case Axis::child:
            for (NodeId at = node.first_child; at != kNoNode; at = document[at].next) take(at);
            break;
        case Axis::parent:
            if (node.parent != kNoNode) take(node.parent);
            break;
        case Axis::self: take(from.node); break;
        case Axis::attribute:
        case Axis::name_space:
            for (NodeId at = node.first_attribute; at != kNoNode; at = document[at].next)
                if ((document[at].kind == DocumentNodeKind::name_space) == (step.axis == Axis::name_space)) take(at);
            break;
        case Axis::ancestor:
        case Axis::ancestor_or_self:
            for (NodeId at = step.axis == Axis::ancestor ? node.parent : from.node; at != kNoNode; at = document[at].parent)
                take(at);
            break;
        case Axis::following_sibling:
            for (NodeId at = is_attribute ? kNoNode : node.next; at != kNoNode; at = document[at].next) take(at);
            break;
        case Axis::preceding_sibling:
            for (NodeId at = is_attribute ? kNoNode : node.previous; at != kNoNode; at = document[at].previous) take(at);
            break;
        default: along_descendants(from, step, found); return;
    }
    context_.spend(looked_at);
}

void Evaluator::along_descendants(NodeRef from, const Step& step, NodeSet& found) {
    const Document& document = *context_.documents[from.document];
    std::uint64_t looked_at = 1;
    const auto take = [&](NodeId id) {
        ++looked_at;
        if (matches(document, id, step)) found.push_back({from.document, id});
    };
    const auto take_below = [&](NodeId top) {
        for (NodeId at = document.next_in_order(top, top); at != kNoNode; at = document.next_in_order(at, top)) take(at);
    };
    switch (step.axis) {
        case Axis::descendant_or_self: take(from.node); [[fallthrough]];
        case Axis::descendant: take_below(from.node); break;
        case Axis::following: {
            NodeId at = from.node;
            const DocumentNodeKind kind = document[at].kind;
            if (kind == DocumentNodeKind::attribute || kind == DocumentNodeKind::name_space) {
                at = document[at].parent;      // the owner's content follows its attributes
                take_below(at);
            }
            for (; at != kNoNode; at = document[at].parent)
                for (NodeId next = document[at].next; next != kNoNode; next = document[next].next) {
                    take(next);
                    take_below(next);
                }
            break;
        }
        case Axis::preceding: {
            const std::size_t first = found.size();
            NodeId at = from.node;
            const DocumentNodeKind kind = document[at].kind;
            if (kind == DocumentNodeKind::attribute || kind == DocumentNodeKind::name_space) at = document[at].parent;
            std::vector<NodeId> ancestors;
            for (NodeId up = at; up != kNoNode; up = document[up].parent) ancestors.push_back(up);
            for (auto up = ancestors.rbegin(); up != ancestors.rend(); ++up) {
                std::vector<NodeId> before;
                for (NodeId id = document[*up].previous; id != kNoNode; id = document[id].previous) before.push_back(id);
                for (auto id = before.rbegin(); id != before.rend(); ++id) {
                    take(*id);
                    take_below(*id);
                }
            }
            std::reverse(found.begin() + static_cast<std::ptrdiff_t>(first), found.end());
            break;
        }
        default: break;
    }
    context_.spend(looked_at);
}

void Evaluator::apply_predicates(const std::vector<NodeIndex>& predicates, NodeSet& nodes, std::size_t first) {
    for (NodeIndex predicate : predicates) {
        const std::size_t size = nodes.size() - first;
        std::size_t kept = first;
        for (std::size_t i = 0; i < size; ++i) {
            const Value value = evaluate(predicate, Focus{nodes[first + i], i + 1, size});
            if (context_.error) return;
            const double* number = std::get_if<double>(&value);
            const bool keep = number != nullptr ? *number == static_cast<double>(i + 1) : to_boolean(value);
            if (keep) nodes[kept++] = nodes[first + i];
        }
        nodes.resize(kept);
    }
}

void Evaluator::in_document_order(NodeSet& nodes) const {
    if (nodes.size() < 2) return;
    for (const Document* document : context_.documents) document->number();
    const auto before = [&](NodeRef left, NodeRef right) {
        if (left.document != right.document) return left.document < right.document;
        const std::uint32_t left_order = context_.at(left).order;
        const std::uint32_t right_order = context_.at(right).order;
        return left_order != right_order ? left_order < right_order : left.node < right.node;
    };
    if (!std::ranges::is_sorted(nodes, before)) {
        context_.spend(nodes.size());
        std::ranges::sort(nodes, before);
    }
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
}

// A node that is not relevant is not there, as JavaRosa has it.
void Evaluator::drop_hidden(NodeSet& nodes) const {
    std::erase_if(nodes, [&](NodeRef ref) {
        if (ref.document != 0) return false;
        const DocumentNode& node = context_.at(ref);
        if (node.kind == DocumentNodeKind::element || node.kind == DocumentNodeKind::root) return node.hidden;
        return (*context_.documents[0])[node.parent].hidden;
    });
}

}  // namespace kiosk::forms
