// Answers go into a visit's submit(), an Outcome comes out: what the host is to do next.
#pragma once

#include <kiosk/core/text.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kiosk::core {

// One answered item: a relevant question of the form ("/data/rating") or an item of the screen ("consent.store").
struct Answer {
    std::string path;
    std::string value;                   // as it stands in the XForms instance
    bool operator==(const Answer&) const = default;
};
using Answers = std::vector<Answer>;

struct NextScreen { bool operator==(const NextScreen&) const = default; };
// Stay on this page; each issue is pinned to a question.
struct Stay {
    struct Issue { std::string path; Text message; bool operator==(const Issue&) const = default; };
    std::vector<Issue> issues;
    bool operator==(const Stay&) const = default;
};
// Keep the form's submission. `each` names a repeat whose instances are kept as one record each; empty: one record.
// `undo`: how long "Đổi ý" is offered; zero: not at all.
struct Record {
    std::string each;
    std::chrono::seconds undo{0};
    bool has_withdrawal_code = false;
    std::string document = {};           // the layout of a page to print as well; empty: none
    bool operator==(const Record&) const = default;
};
// A one-tap answer is kept already (provisionally); ask the form's remaining questions, then amend it.
struct Amend { std::chrono::seconds undo{0}; bool operator==(const Amend&) const = default; };
struct Print { std::string layout; bool operator==(const Print&) const = default; };
struct Withdraw { std::string code; bool operator==(const Withdraw&) const = default; };
struct Finish { bool operator==(const Finish&) const = default; };

using Outcome = std::variant<NextScreen, Stay, Record, Amend, Print, Withdraw, Finish>;

}  // namespace kiosk::core
