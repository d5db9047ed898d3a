// What is wrong with a call: a function that does not exist, or a number of arguments that it does not take.
#pragma once

#include "function_table.hpp"

#include <kiosk/core/result.hpp>

#include <cstddef>
#include <string_view>

namespace kiosk::forms {

bool takes(const FunctionEntry& entry, std::size_t count);
core::Error unknown_function(std::string_view name);       // with the nearest there is
core::Error wrong_arguments(const FunctionEntry& entry, std::string_view name, std::size_t given);

}  // namespace kiosk::forms
