// Recursive descent over XPath 1.0's grammar, one level of operators a call; nesting is counted and capped.

#include "call_faults.hpp"
#include "expression_lexer.hpp"
#include "expression_tree.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

namespace kiosk::forms {
namespace {

struct OperatorToken {
    TokenKind kind;
    std::string_view word;                 // of an operator_name
    Operator meaning;
};

constexpr OperatorToken kOr[] = {{TokenKind::operator_name, "or", Operator::logical_or}};
constexpr OperatorToken kAnd[] = {{TokenKind::operator_name, "and", Operator::logical_and}};
constexpr OperatorToken kEquality[] = {{TokenKind::equal, {}, Operator::equal},
                                       {TokenKind::not_equal, {}, Operator::not_equal}};
constexpr OperatorToken kRelational[] = {{TokenKind::less, {}, Operator::less},
                                         {TokenKind::less_or_equal, {}, Operator::less_or_equal},
                                         {TokenKind::greater, {}, Operator::greater},
                                         {TokenKind::greater_or_equal, {}, Operator::greater_or_equal}};
constexpr OperatorToken kAdditive[] = {{TokenKind::plus, {}, Operator::plus}, {TokenKind::minus, {}, Operator::minus}};
constexpr OperatorToken kMultiplicative[] = {{TokenKind::multiply, {}, Operator::multiply},
                                             {TokenKind::operator_name, "div", Operator::divide},
                                             {TokenKind::operator_name, "mod", Operator::modulo}};
constexpr OperatorToken kUnion[] = {{TokenKind::bar, {}, Operator::set_union}};

// From the loosest to the tightest; between multiplicative and union stands the unary minus.
constexpr std::array<std::span<const OperatorToken>, 7> kLevels = {
    kOr, kAnd, kEquality, kRelational, kAdditive, kMultiplicative, kUnion};
constexpr std::size_t kUnionLevel = 6;

struct AxisName {
    std::string_view name;
    Axis axis;
};
constexpr AxisName kAxes[] = {
    {"child", Axis::child}, {"parent", Axis::parent}, {"self", Axis::self}, {"attribute", Axis::attribute},
    {"descendant", Axis::descendant}, {"descendant-or-self", Axis::descendant_or_self},
    {"ancestor", Axis::ancestor}, {"ancestor-or-self", Axis::ancestor_or_self},
    {"following", Axis::following}, {"following-sibling", Axis::following_sibling},
    {"preceding", Axis::preceding}, {"preceding-sibling", Axis::preceding_sibling}, {"namespace", Axis::name_space},
};

class Parser {
  public:
    Parser(std::string_view source, std::vector<Token> tokens, bool defers_calls, SourceSpan& fault)
        : tokens_(std::move(tokens)), defers_calls_(defers_calls), fault_(fault) {
        tree_.source = source;
    }

    core::Result<ExpressionTree> run() {
        const std::optional<NodeIndex> root = expression();
        if (root && token().kind != TokenKind::end) unexpected();
        if (error_) return *error_;
        tree_.root = *root;
        return std::move(tree_);
    }

  private:
    using Parsed = std::optional<NodeIndex>;

