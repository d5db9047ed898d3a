// `simulate`: random visitors, through the real form, plugin and store, for load tests and training.
#include "commands.hpp"
#include "random_visitor.hpp"

#include <kiosk/platform/system.hpp>

#include <ostream>

namespace kiosk::commands {

int simulate(const LaunchOptions& options, const SimulateOptions& wanted, const Console& console) {
    VirtualClock clock{platform::SystemClock().wall_now()};
    platform::SystemRandom ids;
    core::SeededRandom choices(wanted.seed);
    auto composition = Composition::create(options, Purpose::serve, clock, ids, {});
    if (!composition) return refuse(console, composition.error());
    RandomVisitor visitor((*composition)->machine(), clock, choices);
    for (int count = 0; count < wanted.responses; ++count) {
        if (!visitor.leave_answer(wanted.activity))
            return refuse(console, {"simulate.stuck", {"Lượt thứ " + std::to_string(count + 1) + " không đến được trang “Đã ghi nhận”.", "Visit " + std::to_string(count + 1) + " did not reach “Recorded”."}});
    }
    console.out << wanted.responses << '\n';
    return kDone;
}

}  // namespace kiosk::commands
