// What an expression's parts evaluate to, and XPath's conversions where they need nothing but the value itself.
#pragma once

#include "date_time.hpp"
#include "document.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kiosk::forms {

struct NodeRef {
    std::uint32_t document = 0;          // index into EvaluationContext::documents
    NodeId node = kNoNode;

    bool operator==(const NodeRef&) const = default;
};
using NodeSet = std::vector<NodeRef>;    // document order, but for what randomize() shuffled

// A date or an instant, as today() and date() give it. Not an XPath type: it compares and calculates as days since 1970.
struct DateValue {
    Instant instant;                     // empty: "Invalid Date"

    double days() const;
};

using Value = std::variant<bool, double, std::string, DateValue, NodeSet>;

// Shortest digits that read back the same, never with an exponent; "NaN", "Infinity", "-Infinity".
std::string number_text(double number);
// XPath's number(): optional minus, digits, one point; white space around it; else NaN.
double parse_number(std::string_view text);

std::string_view trim(std::string_view text);
// The pieces between white space.
std::vector<std::string_view> words_of(std::string_view text);

}  // namespace kiosk::forms
