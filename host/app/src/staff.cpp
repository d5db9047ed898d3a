// Staff mode: the PIN, the pages behind it, and the acts. What an act does is carried out elsewhere; here is only when.
#include "reducer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace kiosk::app {
namespace {

using Page = Staff::Page;

constexpr std::array<std::pair<std::string_view, Page>, 10> kPages{{
    {"give", Page::give}, {"take", Page::take}, {"activities", Page::activities}, {"display", Page::display},
    {"ruler", Page::ruler}, {"touch", Page::touch}, {"sound", Page::sound}, {"plugins", Page::plugins}, {"log", Page::log},
    {"clock", Page::clock},
}};

constexpr std::array<std::pair<std::string_view, StaffAct>, 17> kActs{{
    {"unlock", StaffAct::unlock}, {"export", StaffAct::export_answers}, {"eject", StaffAct::eject},
    {"take_file", StaffAct::take_file}, {"previous_pack", StaffAct::previous_pack}, {"open", StaffAct::open_activity},
    {"close", StaffAct::close_activity}, {"release", StaffAct::release_plugin}, {"language", StaffAct::use_language},
    {"theme", StaffAct::use_theme}, {"size", StaffAct::use_size}, {"sound", StaffAct::test_sound},
    {"new_pin", StaffAct::new_pin}, {"off", StaffAct::shut_down}, {"print", StaffAct::print_report},
    {"self_test", StaffAct::self_test}, {"clock", StaffAct::set_clock},
}};

// Those whose effect is seen at once on the page they were asked from need no page of their own.
bool shows_working(StaffAct act) {
    switch (act) {
        case StaffAct::unlock: case StaffAct::export_answers: case StaffAct::eject: case StaffAct::take_file:
        case StaffAct::previous_pack: case StaffAct::new_pin: case StaffAct::set_dates: case StaffAct::set_clock:
        case StaffAct::print_report: case StaffAct::self_test: case StaffAct::shut_down: return true;
        default: return false;
    }
}

template <class Table>
auto named(const Table& table, std::string_view name) -> std::optional<decltype(table.front().second)> {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& one) { return one.first == name; });
    if (found == table.end()) return std::nullopt;
    return found->second;
}

// The middle of each cross, as shares of the screen; projected by project_staff.cpp.
constexpr std::array<std::pair<float, float>, 9> kCrosses{{
    {0.08F, 0.08F}, {0.5F, 0.08F}, {0.92F, 0.08F}, {0.08F, 0.5F}, {0.5F, 0.5F}, {0.92F, 0.5F}, {0.08F, 0.92F}, {0.5F, 0.92F}, {0.92F, 0.92F}}};

}  // namespace

std::pair<float, float> touch_cross(std::size_t index) { return kCrosses[std::min(index, kCrosses.size() - 1)]; }

void Reducer::enter_staff() {
    Staff staff;
    if (const OutOfService* failure = state_.in<OutOfService>()) staff.came_from = *failure;
    if (state_.aids.speech) act(StopSpeaking{});
    State clean = initial_state(environment_);   // nothing of a visitor, not even their text size, is with staff
    clean.visits_begun = state_.visits_begun;
    clean.mode = std::move(staff);
    state_ = std::move(clean);
    act(LookAtPin{});
}

void Reducer::leave_staff(Staff& staff) {
    std::optional<OutOfService> back = std::move(staff.came_from);
    leave();
    if (back) state_.mode = std::move(*back);
}

void Reducer::press_in(OutOfService&, std::string_view item) {
    if (item == "action.staff") enter_staff();
}

void Reducer::show_staff(Staff& staff, Page page) {
    staff.page = page;
    staff.digits.clear();
    staff.answer.reset();
    staff.chosen_file.clear();
    staff.touch_errors_mm.clear();
    staff.moments.clear();
    if (page == Page::clock && staff.report) staff.moments["clock"] = staff.report->local_time;
    state_.focus.clear();
    if (page == Page::home || page == Page::give || page == Page::take) act(DoForStaff{StaffAct::look, {}});
}

void Reducer::go_back(Staff& staff) {
    if (staff.page == Page::pin || staff.page == Page::home) return leave_staff(staff);
    if (staff.page == Page::take && !staff.chosen_file.empty()) return staff.chosen_file.clear();
    if (staff.page == Page::dates) return show_staff(staff, Page::activities);
    show_staff(staff, staff.is_open ? Page::home : Page::pin);
    if (staff.page == Page::pin) act(LookAtPin{});
}

