// The choices of a question as a form lists them, in words, for whoever has no visit: printed pages, results. Pure.
#pragma once

#include <kiosk/forms/form.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::forms {

// What a text says where no answers are at hand: without its ${answers} and marks.
std::string plain_words(const Form& form, const Translated& translated, std::uint32_t language);

// Name and label of every choice, filters left out. language: an index into Form::languages.
std::vector<std::pair<std::string, std::string>> choice_labels(const Form& form, const Control& control, std::uint32_t language);

}  // namespace kiosk::forms
