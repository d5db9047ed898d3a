// Staff mode as a pure state machine: the door, the PIN, the lock, and that an act which takes something away asks twice.
#include <kiosk/app/project.hpp>
#include <kiosk/app/reduce.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace kiosk;
using namespace kiosk::app;
using namespace std::chrono_literals;
using Verdict = PinAnswer::Verdict;

namespace {

class Ids final : public core::Catalogue {
  public:
    std::string words(std::string_view, const core::Text& text, std::string_view) const override {
        std::string shown = text.id;
        for (const std::string& argument : text.arguments) shown += " " + argument;
        return shown;
    }
};

struct Kiosk {
    Policies policies;
    std::vector<Activity> activities;
    Environment environment{{}, policies, activities};
    State state = initial_state(environment);
    Effects effects;

    void take(Event event) {
        Step step = reduce(std::move(state), std::move(event), environment);
        state = std::move(step.state);
        effects = std::move(step.effects);
    }
    void press(std::string item) { take(Pressed{std::move(item)}); }
    void pass(std::chrono::seconds time) {
        environment.now += time;
        take(Ticked{});
    }
    void type_pin() {
        for (const char digit : std::string("482913")) press(std::string("digit.") + digit);
        press("digit.ok");
    }
    void enter() {
        press("action.staff");
        type_pin();
        take(PinChecked{{Verdict::right, 10, {}, {}, {}}});
        StaffReport report;
        report.waiting = 214;
        take(StaffReported{report});
    }
    template <class E>
    const E* effect() const {
        for (const Effect& each : effects)
            if (const E* found = std::get_if<E>(&each)) return found;
        return nullptr;
    }
    const Staff* staff() const { return state.in<Staff>(); }
    ViewModel view() const { return project(state, environment, Ids()); }
};

}  // namespace

TEST_CASE("the door on the attract page leads to the PIN, and any other touch to the visitor's pages") {
    Kiosk kiosk;
    CHECK(kiosk.view().find("action.staff"));
    kiosk.press("action.staff");
    REQUIRE(kiosk.staff());
    CHECK(kiosk.effect<LookAtPin>());
    CHECK(kiosk.view().page == "staff_pin");
    kiosk.press("action.end");
    CHECK(kiosk.state.in<Attract>());
    kiosk.press("action.start");
    CHECK(kiosk.state.in<Home>());
}

TEST_CASE("the guess goes out once, with exactly six digits, and is not kept") {
    Kiosk kiosk;
    kiosk.press("action.staff");
    for (const char* key : {"digit.1", "digit.2", "digit.3", "digit.ok"}) kiosk.press(key);
    CHECK_FALSE(kiosk.effect<CheckPin>());
    for (const char* key : {"digit.back", "digit.4", "digit.5", "digit.6", "digit.7", "digit.8"}) kiosk.press(key);
    CHECK(kiosk.staff()->digits == "124567");   // a seventh digit is not taken
    kiosk.press("digit.ok");
    REQUIRE(kiosk.effect<CheckPin>());
    CHECK(kiosk.effect<CheckPin>()->pin == "124567");
    CHECK(kiosk.staff()->digits.empty());
    kiosk.press("digit.ok");
    CHECK_FALSE(kiosk.effect<CheckPin>());
}

TEST_CASE("digits are shown as how many, never as what") {
    Kiosk kiosk;
    kiosk.press("action.staff");
    kiosk.take(Typed{"4829"});
    for (const Item& item : kiosk.view().items) {
        CHECK(item.label.find("4829") == std::string::npos);
        CHECK(item.value.find("4829") == std::string::npos);
        CHECK(item.spoken.find("4829") == std::string::npos);
    }
    CHECK(kiosk.view().find("text.pin")->value == "4");
}

