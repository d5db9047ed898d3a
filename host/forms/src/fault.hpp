// OrFinding<T>: what was asked for, or the one Finding that says why the file cannot be read at all.
#pragma once

#include <kiosk/forms/diagnosis.hpp>

#include <string>
#include <utility>
#include <variant>

namespace kiosk::forms {

template <class T>
using OrFinding = std::variant<T, Finding>;

// A fault of the file as a whole.
inline Finding file_fault(std::string code, std::string text, core::Words message, core::Words repair) {
    Finding finding;
    finding.code = std::move(code);
    finding.text = std::move(text);
    finding.message = std::move(message);
    finding.repair = std::move(repair);
    return finding;
}

// A Limit was passed: the message names it, its value, and how to raise it.
Finding limit_fault(std::string_view limit, std::size_t value, core::Words what);

}  // namespace kiosk::forms
