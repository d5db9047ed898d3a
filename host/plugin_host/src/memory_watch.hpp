// What a plugin may take of the kiosk's memory. Within one call: kCallBytes, beyond which its allocations fail, so that it
// ends like any plugin that throws and the machine never swaps. Over its visits: what is still held after each adds up.
//
// Main thread only. Other threads share the limit while a call runs, and are made to bear that their memory runs out.
#pragma once

#include <sys/resource.h>

#include <cstdint>

namespace kiosk::plugin_host {

inline constexpr std::uint64_t kCallBytes = 256u << 20;
inline constexpr std::int64_t kLeakBytes = 64u << 20;   // over any number of visits: a fault

// While it lives, the process may take kCallBytes more of private memory than it has.
class CallMemory {
  public:
    CallMemory();
    ~CallMemory();
    CallMemory(const CallMemory&) = delete;
    CallMemory& operator=(const CallMemory&) = delete;

  private:
    rlimit before_{};
    bool is_set_ = false;
};

// What malloc has handed out and not got back; 0 where another allocator stands in its place.
std::uint64_t heap_in_use();

}  // namespace kiosk::plugin_host
