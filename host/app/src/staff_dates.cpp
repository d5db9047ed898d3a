// Staff mode, continued: the days on which an activity or a poll is open, and the clock.
#include "answer_values.hpp"
#include "reducer.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kiosk::app {
namespace {

const StaffActivity* activity_in(const Staff& staff, std::string_view id) {
    if (!staff.report) return nullptr;
    const auto& all = staff.report->activities;
    const auto found = std::find_if(all.begin(), all.end(), [&](const StaffActivity& one) { return one.id == id; });
    return found == all.end() ? nullptr : &*found;
}

std::string_view type_of(std::string_view moment) { return moment == "clock" ? "dateTime" : "date"; }

}  // namespace

void Reducer::show_dates(Staff& staff, std::string_view id) {
    const StaffActivity* activity = activity_in(staff, id);
    if (!activity) return;
    show_staff(staff, Staff::Page::dates);
    staff.dated = activity->id;
    staff.has_wrong_dates = false;
    if (!activity->opens.empty()) staff.moments["opens"] = activity->opens;
    if (!activity->closes.empty()) staff.moments["closes"] = activity->closes;
}

void Reducer::press_step(Staff& staff, std::string_view step) {   // "closes.month.-1"
    const std::size_t first = step.find('.'), last = step.rfind('.');
    if (first == last) return;
    int by = 0;
    std::from_chars(step.data() + last + 1, step.data() + step.size(), by);
    const std::string_view name = step.substr(0, first);
    const auto part = moment_part_named(step.substr(first + 1, last - first - 1));
    const auto found = staff.moments.find(name);
    if (!part || found == staff.moments.end()) return;
    auto moment = Moment::read(type_of(name), found->second);
    if (!moment) return;
    if (*part == MomentPart::minute) moment->step_minutes(by);
    else moment->step(*part, by);
    found->second = moment->value(type_of(name));
    staff.has_wrong_dates = false;
}

// "opens.set", "closes.clear"
void Reducer::press_date(Staff& staff, std::string_view act) {
    const std::size_t dot = act.find('.');
    const std::string name(act.substr(0, dot));
    if (staff.page != Staff::Page::dates || dot == std::string_view::npos || (name != "opens" && name != "closes")) return;
    staff.has_wrong_dates = false;
    if (act.substr(dot + 1) == "set") staff.moments[name] = staff.report ? staff.report->local_time.substr(0, 10) : std::string{};
    else staff.moments.erase(name);
}

void Reducer::keep_dates(Staff& staff) {
    if (staff.page != Staff::Page::dates) return;
    const auto day = [&](const char* name) {
        const auto found = staff.moments.find(name);
        return found == staff.moments.end() ? std::string("-") : found->second;
    };
    const std::string opens = day("opens"), closes = day("closes");
    if (opens != "-" && closes != "-" && closes < opens) {
        staff.has_wrong_dates = true;
        return;
    }
    begin_act(staff, StaffAct::set_dates, staff.dated + " " + opens + " " + closes);
}

}  // namespace kiosk::app
