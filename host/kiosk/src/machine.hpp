// Machine: the kiosk's behaviour with its ports attached: keeps the State, gives events to reduce(), carries out the
// Effects. Has no screen: `run`, `play`, `render` and tests drive the same Machine.
//
// Owns the state; borrows everything in Ports, which must outlive it. Main thread only. Not movable: what the keeper
// still has to report comes back here.
#pragma once

#include "answer_keeper.hpp"
#include "document_printer.hpp"
#include "form_library.hpp"
#include "organisation_desk.hpp"
#include "staff_desk.hpp"

#include <kiosk/app/project.hpp>
#include <kiosk/app/reduce.hpp>
#include <kiosk/core/activity_gateway.hpp>
#include <kiosk/core/clock.hpp>
#include <kiosk/core/random.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace kiosk {

struct Ports {
    core::ActivityGateway& gateway;
    AnswerKeeper& keeper;
    DocumentPrinter& printer;
    const core::Catalogue& catalogue;
    FormLibrary& forms;
    const app::Keyboards& keyboards;
    core::Clock& clock;
    core::Random& random;
    StaffDesk& staff;
    OrganisationDesk& organisations;
    std::string timezone = "Asia/Ho_Chi_Minh";
    std::function<void(bool is_wanted)> speak;        // read the page aloud, or be silent; empty: no speech
    std::function<void()> forget;                     // a visit is over: nothing of it may stay in memory
    std::function<void()> forms_changed;              // others are in force from now on
};

class Machine {
  public:
    Machine(app::Policies policies, Ports ports);
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    void press(std::string item) { take(app::Pressed{std::move(item)}); }
    void take(app::Event event);
    // Time has passed, the store has reported, the plugins may have changed.
    void tick();
    // What staff chose before this start has been read.
    void use_staff_settings();
    // Waits for the store, then tick(): for scripts, whose time stands still meanwhile.
    void settle();

    app::ViewModel view() const;
    app::ViewModel view_with(const app::Aids& aids);   // as it would be if the visitor had set these
    const app::State& state() const { return state_; }
    std::optional<core::SteadyTime> next_deadline() const;
    // Whether something of the visit now going on was kept.
    bool has_recorded() const { return counting_.is_recorded; }
    core::SteadyTime now() const { return ports_.clock.steady_now(); }
    const app::Policies& policies() const { return policies_; }
    const std::vector<app::Activity>& activities() const { return activities_; }
    // Opens the page of the running form that shows this question, wherever the visitor is. For `render`.
    core::Result<void> show_question(std::string_view path);
    core::Result<void> set_answer(std::string_view path, std::string_view value);

  private:
    app::Environment environment() const;
    bool is_used() const;
    void refresh_forms();
    void refresh_activities();
    void carry_out(app::Effects effects);
    void carry_out(app::BeginVisit effect);
    void carry_out(app::Describe effect);
    void carry_out(app::OpenForm effect);
    void carry_out(app::Submit effect);
    void carry_out(app::RecordResponses effect);
    void carry_out(app::PrintDocument effect);
    void carry_out(app::CheckOrganisation effect);
    void carry_out(app::WithdrawResponse effect);
    void carry_out(app::UndoResponse effect);
    void carry_out(app::EndVisit effect);
    void carry_out(app::SpeakPage);
    void carry_out(app::StopSpeaking);
    void carry_out(app::LookAtPin);
    void carry_out(app::CheckPin effect);
    void carry_out(app::DoForStaff effect);
    void take_from_staff(app::Event event);
    void keep_hours();

    app::Policies policies_;
    Ports ports_;
    std::vector<app::Activity> activities_;
    std::string day_;                // on which they were last looked at
    app::State state_;
    // The visit now going on, for the counts: that it began, and whether something of it was kept at its end.
    struct Counting {
        app::VisitNumber visit{};
        core::VisitToken token{};
        std::string activity;
        bool is_recorded = false;
    };
    Counting counting_;
    std::vector<app::Event> pending_;
    struct Vote { std::string form, choice; };
    Vote vote_;                      // of the running visit, until it can no longer be taken back
    bool is_taking_ = false;
};

}  // namespace kiosk
