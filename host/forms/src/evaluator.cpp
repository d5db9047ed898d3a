// Operators, comparisons and conversions. Paths are in evaluator_paths.cpp, functions in functions_*.cpp.

#include "evaluator.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kiosk::forms {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// As JavaRosa has it: people mean 0.1 + 0.2 = 0.3, whatever binary fractions make of it.
bool are_equal(double left, double right) {
    constexpr double tolerance = 1e-12;
    return left == right || std::abs(left - right) < tolerance;
}

bool holds(Operator operation, double left, double right) {
    switch (operation) {
        case Operator::equal: return are_equal(left, right);
        case Operator::not_equal: return !are_equal(left, right);
        case Operator::less: return left < right;
        case Operator::less_or_equal: return left <= right;
        case Operator::greater: return left > right;
        default: return left >= right;
    }
}

// A date's number is its days since 1970.
double text_number(std::string_view text, const TimeZone& zone) {
    const double number = parse_number(text);
    if (!std::isnan(number)) return number;
    return DateValue{parse_date_time(trim(text), zone)}.days();
}

std::string_view node_text(NodeRef ref, EvaluationContext& context, std::string& buffer) {
    const std::string_view text = context.documents[ref.document]->string_value(ref.node, buffer);
    context.spend(1 + text.size() / 16);
    return text;
}

bool is_comparison(Operator operation) {
    return operation >= Operator::equal && operation <= Operator::greater_or_equal;
}

bool is_equality(Operator operation) { return operation == Operator::equal || operation == Operator::not_equal; }

}  // namespace

bool EvaluationContext::spend(std::uint64_t steps) {
    if (steps_left >= steps) {
        steps_left -= steps;
        return true;
    }
    steps_left = 0;
    fail("expression.too_costly", {"Biểu thức phải xét quá nhiều mục; hãy viết đơn giản hơn hoặc giảm số dòng dữ liệu.",
                                   "The expression looks at too many nodes; simplify it or give it less data."});
    return false;
}

void EvaluationContext::fail(std::string code, core::Words words) {
    if (!error) error = core::Error{std::move(code), std::move(words)};
}

double EvaluationContext::random_number() {
    constexpr std::uint64_t bound = std::uint64_t{1} << 53;
    return static_cast<double>(random->below(bound)) / static_cast<double>(bound);
}

core::Result<Value> Evaluator::run(NodeRef node, std::size_t position, std::size_t size) {
    context_.error.reset();
    context_.steps_left = EvaluationContext::kStepLimit;
    current_ = node;
    Value value = evaluate(tree_.root, Focus{node, position, size});
    if (context_.error) return *context_.error;
    return value;
}

Value Evaluator::evaluate(NodeIndex index, const Focus& focus) {
    if (!context_.spend(1)) return Value(std::string());
    const ExpressionNode& node = tree_.at(index);
    switch (node.kind) {
        case NodeKind::number: return node.number;
        case NodeKind::string: return node.text;
        case NodeKind::negate: return -to_number(evaluate(node.operands[0], focus));
        case NodeKind::fold: return fold(node, focus);
        case NodeKind::call: return call(node, focus);
        case NodeKind::path: return path(node, focus);
        case NodeKind::filter: return filter(node, focus);
    }
    return Value(std::string());
}

Value Evaluator::fold(const ExpressionNode& node, const Focus& focus) {
    const Operator first = node.operators[0];
    if (first == Operator::logical_or || first == Operator::logical_and) {
        const bool decides = first == Operator::logical_or;
        for (NodeIndex operand : node.operands)
            if (to_boolean(evaluate(operand, focus)) == decides) return decides;
        return !decides;
    }
    if (first == Operator::set_union) {
        NodeSet all;
        for (NodeIndex operand : node.operands) {
            const Value value = evaluate(operand, focus);
            const NodeSet* set = std::get_if<NodeSet>(&value);
            if (set == nullptr) {
                context_.fail("expression.not_nodes", {"Dấu | chỉ nối được các đường dẫn; hãy dùng or hoặc concat().",
                                                       "The operator | joins paths only; use or, or concat()."});
                return NodeSet{};
            }
            all.insert(all.end(), set->begin(), set->end());
        }
        in_document_order(all);
        return all;
    }
    Value result = evaluate(node.operands[0], focus);
    for (std::size_t i = 0; i < node.operators.size(); ++i) {
        const Value right = evaluate(node.operands[i + 1], focus);
        if (is_comparison(node.operators[i])) result = compare(node.operators[i], result, right);
        else result = calculate(node.operators[i], result, right);
    }
    return result;
}

