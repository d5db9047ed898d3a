// Functions over numbers and booleans.

#include "evaluator.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace kiosk::forms {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Halves go away from zero, as in Enketo and ODK Web Forms.
double rounded(double value, double places) {
    if (std::isnan(value) || std::isnan(places)) return kNaN;
    places = std::trunc(places);
    constexpr double most_places = 30;
    if (std::abs(places) > most_places) return places > 0 ? value : 0.0;
    const double factor = std::pow(10.0, std::abs(places));
    const double sign = value < 0 ? -1 : 1;
    const double size = std::abs(value);
    const auto nearest = [](double number) { return std::floor(number + 0.5); };
    if (std::isinf(size)) return value;
    return sign * (places > 0 ? nearest(size * factor) / factor : nearest(size / factor) * factor);
}

}  // namespace

std::optional<Value> Evaluator::call_number(const ExpressionNode& node, const Focus& focus) {
    const auto one = [&] { return number(node, 0, focus); };
    switch (node.function) {
        case Function::number:
            if (node.operands.empty()) return to_number(NodeSet{focus.node});
            return one();
        case Function::boolean: return to_boolean(argument(node, 0, focus));
        case Function::not_: return !to_boolean(argument(node, 0, focus));
        case Function::true_: return true;
        case Function::false_: return false;
        case Function::boolean_from_string: {
            const std::string value = text(node, 0, focus);
            return value == "1" || value == "true";
        }
        case Function::int_: return std::trunc(one());
        case Function::floor: return std::floor(one());
        case Function::ceiling: return std::ceil(one());
        case Function::round: return rounded(one(), node.operands.size() > 1 ? number(node, 1, focus) : 0);
        case Function::abs: return std::abs(one());
        case Function::pow: return std::pow(one(), number(node, 1, focus));
        case Function::sqrt: return std::sqrt(one());
        case Function::exp: return std::exp(one());
        case Function::exp10: return std::pow(10.0, one());
        case Function::log: return std::log(one());
        case Function::log10: return std::log10(one());
        case Function::sin: return std::sin(one());
        case Function::cos: return std::cos(one());
        case Function::tan: return std::tan(one());
        case Function::asin: return std::asin(one());
        case Function::acos: return std::acos(one());
        case Function::atan: return std::atan(one());
        case Function::atan2: return std::atan2(one(), number(node, 1, focus));
        case Function::pi: return std::numbers::pi;
        case Function::random: return context_.random_number();
        case Function::max: case Function::min: {
            double best = kNaN;
            for (const std::string& item : texts(node, 0, focus)) {
                const double value = number_of(item);
                if (std::isnan(value)) return kNaN;
                const bool better = node.function == Function::max ? value > best : value < best;
                if (std::isnan(best) || better) best = value;
            }
            return best;
        }
        case Function::sum: {
            const std::optional<NodeSet> items = nodes(node, 0, focus);
            double total = 0;
            std::string buffer;
            if (items)
                for (NodeRef item : *items) total += number_of(text_of(item, buffer));
            return total;
        }
        case Function::checklist: return checklist(node, focus, false);
        case Function::weighted_checklist: return checklist(node, focus, true);
        default: return std::nullopt;
    }
}

// How many (or what weight of) conditions hold, between two bounds; a negative bound is none. A node counts as true if
// it has a value.
Value Evaluator::checklist(const ExpressionNode& node, const Focus& focus, bool is_weighted) {
    const double least = number(node, 0, focus);
    const double most = number(node, 1, focus);
    const auto truths_of = [&](std::size_t index) {
        std::vector<bool> truths;
        const Value value = argument(node, index, focus);
        if (const NodeSet* set = std::get_if<NodeSet>(&value)) {
            std::string buffer;
            for (NodeRef item : *set) truths.push_back(!trim(text_of(item, buffer)).empty());
        } else {
            truths.push_back(to_boolean(value));
        }
        return truths;
    };
    double total = 0;
    if (is_weighted) {
        std::vector<bool> truths;
        std::vector<double> weights;
        for (std::size_t i = 2; i + 1 < node.operands.size(); i += 2) {
            const std::vector<bool> more = truths_of(i);
            truths.insert(truths.end(), more.begin(), more.end());
            const Value value = argument(node, i + 1, focus);
            std::string buffer;
            if (const NodeSet* set = std::get_if<NodeSet>(&value)) {
                for (NodeRef item : *set) weights.push_back(number_of(text_of(item, buffer)));
            } else {
                weights.push_back(to_number(value));
            }
        }
        for (std::size_t i = 0; i < truths.size() && i < weights.size(); ++i)
            if (truths[i] && !std::isnan(weights[i])) total += weights[i];
    } else {
        for (std::size_t i = 2; i < node.operands.size(); ++i) total += static_cast<double>(std::ranges::count(truths_of(i), true));
    }
    return (least < 0 || total >= least) && (most < 0 || total <= most);
}

}  // namespace kiosk::forms
