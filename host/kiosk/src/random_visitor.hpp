// A visitor who answers at random whatever the pages ask, for load tests and training: presses choices, types into
// fields, and where a page will not go on tries something else, then goes back, then walks away. Borrows all three.
// Main thread only.
#pragma once

#include "machine.hpp"
#include "virtual_clock.hpp"

#include <string>

namespace kiosk {

class RandomVisitor {
  public:
    RandomVisitor(Machine& machine, VirtualClock& clock, core::SeededRandom& random)
        : machine_(machine), clock_(clock), random_(random) {}

    // Visits until something is recorded; not every visit gets there, as when a random visitor refuses consent. False:
    // the kiosk could not keep an answer or the activity failed, or fifty visits in a row recorded nothing.
    bool leave_answer(const std::string& activity);

  private:
    enum class Ending { recorded = 1, left, failed };
    Ending visit(const std::string& activity);
    void answer(const app::ViewModel& view);
    void type_into(const app::Item& field);
    void walk_away();

    Machine& machine_;
    VirtualClock& clock_;
    core::SeededRandom& random_;
};

}  // namespace kiosk
