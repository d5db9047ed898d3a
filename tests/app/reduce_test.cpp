// The kiosk's behaviour as a pure function: events in, states and effects out.
#include <kiosk/app/reduce.hpp>
#include <kiosk/core/random.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>

using namespace kiosk;
using namespace kiosk::app;
using namespace std::chrono_literals;

namespace {

struct Kiosk {
    Policies policies;
    std::vector<Activity> activities;
    Environment environment{{}, policies, activities};
    State state;
    Effects effects;

    Kiosk() {
        Activity poll;
        poll.info.id = "opinion_poll";
        poll.info.forms = {"portal_poll"};
        poll.info.languages = {"vi", "en"};
        activities.push_back(poll);
        poll.info.id = "other";
        activities.push_back(poll);
        state = initial_state(environment);
    }

    void take(Event event) {
        Step step = reduce(std::move(state), std::move(event), environment);
        state = std::move(step.state);
        effects = std::move(step.effects);
    }
    void pass(std::chrono::seconds time) {
        environment.now += time;
        take(Ticked{});
    }
    template <class E>
    const E* effect() const {
        for (const Effect& each : effects)
            if (const E* found = std::get_if<E>(&each)) return found;
        return nullptr;
    }
};

}  // namespace

TEST_CASE("a touch leads from the attract page to the tiles, a tile to a visit") {
    Kiosk kiosk;
    CHECK(kiosk.state.in<Attract>());
    kiosk.take(Pressed{"action.start"});
    CHECK(kiosk.state.in<Home>());
    kiosk.take(Pressed{"tile.opinion_poll"});
    REQUIRE(kiosk.effect<BeginVisit>());
    CHECK(kiosk.effect<BeginVisit>()->activity == "opinion_poll");
    CHECK(kiosk.state.in<Visiting>());
}

TEST_CASE("an activity that fails shows a calm page, and the kiosk goes on") {
    Kiosk kiosk;
    kiosk.take(Pressed{"action.start"});
    kiosk.take(Pressed{"tile.opinion_poll"});
    kiosk.take(VisitBegun{kiosk.state.in<Visiting>()->number, core::Error{"plugin.threw", {"hỏng", "broken"}}});
    REQUIRE(kiosk.state.in<Visiting>());
    CHECK(kiosk.state.in<Visiting>()->place == Visiting::Place::failed);
    kiosk.pass(600s);
    kiosk.pass(600s);
    CHECK(kiosk.state.in<Attract>());
}

TEST_CASE("a visitor who walks away from the tiles leaves the attract page behind, in the first language") {
    Kiosk kiosk;
    kiosk.take(Pressed{"action.start"});
    kiosk.take(Pressed{"aid.language"});
    CHECK(kiosk.state.aids.language == "en");
    kiosk.pass(kiosk.policies.browsing_idle + 1s);
    kiosk.pass(kiosk.policies.warning + 1s);
    CHECK(kiosk.state.in<Attract>());
    CHECK(kiosk.state.aids.language == "vi");
}

TEST_CASE("results of a visit that has ended are dropped") {
    Kiosk kiosk;
    kiosk.take(Pressed{"action.start"});
    kiosk.take(Pressed{"tile.opinion_poll"});
    const VisitNumber ended = kiosk.state.in<Visiting>()->number;
    VisitOpened opened;
    opened.screen.items.push_back(core::Heading{{"title", {}}});
    kiosk.take(VisitBegun{ended, opened});
    kiosk.pass(600s);
    kiosk.pass(600s);
    REQUIRE(kiosk.state.in<Attract>());
    kiosk.take(Recorded{ended, {}});
    CHECK(kiosk.state.in<Attract>());
}

TEST_CASE("a kiosk that cannot serve says so whatever is pressed") {
    Kiosk kiosk;
    kiosk.take(Failed{{"storage.locked", {"bận", "busy"}}});
    CHECK(kiosk.state.in<OutOfService>());
    kiosk.take(Pressed{"action.start"});
    CHECK(kiosk.state.in<OutOfService>());
}

TEST_CASE("no sequence of events confirms an answer that was not recorded") {
    const std::vector<std::string> items{"action.start", "tile.opinion_poll", "tile.other", "action.next", "action.back",
                                         "action.end", "action.undo", "choice.tot", "aid.language", "aid.size"};
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        core::SeededRandom random(seed);
        Kiosk kiosk;
        for (int step = 0; step < 60; ++step) {
            const auto* visiting = kiosk.state.in<Visiting>();
            switch (random.below(5)) {
                case 0: kiosk.pass(std::chrono::seconds(random.below(50))); break;
                case 1: kiosk.take(Touched{}); break;
                case 2:
                    if (visiting) {
                        VisitOpened opened;
                        opened.screen.items.push_back(core::Heading{{"title", {}}});
                        kiosk.take(VisitBegun{visiting->number, opened});
                    }
                    break;
                case 3:
                    if (visiting) kiosk.take(Submitted{visiting->number, core::Outcome(core::Finish{})});
                    break;
                default: kiosk.take(Pressed{items[random.below(items.size())]});
            }
            const auto* thanks = kiosk.state.in<Thanks>();
            CHECK_FALSE((thanks && thanks->ending == Ending::recorded));
            CHECK_FALSE(kiosk.effect<RecordResponses>());
        }
    }
}
