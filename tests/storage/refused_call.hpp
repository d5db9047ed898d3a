// A system that refuses one call, for tests of what uses the file system itself and not through SQLite.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#include <cstddef>
#include <functional>
#include <iterator>
#include <thread>

namespace kiosk::test {

// Runs `work`, which must not throw, on a thread of its own for which each such call ends in this error: a filter in the
// kernel (seccomp), gone with the thread. Skips the test where the kernel takes none.
inline void with_call_refused(long call, int error_number, const std::function<void()>& work) {
    bool is_possible = false;
    std::thread([&] {
        sock_filter rules[] = {
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(error_number)),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        };
        const sock_fprog filter{static_cast<unsigned short>(std::size(rules)), rules};
        is_possible = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
        if (is_possible) work();
    }).join();
    if (!is_possible) SKIP("the kernel takes no filters here");
}

}  // namespace kiosk::test
