// An SQLite VFS over the system's whose calls fail on demand, and an allocator for SQLite that does so too.
#pragma once

#include <cstdint>

namespace kiosk::test {

enum class Fault {
    disk_full = 1,       // ENOSPC on writing and growing
    short_write = 2,     // half is written, then ENOSPC
    io_error = 3,        // EIO on everything
    failed_sync = 4,     // EIO on fsync only
    read_only = 5,       // EROFS on opening, writing and deleting
    too_many_files = 6,  // EMFILE on opening
    no_memory = 7,       // SQLite's allocations
};

// Calls are counted from start(); the failing one is at_call (0: none, only count), or that one and all that follow.
struct FaultPlan {
    static void start(Fault fault, std::uint64_t at_call, bool for_ever);
    static void stop();
    static std::uint64_t calls();     // that could have failed
    static std::uint64_t failures();  // that did
};

inline constexpr const char* kFaultyVfs = "kiosk-faulty";

void install_faulty_sqlite();  // before SQLite is used

}  // namespace kiosk::test
