// The staff's pages: the keypad, the state of the kiosk in sentences, and one page for each thing to be done.
#include "idle.hpp"
#include "projector.hpp"
#include "reducer.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace kiosk::app {
namespace {

using Page = Staff::Page;

std::string_view page_name(Page page) {
    switch (page) {
        case Page::pin: return "staff_pin";
        case Page::home: return "staff_home";
        case Page::give: return "staff_export";
        case Page::take: return "staff_import";
        case Page::activities: return "staff_activities";
        case Page::dates: return "staff_dates";
        case Page::clock: return "staff_clock";
        case Page::display: return "staff_display";
        case Page::ruler: return "staff_ruler";
        case Page::touch: return "staff_touch";
        case Page::sound: return "staff_sound";
        case Page::plugins: return "staff_plugins";
        case Page::log: return "staff_log";
        case Page::confirm: return "staff_confirm";
        case Page::working: return "staff_working";
        case Page::shut: return "staff_off";
    }
    return "staff_home";
}

std::string clock_words(core::SteadyTime left) {
    using namespace std::chrono;
    const auto total = ceil<seconds>(std::max(left, core::SteadyTime{})).count();
    char text[32];
    std::snprintf(text, sizeof text, "%lld:%02lld", static_cast<long long>(total / 60), static_cast<long long>(total % 60));
    return text;
}

std::string_view name_of(Mark mark) { return mark == Mark::good ? "good" : mark == Mark::attention ? "attention" : "fault"; }

std::string one_decimal(float value) {
    char text[16];
    std::snprintf(text, sizeof text, "%.1f", static_cast<double>(value));
    return text;
}

}  // namespace

void Projector::show_door() { button(Zone::actions, Look::door, "action.staff", words("staff.door")); }

Item& Projector::staff_act(std::string id, std::string label, std::string icon) {
    return button(Zone::body, Look::act, std::move(id), std::move(label), std::move(icon));
}

void Projector::staff_title(std::string_view id) {
    button(Zone::header, Look::quiet, "action.back", words("action.back"), "back");
    text(Zone::body, Look::title, words(id));
}

void Projector::show(const Staff& staff) {
    view_.page = page_name(staff.page);
    switch (staff.page) {
        case Page::pin: return show_pin(staff);
        case Page::confirm: return show_confirm(staff);
        case Page::working: return show_working(staff);
        case Page::shut:
            text(Zone::body, Look::hero, words("staff.off.title"));
            text(Zone::body, Look::paragraph, words("staff.off.what_happens"));
            return;
        case Page::home: return show_staff_home(staff);
        case Page::display: return show_display();
        case Page::ruler: return show_ruler();
        case Page::touch: return show_touch_test(staff);
        default: return show_staff_page(staff);
    }
}

void Projector::show_staff_page(const Staff& staff) {
    if (!staff.report) {
        staff_title("staff.title");
        text(Zone::body, Look::paragraph, words("staff.looking"));
        return;
    }
    switch (staff.page) {
        case Page::give: return show_give(*staff.report);
        case Page::take: return show_take(staff, *staff.report);
        case Page::activities: return show_staff_activities(*staff.report);
        case Page::dates: return show_dates(staff, *staff.report);
        case Page::clock: return show_clock(staff, *staff.report);
        case Page::plugins: return show_staff_plugins(*staff.report);
        case Page::log: return show_log(*staff.report);
        default: break;
    }
    staff_title("staff.sound.title");
    show_state(*staff.report, "speech");
    staff_act("act.sound", words("staff.sound.test"), "speak");
    show_state(*staff.report, "printer");
    if (staff.report->has_printer) staff_act("act.print", words("staff.print"), "export");
}

void Projector::show_keypad(const Staff& staff) {
    Item& typed = text(Zone::body, Look::pin, {});
    typed.id = "text.pin";
    typed.value = std::to_string(staff.digits.size());
    typed.detail = std::to_string(kPinDigits);
    typed.spoken = words("staff.pin.typed", {typed.value, typed.detail});
    for (const char* key : {"1", "2", "3", "4", "5", "6", "7", "8", "9", "back", "0", "ok"}) {
        const std::string name = key;
        Item& digit = button(Zone::body, Look::digit, "digit." + name, name.size() == 1 ? name : words("staff.key." + name));
        digit.role = Role::key;
    }
}

