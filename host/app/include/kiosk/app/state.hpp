// State: everything the kiosk knows of the visitor in front of it. Moved through reduce(), never copied, and thrown
// away whole at the end of a visit, so that nothing of one visitor can reach the next.
#pragma once

#include <kiosk/app/field_editor.hpp>
#include <kiosk/app/view_model.hpp>
#include <kiosk/core/activity_gateway.hpp>
#include <kiosk/core/clock.hpp>
#include <kiosk/core/response.hpp>
#include <kiosk/core/screen.hpp>
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

    bool operator==(const Aids&) const = default;
};

// Tells one visit's results from another's: what arrives for a visit that has ended is dropped.
enum class VisitNumber : std::uint64_t {};

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
    };
    enum class Waiting { nothing = 1, description, form, outcome, recording, undoing };

    VisitNumber number{};
    std::string activity;
    StoragePolicy storage = StoragePolicy::anonymous;
    core::VisitToken token{};
    core::ResponseId response;
    core::Screen screen;
    core::FormVersion form_version;
    std::shared_ptr<const forms::Form> definition;
    std::optional<forms::FormVisit> form;
    std::map<std::string, std::string, std::less<>> screen_answers;   // consents and choices of the screen
    std::vector<core::Stay::Issue> issues;                            // from the plugin, by path
    std::optional<FieldEditor> editor;
    std::map<std::string, std::string, std::less<>> searches;         // what long lists are searched for, by search path
    std::set<std::string, std::less<>> open_guidance;                 // item names of questions whose guidance is shown
    std::string asks_to_remove;                                       // "Xóa mục 2?": the entry's path

    Place place = Place::opening;
    Waiting waiting = Waiting::description;
    core::Record record;                // as the plugin asked, while it is being kept
    bool is_amending = false;           // a one-tap answer is kept already
    bool is_recorded = false;           // something of this visit has become durable
    bool returns_to_review = false;     // this page was opened from the review
    bool shows_problems = false;        // "Tiếp tục" was pressed on what is not complete
    bool asks_to_end = false;           // "Xóa câu trả lời và kết thúc?"
    bool has_more_time = false;         // "Cần thêm thời gian" was chosen
    std::optional<core::SteadyTime> undo_until;
    std::optional<core::Error> error;
};

struct Thanks {
    VisitNumber number{};
    std::string activity;
    StoragePolicy storage = StoragePolicy::anonymous;
    core::VisitToken token{};
    core::ResponseId response;
    core::Screen screen;                // what the plugin shows after recording: chart, receipt
    bool was_recorded = true;           // false: the visit ended with nothing to keep
    bool is_undoing = false;
    std::optional<core::SteadyTime> undo_until;
    core::SteadyTime leaves_at{};
};

// The kiosk as a whole cannot serve: its store does not open, no activity could be loaded.
struct OutOfService { core::Error reason; };

using Mode = std::variant<Attract, Welcome, Home, Visiting, Thanks, OutOfService>;

struct State {
    Mode mode;
    Aids aids;
    std::uint64_t visits_begun = 0;
    core::SteadyTime last_activity{};
    std::optional<core::SteadyTime> warning_ends;   // "Ông/bà còn ở đây không?" is shown until then
    std::string focus;                              // by keyboard; empty while fingers are used
    bool shows_aids = false;                        // the page of all aids lies over the visit

    template <class M>
    const M* in() const { return std::get_if<M>(&mode); }
    template <class M>
    M* in() { return std::get_if<M>(&mode); }
};

}  // namespace kiosk::app
