// Functions over dates and times. A date is midnight in the visit's time zone.

#include "evaluator.hpp"

#include <cmath>
#include <limits>

namespace kiosk::forms {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kLargestDay = 1e8;      // about the year 275,760, as far as ECMAScript goes

}  // namespace

std::optional<Value> Evaluator::call_date(const ExpressionNode& node, const Focus& focus) {
    const std::int64_t now = context_.now.time_since_epoch().count();
    switch (node.function) {
        case Function::today: {
            const std::int64_t local = context_.zone->to_local(now);
            const std::int64_t within_day = ((local % kDayMilliseconds) + kDayMilliseconds) % kDayMilliseconds;
            return DateValue{context_.zone->to_utc(local - within_day)};
        }
        case Function::now: return DateValue{now};
        case Function::date: case Function::date_time: return date(node, focus);
        case Function::decimal_date_time: {
            const Value value = argument(node, 0, focus);
            if (const double* days = std::get_if<double>(&value)) return *days;
            return to_date(value).days();
        }
        case Function::decimal_time: return decimal_time(node, focus);
        case Function::format_date: case Function::format_date_time: return formatted_date(node, focus);
        default: return std::nullopt;
    }
}

DateValue Evaluator::to_date(const Value& value) const {
    if (const auto* date = std::get_if<DateValue>(&value)) return *date;
    if (std::holds_alternative<bool>(value)) return {};
    const double* number = std::get_if<double>(&value);
    double days = kNaN;
    if (number != nullptr) {
        days = *number;
    } else {
        const std::string text = to_string(value);
        if (const Instant instant = parse_date_time(trim(text), *context_.zone)) return {instant};
        days = parse_number(text);
    }
    if (std::isnan(days) || std::abs(days) > kLargestDay) return {};
    return {std::llround(days * kDayMilliseconds)};
}

Value Evaluator::date(const ExpressionNode& node, const Focus& focus) {
    const Value value = argument(node, 0, focus);
    const bool is_text = std::holds_alternative<std::string>(value) || std::holds_alternative<NodeSet>(value);
    if (is_text && trim(to_string(value)).empty()) return std::string();
    return to_date(value);
}

Value Evaluator::decimal_time(const ExpressionNode& node, const Focus& focus) {
    const std::int64_t now = context_.now.time_since_epoch().count();
    const Value value = argument(node, 0, focus);
    if (std::holds_alternative<double>(value) || std::holds_alternative<bool>(value)) return kNaN;
    if (!std::holds_alternative<DateValue>(value))
        if (const std::optional<double> time = parse_time_of_day(trim(to_string(value)), *context_.zone, now)) return *time;
    const DateValue date = to_date(value);
    if (!date.instant) return kNaN;
    const CivilTime time = civil_time(context_.zone->to_local(*date.instant));
    const double seconds = time.hour * 3600.0 + time.minute * 60.0 + time.second + time.millisecond / 1000.0;
    return seconds / 86'400;
}

Value Evaluator::formatted_date(const ExpressionNode& node, const Focus& focus) {
    const DateValue date = to_date(argument(node, 0, focus));
    const std::string format = text(node, 1, focus);
    if (!date.instant) return std::string();
    std::optional<std::string> result = format_date(*date.instant, format, context_.language, *context_.zone);
    if (!result) {
        context_.fail("expression.bad_date_format",
                      {"Mẫu ngày “" + format + "” có ký hiệu không dùng được; các ký hiệu: %Y %y %m %n %b %d %e %a %H %h %M %S %3.",
                       "The date format \"" + format + "\" has an escape that does not exist; there are "
                       "%Y %y %m %n %b %d %e %a %H %h %M %S %3."});
        return std::string();
    }
    return std::move(*result);
}

}  // namespace kiosk::forms