void Projector::show_pin_state(const Staff& staff) {
    using Verdict = PinAnswer::Verdict;
    if (staff.is_checking) {
        text(Zone::body, Look::notice, words("staff.pin.checking"));
    } else if (staff.wait_ends && environment_.now < *staff.wait_ends) {
        text(Zone::body, Look::problem, words("staff.pin.wait", {clock_words(*staff.wait_ends - environment_.now)}));
    } else if (staff.answer && staff.answer->verdict == Verdict::wrong) {
        text(Zone::body, Look::problem, words("staff.pin.wrong", {std::to_string(staff.answer->tries_left)}));
    } else if (staff.answer && staff.answer->reason) {
        text(Zone::body, Look::problem, staff.answer->reason->message.in(state_.aids.language));
    }
}

void Projector::show_pin(const Staff& staff) {
    using Verdict = PinAnswer::Verdict;
    button(Zone::actions, Look::secondary, "action.end", words("staff.leave"), "back");
    const bool is_locked = staff.answer && staff.answer->verdict == Verdict::locked && !staff.is_checking;
    if (is_locked || (staff.answer && staff.answer->verdict == Verdict::not_set)) {
        text(Zone::body, Look::title, words(is_locked ? "staff.locked.title" : "staff.no_pin.title"));
        text(Zone::body, Look::paragraph, words(is_locked ? "staff.locked.what_to_do" : "staff.no_pin.what_to_do"));
        if (!is_locked) return;
        text(Zone::body, Look::caption, words("staff.locked.code"));
        text(Zone::body, Look::code, staff.answer->unlock_code).id = "code.unlock";
        staff_act("act.unlock", words("staff.locked.unlock"), "lock");
        return;
    }
    text(Zone::body, Look::title, words("staff.pin.title"));
    show_pin_state(staff);
    show_keypad(staff);
}

void Projector::show_state(const StaffReport& report, std::string_view only) {
    show_state(report, [&](const StaffLine& line) { return line.what == only; });
}

void Projector::show_state(const StaffReport& report, const std::function<bool(const StaffLine&)>& is_wanted) {
    for (const StaffLine& line : report.state) {
        if (!is_wanted(line)) continue;
        Item& sentence = text(Zone::body, Look::status, line.words.in(state_.aids.language));
        sentence.id = "state." + line.what;
        sentence.value = name_of(line.mark);
        sentence.spoken = words("staff.mark." + sentence.value) + ": " + sentence.label;
    }
}

void Projector::show_staff_home(const Staff& staff) {
    const auto locks = staff_locks_at(state_, environment_);
    text(Zone::body, Look::title, words("staff.title") + (staff.report ? " · " + staff.report->kiosk_id : ""));
    text(Zone::body, Look::caption, words("staff.locks_in", {locks ? clock_words(*locks - environment_.now) : "–"})).id = "text.locks_in";
    // What needs attention comes first, then what can be done, then all that is well.
    if (staff.report)
        show_state(*staff.report, [](const StaffLine& line) { return line.mark != Mark::good || line.what == "answers" || line.what == "export"; });
    else
        text(Zone::body, Look::paragraph, words("staff.looking"));
    staff_act("go.give", words("staff.export.title"), "export");
    staff_act("go.take", words("staff.import.title"), "import");
    staff_act("go.activities", words("staff.activities.title"), "checklist");
    staff_act("go.display", words("staff.display.title"), "contrast");
    staff_act("go.touch", words("staff.touch.title"), "touch");
    staff_act("go.sound", words("staff.sound.title"), "speak");
    staff_act("go.plugins", words("staff.plugins.title"), "activity");
    staff_act("go.clock", words("staff.clock.title"), "clock");
    staff_act("act.self_test", words("staff.self_test"), "check");
    staff_act("go.log", words("staff.log.title"), "pen");
    staff_act("act.new_pin", words("staff.new_pin"), "lock");
    if (staff.report)
        show_state(*staff.report, [](const StaffLine& line) { return line.mark == Mark::good && line.what != "answers" && line.what != "export"; });
    button(Zone::actions, Look::secondary, "action.end", words("staff.lock"), "lock");
    button(Zone::actions, Look::secondary, "act.off", words("staff.off"), "power");
}

void Projector::show_give(const StaffReport& report) {
    staff_title("staff.export.title");
    show_state(report, "answers");
    show_state(report, "export");
    show_state(report, "stick");
    text(Zone::body, Look::paragraph, words("staff.export.what_happens"));
    if (!report.has_stick) return;
    button(Zone::actions, Look::secondary, "act.eject", words("staff.eject"), "eject");
    button(Zone::actions, Look::primary, "act.export", words("staff.export"), "export").needed = true;
}

