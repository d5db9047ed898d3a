// Failing system calls and allocations on purpose, by standing in for the functions the library calls.
#pragma once

namespace kiosk::test {

// While one of these lives, the n-th allocation from now (0: the next) fails, and with `for_ever` all that follow.
class FailingAllocation {
  public:
    FailingAllocation(long after, bool for_ever);
    FailingAllocation(const FailingAllocation&) = delete;
    ~FailingAllocation();
    bool has_failed() const;  // whether it came to that
};

enum class Call { none = 1, open, write, write_interrupted, write_short, fsync, scrypt };

// While one of these lives, the n-th such call from now fails, once.
class FailingCall {
  public:
    explicit FailingCall(Call call, int after = 0);
    FailingCall(const FailingCall&) = delete;
    ~FailingCall();
};

}  // namespace kiosk::test
