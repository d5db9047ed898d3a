// Whether an answer fits its question's type. Message ids are entries of the kiosk's catalogue. Pure; any thread.
#pragma once

#include "date_time.hpp"

#include <kiosk/forms/form.hpp>

#include <string_view>

namespace kiosk::forms {

// Empty: it fits, or there is nothing to check. Otherwise why not: "form.not_an_integer", …. `value` is not empty.
std::string_view type_fault(const Node& node, const Control* control, std::string_view value, const TimeZone& zone);

}  // namespace kiosk::forms