    const Token& token(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
    bool accept(TokenKind kind) {
        if (token().kind != kind) return false;
        ++at_;
        return true;
    }

    SourceSpan span(std::size_t offset, std::size_t length) const {
        return {offset, length, 0};        // columns are worked out for those that are shown
    }

    std::nullopt_t fail(std::string code, core::Words words, const Token& where) {
        return fail(core::Error{std::move(code), std::move(words)}, where);
    }

    std::nullopt_t fail(core::Error error, const Token& where) {
        if (!error_) {
            error_ = std::move(error);
            fault_ = span_of(tree_.source, where.offset, where.length);
        }
        return std::nullopt;
    }

    std::nullopt_t unexpected() {
        const Token& here = token();
        if (here.kind == TokenKind::end) {
            return fail("expression.incomplete",
                        {"Biểu thức kết thúc khi còn thiếu một vế hoặc dấu đóng ngoặc; hãy viết nốt.",
                         "The expression ends while an operand or a closing bracket is still missing; complete it."},
                        here);
        }
        const std::string shown(std::string_view(tree_.source).substr(here.offset, here.length));
        return fail("expression.unexpected",
                    {"“" + shown + "” không đặt được ở đây; hãy kiểm tra toán tử hoặc dấu ngoặc trước nó.",
                     "\"" + shown + "\" cannot stand here; check the operator or bracket before it."},
                    here);
    }

    bool expect(TokenKind kind) {
        if (accept(kind)) return true;
        unexpected();
        return false;
    }

    NodeIndex add(ExpressionNode node) {
        tree_.nodes.push_back(std::move(node));
        return static_cast<NodeIndex>(tree_.nodes.size() - 1);
    }

    Parsed expression() {
        if (depth_ >= Expression::kMaximumDepth) {
            return fail("expression.too_deep",
                        {"Biểu thức lồng nhau quá " + std::to_string(Expression::kMaximumDepth) +
                             " lớp; hãy tách thành nhiều phép tính (calculate).",
                         "The expression nests deeper than " + std::to_string(Expression::kMaximumDepth) +
                             " levels; split it into several calculations."},
                        token());
        }
        ++depth_;
        Parsed result = level(0);
        --depth_;
        return result;
    }

    std::optional<Operator> operator_at(std::size_t level) const {
        for (const OperatorToken& candidate : kLevels[level])
            if (token().kind == candidate.kind && (candidate.word.empty() || token().text == candidate.word))
                return candidate.meaning;
        return std::nullopt;
    }

    Parsed level(std::size_t level_index) {
        if (level_index == kUnionLevel) return unary();
        return fold(level_index, [&] { return level(level_index + 1); });
    }

    template <class ParseOperand>
    Parsed fold(std::size_t level_index, ParseOperand parse_operand) {
        const std::size_t start = token().offset;
        Parsed first = parse_operand();
        if (!first || !operator_at(level_index)) return first;
        ExpressionNode node{.kind = NodeKind::fold};
        node.operands.push_back(*first);
        while (const std::optional<Operator> found = operator_at(level_index)) {
            ++at_;
            const Parsed next = parse_operand();
            if (!next) return std::nullopt;
            node.operators.push_back(*found);
            node.operands.push_back(*next);
        }
        node.span = span(start, end_of_previous() - start);
        return add(std::move(node));
    }

    std::size_t end_of_previous() const {
        return at_ == 0 ? 0 : tokens_[at_ - 1].offset + tokens_[at_ - 1].length;
    }

    Parsed unary() {
        const std::size_t start = token().offset;
        std::size_t minuses = 0;
        while (accept(TokenKind::minus)) ++minuses;
        const Parsed operand = fold(kUnionLevel, [&] { return path(); });
        if (!operand || minuses == 0) return operand;
        // --x is number(x): two negations keep the conversion.
        Parsed result = operand;
        for (std::size_t i = 0; i < 2 - minuses % 2; ++i) {
            ExpressionNode node{.kind = NodeKind::negate, .span = span(start, end_of_previous() - start)};
            node.operands.push_back(*result);
            result = add(std::move(node));
        }
        return result;
    }

    Parsed path() {
        const std::size_t start = token().offset;
        ExpressionNode node{.kind = NodeKind::path};
        node.path_id = tree_.path_count++;
        switch (token().kind) {
            case TokenKind::number: case TokenKind::string: case TokenKind::left_parenthesis:
            case TokenKind::function_name: case TokenKind::variable: {
                const Parsed origin = filter();
                if (!origin || (token().kind != TokenKind::slash && token().kind != TokenKind::slash_slash)) return origin;
                node.operands.push_back(*origin);
                break;
            }
            case TokenKind::slash:
                node.is_absolute = true;
                if (!starts_step(token(1).kind)) {
                    ++at_;
                    node.span = span(start, 1);
                    return add(std::move(node));
                }
                break;
            case TokenKind::slash_slash: node.is_absolute = true; break;
            default:
                if (!starts_step(token().kind)) return unexpected();
                if (!step(node)) return std::nullopt;
        }
        while (token().kind == TokenKind::slash || token().kind == TokenKind::slash_slash) {
            if (token().kind == TokenKind::slash_slash) {
                Step anything{.axis = Axis::descendant_or_self, .test = {.kind = NodeTestKind::node},
                              .span = span(token().offset, 2), .id = tree_.step_count++};
                node.steps.push_back(std::move(anything));
            }
            ++at_;
            if (!step(node)) return std::nullopt;
        }
        node.span = span(start, end_of_previous() - start);
        return add(std::move(node));
    }

    static bool starts_step(TokenKind kind) {
        switch (kind) {
            case TokenKind::name: case TokenKind::star: case TokenKind::prefix_star: case TokenKind::node_type:
            case TokenKind::axis_name: case TokenKind::at: case TokenKind::dot: case TokenKind::dot_dot:
                return true;
            default:
                return false;
        }
    }

    bool step(ExpressionNode& node) {
        Step next;
        const std::size_t start = token().offset;
        bool is_abbreviated = true;            // takes no predicates
        if (accept(TokenKind::dot)) {
            next.axis = Axis::self;
            next.test.kind = NodeTestKind::node;
        } else if (accept(TokenKind::dot_dot)) {
            next.axis = Axis::parent;
            next.test.kind = NodeTestKind::node;
        } else {
            is_abbreviated = false;
            if (accept(TokenKind::at)) {
                next.axis = Axis::attribute;
            } else if (token().kind == TokenKind::axis_name && !axis(next)) {
                return false;
            }
            if (!node_test(next.test)) return false;
        }
        if (!is_abbreviated && !predicates(next.predicates)) return false;
        next.span = span(start, end_of_previous() - start);
        next.id = tree_.step_count++;
        node.steps.push_back(std::move(next));
        return true;
    }

    bool axis(Step& next) {
        const auto* found = std::ranges::find(kAxes, token().text, &AxisName::name);
        if (found == std::end(kAxes)) {
            const std::string shown(token().text);
            fail("expression.unknown_axis",
                 {"Không có trục “" + shown + "::”; các trục thường dùng: child, parent, self, attribute, descendant.",
                  "There is no axis \"" + shown + "::\"; the usual ones are child, parent, self, attribute, descendant."},
                 token());
            return false;
        }
        next.axis = found->axis;
        ++at_;
        return true;
    }

    bool node_test(NodeTest& test) {
        const Token here = token();
        switch (here.kind) {
            case TokenKind::star:
                test.kind = NodeTestKind::any_name;
                break;
            case TokenKind::prefix_star:
                test.kind = NodeTestKind::any_in_prefix;
                test.prefix = here.text;
                break;
            case TokenKind::name: {
                test.kind = NodeTestKind::name;
                const std::size_t colon = here.text.find(':');
                if (colon != std::string_view::npos) test.prefix = here.text.substr(0, colon);
                test.name = colon == std::string_view::npos ? here.text : here.text.substr(colon + 1);
                break;
            }
            case TokenKind::node_type:
                return node_type(test);
            default:
                unexpected();
                return false;
        }
        ++at_;
        return true;
    }

    bool node_type(NodeTest& test) {
        const std::string_view word = token().text;
        test.kind = word == "node"      ? NodeTestKind::node
                    : word == "text"    ? NodeTestKind::text
                    : word == "comment" ? NodeTestKind::comment
                                        : NodeTestKind::instruction;
        ++at_;
        if (!expect(TokenKind::left_parenthesis)) return false;
        if (test.kind == NodeTestKind::instruction && token().kind == TokenKind::string) {
            test.name = token().text;
            ++at_;
        }
        return expect(TokenKind::right_parenthesis);
    }

    bool predicates(std::vector<NodeIndex>& into) {
        while (accept(TokenKind::left_bracket)) {
            const Parsed predicate = expression();
            if (!predicate || !expect(TokenKind::right_bracket)) return false;
            into.push_back(*predicate);
        }
        return true;
    }

    Parsed filter() {
        const std::size_t start = token().offset;
        const Parsed origin = primary();
        if (!origin || token().kind != TokenKind::left_bracket) return origin;
        ExpressionNode node{.kind = NodeKind::filter};
        node.operands.push_back(*origin);
        if (!predicates(node.predicates)) return std::nullopt;
        node.span = span(start, end_of_previous() - start);
        return add(std::move(node));
    }

    Parsed primary() {
        const Token here = token();
        ++at_;
        if (here.kind == TokenKind::string) {
            return add({.kind = NodeKind::string, .span = span(here.offset, here.length), .text = std::string(here.text)});
        }
        if (here.kind == TokenKind::number) {
            double value = 0;
            std::from_chars(here.text.data(), here.text.data() + here.text.size(), value);
            return add({.kind = NodeKind::number, .span = span(here.offset, here.length), .number = value, .text = {}});
        }
        if (here.kind == TokenKind::function_name) return call(here);
        if (here.kind == TokenKind::variable) return variable(here);
        const Parsed inner = expression();
        return inner && expect(TokenKind::right_parenthesis) ? inner : Parsed{};
    }

    // Forms have none; under an evaluator that is a fault only where it is reached.
    Parsed variable(const Token& name) {
        core::Error fault{"expression.variable", {"Biến kiểu $tên không dùng được trong biểu mẫu; hãy viết ${tên}.",
                                                  "Variables like $name cannot be used in forms; write ${name}."}};
        if (!defers_calls_) return fail(std::move(fault), name);
        return add({.kind = NodeKind::call, .span = span(name.offset, name.length), .text = std::string(name.text),
                    .function = Function::unknown, .fault = std::move(fault)});
    }

    Parsed call(const Token& name) {
        const FunctionEntry* entry = find_function(name.text);
        if (entry == nullptr && !defers_calls_) return fail(unknown_function(name.text), name);
        ExpressionNode node{.kind = NodeKind::call, .text = std::string(name.text)};
        ++at_;                             // the parenthesis that made it a function's name
        if (token().kind != TokenKind::right_parenthesis) {
            do {
                const Parsed argument = expression();
                if (!argument) return std::nullopt;
                node.operands.push_back(*argument);
            } while (accept(TokenKind::comma));
        }
        if (!expect(TokenKind::right_parenthesis)) return std::nullopt;
        if (entry == nullptr) {
            node.function = Function::unknown;
            node.fault = unknown_function(name.text);
        } else if (takes(*entry, node.operands.size())) {
            node.function = entry->function;
        } else {
            node.function = Function::unknown;
            node.fault = wrong_arguments(*entry, name.text, node.operands.size());
            if (!defers_calls_) return fail(node.fault, name);
        }
        node.span = span(name.offset, name.length);
        return add(std::move(node));
    }

    std::vector<Token> tokens_;
    bool defers_calls_;
    SourceSpan& fault_;
    ExpressionTree tree_;
    std::optional<core::Error> error_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
};

core::Result<Expression> parse(std::string_view source, bool defers_calls, SourceSpan* fault) {
    constexpr std::size_t longest = Expression::kMaximumLength;
    SourceSpan ignored;
    SourceSpan& where = fault != nullptr ? *fault : ignored;
    where = {};
    if (source.size() > longest) {
        return core::Error{"expression.too_long",
                           {"Biểu thức dài quá " + std::to_string(longest / 1024) + " KiB; hãy tách nhỏ.",
                            "The expression is longer than " + std::to_string(longest / 1024) + " KiB; split it."}};
    }
    core::Result<std::vector<Token>> tokens = tokenize(source, where);
    if (!tokens) return tokens.error();
    if (tokens->size() == 1) {
        return core::Error{"expression.empty", {"Biểu thức còn trống; hãy viết biểu thức hoặc xoá ô.",
                                                "The expression is empty; write one or clear the cell."}};
    }
    core::Result<ExpressionTree> tree = Parser(source, std::move(*tokens), defers_calls, where).run();
    if (!tree) return tree.error();
    return Expression(std::make_shared<const ExpressionTree>(std::move(*tree)));
}

}  // namespace

core::Result<Expression> Expression::parse(std::string_view source, SourceSpan* fault) {
    return forms::parse(source, false, fault);
}

core::Result<Expression> parse_for_evaluation(std::string_view source, SourceSpan* fault) {
    return forms::parse(source, true, fault);
}

const std::string& Expression::source() const { return tree_->source; }

}  // namespace kiosk::forms
