// ExpressionTree: a parsed expression as a flat arena of nodes that refer to each other by index. Made by the parser,
// read by the evaluator and by the dependency analysis; never changed afterwards. Any thread.
//
// Chains of operators of one precedence are one node folded from the left, so that "a or b or … (a thousand)" is as
// shallow as "a or b" and evaluation depth is bounded by the parser's nesting limit.
#pragma once

#include "function_table.hpp"

#include <kiosk/forms/expression.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace kiosk::forms {

using NodeIndex = std::uint32_t;

enum class Operator : std::uint8_t {
    logical_or = 1, logical_and,
    equal, not_equal,
    less, less_or_equal, greater, greater_or_equal,
    plus, minus,
    multiply, divide, modulo,
    set_union,
};

enum class Axis : std::uint8_t {
    child = 1, parent, self, attribute, descendant, descendant_or_self, ancestor, ancestor_or_self,
    following, following_sibling, preceding, preceding_sibling, name_space,
};

enum class NodeTestKind : std::uint8_t { name = 1, any_name, any_in_prefix, node, text, comment, instruction };

struct NodeTest {
    NodeTestKind kind = NodeTestKind::name;
    std::string prefix{};
    std::string name{};                      // of a name test, or the target of processing-instruction('target')
};

struct Step {
    Axis axis = Axis::child;
    NodeTest test{};
    std::vector<NodeIndex> predicates{};
    SourceSpan span{};
    std::uint32_t id = 0;                  // counted through the whole expression
};

enum class NodeKind : std::uint8_t { number = 1, string, negate, fold, call, path, filter };

struct ExpressionNode {
    NodeKind kind = NodeKind::number;
    SourceSpan span{};
    double number = 0;                     // number
    std::string text{};                      // string; call: the name as written
    Function function{};                   // call
    std::vector<NodeIndex> operands{};       // negate: 1; fold: n; call: arguments; path: 0 or 1 (where it starts); filter: 1
    std::vector<Operator> operators{};       // fold: n-1
    std::vector<NodeIndex> predicates{};     // filter
    std::vector<Step> steps{};               // path
    core::Error fault{};                   // call of Function::unknown: what it is refused with
    bool is_absolute = false;              // path: starts at the root of the document
    std::uint32_t path_id = 0;             // path: counted through the whole expression
};

struct ExpressionTree {
    std::string source;
    std::vector<ExpressionNode> nodes;     // children before parents
    NodeIndex root = 0;
    std::uint32_t step_count = 0;
    std::uint32_t path_count = 0;

    const ExpressionNode& at(NodeIndex index) const { return nodes[index]; }
};

// Like Expression::parse(), but a call of a function that does not exist, or with a wrong number of arguments, is refused
// when it is reached, as ODK's evaluators do: "false() and nonsense()" is false.
core::Result<Expression> parse_for_evaluation(std::string_view source, SourceSpan* fault);

}  // namespace kiosk::forms
