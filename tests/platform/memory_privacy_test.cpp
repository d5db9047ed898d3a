#include <kiosk/platform/memory_privacy.hpp>

#include <catch2/catch_test_macros.hpp>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>

namespace {

long kib_of(const std::string& name) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(name)) return std::stol(line.substr(line.find_first_of("0123456789")));
    return 0;
}

}  // namespace

TEST_CASE("private memory is never dumped, and locking it does not make idle threads' stacks present") {
    const pid_t child = fork();  // it cannot be undone, so not in this process
    if (child == 0) {
        const kiosk::platform::MemoryPrivacy privacy = kiosk::platform::keep_memory_private();
        rlimit core{1, 1};
        getrlimit(RLIMIT_CORE, &core);
        const long before = kib_of("VmRSS:");
        std::thread([] { usleep(20000); }).join();
        const bool is_private = privacy.without_core_dumps && core.rlim_cur == 0 && prctl(PR_GET_DUMPABLE) == 0;
        _exit(is_private && kib_of("VmRSS:") - before < 4096 ? 0 : 1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}
