// Evaluates an expression for table tests and writes the result down with its type: "6", "true", "'text'", "[a|b]",
// or "! code" for an error. At 2026-11-24T08:30:00+07:00 in Asia/Ho_Chi_Minh unless told otherwise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms::testing {

struct Place {
    std::string document{};
    std::string context{};
    std::string timezone = "Asia/Ho_Chi_Minh";
    std::string language{};
};

std::string evaluated(std::string_view expression, const Place& place = {});

struct Row {
    std::string expression;
    std::string expected;
};
// Checks every row, naming the expression that fails.
void check_rows(const std::vector<Row>& rows, const Place& place = {});

}  // namespace kiosk::forms::testing
