// KIOSK_ASSERT: for bugs of ours, never for input. Stays on in release builds: a kiosk dies fast and is restarted.
#pragma once

namespace kiosk::core {

[[noreturn]] void assertion_failed(const char* expression, const char* file, int line) noexcept;

}  // namespace kiosk::core

#define KIOSK_ASSERT(expression) \
    ((expression) ? static_cast<void>(0) : ::kiosk::core::assertion_failed(#expression, __FILE__, __LINE__))
