// keep_memory_private(): what a visitor types must not reach a core dump, a debugger or the swap area. Call it first
// thing in main(), before anything personal is in memory; it holds for the rest of the process.
#pragma once

namespace kiosk::platform {

struct MemoryPrivacy {
    bool without_core_dumps = false;
    bool out_of_swap = false;  // needs CAP_IPC_LOCK or a large enough RLIMIT_MEMLOCK
};

// What could be had; for `doctor` to report the rest.
MemoryPrivacy keep_memory_private();

}  // namespace kiosk::platform
