// Where bytes come from and go to while a file is sealed, opened, signed or verified in pieces, so that a bundle of any
// size needs a fixed amount of memory.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/result.hpp>

#include <cstddef>
#include <functional>
#include <span>

namespace kiosk::sealing {

// Takes the next bytes; they are valid during the call only. Its refusal ends the operation and is returned from it.
using Sink = std::function<core::Result<void>(core::ByteView)>;

// Fills up to the whole span and returns how much it filled; 0 means the end.
using Source = std::function<core::Result<std::size_t>(std::span<std::byte>)>;

}  // namespace kiosk::sealing