void Projector::show_take(const Staff& staff, const StaffReport& report) {
    const auto& files = report.files;
    const auto chosen = std::find_if(files.begin(), files.end(), [&](const StickFile& file) { return file.name == staff.chosen_file; });
    if (chosen != files.end()) {
        staff_title("staff.import.preview");
        text(Zone::body, Look::lead, chosen->name);
        text(Zone::body, Look::paragraph, chosen->preview.in(state_.aids.language));
        if (chosen->problem) {
            text(Zone::body, Look::problem, chosen->problem->message.in(state_.aids.language));
            return;
        }
        button(Zone::actions, Look::primary, "act.take_file." + chosen->name, words("staff.import.take"), "import").needed = true;
        return;
    }
    staff_title("staff.import.title");
    show_state(report, "stick");
    if (report.has_stick && files.empty()) text(Zone::body, Look::paragraph, words("staff.import.nothing"));
    for (const StickFile& file : files) staff_act("file." + file.name, file.name, file.problem ? "warning" : "import");
    if (report.previous_pack) {
        text(Zone::body, Look::paragraph, report.previous_pack->in(state_.aids.language));
        staff_act("act.previous_pack", words("staff.import.previous"), "undo");
    }
    if (report.has_stick) button(Zone::actions, Look::secondary, "act.eject", words("staff.eject"), "eject");
}

void Projector::show_staff_activities(const StaffReport& report) {
    staff_title("staff.activities.title");
    text(Zone::body, Look::paragraph, words("staff.activities.what_happens"));
    for (const StaffActivity& activity : report.activities) {
        Item& act = staff_act((activity.is_closed ? "act.open." : "act.close.") + activity.id, activity.name.in(state_.aids.language),
                              activity.is_closed ? "pause" : "check");
        act.detail = words(activity.is_closed ? "staff.activities.is_closed" : "staff.activities.is_open");
        act.selected = !activity.is_closed;
    }
    if (!report.activities.empty()) text(Zone::body, Look::lead, words("staff.dates.title"));
    for (const StaffActivity& activity : report.activities) {
        Item& dates = staff_act("dates." + activity.id, activity.name.in(state_.aids.language), "calendar");
        dates.detail = activity.when.vi.empty() ? words("staff.dates.none") : activity.when.in(state_.aids.language);
    }
    if (report.activities.empty()) text(Zone::body, Look::notice, words("home.nothing"));
}

void Projector::show_display() {
    staff_title("staff.display.title");
    text(Zone::body, Look::lead, words("staff.display.language"));
    for (const std::string& language : environment_.policies.languages)
        staff_act("act.language." + language, catalogue_.words("kiosk", {"language.name", {}}, language)).selected =
            language == environment_.policies.languages.front();
    text(Zone::body, Look::lead, words("staff.display.theme"));
    for (const Theme theme : {Theme::light, Theme::contrast_dark, Theme::contrast_light})
        staff_act("act.theme." + std::string(app::name_of(theme)), words("staff.theme." + std::string(app::name_of(theme)))).selected =
            theme == environment_.policies.theme;
    text(Zone::body, Look::lead, words("staff.display.size"));
    for (const TextSize size : {TextSize::medium, TextSize::large, TextSize::extra_large})
        staff_act("act.size." + std::string(app::name_of(size)), words("staff.size." + std::string(app::name_of(size)))).selected =
            size == environment_.policies.size;
    staff_act("go.ruler", words("staff.ruler.title"), "ruler");
}

void Projector::show_ruler() {
    staff_title("staff.ruler.title");
    text(Zone::body, Look::paragraph, words("staff.ruler.what_to_do"));
    Item& ruler = text(Zone::body, Look::ruler, {});
    ruler.id = "image.ruler";
    ruler.role = Role::image;
    ruler.spoken = words("staff.ruler.title");
    text(Zone::body, Look::paragraph, words("staff.ruler.if_wrong"));
}

