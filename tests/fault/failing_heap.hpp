// A C++ heap that runs out on demand. Linking this replaces operator new for the whole program; each thread fails for
// itself.
#pragma once

namespace kiosk::test {

// While it lives, the allocation after so many fails with std::bad_alloc: that one, or that one and all that follow.
class FailingAllocation {
  public:
    explicit FailingAllocation(long after, bool for_ever = false);
    ~FailingAllocation();
    FailingAllocation(const FailingAllocation&) = delete;
    FailingAllocation& operator=(const FailingAllocation&) = delete;
    bool has_failed() const;
};

bool allocation_fails();   // for other allocators that are to fail with it; counts as an allocation

}  // namespace kiosk::test
