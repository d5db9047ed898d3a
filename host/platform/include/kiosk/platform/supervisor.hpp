// supervise(): runs the kiosk in a child process and starts it again when it dies or hangs, so that a faulty plugin
// costs the visitor seconds and not the day. A child that sleeps is not looked at: at rest neither process runs.
//
// The child marks when it works and when it waits (Heartbeat, in memory shared with the parent). Working for longer
// than the limit is a hang, unless the machine starved or stopped it meanwhile. Call before any thread is started.
#pragma once

#include <kiosk/core/clock.hpp>

#include <atomic>
#include <cstdint>
#include <functional>

namespace kiosk::platform {

// Written by the child's main thread, read by the parent.
class Heartbeat {
  public:
    // The main thread has something to do / has nothing left to do. Cheap enough for every event.
    void working(core::SteadyTime now);
    void waiting();

  private:
    friend class Supervision;
    static constexpr std::int64_t kWaiting = -1;

    std::atomic<std::int64_t> working_since_ms_{kWaiting};
    std::atomic<bool> has_waited_{false};     // the start is over
    std::atomic<bool> is_watched_{false};     // the parent is awake and will look by itself
    std::atomic<bool> is_finished_{false};    // ended by its own decision, not by a plugin's exit()
    int alarm_fd_ = -1;                       // wakes the parent
};

struct SupervisionLimits {
    core::SteadyTime start{30'000};           // until the child first waits
    core::SteadyTime hang{2'000};             // of work without a rest
    core::SteadyTime starved{15'000};         // the same when it hardly got the processor
    int restarts = 5;                         // more than this …
    core::SteadyTime within{60'000};          // … within this gives up: something is wrong that restarting does not mend
};

struct ChildFault {
    enum class Kind { crashed = 1, hung, left };  // left: something in it called exit()
    Kind kind = Kind::crashed;
    int signal = 0;                           // that killed it, if one did
};

// Returns what `serve` returned, or kGaveUp. SIGTERM, SIGINT and SIGHUP are passed on to the child. `on_fault` is told
// of each fault, in the parent, before the restart.
constexpr int kGaveUp = 70;
int supervise(const SupervisionLimits& limits, const core::Clock& clock, const std::function<int(Heartbeat&)>& serve,
              const std::function<void(const ChildFault&)>& on_fault);

}  // namespace kiosk::platform