Value Evaluator::calculate(Operator operation, const Value& left, const Value& right) const {
    const double a = to_number(left);
    const double b = to_number(right);
    switch (operation) {
        case Operator::plus: return a + b;
        case Operator::minus: return a - b;
        case Operator::multiply: return a * b;
        case Operator::divide: return a / b;
        default: return std::fmod(a, b);
    }
}

// XPath 1.0 §3.4: a node-set compares if any of its nodes does.
bool Evaluator::compare(Operator operation, const Value& left, const Value& right) const {
    const NodeSet* left_set = std::get_if<NodeSet>(&left);
    const NodeSet* right_set = std::get_if<NodeSet>(&right);
    // Beside a boolean a node-set is one, too, for = and !=; for < and > Enketo and ODK Web Forms compare its numbers.
    const bool has_boolean = std::holds_alternative<bool>(left) || std::holds_alternative<bool>(right);
    if ((left_set == nullptr && right_set == nullptr) || (has_boolean && is_equality(operation)))
        return compare_one(operation, left, right);
    std::string buffer;
    if (left_set != nullptr && right_set != nullptr) {
        std::vector<Value> others;
        for (NodeRef other : *right_set) others.emplace_back(std::string(text_of(other, buffer)));
        for (NodeRef one : *left_set) {
            const Value text(std::string(text_of(one, buffer)));
            if (!context_.spend(others.size())) return false;
            for (const Value& other : others)
                if (compare_one(operation, text, other)) return true;
        }
        return false;
    }
    for (NodeRef one : left_set != nullptr ? *left_set : *right_set) {
        const Value text(std::string(text_of(one, buffer)));
        if (left_set != nullptr ? compare_one(operation, text, right) : compare_one(operation, left, text)) return true;
    }
    return false;
}

bool Evaluator::compare_one(Operator operation, const Value& left, const Value& right) const {
    if (!is_equality(operation)) return holds(operation, to_number(left), to_number(right));
    if (std::holds_alternative<bool>(left) || std::holds_alternative<bool>(right))
        return (to_boolean(left) == to_boolean(right)) == (operation == Operator::equal);
    const std::string* left_text = std::get_if<std::string>(&left);
    const std::string* right_text = std::get_if<std::string>(&right);
    if (left_text == nullptr || right_text == nullptr) return holds(operation, to_number(left), to_number(right));
    if (*left_text == *right_text) return operation == Operator::equal;
    // "2018-06-25" and "2018-06-25T00:00:00.000+07:00" are the same moment.
    const Instant left_time = parse_date_time(*left_text, *context_.zone);
    const Instant right_time = left_time ? parse_date_time(*right_text, *context_.zone) : std::nullopt;
    const bool equal = left_time && right_time && *left_time == *right_time;
    return equal == (operation == Operator::equal);
}

bool value_truth(const Value& value) {
    if (const bool* boolean = std::get_if<bool>(&value)) return *boolean;
    if (const double* number = std::get_if<double>(&value)) return *number != 0 && !std::isnan(*number);
    if (const auto* text = std::get_if<std::string>(&value)) return !text->empty();
    if (const auto* date = std::get_if<DateValue>(&value)) return date->instant.has_value();
    return !std::get<NodeSet>(value).empty();
}

double value_number(const Value& value, EvaluationContext& context) {
    if (const double* number = std::get_if<double>(&value)) return *number;
    if (const bool* boolean = std::get_if<bool>(&value)) return *boolean ? 1 : 0;
    if (const auto* text = std::get_if<std::string>(&value)) return text_number(*text, *context.zone);
    if (const auto* date = std::get_if<DateValue>(&value)) return date->days();
    const NodeSet& nodes = std::get<NodeSet>(value);
    if (nodes.empty()) return kNaN;
    std::string buffer;
    return text_number(node_text(nodes.front(), context, buffer), *context.zone);
}

std::string value_text(const Value& value, EvaluationContext& context) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const bool* boolean = std::get_if<bool>(&value)) return *boolean ? "true" : "false";
    if (const double* number = std::get_if<double>(&value)) return number_text(*number);
    if (const auto* date = std::get_if<DateValue>(&value))
        return date->instant ? date_or_date_time_text(*date->instant, *context.zone) : "Invalid Date";
    const NodeSet& nodes = std::get<NodeSet>(value);
    if (nodes.empty()) return {};
    std::string buffer;
    return std::string(node_text(nodes.front(), context, buffer));
}

double Evaluator::number_of(std::string_view text) const { return text_number(text, *context_.zone); }

std::string_view Evaluator::text_of(NodeRef ref, std::string& buffer) const { return node_text(ref, context_, buffer); }

}  // namespace kiosk::forms
