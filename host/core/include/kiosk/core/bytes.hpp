#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kiosk::core {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

}  // namespace kiosk::core