TEST_CASE("a wrong PIN says how many tries are left, and a wait is counted down in words before the next is taken") {
    Kiosk kiosk;
    kiosk.press("action.staff");
    kiosk.type_pin();
    kiosk.take(PinChecked{{Verdict::wrong, 5, core::SteadyTime(60'000), {}, {}}});
    CHECK(kiosk.view().page == "staff_pin");
    kiosk.type_pin();
    CHECK_FALSE(kiosk.effect<CheckPin>());
    kiosk.pass(20s);
    bool says_so = false;
    for (const Item& item : kiosk.view().items) says_so = says_so || item.label == "staff.pin.wait 0:40";
    CHECK(says_so);
    kiosk.press("digit.1");   // someone is still there
    kiosk.pass(41s);
    kiosk.type_pin();
    CHECK(kiosk.effect<CheckPin>());
}

TEST_CASE("nothing behind the PIN answers before the PIN is right") {
    Kiosk kiosk;
    kiosk.press("action.staff");
    for (const char* item : {"go.give", "act.export", "act.off", "go.log", "act.open.opinion_poll", "file.x.kpk", "act.take_file.x.kpk", "action.done"}) {
        kiosk.press("action.staff");
        if (!kiosk.staff()) kiosk.press("action.staff");
        kiosk.press(item);
        INFO(item);
        CHECK_FALSE(kiosk.effect<DoForStaff>());
        if (kiosk.staff()) CHECK(kiosk.staff()->page == Staff::Page::pin);
    }
}

TEST_CASE("what an unlock file brings does not open the pages: the new PIN does") {
    Kiosk kiosk;
    kiosk.press("action.staff");
    kiosk.take(PinLooked{{Verdict::locked, 0, {}, "KX7P2MQ4RT", {}}});
    bool has_code = false;
    for (const Item& item : kiosk.view().items) has_code = has_code || item.label == "KX7P2MQ4RT";
    CHECK(has_code);
    kiosk.press("act.unlock");
    REQUIRE(kiosk.effect<DoForStaff>());
    kiosk.take(StaffReported{});                                         // whatever arrives meanwhile
    kiosk.take(StaffDone{StaffAct::unlock, core::Words{"482 913", "482 913"}});
    CHECK(kiosk.view().page == "staff_working");
    kiosk.press("action.done");
    CHECK(kiosk.view().page == "staff_pin");
    CHECK_FALSE(kiosk.staff()->report);
}

TEST_CASE("staff pages lock themselves after five minutes without a touch, but not while an export runs") {
    Kiosk kiosk;
    kiosk.enter();
    CHECK(kiosk.view().page == "staff_home");
    kiosk.pass(299s);
    CHECK(kiosk.staff());
    kiosk.press("go.give");
    kiosk.press("act.export");
    CHECK(kiosk.staff()->is_working);
    CHECK_FALSE(next_deadline(kiosk.state, kiosk.environment));
    kiosk.pass(3600s);
    CHECK(kiosk.staff());
    kiosk.take(StaffDone{StaffAct::export_answers, core::Words{"xong", "done"}});
    kiosk.pass(301s);
    CHECK(kiosk.state.in<Attract>());
}

TEST_CASE("an act that takes something away names the loss and asks the PIN again") {
    Kiosk kiosk;
    kiosk.enter();
    kiosk.press("act.off");
    CHECK(kiosk.view().page == "staff_confirm");
    CHECK_FALSE(kiosk.effect<DoForStaff>());
    bool names_loss = false;
    for (const Item& item : kiosk.view().items) names_loss = names_loss || item.label == "staff.confirm.off.loss 214";
    CHECK(names_loss);
    kiosk.type_pin();
    kiosk.take(PinChecked{{Verdict::wrong, 9, {}, {}, {}}});
    CHECK(kiosk.view().page == "staff_confirm");
    CHECK_FALSE(kiosk.effect<DoForStaff>());
    kiosk.type_pin();
    kiosk.take(PinChecked{{Verdict::right, 10, {}, {}, {}}});
    REQUIRE(kiosk.effect<DoForStaff>());
    CHECK(kiosk.effect<DoForStaff>()->act == StaffAct::shut_down);
}

TEST_CASE("progress and the result of an export are shown, and a failure says that nothing is lost") {
    Kiosk kiosk;
    kiosk.enter();
    kiosk.press("go.give");
    kiosk.press("act.export");
    kiosk.take(StaffProgressed{{"Đang ghi vào USB…", "Writing…"}});
    bool shows_progress = false;
    for (const Item& item : kiosk.view().items) shows_progress = shows_progress || item.label == "Đang ghi vào USB…";
    CHECK(shows_progress);
    kiosk.press("action.end");   // pulled away from by nothing
    CHECK(kiosk.staff()->is_working);
    kiosk.take(StaffDone{StaffAct::export_answers, core::Error{"stick.full", {"USB đầy.", "The stick is full."}}});
    bool says_why = false, calms = false;
    for (const Item& item : kiosk.view().items) {
        says_why = says_why || item.label == "USB đầy.";
        calms = calms || item.label == "staff.working.nothing_lost";
    }
    CHECK(says_why);
    CHECK(calms);
}

TEST_CASE("a kiosk out of service lets staff in, and is still out of service when they leave") {
    Kiosk kiosk;
    kiosk.take(Failed{{"store.gone", {"hỏng", "broken"}}});
    CHECK(kiosk.view().find("action.staff"));
    kiosk.enter();
    CHECK(kiosk.view().page == "staff_home");
    kiosk.press("action.end");
    CHECK(kiosk.state.in<OutOfService>());
}

TEST_CASE("nothing of the visitor before is with staff, and nothing of staff with the next visitor") {
    Kiosk kiosk;
    kiosk.press("action.start");
    kiosk.press("aid.size");
    kiosk.press("action.end");
    kiosk.enter();
    CHECK(kiosk.state.aids.size == kiosk.policies.size);
    CHECK_FALSE(kiosk.view().find("aid.size"));
    kiosk.press("action.end");
    CHECK(kiosk.state.in<Attract>());
}

TEST_CASE("the touch test measures how far each touch is from its cross") {
    Kiosk kiosk;
    kiosk.enter();
    kiosk.press("go.touch");
    CHECK(kiosk.view().wants_places);
    kiosk.take(TouchedAt{268 * 0.08F + 1, 476 * 0.08F, 268, 476});
    REQUIRE(kiosk.staff()->touch_errors_mm.size() == 1);
    CHECK(kiosk.staff()->touch_errors_mm.front() > 0.99F);
    CHECK(kiosk.staff()->touch_errors_mm.front() < 1.01F);
    for (int cross = 0; cross < 20; ++cross) kiosk.take(TouchedAt{0, 0, 268, 476});
    CHECK(kiosk.staff()->touch_errors_mm.size() == 9);
    CHECK_FALSE(kiosk.view().wants_places);
}

TEST_CASE("an activity's first and last day are set with − and +, and a last day before the first is not kept") {
    Kiosk kiosk;
    kiosk.enter();
    StaffReport report;
    report.local_time = "2026-11-30T09:05";
    report.activities = {{"form:portal_poll", {"Thăm dò", "Poll"}, false, false, {}, "1", "", "2026-12-31", {}}};
    kiosk.take(StaffReported{report});
    kiosk.press("go.activities");
    CHECK(kiosk.view().find("dates.form:portal_poll"));
    kiosk.press("dates.form:portal_poll");
    CHECK(kiosk.view().page == "staff_dates");
    CHECK(kiosk.view().find("date.closes.clear"));
    kiosk.press("date.opens.set");                 // begins with today
    kiosk.press("step.opens.month.1");             // 30/12/2026
    kiosk.press("step.closes.year.-1");            // 31/12/2025
    kiosk.press("act.dates");
    CHECK_FALSE(kiosk.effect<DoForStaff>());
    CHECK(kiosk.staff()->has_wrong_dates);
    kiosk.press("step.closes.year.1");
    kiosk.press("act.dates");
    REQUIRE(kiosk.effect<DoForStaff>());
    CHECK(kiosk.effect<DoForStaff>()->act == StaffAct::set_dates);
    CHECK(kiosk.effect<DoForStaff>()->argument == "form:portal_poll 2026-12-30 2026-12-31");
}

TEST_CASE("a day that is taken away is no longer set") {
    Kiosk kiosk;
    kiosk.enter();
    StaffReport report;
    report.activities = {{"opinion_poll", {"Thăm dò", "Poll"}, false, false, {}, "1", "2026-01-01", "", {}}};
    kiosk.take(StaffReported{report});
    kiosk.press("dates.nobody");   // no such activity
    CHECK(kiosk.view().page == "staff_home");
    kiosk.press("dates.opinion_poll");
    kiosk.press("date.opens.clear");
    kiosk.press("act.dates");
    REQUIRE(kiosk.effect<DoForStaff>());
    CHECK(kiosk.effect<DoForStaff>()->argument == "opinion_poll - -");
}

TEST_CASE("the clock is set to the minute, after the PIN, and the page names the new time") {
    Kiosk kiosk;
    kiosk.enter();
    StaffReport report;
    report.local_time = "2026-11-30T09:05";
    kiosk.take(StaffReported{report});
    kiosk.press("go.clock");
    kiosk.press("step.clock.hour.1");
    kiosk.press("step.clock.minute.-10");
    kiosk.press("step.clock.minute.1");
    kiosk.press("act.clock");
    CHECK(kiosk.view().page == "staff_confirm");
    CHECK_FALSE(kiosk.effect<DoForStaff>());
    bool names_time = false;
    for (const Item& item : kiosk.view().items) names_time = names_time || item.label == "staff.confirm.clock.loss 30/11/2026 10:56";
    CHECK(names_time);
    kiosk.type_pin();
    kiosk.take(PinChecked{{Verdict::right, 10, {}, {}, {}}});
    REQUIRE(kiosk.effect<DoForStaff>());
    CHECK(kiosk.effect<DoForStaff>()->act == StaffAct::set_clock);
    CHECK(kiosk.effect<DoForStaff>()->argument == "2026-11-30T10:56");
}
