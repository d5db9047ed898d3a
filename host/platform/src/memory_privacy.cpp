#include <kiosk/platform/memory_privacy.hpp>

#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace kiosk::platform {

MemoryPrivacy keep_memory_private() {
    MemoryPrivacy privacy;
    const rlimit none{0, 0};
    privacy.without_core_dumps = setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0;
    // Only pages that are used: without ONFAULT every thread's whole stack of 8 MiB would be made present.
    privacy.out_of_swap = mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0;
    return privacy;
}

void restart_with_freed_memory_overwritten(char* argv[]) {
    // Without the cache of each thread: what lies in it is freed, but not overwritten. One heap for all threads: the few
    // that read and draw beside the first would each keep two megabytes of their own.
    constexpr std::string_view kWanted = "glibc.malloc.perturb=170:glibc.malloc.tcache_count=0:glibc.malloc.arena_max=1";
    const char* const given = std::getenv("GLIBC_TUNABLES");
    std::string tunables = given ? given : "";
    if (tunables.find("glibc.malloc.perturb=") != std::string::npos) return;
    tunables.append(tunables.empty() ? "" : ":").append(kWanted);
    setenv("GLIBC_TUNABLES", tunables.c_str(), 1);
    execv("/proc/self/exe", argv);
}

[[gnu::noinline]] void overwrite_unused_stack() {
    constexpr std::size_t kDeepest = 512 * 1024;   // of a stack of 8 MiB; nothing here goes deeper
    char unused[kDeepest];
    explicit_bzero(unused, sizeof unused);
}

}  // namespace kiosk::platform
