// State: everything the kiosk knows of the visitor in front of it. Moved through reduce(), never copied, and thrown
// away whole at the end of a visit, so that nothing of one visitor can reach the next.
#pragma once

#include <kiosk/app/field_editor.hpp>
#include <kiosk/app/signature.hpp>
#include <kiosk/app/staff.hpp>
#include <kiosk/app/view_model.hpp>
#include <kiosk/core/activity_gateway.hpp>
#include <kiosk/core/clock.hpp>
#include <kiosk/core/response.hpp>
#include <kiosk/core/screen.hpp>
#include <kiosk/core/visit_secret.hpp>
#include <kiosk/forms/form_visit.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace kiosk::app {

// What the visitor set for themselves; gone when they leave.
struct Aids {
    std::string language = "vi";
    TextSize size = TextSize::medium;
    Theme theme = Theme::light;
    bool speech = false;
    bool lowered = false;
    int volume = 0, rate = 0;           // of speech, from -100 to 100

    bool operator==(const Aids&) const = default;
};

// Tells one visit's results from another's: what arrives for a visit that has ended is dropped.
enum class VisitNumber : std::uint64_t {};

// What goes home with the person a record is about.
struct WithdrawalSlip {
    std::string who;                    // the first answer of the record; empty: there is one record only
    std::string code;                   // "7KQ2M-9XP4H-RT3VC"

    bool operator==(const WithdrawalSlip&) const = default;
};

// What became of an organisation's code.
struct OrganisationAnswer {
    enum class Verdict {
        right = 1,
        wrong,
        other_kind,     // right, but of an organisation of another kind than the one that was named
        waiting,        // not judged: `wait` must pass first
        unreadable,     // the kiosk's list of organisations cannot be read
    };
    Verdict verdict = Verdict::wrong;
    std::string organisation;           // its name, when right
    core::SteadyTime wait{};
};
struct Vouched { std::string kind, name; };
struct Judged { std::string path, kind; };
struct CodeProblem { std::string path; core::Text what; };

struct Attract {};
struct Welcome {};
struct Home {};

struct Visiting {
    enum class Place {
        opening = 1,   // the plugin is being asked
        screen,        // its own words: introduction, consent
        form,
        review,
        failed,        // the activity cannot go on; the error says why
        not_saved,     // the store refused; the answers are still here, to be tried again
        not_printed,   // nor the printer
        not_withdrawn,
    };
    enum class Waiting { nothing = 1, description, form, outcome, recording, printing, withdrawing, undoing, vouching };

    VisitNumber number{};
    std::string activity;
    StoragePolicy storage = StoragePolicy::anonymous;
    core::VisitToken token{};
    core::VisitSecret secret;           // names its records
    core::Screen screen;
    core::FormVersion form_version;
    std::shared_ptr<const forms::Form> definition;
    std::optional<forms::FormVisit> form;
    std::map<std::string, std::string, std::less<>> screen_answers;   // consents and choices of the screen
    std::vector<core::Stay::Issue> issues;                            // from the plugin, by path
    std::optional<FieldEditor> editor;
    Signature signature;                                              // being drawn on this page
    bool has_witness = false;                                         // "Tôi không ký được": a name stands in its place
    std::map<std::string, std::string, std::less<>> searches;         // what long lists are searched for, by search path
    std::set<std::string, std::less<>> open_guidance;                 // item names of questions whose guidance is shown
    std::map<std::string, Vouched, std::less<>> vouched;              // organisations whose code was right, by path
    Judged judged;                                                    // the code that is being judged
    std::optional<CodeProblem> code_problem;                          // what was wrong with the last one
    std::string asks_to_remove;                                       // "Xóa mục 2?": the entry's path

