#include "machine.hpp"

#include "form_facts.hpp"
#include "staff_report.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace kiosk {

Machine::Machine(app::Policies policies, Ports ports)
    : policies_(std::move(policies)), ports_(std::move(ports)) {
    refresh_activities();
    state_ = app::initial_state(environment());
}

app::Environment Machine::environment() const {
    return {ports_.clock.steady_now(), policies_, activities_, &ports_.keyboards, ports_.clock.wall_now()};
}

// A tile is paused by its plugin, by a form of it that cannot be read, or for want of a key to seal to; others go on.
void Machine::refresh_activities() {
    activities_.clear();
    for (const core::PluginStatus& plugin : ports_.gateway.plugins()) {
        app::Activity activity{plugin.activity, plugin.reason};
        if (!activity.paused && policies_.office_key == app::OfficeKey::none && plugin.activity.storage != StoragePolicy::not_stored)
            activity.paused = core::Error{"activity.no_keys", {"Chưa có khóa của cơ quan.", "There is no key of the office."}};
        for (const std::string& form : plugin.activity.forms) {
            if (form.ends_with('*')) continue;   // any number, none too
            const auto found = ports_.forms.find(form);
            if (!found && !activity.paused) activity.paused = found.error();
        }
        if (!activity.paused) activity.paused = ports_.staff.closed(plugin.activity.id);
        activities_.push_back(std::move(activity));
    }
}

// A workbook dropped in is what the next visitor sees.
void Machine::refresh_forms() {
    if (!ports_.forms.refresh()) return;
    refresh_activities();
    if (ports_.forms_changed) ports_.forms_changed();
}

app::ViewModel Machine::view() const { return app::project(state_, environment(), ports_.catalogue); }

app::ViewModel Machine::view_with(const app::Aids& aids) {
    const app::Aids set = std::exchange(state_.aids, aids);
    app::ViewModel seen = view();
    state_.aids = set;
    return seen;
}

std::optional<core::SteadyTime> Machine::next_deadline() const {
    const auto own = app::next_deadline(state_, environment());
    const auto hours = ports_.staff.next_change();
    return own && hours ? std::min(*own, *hours) : own ? own : hours;
}

// The kiosk closes when nobody is at it, and opens by itself.
void Machine::keep_hours() {
    const auto* out = state_.in<app::OutOfService>();
    auto reason = ports_.staff.out_of_service();
    if (reason && state_.in<app::Attract>()) take(app::Failed{std::move(*reason)});
    else if (!reason && out && out->reason.code.starts_with("hours.")) take(app::Recovered{});
    // A new day may open or close an activity.
    if (const std::string day = today(ports_.clock); std::exchange(day_, day) != day) refresh_activities();
}

void Machine::use_staff_settings() {
    ports_.staff.apply_settings(policies_);
    refresh_activities();
    if (state_.in<app::Attract>()) state_ = app::initial_state(environment());
}

void Machine::take(app::Event event) {
    pending_.push_back(std::move(event));
    if (is_taking_) return;   // an effect answered at once: its event waits its turn
    is_taking_ = true;
    const bool was_used = is_used();
    while (!pending_.empty()) {
        app::Event next = std::move(pending_.front());
        pending_.erase(pending_.begin());
        app::Step step = app::reduce(std::move(state_), std::move(next), environment());
        state_ = std::move(step.state);
        carry_out(std::move(step.effects));
    }
    is_taking_ = false;
    if (was_used && !is_used()) {
        pending_.shrink_to_fit();
        if (ports_.forget) ports_.forget();
    }
}

bool Machine::is_used() const { return state_.in<app::Visiting>() || state_.in<app::Thanks>(); }

void Machine::tick() {
    ports_.keeper.drain();
    ports_.staff.drain();
    keep_hours();
    ports_.printer.drain();
    take(app::Ticked{});
}

