// The staff's pages of days and times: when an activity or a poll is open, and the clock.
#include "projector.hpp"

#include <algorithm>

namespace kiosk::app {

// Rows of − and +; years and minutes have tens of them besides.
void Projector::show_moment_steps(const std::string& name, const std::vector<MomentPart>& parts, const std::optional<Moment>& moment) {
    for (const MomentPart part : parts) {
        const std::string part_name(name_of(part));
        const bool has_tens = part == MomentPart::year || (part == MomentPart::minute && name == "clock");
        if (has_tens) show_step(name, part_name, -10);
        show_step(name, part_name, -1);
        Item& amount = text(Zone::body, Look::amount, moment ? moment->in_words(part) : "–");
        amount.row = "step." + name + "." + part_name;
        amount.detail = words("moment." + part_name);
        if (hushes_answers_ && moment) amount.spoken = amount.detail;
        show_step(name, part_name, 1);
        if (has_tens) show_step(name, part_name, 10);
    }
}

void Projector::show_dates(const Staff& staff, const StaffReport& report) {
    const auto found = std::find_if(report.activities.begin(), report.activities.end(), [&](const StaffActivity& one) { return one.id == staff.dated; });
    staff_title("staff.dates.title");
    if (found == report.activities.end()) return;
    text(Zone::body, Look::lead, found->name.in(state_.aids.language));
    text(Zone::body, Look::paragraph, words("staff.dates.what_happens"));
    if (staff.has_wrong_dates) text(Zone::body, Look::problem, words("staff.dates.wrong"));
    for (const char* name : {"opens", "closes"}) {
        const auto set = staff.moments.find(name);
        const bool is_set = set != staff.moments.end();
        text(Zone::body, Look::lead, words(std::string("staff.dates.") + name)).detail = is_set ? std::string{} : words("staff.dates.none");
        if (is_set) show_moment_steps(name, {MomentPart::day, MomentPart::month, MomentPart::year}, Moment::read("date", set->second));
        Item& act = staff_act(std::string("date.") + name + (is_set ? ".clear" : ".set"), words(is_set ? "staff.dates.clear" : "staff.dates.set"),
                              is_set ? "close" : "calendar");
        act.spoken = words(std::string("staff.dates.") + name) + ": " + act.label;
    }
    button(Zone::actions, Look::primary, "act.dates", words("staff.dates.keep"), "check").needed = true;
}

void Projector::show_clock(const Staff& staff, const StaffReport& report) {
    staff_title("staff.clock.title");
    show_state(report, "clock");
    text(Zone::body, Look::paragraph, words("staff.clock.what_to_do"));
    const auto clock = staff.moments.find("clock");
    if (clock == staff.moments.end()) return;
    using enum MomentPart;
    show_moment_steps("clock", {day, month, year, hour, minute}, Moment::read("dateTime", clock->second));
    button(Zone::actions, Look::primary, "act.clock", words("staff.clock.set"), "clock").needed = true;
}

}  // namespace kiosk::app
