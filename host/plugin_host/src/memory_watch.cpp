#include "memory_watch.hpp"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <fcntl.h>
#include <cstdio>

namespace kiosk::plugin_host {
namespace {

// Private writable memory of the process, as RLIMIT_DATA counts it; 0: not known.
std::uint64_t data_bytes() {
    const int file = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    char text[128] = {};
    const ssize_t size = ::read(file, text, sizeof text - 1);
    ::close(file);
    unsigned long long pages = 0;
    if (size <= 0 || std::sscanf(text, "%*u %*u %*u %*u %*u %llu", &pages) != 1) return 0;
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

CallMemory::CallMemory() {
    const std::uint64_t now = data_bytes();
    if (now == 0 || ::getrlimit(RLIMIT_DATA, &before_) != 0) return;
    rlimit tight = before_;
    tight.rlim_cur = std::min<rlim_t>(before_.rlim_cur, now + kCallBytes);
    is_set_ = ::setrlimit(RLIMIT_DATA, &tight) == 0;
}

CallMemory::~CallMemory() {
    if (is_set_) ::setrlimit(RLIMIT_DATA, &before_);
}

std::uint64_t heap_in_use() {
    const auto used = ::mallinfo2();
    return used.uordblks + used.hblkhd;
}

}  // namespace kiosk::plugin_host