    Place place = Place::opening;
    Waiting waiting = Waiting::description;
    core::Record record;                // as the plugin asked, while it is being kept
    std::string layout;                 // while it is being printed
    std::optional<core::Sha256> withdrawal;   // while it is being withdrawn
    std::vector<WithdrawalSlip> slips;  // one a record
    bool has_introduced_itself = false; // who reads it was said
    bool screen_has_a_page = false;     // the plugin's words stand on a page before its form
    bool code_was_wrong = false;        // a withdrawal code that cannot be one
    bool is_amending = false;           // a one-tap answer is kept already
    bool is_recorded = false;           // something of this visit has become durable
    bool returns_to_review = false;     // this page was opened from the review
    bool shows_problems = false;        // "Tiếp tục" was pressed on what is not complete
    bool asks_to_end = false;           // "Xóa câu trả lời và kết thúc?"
    bool has_more_time = false;         // "Cần thêm thời gian" was chosen
    bool has_undo_failed = false;       // the store could not take the answer back
    std::optional<core::SteadyTime> begins_at;  // the last ballot is too fresh: it opens by itself a moment later
    std::optional<core::SteadyTime> undo_until;
    std::optional<core::SteadyTime> restore_until;   // what “Xóa hết” took away can be had back
    std::optional<core::Error> error;
};

enum class Ending { recorded = 1, printed, withdrawn, nothing };   // nothing: there was nothing to keep

struct Thanks {
    VisitNumber number{};
    std::string activity;
    StoragePolicy storage = StoragePolicy::anonymous;
    core::VisitToken token{};
    core::ResponseId response;
    core::Screen screen;                // what the plugin shows after recording: chart, receipt
    Ending ending = Ending::recorded;
    std::vector<WithdrawalSlip> slips;
    bool was_not_printed = false;       // it was recorded, but its page did not reach the printer
    bool is_undoing = false;
    bool has_undo_failed = false;
    std::optional<core::SteadyTime> undo_until;
    core::SteadyTime leaves_at{};
};

// The kiosk as a whole cannot serve: its store does not open, no activity could be loaded.
struct OutOfService { core::Error reason; };

// Staff behind the PIN. Locks itself; nothing of it outlives that but what an act made durable.
struct Staff {
    enum class Page {
        pin = 1, home, give, take, activities, dates, display, ruler, touch, sound, plugins, log, clock,
        confirm,       // names what an act takes away and asks the PIN again
        working,       // an act is being done, or has been: its progress and its result
        shut,          // the machine is being turned off
    };
    Page page = Page::pin;
    std::string digits;                             // of the PIN, while it is typed
    bool is_checking = false;
    bool is_open = false;                           // the PIN was right
    std::optional<PinAnswer> answer;                // to the last guess, or to a look before the first
    std::optional<core::SteadyTime> wait_ends;      // no guess is judged until then
    std::optional<StaffReport> report;
    StaffAct act = StaffAct::look;                  // of `confirm` and `working`
    std::string argument;
    core::Words progress;
    bool is_working = false;
    std::optional<core::Result<core::Words>> result;
    std::string chosen_file;                        // on the stick, to be looked at before it is taken
    std::string dated;                              // the activity or poll whose dates are being set
    std::map<std::string, std::string, std::less<>> moments;   // "clock", "opens", "closes": as they stand on the page
    bool has_wrong_dates = false;
    std::vector<float> touch_errors_mm;             // of the crosses touched so far
    std::optional<OutOfService> came_from;          // back to it when staff leave
};

using Mode = std::variant<Attract, Welcome, Home, Visiting, Thanks, Staff, OutOfService>;

struct State {
    Mode mode;
    Aids aids;
    std::uint64_t visits_begun = 0;
    core::SteadyTime last_activity{};
    std::optional<core::SteadyTime> next_ballot;    // not before; outlives the visitor
    std::optional<core::SteadyTime> warning_ends;   // "Ông/bà còn ở đây không?" is shown until then
    std::string focus;                              // by keyboard; empty while fingers are used
    bool shows_aids = false;                        // the page of all aids lies over the visit

    template <class M>
    const M* in() const { return std::get_if<M>(&mode); }
    template <class M>
    M* in() { return std::get_if<M>(&mode); }
};

}  // namespace kiosk::app
