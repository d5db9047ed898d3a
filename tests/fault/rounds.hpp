// How much a fault test does: a short round in CI, more by hand through the environment (README.md).
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

namespace kiosk::test {

inline std::uint64_t rounds(const char* variable, std::uint64_t in_ci) {
    const char* given = std::getenv(variable);
    return given == nullptr ? in_ci : std::strtoull(given, nullptr, 10);
}

// In memory if the machine has such a place: the tests count system calls and files, not disks.
inline void prefer_memory_for_temporary_files() {
    if (std::getenv("TMPDIR") == nullptr) ::setenv("TMPDIR", "/dev/shm", 0);
}

}  // namespace kiosk::test