void Machine::settle() {
    const auto drain = [this] { ports_.keeper.drain(), ports_.printer.drain(); };
    for (drain(); ports_.keeper.is_busy() || ports_.printer.is_busy(); drain())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void Machine::carry_out(app::Effects effects) {
    for (app::Effect& effect : effects)
        std::visit([this](auto&& what) { carry_out(std::forward<decltype(what)>(what)); }, std::move(effect));
}

void Machine::carry_out(app::BeginVisit effect) {
    refresh_forms();
    const auto token = ports_.gateway.begin(effect.activity);
    if (!token) {
        refresh_activities();   // it may have been set aside just now
        return take(app::VisitBegun{effect.visit, token.error()});
    }
    auto screen = ports_.gateway.describe(*token);
    if (!screen) {
        ports_.gateway.end(*token);
        refresh_activities();
        return take(app::VisitBegun{effect.visit, screen.error()});
    }
    counting_ = {effect.visit, *token, effect.activity, false};
    take(app::VisitBegun{effect.visit, app::VisitOpened{*token, std::move(*screen), core::VisitSecret::make(ports_.random)}});
}

void Machine::carry_out(app::Describe effect) {
    auto screen = ports_.gateway.describe(effect.token);
    if (!screen) refresh_activities();
    take(app::Described{effect.visit, std::move(screen)});
}

void Machine::carry_out(app::OpenForm effect) {
    auto form = ports_.forms.find(effect.form_id);
    if (!form) return take(app::FormOpened{effect.visit, form.error()});
    forms::VisitSettings settings;
    settings.language = effect.language;
    settings.now = [&clock = ports_.clock] { return clock.wall_now(); };
    settings.timezone = ports_.timezone;
    settings.seed = ports_.random.below(std::uint64_t{1} << 53);
    settings.instance_id = "uuid:" + effect.response.to_string();
    if (!ports_.organisations.has_codes()) settings.left_out = {"kiosk:vouches"};
    auto visit = forms::FormVisit::begin(*form, settings);
    if (!visit && !(*form)->languages.empty()) {   // the form lacks this language: it opens in its own
        settings.language.clear();
        visit = forms::FormVisit::begin(*form, std::move(settings));
    }
    if (!visit) return take(app::FormOpened{effect.visit, visit.error()});
    core::FormVersion version{(*form)->id, (*form)->version, (*form)->sha256};
    take(app::FormOpened{effect.visit, app::FormReady{std::move(*visit), std::move(version), std::move(*form)}});
}

void Machine::carry_out(app::Submit effect) {
    auto outcome = ports_.gateway.submit(effect.token, effect.answers);
    if (!outcome) refresh_activities();
    take(app::Submitted{effect.visit, std::move(outcome)});
}

void Machine::carry_out(app::RecordResponses effect) {
    Vote vote;
    for (const core::Response& response : effect.responses)
        if (response.storage == StoragePolicy::anonymous) vote = {effect.definition->id, vote_in(*effect.definition, response.document)};
    ports_.keeper.record(std::move(effect.responses), effect.definition->definition, [this, visit = effect.visit, vote](core::Result<void> result) {
        if (result && !vote.choice.empty()) vote_ = vote;
        if (counting_.visit == visit && result) counting_.is_recorded = true;
        take(app::Recorded{visit, std::move(result)});
    });
}

void Machine::carry_out(app::PrintDocument effect) {
    PrintJob job{std::move(effect.layout), std::move(effect.submission), std::move(effect.definition), {}};
    for (app::WithdrawalSlip& slip : effect.slips) job.slips.push_back({std::move(slip.who), std::move(slip.code)});
    ports_.printer.print(std::move(job), [this, visit = effect.visit](core::Result<void> result) { take(app::Printed{visit, std::move(result)}); });
}

void Machine::carry_out(app::CheckOrganisation effect) {
    ports_.organisations.check(std::move(effect.code), std::move(effect.kind), [this, visit = effect.visit](app::OrganisationAnswer answer) {
        take(app::OrganisationChecked{visit, std::move(answer)});
    });
}

void Machine::carry_out(app::WithdrawResponse effect) {
    ports_.keeper.withdraw(effect.tag, [this, visit = effect.visit](core::Result<void> result) { take(app::Withdrawn{visit, std::move(result)}); });
}

void Machine::carry_out(app::UndoResponse effect) {
    ports_.keeper.undo(effect.response, [this, visit = effect.visit](core::Result<void> result) {
        if (result) vote_ = {};
        if (counting_.visit == visit && result) counting_.is_recorded = false;
        take(app::Undone{visit, std::move(result)});
    });
}

void Machine::carry_out(app::EndVisit effect) {
    ports_.gateway.end(effect.token);
    if (const Vote vote = std::exchange(vote_, {}); !vote.choice.empty()) ports_.keeper.count_vote(vote.form, vote.choice);   // it stands now
    if (counting_.token != effect.token) return;
    ports_.keeper.count_visit(std::move(counting_.activity), {"started", counting_.is_recorded ? "finished" : "abandoned"});
    counting_ = {};
}

void Machine::carry_out(app::SpeakPage) {
    if (ports_.speak) ports_.speak(true);
}

void Machine::carry_out(app::StopSpeaking) {
    if (ports_.speak) ports_.speak(false);
}

void Machine::carry_out(app::LookAtPin) {
    ports_.staff.look_at_pin([this](app::Event event) { take(std::move(event)); });
}

void Machine::carry_out(app::CheckPin effect) {
    ports_.staff.check_pin(std::move(effect.pin), [this](app::Event event) { take(std::move(event)); });
}

void Machine::carry_out(app::DoForStaff effect) {
    ports_.staff.carry_out(effect.act, std::move(effect.argument), [this](app::Event event) { take_from_staff(std::move(event)); });
}

// What staff did may have changed which tiles are open, which forms there are and how visits start.
void Machine::take_from_staff(app::Event event) {
    if (std::holds_alternative<app::StaffDone>(event)) {
        refresh_forms();
        refresh_activities();
        ports_.staff.apply_settings(policies_);
    }
    take(std::move(event));
}

core::Result<void> Machine::show_question(std::string_view path) {
    app::Visiting* visit = state_.in<app::Visiting>();
    if (!visit || !visit->form)
        return core::Error{"render.no_form", {"Trang này không có biểu mẫu.", "This page has no form."}};
    if (auto there = visit->form->go_to(path); !there) return there;
    const std::string field = "field." + std::string(path.substr(path.rfind('/') + 1));
    press(field.substr(0, field.find('[')));   // as a visitor who comes to it finds it: with its keyboard, if it has one
    return {};
}

core::Result<void> Machine::set_answer(std::string_view path, std::string_view value) {
    app::Visiting* visit = state_.in<app::Visiting>();
    if (!visit || !visit->form)
        return core::Error{"render.no_form", {"Trang này không có biểu mẫu.", "This page has no form."}};
    return visit->form->set(path, value);
}

}  // namespace kiosk
