#include "kiosk_desk.hpp"

#include "form_facts.hpp"
#include "staff_report.hpp"
#include "stick.hpp"
#include "store_notes.hpp"

#include <kiosk/forms/choice_labels.hpp>
#include <kiosk/sealing/pin_hash.hpp>
#include <kiosk/storage/store.hpp>

#include <algorithm>
#include <ctime>
#include <sstream>
#include <utility>

namespace kiosk {
namespace {

using app::StaffAct;
using Verdict = app::PinAnswer::Verdict;

constexpr std::string_view kClosedNote = "staff.closed", kSettingsNote = "staff.settings", kDaysNote = "staff.days";

std::uint32_t language_of(const forms::Form& form, std::string_view code) {
    const std::uint32_t found = form.find_language(code);
    return found == forms::kNone ? form.default_language : found;
}

}  // namespace

KioskDesk::KioskDesk(Parts parts, std::function<void()> settled)
    : parts_(std::move(parts)), guard_([](std::string_view pin, const std::string& hash) { return sealing::is_pin(pin, hash); }, parts_.clock) {
    if (auto shelf = PackShelf::open(parts_.places.data))
        if (const auto changed = shelf->settle(today(parts_.clock)); changed && *changed) parts_.forms.refresh();
    read_settings(std::move(settled));
}

void KioskDesk::answer_with(const Answer& answer, StaffAct act, Done result) { answer(app::StaffDone{act, std::move(result)}); }

void KioskDesk::audit(std::string event, std::string detail) {
    parts_.keeper.run([event = std::move(event), detail = std::move(detail)](storage::Store& store) -> std::function<void()> {
        static_cast<void>(store.audit(event, detail));   // a store that cannot be written says so elsewhere
        return {};
    });
}

// Notes hold one word a line: closed activities, or "name value".
void KioskDesk::read_settings(std::function<void()> settled) {
    parts_.keeper.run([this, settled = std::move(settled)](storage::Store& store) -> std::function<void()> {
        const auto closed = store.note(kClosedNote);
        const auto settings = store.note(kSettingsNote), days = store.note(kDaysNote), tested = store.note(kSelfTestNote);
        return [this, settled, days = days ? days->value_or("") : "", tested = tested ? tested->value_or("") : "", closed = closed ? closed->value_or("") : "", settings = settings ? settings->value_or("") : ""] {
            std::istringstream ids(closed), pairs(settings);
            for (std::string id; ids >> id;) closed_.insert(id);
            for (std::string name, value; pairs >> name >> value;) settings_[name] = value;
            days_ = OpenDays::read(days);
            tested_on_ = self_test_day(tested);
            is_settled_ = true;
            if (settled) settled();
        };
    });
}

void KioskDesk::look_at_pin(Answer answer) {
    parts_.keeper.run([this, answer](storage::Store& store) -> std::function<void()> {
        StoreNotes notes(store);
        return [answer, verdict = guard_.look(notes)] { answer(app::PinLooked{verdict}); };
    });
}

void KioskDesk::check_pin(std::string pin, Answer answer) {
    parts_.keeper.run([this, pin = std::move(pin), answer](storage::Store& store) -> std::function<void()> {
        StoreNotes notes(store);
        app::PinAnswer verdict = guard_.judge(notes, pin);
        if (verdict.verdict == Verdict::right) static_cast<void>(store.audit("staff.opened", ""));
        if (verdict.verdict == Verdict::wrong) static_cast<void>(store.audit("staff.wrong_pin", ""));
        if (verdict.verdict == Verdict::locked) static_cast<void>(store.audit("staff.locked", ""));
        return [answer, verdict = std::move(verdict)] { answer(app::PinChecked{verdict}); };
    });
}

void KioskDesk::carry_out(StaffAct act, std::string argument, Answer answer) {
    switch (act) {
        case StaffAct::look: return look(std::move(answer));
        case StaffAct::unlock: return unlock(std::move(answer));
        case StaffAct::export_answers: return export_answers(std::move(answer));
        case StaffAct::eject: return eject(std::move(answer));
        case StaffAct::take_file: return take_file(argument, std::move(answer));
        case StaffAct::previous_pack: return go_back(std::move(answer));
        case StaffAct::open_activity:
        case StaffAct::close_activity: return close_activity(act, argument, std::move(answer));
        case StaffAct::set_dates: return keep_dates(argument, std::move(answer));
        case StaffAct::print_report: return print_report(std::move(answer));
        case StaffAct::self_test: return test_itself(std::move(answer));
        case StaffAct::set_clock: return set_clock(argument, std::move(answer));
        case StaffAct::release_plugin: return release(argument, std::move(answer));
        case StaffAct::use_language:
        case StaffAct::use_theme:
        case StaffAct::use_size: return keep_setting(act, argument, std::move(answer));
        case StaffAct::test_sound:
            if (parts_.speak) parts_.speak(true);
            return answer_with(answer, act, core::Words{"Đang đọc.", "Reading."});
        case StaffAct::new_pin: return new_pin(act, std::move(answer));
        case StaffAct::shut_down: return shut_down(std::move(answer));
    }
}

void KioskDesk::progress(core::Words words) {
    {
        const std::lock_guard lock(mutex_);
        progress_.push_back(std::move(words));
    }
    if (parts_.wake) parts_.wake();
}

void KioskDesk::drain() {
    std::vector<core::Words> told;
    {
        const std::lock_guard lock(mutex_);
        told.swap(progress_);
    }
    if (progress_answer_ && !told.empty()) progress_answer_(app::StaffProgressed{std::move(told.back())});
    test_itself_daily();
}

std::vector<app::StaffActivity> KioskDesk::activities() const {
    std::vector<app::StaffActivity> all;
    for (const core::PluginStatus& plugin : parts_.plugins.plugins()) {
        app::StaffActivity one;
        one.id = plugin.activity.id;
        one.name = plugin.activity.name;
        one.version = plugin.activity.version;
        one.is_closed = closed_.contains(one.id);
        one.is_set_aside = plugin.state == core::PluginState::quarantined;
        one.fault = plugin.reason;
        for (const std::string& form : plugin.activity.forms)
            if (const auto found = parts_.forms.find(form); !form.ends_with('*') && !found && !one.fault) one.fault = found.error();
        const std::vector<std::string> forms = parts_.forms.matching(plugin.activity.forms);
        add_days(one, nullptr);
        all.push_back(std::move(one));
        if (plugin.activity.storage != StoragePolicy::anonymous) continue;
        for (const std::string& form : forms) {   // its polls open and close one by one
            const auto found = parts_.forms.find(form);
            if (!found) continue;
            app::StaffActivity poll;
            poll.id = std::string(kPoll) + form;
            poll.name = {forms::plain_words(**found, (*found)->title, language_of(**found, "vi")), forms::plain_words(**found, (*found)->title, language_of(**found, "en"))};
            poll.version = (*found)->version;
            poll.is_closed = closed_.contains(poll.id);
            add_days(poll, found->get());
            all.push_back(std::move(poll));
        }
    }
    return all;
}

// By staff, and of a poll by its workbook.
void KioskDesk::add_days(app::StaffActivity& one, const forms::Form* form) const {
    const Days days = days_.of(one.id);
    one.opens = days.first;
    one.closes = days.last;
    one.when = in_words(days);
    if (form == nullptr) return;
    const core::Words own = in_words(days_in(*form));
    if (own.vi.empty()) return;
    one.when.vi += (one.when.vi.empty() ? "" : "; ") + std::string("theo biểu mẫu ") + own.vi;
    one.when.en += (one.when.en.empty() ? "" : "; ") + std::string("by the workbook ") + own.en;
}

app::StaffReport KioskDesk::machine_report() const {
    app::StaffReport report;
    report.kiosk_id = parts_.config.kiosk_id;
    report.activities = activities();
    report.local_time = local_time_text(parts_.clock.wall_now());
    report.has_printer = parts_.config.print_queue != "none";
    report.state.push_back(plugins_line(report.activities));
    report.state.push_back(disk_line(parts_.places.data));
    report.state.push_back(speech_line(parts_.has_speech));
    report.state.push_back(printer_line(parts_.config.print_queue));
    report.state.push_back(rules_line(parts_.config.rules, today(parts_.clock)));
    report.state.push_back(screen_line(parts_.config.screen));
    const auto stick = find_stick(parts_.stick);
    report.has_stick = stick.has_value();
    report.state.push_back(stick_line(stick));
    return report;
}

app::StaffReport KioskDesk::with_store(app::StaffReport report, storage::Store& store) const {
    const auto status = store.status();
    const auto log = store.audit_log();
    std::vector<app::StaffLine> lines;
    if (status && log) {
        lines = store_lines(*status, *log);
        report.waiting = status->answers_waiting + status->polls_waiting;
        report.log = log_words(*log);
        // The log's last line is of this run; a clock that went back is seen against the one before.
        const auto last = log->empty() ? core::WallTime{} : core::WallTime(std::chrono::seconds(log->back().unix_s));
        lines.push_back(clock_line(parts_.clock.wall_now(), last));
        if (const auto tested = store.note(kSelfTestNote)) lines.push_back(self_test_line(tested->value_or(""), parts_.clock));
    } else {
        const core::Error& why = status ? log.error() : status.error();
        lines.push_back({"store", app::Mark::fault, why.message});
    }
    if (const auto shelf = PackShelf::open(parts_.places.data)) {
        lines.push_back(pack_line(*shelf, today(parts_.clock)));
        report.previous_pack = previous_words(*shelf);
        if (const auto stick = find_stick(parts_.stick)) report.files = previews(*stick, *shelf);
    } else {
        lines.push_back({"pack", app::Mark::fault, shelf.error().message});
    }
    report.state.insert(report.state.begin(), lines.begin(), lines.end());
    return report;
}

void KioskDesk::look(Answer answer) {
    parts_.keeper.run([this, answer, report = machine_report()](storage::Store& store) mutable -> std::function<void()> {
        return [answer, gathered = with_store(std::move(report), store)] { answer(app::StaffReported{gathered}); };
    });
}

void KioskDesk::new_pin(StaffAct act, Answer answer) {
    parts_.keeper.run([this, act, answer](storage::Store& store) -> std::function<void()> {
        StoreNotes notes(store);
        const std::string pin = PinGuard::random_pin(parts_.random);
        const Done result = [&]() -> Done {
            const auto hash = sealing::hash_pin(pin, sealing::PinCost::kiosk);
            if (!hash) return hash.error();
            if (auto kept = PinGuard::set(notes, *hash, parts_.random); !kept) return kept.error();
            static_cast<void>(store.audit("staff.new_pin", ""));
            const std::string shown = pin.substr(0, 3) + " " + pin.substr(3);
            return core::Words{"Mã PIN mới: " + shown + ". Ghi lại trước khi bấm Xong.", "The new PIN: " + shown + ". Write it down before you press Done."};
        }();
        return [answer, act, result] { answer_with(answer, act, result); };
    });
}

void KioskDesk::close_activity(StaffAct act, const std::string& id, Answer answer) {
    const bool is_closing = act == StaffAct::close_activity;
    std::set<std::string, std::less<>> closed = closed_;
    if (is_closing) closed.insert(id);
    else closed.erase(id);
    std::string note;
    for (const std::string& one : closed) note += one + "\n";
    parts_.keeper.run([this, act, answer, closed, note, id, is_closing](storage::Store& store) -> std::function<void()> {
        const auto kept = store.set_note(kClosedNote, note);
        if (kept) static_cast<void>(store.audit(is_closing ? "staff.activity_closed" : "staff.activity_open", id));
        return [this, act, answer, closed, kept] {
            if (!kept) return answer_with(answer, act, kept.error());
            closed_ = closed;
            answer_with(answer, act, core::Words{"Đã đổi.", "Changed."});
            look(answer);
        };
    });
}

void KioskDesk::keep_dates(const std::string& argument, Answer answer) {
    OpenDays days = days_;
    if (!days.set(argument))
        return answer_with(answer, StaffAct::set_dates, core::Error{"staff.wrong_days", {"Ngày chưa đúng. Chọn lại.", "The days are not right. Choose again."}});
    parts_.keeper.run([this, answer, days, argument](storage::Store& store) -> std::function<void()> {
        const auto kept = store.set_note(kDaysNote, days.to_text());
        if (kept) static_cast<void>(store.audit("staff.days", argument));
        return [this, answer, days, kept] {
            if (!kept) return answer_with(answer, StaffAct::set_dates, kept.error());
            days_ = days;
            answer_with(answer, StaffAct::set_dates, core::Words{"Đã giữ ngày mở, ngày đóng.", "The first and last days are kept."});
            look(answer);
        };
    });
}

void KioskDesk::keep_setting(StaffAct act, const std::string& value, Answer answer) {
    std::map<std::string, std::string> settings = settings_;
    const std::string name = act == StaffAct::use_language ? "language" : act == StaffAct::use_theme ? "theme" : "size";
    settings[name] = value;
    std::string note;
    for (const auto& [key, chosen] : settings) note += key + " " + chosen + "\n";
    parts_.keeper.run([this, act, answer, settings, note, detail = name + " " + value](storage::Store& store) -> std::function<void()> {
        const auto kept = store.set_note(kSettingsNote, note);
        if (kept) static_cast<void>(store.audit("staff.setting", detail));
        return [this, act, answer, settings, kept] {
            if (!kept) return answer_with(answer, act, kept.error());
            settings_ = settings;
            answer_with(answer, act, core::Words{"Đã đổi.", "Changed."});
        };
    });
}

void KioskDesk::release(const std::string& id, Answer answer) {
    const auto released = parts_.plugins.release(id);
    if (released) audit("staff.released", id);
    answer_with(answer, StaffAct::release_plugin, released ? Done(core::Words{"Đã cho chạy lại.", "Released."}) : Done(released.error()));
    look(std::move(answer));
}

void KioskDesk::shut_down(Answer answer) {
    audit("staff.off", "");
    if (request("poweroff")) return answer_with(answer, StaffAct::shut_down, core::Words{"Máy đang tắt.", "Shutting down."});
    answer_with(answer, StaffAct::shut_down,
                core::Error{"staff.no_helper", {"Phiên này không tắt được máy. Nhấn nút nguồn của máy một lần.", "This session cannot shut the machine down. Press its power button once."}});
}

std::optional<core::Error> KioskDesk::closed(std::string_view activity) const {
    if (!closed_.contains(activity)) return days_.closed(activity, today(parts_.clock));
    return core::Error{"staff.closed", {"Nhân viên đã đóng hoạt động này.", "Staff closed this activity."}};
}

void KioskDesk::apply_settings(app::Policies& policies) const {
    for (const auto& [name, value] : settings_) {
        if (name == "theme") policies.theme = theme_named(value).value_or(policies.theme);
        if (name == "size") policies.size = size_named(value).value_or(policies.size);
        const auto language = std::find(policies.languages.begin(), policies.languages.end(), value);
        if (name == "language" && language != policies.languages.end()) std::rotate(policies.languages.begin(), language, language + 1);
    }
}

std::optional<core::Error> KioskDesk::out_of_service() const {
    if (!parts_.config.hours) return std::nullopt;
    const std::time_t now = std::chrono::system_clock::to_time_t(parts_.clock.wall_now());
    std::tm local{};
    localtime_r(&now, &local);
    if (parts_.config.hours->is_open(local)) return std::nullopt;
    const std::string hours = parts_.config.hours->words();
    return core::Error{"hours.closed", {"Máy nhận góp ý trong giờ làm việc: " + hours + ".", "The kiosk is open during office hours: " + hours + "."}};
}

// The hours end or begin; or a new day comes, with its self-test, and what opens and closes on it.
std::optional<core::SteadyTime> KioskDesk::next_change() const {
    const std::time_t now = std::chrono::system_clock::to_time_t(parts_.clock.wall_now());
    std::tm local{};
    localtime_r(&now, &local);
    int minutes = 24 * 60 - (local.tm_hour * 60 + local.tm_min);
    if (parts_.config.hours) minutes = std::min(minutes, parts_.config.hours->minutes_to_change(local));
    return parts_.clock.steady_now() + std::chrono::minutes(minutes) - std::chrono::seconds(local.tm_sec);
}

}  // namespace kiosk
