// What stands in a field while it is typed into, and what a form keeps of it: dates are typed day first, numbers with a
// decimal comma. Pure.
#pragma once

#include <kiosk/app/field_editor.hpp>

#include <string>
#include <string_view>

namespace kiosk::app {

// "27/3/1985", "27 3 1985", "27031985" → "1985-03-27"; "3,5" → "3.5". What cannot be read that way stays as typed, and
// the form says what is wrong with it.
std::string value_typed(std::string_view text, Layout layout);

// "1985-03-27" → "27/03/1985"; "3.5" → "3,5".
std::string typed_from(std::string_view value, Layout layout);

}  // namespace kiosk::app
