// The way to a page by name, for `render` and `gallery`: through the same presses a visitor would make, on a clock that
// only moves when told.
#pragma once

#include "machine.hpp"
#include "virtual_clock.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

// Answers to give before the page is shown; the steps of `form fill`.
struct AnswerStep {
    enum class Kind { set = 1, clear, next, back };
    Kind kind = Kind::set;
    std::string path, value;
};
core::Result<std::vector<AnswerStep>> read_answers(const std::filesystem::path& file);

// From a machine that has just been made. Page names are those of COMMANDS. Fails when this kiosk has no such page.
core::Result<void> go_to_page(Machine& machine, VirtualClock& clock, std::string_view page, const std::vector<AnswerStep>& answers);

// Every page this kiosk can show, for the gallery.
std::vector<std::string> page_names(const Machine& machine, const FormLibrary& forms);

}  // namespace kiosk
