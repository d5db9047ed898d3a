// `feedback-office form fill` and `form eval`: a visit driven by steps, and one expression. Shapes: the manual's "Commands".
//
// Pure functions of their input and streams; the caller reads files and the clock. They return the exit status:
// 0 done, 1 refused, 2 wrong usage.
#pragma once

#include <kiosk/core/clock.hpp>
#include <kiosk/forms/form.hpp>

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>

namespace kiosk::office {

struct FormRunOptions {
    std::string language;                    // of the visit: name or code; empty: the form's default
    std::string now;                         // "2026-11-24T08:30:00+07:00"; empty: clock_now
    core::WallTime clock_now{};
    std::string timezone = "Asia/Ho_Chi_Minh";
    std::uint64_t seed = 0;
    std::string message_language = "vi";     // of errors: "vi" or "en"
};

// One step a line in (JSON), one state a line out; the first state comes before any step.
int run_form_fill(std::shared_ptr<const forms::Form> form, const FormRunOptions& options, std::istream& steps,
                  std::ostream& states, std::ostream& errors);

struct FormEvalOptions {
    std::string expression;
    std::string document;                    // XML text; empty: a document without elements
    std::string context;                     // an expression for the node to stand at; empty: the document
    bool as_json = false;
    FormRunOptions run;
};

int run_form_eval(const FormEvalOptions& options, std::ostream& output, std::ostream& errors);

}  // namespace kiosk::office
