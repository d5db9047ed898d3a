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

// glibc can overwrite every piece of the heap the moment it is freed, but reads its settings only when a process starts:
// this starts the program once more, with them. First thing in main(), with main's argv; returns where it is so already,
// or cannot be. Keeps what else GLIBC_TUNABLES says.
void restart_with_freed_memory_overwritten(char* argv[]);

// Writes over what functions that have returned left on the calling thread's stack.
void overwrite_unused_stack();

}  // namespace kiosk::platform
