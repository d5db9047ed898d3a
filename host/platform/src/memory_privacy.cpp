#include <kiosk/platform/memory_privacy.hpp>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace kiosk::platform {

MemoryPrivacy keep_memory_private() {
    MemoryPrivacy privacy;
    const rlimit none{0, 0};
    privacy.without_core_dumps = setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0;
    // Only pages that are used: without ONFAULT every thread's whole stack of 8 MiB would be made present.
    privacy.out_of_swap = mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0;
    return privacy;
}

}  // namespace kiosk::platform
