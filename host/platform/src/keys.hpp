// GLFW's keys by their meaning here.
#pragma once

#include <kiosk/platform/input.hpp>

#include <optional>
#include <string>

namespace kiosk::platform {

std::optional<Key> key_from_glfw(int glfw_key, int glfw_modifiers);
std::string utf8_from(unsigned code_point);

}  // namespace kiosk::platform
