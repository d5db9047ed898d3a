// UX-52: how long a visitor may be still, by what they have begun.
#pragma once

#include <kiosk/app/environment.hpp>
#include <kiosk/app/state.hpp>

#include <optional>

namespace kiosk::app {

struct IdleTimes {
    std::chrono::seconds idle{};
    std::chrono::seconds warning{};   // zero: no warning, the kiosk simply goes back
};

// Nothing: the page may stand for ever.
std::optional<IdleTimes> idle_times(const State& state, const Environment& environment);

// When staff mode locks itself; nothing: it is not open, or is at work.
std::optional<core::SteadyTime> staff_locks_at(const State& state, const Environment& environment);

bool has_answers(const Visiting& visit);

}  // namespace kiosk::app