void Reducer::press_in(Staff& staff, std::string_view item) {
    if (staff.is_checking || staff.is_working) return;
    if (item.starts_with("digit.")) return press_key(staff, item.substr(6));
    if (item == "action.end") return leave_staff(staff);
    if (item == "action.back" || item == "action.done") return go_back(staff);
    if (item == "action.next" && (staff.page == Page::pin || staff.page == Page::confirm)) return check_pin(staff);
    if (item == "act.unlock" && staff.page == Page::pin) return begin_act(staff, StaffAct::unlock);
    if (!staff.is_open || staff.page == Page::confirm) return;
    if (item.starts_with("go.")) {
        if (const auto page = named(kPages, item.substr(3))) show_staff(staff, *page);
    } else if (item.starts_with("dates.")) {
        show_dates(staff, item.substr(6));
    } else if (item.starts_with("step.")) {
        press_step(staff, item.substr(5));
    } else if (item.starts_with("date.")) {
        press_date(staff, item.substr(5));
    } else if (item == "act.dates") {
        keep_dates(staff);
    } else if (item == "act.clock") {
        if (const auto clock = staff.moments.find("clock"); clock != staff.moments.end()) begin_act(staff, StaffAct::set_clock, clock->second.substr(0, 16));
    } else if (item.starts_with("file.")) {
        staff.chosen_file = item.substr(5);
    } else if (item.starts_with("act.")) {
        const std::string_view rest = item.substr(4);
        const std::size_t dot = rest.find('.');
        const auto wanted = named(kActs, rest.substr(0, dot));
        if (wanted) begin_act(staff, *wanted, dot == std::string_view::npos ? std::string{} : std::string(rest.substr(dot + 1)));
    }
}

void Reducer::press_key(Staff& staff, std::string_view key) {
    if (staff.page != Page::pin && staff.page != Page::confirm) return;
    if (staff.is_checking || staff.wait_ends) return;
    if (key == "back") {
        if (!staff.digits.empty()) staff.digits.pop_back();
    } else if (key == "ok") {
        check_pin(staff);
    } else {
        type_digits(staff, key);
    }
}

void Reducer::type_digits(Staff& staff, std::string_view text) {
    if ((staff.page != Page::pin && staff.page != Page::confirm) || staff.is_checking || staff.wait_ends) return;
    for (const char letter : text)
        if (letter >= '0' && letter <= '9' && staff.digits.size() < kPinDigits) staff.digits += letter;
}

void Reducer::check_pin(Staff& staff) {
    if (staff.digits.size() != kPinDigits || staff.is_checking || staff.wait_ends) return;
    staff.is_checking = true;
    act(CheckPin{std::exchange(staff.digits, {})});
}

void Reducer::on(PinLooked event) {
    Staff* staff = state_.in<Staff>();
    if (!staff || staff->page != Page::pin || staff->is_checking) return;
    if (event.answer.verdict == PinAnswer::Verdict::right) return;   // nothing stands in the way of a guess
    if (event.answer.wait > core::SteadyTime{}) staff->wait_ends = environment_.now + event.answer.wait;
    staff->answer = std::move(event.answer);
}

void Reducer::on(PinChecked event) {
    Staff* staff = state_.in<Staff>();
    if (!staff || !staff->is_checking) return;
    staff->is_checking = false;
    state_.last_activity = environment_.now;   // working the PIN out takes a moment
    if (event.answer.verdict != PinAnswer::Verdict::right) {
        if (event.answer.wait > core::SteadyTime{}) staff->wait_ends = environment_.now + event.answer.wait;
        staff->answer = std::move(event.answer);
        return;
    }
    staff->answer.reset();
    staff->is_open = true;
    if (staff->page == Page::pin) return show_staff(*staff, Page::home);
    staff->page = Page::working;
    staff->is_working = true;
    act(DoForStaff{staff->act, staff->argument});
}

void Reducer::begin_act(Staff& staff, StaffAct wanted, std::string argument) {
    staff.act = wanted;
    staff.argument = std::move(argument);
    staff.progress = {};
    staff.result.reset();
    staff.digits.clear();
    staff.answer.reset();
    if (is_destructive(wanted)) {
        staff.page = Page::confirm;
        return;
    }
    if (shows_working(wanted)) staff.page = Page::working;
    staff.is_working = true;
    act(DoForStaff{wanted, staff.argument});
}

void Reducer::on(StaffReported event) {
    if (Staff* staff = state_.in<Staff>(); staff && staff->is_open) staff->report = std::move(event.report);
}

void Reducer::on(StaffProgressed event) {
    if (Staff* staff = state_.in<Staff>(); staff && staff->is_working) staff->progress = std::move(event.what);
}

void Reducer::on(StaffDone event) {
    Staff* staff = state_.in<Staff>();
    if (!staff || !staff->is_working || staff->act != event.act) return;
    staff->is_working = false;
    state_.last_activity = environment_.now;
    if (event.act == StaffAct::shut_down && event.result) staff->page = Page::shut;
    staff->result = std::move(event.result);
}

void Reducer::on(TouchedAt event) {
    on(Touched{});
    Staff* staff = state_.in<Staff>();
    if (!staff || staff->page != Page::touch || staff->touch_errors_mm.size() >= kCrosses.size()) return;
    const auto [x, y] = touch_cross(staff->touch_errors_mm.size());
    staff->touch_errors_mm.push_back(std::hypot(event.x_mm - x * event.width_mm, event.y_mm - y * event.height_mm));
}

}  // namespace kiosk::app
