// Evaluates one expression over one XML document, without a form: what `feedback-office form eval` and tests do.
// Pure: time, time zone and randomness come with the settings. Any thread.
#pragma once

#include <kiosk/core/clock.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/forms/expression.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kiosk::forms {

struct EvaluationSettings {
    core::WallTime now{};
    std::string timezone = "Asia/Ho_Chi_Minh";      // IANA name
    std::uint64_t seed = 0;                         // of random(), uuid(), randomize()
    std::string language;                           // of month names and jr:itext(): "vi", "en"
};

// The string values of a node-set's nodes, in order.
using NodeTexts = std::vector<std::string>;
// Dates and times come as text.
using EvaluatedValue = std::variant<bool, double, std::string, NodeTexts>;

// xml: the document, or empty for one without elements. context: an expression for the node to stand at; empty: the
// document itself. *fault says where the expression is wrong, if it does not parse.
core::Result<EvaluatedValue> evaluate_expression(std::string_view source, std::string_view xml, std::string_view context,
                                                 const EvaluationSettings& settings, SourceSpan* fault = nullptr);

// "2026-11-24", "2026-11-24T08:30", "2026-11-24T08:30:00.000+07:00"; without an offset in that time zone.
core::Result<core::WallTime> parse_moment(std::string_view text, const std::string& timezone);

// A number as XPath writes it: no exponent, "NaN", "Infinity".
std::string number_as_text(double number);

}  // namespace kiosk::forms
