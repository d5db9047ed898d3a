// reduce(): the whole behaviour of the kiosk as one pure function. No clock, file, thread or plugin is reached from
// here: what it needs comes in Environment, what it wants leaves as Effects. Any thread, one state at a time.
//
// The promise it keeps: the page `thanks` follows only on Recorded, so no answer is confirmed before it is durable.
#pragma once

#include <kiosk/app/effect.hpp>
#include <kiosk/app/environment.hpp>
#include <kiosk/app/event.hpp>
#include <kiosk/app/state.hpp>

#include <optional>

namespace kiosk::app {

struct Step {
    State state;
    Effects effects;
};

State initial_state(const Environment& environment);
Step reduce(State state, Event event, const Environment& environment);

// When time alone will next change what is shown; nothing: the kiosk may sleep.
std::optional<core::SteadyTime> next_deadline(const State& state, const Environment& environment);

}  // namespace kiosk::app
