// What an expression refers to, read off its tree: paths, functions, literals. No document is needed.

#include "expression_lexer.hpp"
#include "expression_tree.hpp"

#include <optional>

namespace kiosk::forms {
namespace {

std::string_view axis_prefix(Axis axis) {
    switch (axis) {
        case Axis::child: return "";
        case Axis::attribute: return "@";
        case Axis::parent: return "parent::";
        case Axis::self: return "self::";
        case Axis::descendant: return "descendant::";
        case Axis::descendant_or_self: return "descendant-or-self::";
        case Axis::ancestor: return "ancestor::";
        case Axis::ancestor_or_self: return "ancestor-or-self::";
        case Axis::following: return "following::";
        case Axis::following_sibling: return "following-sibling::";
        case Axis::preceding: return "preceding::";
        case Axis::preceding_sibling: return "preceding-sibling::";
        case Axis::name_space: return "namespace::";
    }
    return "";
}

std::string test_text(const NodeTest& test) {
    switch (test.kind) {
        case NodeTestKind::name: return test.prefix.empty() ? test.name : test.prefix + ":" + test.name;
        case NodeTestKind::any_name: return "*";
        case NodeTestKind::any_in_prefix: return test.prefix + ":*";
        case NodeTestKind::node: return "node()";
        case NodeTestKind::text: return "text()";
        case NodeTestKind::comment: return "comment()";
        case NodeTestKind::instruction: return "processing-instruction()";
    }
    return "";
}

std::string step_text(const Step& step) {
    if (step.test.kind == NodeTestKind::node) {
        if (step.axis == Axis::self) return ".";
        if (step.axis == Axis::parent) return "..";
    }
    return std::string(axis_prefix(step.axis)) + test_text(step.test);
}

// Where a path starts: an instance and the path walked so far.
struct Origin {
    std::string path = ".";
    std::string instance;
};

class Collector {
  public:
    explicit Collector(const ExpressionTree& tree) : tree_(tree) {}

    std::vector<PathReference> run() {
        visit(tree_.root, Origin{});
        return std::move(found_);
    }

  private:
    // Records what the node reads; returns the path its node-set stands at, if it is one.
    std::optional<Origin> visit(NodeIndex index, const Origin& here) {
        const ExpressionNode& node = tree_.at(index);
        switch (node.kind) {
            case NodeKind::path: return visit_path(node, here);
            case NodeKind::filter: {
                const std::optional<Origin> origin = visit(node.operands[0], here);
                for (NodeIndex predicate : node.predicates) visit(predicate, origin.value_or(here));
                return origin;
            }
            case NodeKind::call: return visit_call(node, here);
            default:
                for (NodeIndex operand : node.operands) visit(operand, here);
                return std::nullopt;
        }
    }

    std::optional<Origin> visit_call(const ExpressionNode& node, const Origin& here) {
        if (node.function == Function::current) return Origin{};
        if (node.function == Function::instance) {
            const ExpressionNode& id = tree_.at(node.operands[0]);
            return id.kind == NodeKind::string ? Origin{"", id.text} : Origin{"", "*"};
        }
        std::optional<Origin> first;
        for (std::size_t i = 0; i < node.operands.size(); ++i) {
            const std::optional<Origin> operand = visit(node.operands[i], here);
            if (i == 0) first = operand;
        }
        return node.function == Function::randomize ? first : std::nullopt;
    }

    std::optional<Origin> visit_path(const ExpressionNode& node, const Origin& here) {
        Origin origin = here;
        if (!node.operands.empty()) {
            const std::size_t before = found_.size();
            origin = visit(node.operands[0], here).value_or(here);
            // A path that only starts this one is not read by itself.
            if (found_.size() == before + 1 && tree_.at(node.operands[0]).kind == NodeKind::path) found_.pop_back();
        } else if (node.is_absolute) {
            origin = {"", {}};             // the main instance, even inside instance('…')[…]: as JavaRosa and Enketo do
        }
        for (const Step& step : node.steps) {
            append(origin.path, step);
            for (NodeIndex predicate : step.predicates) visit(predicate, origin);
        }
        if (origin.path.empty()) origin.path = "/";
        found_.push_back({origin.path, origin.instance, span_of(tree_.source, node.span.offset, node.span.length)});
        return origin;
    }

    static void append(std::string& path, const Step& step) {
        const std::string text = step_text(step);
        if (text == ".") return;
        if (step.axis == Axis::descendant_or_self && step.test.kind == NodeTestKind::node) {
            path += "/";                   // the step after it brings the second slash
        } else if (path == ".") {
            path = text;
        } else {
            path += "/" + text;
        }
    }

    const ExpressionTree& tree_;
    std::vector<PathReference> found_;
};

}  // namespace

std::vector<PathReference> Expression::dependencies() const { return Collector(*tree_).run(); }

std::vector<FunctionUse> Expression::functions() const {
    std::vector<FunctionUse> uses;
    for (const ExpressionNode& node : tree_->nodes)
        if (node.kind == NodeKind::call)
            uses.push_back({node.text, node.operands.size(), span_of(tree_->source, node.span.offset, node.span.length)});
    return uses;
}

std::vector<std::string> Expression::literals_of(std::string_view function) const {
    std::vector<std::string> literals;
    for (const ExpressionNode& node : tree_->nodes) {
        if (node.kind != NodeKind::call || node.text != function || node.operands.empty()) continue;
        const ExpressionNode& first = tree_->at(node.operands[0]);
        if (first.kind == NodeKind::string) literals.push_back(first.text);
    }
    return literals;
}

}  // namespace kiosk::forms