void Projector::show_touch_test(const Staff& staff) {
    const auto& errors = staff.touch_errors_mm;
    constexpr std::size_t kCount = 9;
    constexpr float kAllowedMm = 2;
    if (errors.size() < kCount) {
        view_.wants_places = true;   // and has no button: on a small screen a cross would lie on it. Nine touches anywhere end it
        text(Zone::body, Look::lead, words("staff.touch.what_to_do", {std::to_string(errors.size() + 1), std::to_string(kCount)}));
        Item& cross = text(Zone::body, Look::cross, {});
        cross.id = "image.cross";
        cross.role = Role::image;
        cross.spoken = words("staff.touch.title");
        const auto [x, y] = touch_cross(errors.size());
        cross.value = one_decimal(x) + " " + one_decimal(y);
        return;
    }
    staff_title("staff.touch.title");
    const float worst = *std::max_element(errors.begin(), errors.end());
    Item& verdict = text(Zone::body, Look::status, words(worst <= kAllowedMm ? "staff.touch.good" : "staff.touch.bad", {one_decimal(worst)}));
    verdict.value = worst <= kAllowedMm ? "good" : "fault";
    button(Zone::actions, Look::secondary, "go.touch", words("staff.touch.again"), "undo");
}

void Projector::show_staff_plugins(const StaffReport& report) {
    staff_title("staff.plugins.title");
    for (const StaffActivity& activity : report.activities) {
        const std::string name = activity.name.in(state_.aids.language) + " " + activity.version;
        Item& line = text(Zone::body, Look::status, activity.fault ? name + ": " + activity.fault->message.in(state_.aids.language)
                                                                   : words("staff.plugins.works", {name}));
        line.id = "state.plugin." + activity.id;
        line.value = activity.fault ? "fault" : "good";
        if (activity.is_set_aside) staff_act("act.release." + activity.id, words("staff.plugins.release"), "undo");
    }
    if (report.activities.empty()) text(Zone::body, Look::notice, words("home.nothing"));
}

void Projector::show_log(const StaffReport& report) {
    staff_title("staff.log.title");
    text(Zone::body, Look::paragraph, words("staff.log.what_it_is"));
    if (report.log.empty()) text(Zone::body, Look::caption, words("staff.log.nothing"));
    for (const core::Words& line : report.log) text(Zone::body, Look::caption, line.in(state_.aids.language));
}

void Projector::show_confirm(const Staff& staff) {
    button(Zone::actions, Look::secondary, "action.back", words("staff.confirm.no"), "back");
    const StaffReport* report = staff.report ? &*staff.report : nullptr;
    if (staff.act == StaffAct::shut_down) {
        text(Zone::body, Look::title, words("staff.confirm.off"));
        text(Zone::body, Look::paragraph, words("staff.confirm.off.loss", {std::to_string(report ? report->waiting : 0)}));
    } else if (staff.act == StaffAct::set_clock) {
        text(Zone::body, Look::title, words("staff.confirm.clock"));
        const auto moment = Moment::read("dateTime", staff.argument);
        using enum MomentPart;
        const std::string to = moment ? moment->in_words(day) + "/" + moment->in_words(month) + "/" + moment->in_words(year) + " " + moment->in_words(hour) + ":" + moment->in_words(minute)
                                      : staff.argument;
        text(Zone::body, Look::paragraph, words("staff.confirm.clock.loss", {to}));
    } else if (staff.act == StaffAct::new_pin) {
        text(Zone::body, Look::title, words("staff.confirm.new_pin"));
        text(Zone::body, Look::paragraph, words("staff.confirm.new_pin.loss"));
    } else {
        text(Zone::body, Look::title, words("staff.confirm.previous_pack"));
        if (report && report->previous_pack) text(Zone::body, Look::paragraph, report->previous_pack->in(state_.aids.language));
    }
    text(Zone::body, Look::lead, words("staff.confirm.pin"));
    show_pin_state(staff);
    show_keypad(staff);
}

void Projector::show_working(const Staff& staff) {
    if (staff.is_working || !staff.result) {
        text(Zone::body, Look::hero, words("staff.working"));
        text(Zone::body, Look::paragraph, staff.progress.in(state_.aids.language));
        text(Zone::body, Look::paragraph, words("staff.working.leave_stick"));
        return;
    }
    button(Zone::actions, Look::primary, "action.done", words("action.done")).needed = true;
    if (*staff.result) {
        text(Zone::body, Look::success, (**staff.result).in(state_.aids.language));
        if (staff.act == StaffAct::eject || staff.act == StaffAct::export_answers) text(Zone::body, Look::paragraph, words("staff.may_pull"));
    } else {
        text(Zone::body, Look::problem, staff.result->error().message.in(state_.aids.language));
        text(Zone::body, Look::paragraph, words("staff.working.nothing_lost"));
    }
}

}  // namespace kiosk::app
