// `simulate`: random visitors, through the real form, plugin and store, for load tests and training.
#include "commands.hpp"
#include "virtual_clock.hpp"

#include <kiosk/platform/system.hpp>

#include <ostream>
#include <vector>

namespace kiosk::commands {
namespace {

// Presses whatever the page offers until the visit is over. Typed questions are skipped where they may be.
class RandomVisitor {
  public:
    RandomVisitor(Machine& machine, core::SeededRandom& random) : machine_(machine), random_(random) {}

    bool visit(const std::string& activity) {
        machine_.press("action.start");
        if (machine_.view().page == "home") machine_.press("tile." + activity);
        for (int page = 0; page < 500; ++page) {
            machine_.settle();
            const app::ViewModel view = machine_.view();
            if (view.page == "thanks") {
                machine_.press("action.next");
                machine_.settle();
                return true;
            }
            if (view.page == "failed" || view.page == "not_saved" || view.page == "attract" || view.page == "home") return false;
            answer(view);
        }
        return false;
    }

  private:
    void answer(const app::ViewModel& view) {
        std::vector<std::string> choices;
        for (const app::Item& item : view.items) {
            if (item.id.starts_with("choice.")) choices.push_back(item.id);
            if (item.id.starts_with("consent.") && item.id.ends_with(".yes")) machine_.press(item.id);
        }
        if (!choices.empty()) machine_.press(choices[random_.below(choices.size())]);
        if (view.find("action.next")) machine_.press("action.next");
    }

    Machine& machine_;
    core::SeededRandom& random_;
};

}  // namespace

int simulate(const LaunchOptions& options, const SimulateOptions& wanted, const Console& console) {
    VirtualClock clock{platform::SystemClock().wall_now()};
    platform::SystemRandom ids;
    core::SeededRandom choices(wanted.seed);
    auto composition = Composition::create(options, Purpose::serve, clock, ids, {});
    if (!composition) return refuse(console, composition.error());
    RandomVisitor visitor((*composition)->machine(), choices);
    for (int count = 0; count < wanted.responses; ++count) {
        clock.advance(core::SteadyTime(15000));   // past the cool-down between ballots
        if (!visitor.visit(wanted.activity))
            return refuse(console, {"simulate.stuck", {"Lượt thứ " + std::to_string(count + 1) + " không đến được trang “Đã ghi nhận”.", "Visit " + std::to_string(count + 1) + " did not reach “Recorded”."}});
    }
    console.out << wanted.responses << '\n';
    return kDone;
}

}  // namespace kiosk::commands
