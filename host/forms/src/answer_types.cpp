#include "answer_types.hpp"

#include "value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace kiosk::forms {
namespace {

// As ODK's int, which is XML Schema's: 32 bits.
bool is_integer(std::string_view text) {
    std::int32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

bool is_date(std::string_view text, const TimeZone& zone) {
    return text.find('T') == std::string_view::npos && parse_date_time(text, zone).has_value();
}

double parameter(const Control& control, std::string_view name) {
    for (const auto& [key, value] : control.parameters)
        if (key == name) return parse_number(value);
    return std::nan("");
}

// Between the ends, and on a step counted from the start, as the widget gives it.
bool is_on_range(const Control& control, double value) {
    const double start = parameter(control, "start");
    const double end = parameter(control, "end");
    const double step = std::abs(parameter(control, "step"));
    if (std::isnan(start) || std::isnan(end)) return true;
    if (value < std::min(start, end) || value > std::max(start, end)) return false;
    if (std::isnan(step) || step == 0) return true;
    constexpr double tolerance = 1e-6;           // of a step: 0.1 is no binary fraction
    const double steps = (value - start) / step;
    return std::abs(steps - std::round(steps)) < tolerance;
}

}  // namespace

std::string_view type_fault(const Node& node, const Control* control, std::string_view value, const TimeZone& zone) {
    const std::string& type = node.data_type;
    if (type == "int" && !is_integer(value)) return "form.not_an_integer";
    if (type == "decimal" && std::isnan(parse_number(value))) return "form.not_a_number";
    if (type == "date" && !is_date(value, zone)) return "form.not_a_date";
    if (type == "dateTime" && !parse_date_time(value, zone)) return "form.not_a_date_time";
    if (type == "time" && !parse_time_of_day(value, zone, 0)) return "form.not_a_time";
    if (control != nullptr && control->element == "range" && (type == "int" || type == "decimal") &&
        !is_on_range(*control, parse_number(value)))
        return "form.out_of_range";
    return {};
}

}  // namespace kiosk::forms
