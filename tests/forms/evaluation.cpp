#include "evaluation.hpp"

#include <kiosk/forms/evaluate_expression.hpp>

#include <catch2/catch_test_macros.hpp>

namespace kiosk::forms::testing {

std::string evaluated(std::string_view expression, const Place& place) {
    EvaluationSettings settings;
    settings.now = *parse_moment("2026-11-24T08:30:00+07:00", "UTC");
    settings.timezone = place.timezone;
    settings.language = place.language;
    settings.seed = 7;
    const core::Result<EvaluatedValue> value = evaluate_expression(expression, place.document, place.context, settings);
    if (!value) return "! " + value.error().code;
    if (const bool* boolean = std::get_if<bool>(&*value)) return *boolean ? "true" : "false";
    if (const double* number = std::get_if<double>(&*value)) return number_as_text(*number);
    if (const auto* text = std::get_if<std::string>(&*value)) return "'" + *text + "'";
    std::string nodes;
    for (const std::string& text : std::get<NodeTexts>(*value)) nodes += (nodes.empty() ? "" : "|") + text;
    return "[" + nodes + "]";
}

void check_rows(const std::vector<Row>& rows, const Place& place) {
    for (const Row& row : rows) {
        INFO(row.expression);
        CHECK(evaluated(row.expression, place) == row.expected);
    }
}

}  // namespace kiosk::forms::testing
