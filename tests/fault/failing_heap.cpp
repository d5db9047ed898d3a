#include "failing_heap.hpp"

#include <cstdlib>
#include <new>

namespace kiosk::test {

namespace {

thread_local long allocations_left = -1;  // -1: none fails
thread_local bool fails_for_ever = false, has_failed_allocation = false;

}  // namespace

bool allocation_fails() {
    if (allocations_left < 0) return false;
    if (allocations_left > 0) {
        --allocations_left;
        return false;
    }
    if (!fails_for_ever) allocations_left = -1;
    has_failed_allocation = true;
    return true;
}

FailingAllocation::FailingAllocation(long after, bool for_ever) {
    has_failed_allocation = false;
    fails_for_ever = for_ever;
    allocations_left = after;
}
FailingAllocation::~FailingAllocation() { allocations_left = -1; }
bool FailingAllocation::has_failed() const { return has_failed_allocation; }

}  // namespace kiosk::test

void* operator new(std::size_t size) {
    if (kiosk::test::allocation_fails()) throw std::bad_alloc();
    void* memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
