// What staff mode knows and asks for, as plain values: the state of the kiosk in sentences, and the acts staff may have
// done. The composition root gathers the one and carries out the other; no answer ever stands in either. Any thread.
#pragma once

#include <kiosk/core/clock.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/core/screen.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::app {

inline constexpr std::size_t kPinDigits = 6;

// What became of one guess of the PIN.
struct PinAnswer {
    enum class Verdict {
        right = 1,
        wrong,
        waiting,    // not judged: `wait` must pass first
        locked,     // not judged: only the office's signed unlock file helps
        not_set,    // the installer has not set one yet
        failed,     // the store refused; `reason` says why
    };
    Verdict verdict = Verdict::failed;
    int tries_left = 0;                 // before the kiosk locks
    core::SteadyTime wait{};            // until the next guess is judged
    std::string unlock_code;            // what the office must sign
    std::optional<core::Error> reason;
};

enum class Mark { good = 1, attention, fault };

struct StaffLine {
    std::string what;                   // "store", "export", "clock", …; item id `state.what`
    Mark mark = Mark::good;
    core::Words words;
};

struct StaffActivity {
    std::string id;                     // of a poll: "form:portal_poll"
    core::Words name;
    bool is_closed = false;             // by staff
    bool is_set_aside = false;          // blamed for crashes; can be released
    std::optional<core::Error> fault;   // why it cannot be used, be it set aside or refused
    std::string version;
    std::string opens, closes;          // "2026-12-01": the first and the last day, by staff; empty: no end
    core::Words when;                   // both, and what the workbook says of a poll, in words; empty: always
};

// A file on the stick that `import` understands.
struct StickFile {
    std::string name;
    core::Words preview;                // what taking it will do
    std::optional<core::Error> problem; // why it cannot be taken
};

struct StaffReport {
    std::string kiosk_id;
    std::vector<StaffLine> state;
    std::int64_t waiting = 0;           // answers that are in no bundle yet
    bool has_stick = false;
    std::vector<StickFile> files;
    std::vector<StaffActivity> activities;
    std::vector<core::Words> log;       // the audit log, newest first
    std::optional<core::Words> previous_pack;   // what going back would bring
    std::string local_time;             // "2026-11-30T09:05", where the kiosk stands
    bool has_printer = false;
};

enum class StaffAct {
    look = 1,           // gather the report
    unlock,             // take the office's unlock file from the stick
    export_answers,
    eject,
    take_file,          // a pack or a receipt; argument: its name on the stick
    previous_pack,
    open_activity,      // argument: its id
    close_activity,
    set_dates,          // argument: "ID OPENS CLOSES", a day or "-" each
    release_plugin,
    use_language,       // argument: "vi"; visits start in it
    use_theme,
    use_size,
    test_sound,
    print_report,       // the state in sentences, which is also the test of the printer
    self_test,          // now, not only once a day
    set_clock,          // argument: "2026-11-30T09:05"
    new_pin,            // made by the kiosk and shown once
    shut_down,
};

// An act that takes away or stops something: a page of its own names the loss and asks the PIN again.
constexpr bool is_destructive(StaffAct act) {
    return act == StaffAct::previous_pack || act == StaffAct::new_pin || act == StaffAct::set_clock || act == StaffAct::shut_down;
}

}  // namespace kiosk::app
