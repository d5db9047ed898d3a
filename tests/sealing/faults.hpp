// Failing system calls on purpose, by standing in for the functions the library calls; and allocations, sodium_malloc's too.
#pragma once

#include "../fault/failing_heap.hpp"

namespace kiosk::test {

enum class Call { none = 1, open, write, write_interrupted, write_short, fsync, scrypt, argon2 };

// While one of these lives, the n-th such call from now fails, once.
class FailingCall {
  public:
    explicit FailingCall(Call call, int after = 0);
    FailingCall(const FailingCall&) = delete;
    ~FailingCall();
};

}  // namespace kiosk::test
