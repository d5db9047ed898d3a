// Questions that the law on personal data or plain decency keeps off a kiosk: religion, health, identity card numbers,
// origins, convictions, pictures of people, where they are (Law 91/2025/QH15, Decree 356/2025 Article 4). They are told by the
// words of a question's name and labels, tones or none, so this warns and never refuses: a person decides. Any thread.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/forms/form.hpp>

#include <string>
#include <vector>

namespace kiosk::forms {

struct SensitiveQuestion {
    std::string name;                   // "ton_giao"
    core::Words topic;                  // "tôn giáo", "religion"

    bool operator==(const SensitiveQuestion&) const = default;
};

// In the form's order, each question once.
std::vector<SensitiveQuestion> sensitive_questions(const Form& form);

// The same for staff, one sentence a question; empty: nothing to warn of.
std::vector<core::Words> sensitive_warnings(const Form& form);

}  // namespace kiosk::forms
