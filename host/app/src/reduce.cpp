#include "idle.hpp"
#include "reducer.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::app {
namespace {

std::optional<std::string_view> after(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return std::nullopt;
    return text.substr(prefix.size());
}

Aids fresh_aids(const Policies& policies) {
    Aids aids;
    if (!policies.languages.empty()) aids.language = policies.languages.front();
    aids.size = policies.size;
    aids.theme = policies.theme;
    return aids;
}

// The moment the number of whole seconds left changes next.
core::SteadyTime next_second(core::SteadyTime end, core::SteadyTime now) {
    using namespace std::chrono;
    const auto left = end - now - milliseconds(1);
    return end - duration_cast<seconds>(std::max(left, core::SteadyTime{}));
}

}  // namespace

State initial_state(const Environment& environment) {
    State state;
    state.mode = Attract{};
    state.aids = fresh_aids(environment.policies);
    state.last_activity = environment.now;
    return state;
}

Step reduce(State state, Event event, const Environment& environment) {
    Reducer reducer(std::move(state), environment);
    reducer.take(std::move(event));
    return std::move(reducer).finish();
}

std::optional<core::SteadyTime> next_deadline(const State& state, const Environment& environment) {
    std::optional<core::SteadyTime> next;
    const auto wake_at = [&](core::SteadyTime when) { next = next ? std::min(*next, when) : when; };

    if (state.warning_ends) {
        wake_at(next_second(*state.warning_ends, environment.now));
    } else if (const auto times = idle_times(state, environment)) {
        wake_at(state.last_activity + times->idle);
    }
    if (const Visiting* visit = state.in<Visiting>()) {
        if (visit->undo_until) wake_at(next_second(*visit->undo_until, environment.now));
        if (visit->restore_until) wake_at(*visit->restore_until);
        if (visit->begins_at) wake_at(next_second(*visit->begins_at, environment.now));
    }
    if (const Staff* staff = state.in<Staff>()) {
        if (const auto locks = staff_locks_at(state, environment)) wake_at(next_second(*locks, environment.now));
        if (staff->wait_ends) wake_at(next_second(*staff->wait_ends, environment.now));
    }
    if (const Thanks* thanks = state.in<Thanks>()) {
        wake_at(next_second(thanks->leaves_at, environment.now));
        if (thanks->undo_until) wake_at(next_second(*thanks->undo_until, environment.now));
    }
    return next;
}

void Reducer::take(Event event) {
    std::visit([this](auto&& what) { on(std::forward<decltype(what)>(what)); }, std::move(event));
}

const Activity* Reducer::activity(std::string_view id) const {
    const auto& all = environment_.activities;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Activity& one) { return one.info.id == id; });
    return found == all.end() ? nullptr : &*found;
}

void Reducer::on(Touched) {
    state_.last_activity = environment_.now;
    state_.warning_ends.reset();
}

void Reducer::on(Ticked) {
    const core::SteadyTime now = environment_.now;
    if (Thanks* thanks = state_.in<Thanks>()) {
        if (thanks->undo_until && now >= *thanks->undo_until) thanks->undo_until.reset();
        if (now >= thanks->leaves_at && !thanks->is_undoing) leave();
        return;
    }
    if (Staff* staff = state_.in<Staff>()) {
        if (staff->wait_ends && now >= *staff->wait_ends) staff->wait_ends.reset();
        const auto locks = staff_locks_at(state_, environment_);
        if (locks && now >= *locks) leave_staff(*staff);
        return;
    }
    if (Visiting* visit = state_.in<Visiting>()) {
        if (visit->undo_until && now >= *visit->undo_until) visit->undo_until.reset();
        if (visit->restore_until && now >= *visit->restore_until) {
            visit->restore_until.reset();
            if (visit->editor) visit->editor->forget_cleared();
        }
        if (visit->begins_at && now >= *visit->begins_at) {
            visit->begins_at.reset();
            act(BeginVisit{visit->number, visit->activity});
        }
    }
    if (state_.warning_ends) {
        if (now >= *state_.warning_ends) leave();
        return;
    }
    const auto times = idle_times(state_, environment_);
    if (!times || now < state_.last_activity + times->idle) return;
    const core::SteadyTime ends = state_.last_activity + times->idle + times->warning;
    if (now >= ends) {
        leave();   // also when the machine slept through the warning: nobody is there
    } else {
        state_.warning_ends = ends;
    }
}

void Reducer::on(Failed event) {
    leave();
    state_.mode = OutOfService{std::move(event.reason)};
}

void Reducer::on(Recovered) {
    if (state_.in<OutOfService>()) leave();
    if (Staff* staff = state_.in<Staff>()) staff->came_from.reset();
}

void Reducer::on(Pressed event) {
    state_.focus.clear();   // the ring is for those who use keys
    press(event.item);
}

void Reducer::press(std::string_view item) {
    const bool was_warned = state_.warning_ends.has_value();
    on(Touched{});
    if (was_warned) {   // any touch keeps going; only the two other buttons mean more
        if (item == "action.more_time") {
            if (Visiting* visit = state_.in<Visiting>()) visit->has_more_time = true;
        } else if (item == "action.end") {
            leave();
        }
        return;
    }
    if (const auto aid = after(item, "aid.")) return press_aid(*aid);
    if (state_.shows_aids) {
        if (item == "action.close" || item == "action.back") state_.shows_aids = false;
        return;
    }
    std::visit([&](auto& mode) { press_in(mode, item); }, state_.mode);
}

void Reducer::press_in(Attract&, std::string_view item) {
    if (item == "action.staff") return enter_staff();
    // Two languages are one touch apart on every page; more need a page to choose on.
    if (environment_.policies.languages.size() > 2 || environment_.policies.asks_language)
        state_.mode = Welcome{};
    else
        go_home();
}

void Reducer::press_in(Welcome&, std::string_view item) {
    if (const auto language = after(item, "language.")) {
        use_language(std::string(*language));
        go_home();
    } else if (item == "action.end") {
        leave();
    }
}

void Reducer::press_in(Home&, std::string_view item) {
    if (const auto id = after(item, "tile."))
        begin_visit(*id);
    else if (item == "action.end" || item == "action.back")
        leave();
}

void Reducer::press_in(Thanks& thanks, std::string_view item) {
    if (thanks.is_undoing) return;
    if (item == "action.next" || item == "action.end") {
        leave();
    } else if (item == "action.more_time") {
        thanks.leaves_at += environment_.policies.thanks_extension;
    } else if (item == "action.undo" && thanks.undo_until && environment_.now < *thanks.undo_until) {
        thanks.is_undoing = true;
        act(UndoResponse{thanks.number, thanks.response});
    }
}

void Reducer::go_home() {
    const auto& activities = environment_.activities;
    if (environment_.policies.skips_home && activities.size() == 1 && !activities.front().paused)
        return begin_visit(activities.front().info.id);
    state_.mode = Home{};
    state_.focus.clear();
}

void Reducer::leave() {
    if (const Visiting* visit = state_.in<Visiting>(); visit && visit->token != core::VisitToken{})
        act(EndVisit{visit->token});
    if (const Thanks* thanks = state_.in<Thanks>(); thanks && thanks->token != core::VisitToken{})
        act(EndVisit{thanks->token});
    if (state_.aids.speech) act(StopSpeaking{});
    State clean = initial_state(environment_);
    clean.visits_begun = state_.visits_begun;
    clean.next_ballot = state_.next_ballot;
    state_ = std::move(clean);
}

void Reducer::begin_visit(std::string_view id) {
    const Activity* chosen = activity(id);
    if (!chosen || chosen->paused) return;
    Visiting visit;
    visit.number = VisitNumber{++state_.visits_begun};
    visit.activity = chosen->info.id;
    visit.storage = chosen->info.storage;
    const bool is_too_early = visit.storage == StoragePolicy::anonymous && state_.next_ballot && environment_.now < *state_.next_ballot;
    if (is_too_early) visit.begins_at = state_.next_ballot;
    else act(BeginVisit{visit.number, visit.activity});
    state_.mode = std::move(visit);
    state_.focus.clear();
}

void Reducer::use_language(std::string language) {
    state_.aids.language = std::move(language);
    Visiting* visit = state_.in<Visiting>();
    // A form without this language stays in its own; the pages round it still change.
    if (visit && visit->form) static_cast<void>(visit->form->set_language(state_.aids.language));
}

void Reducer::press_aid(std::string_view aid) {
    Aids& aids = state_.aids;
    if (aid == "language") {
        const auto& all = environment_.policies.languages;
        const auto now = std::find(all.begin(), all.end(), aids.language);
        if (!all.empty()) use_language(now == all.end() || now + 1 == all.end() ? all.front() : *(now + 1));
    } else if (aid == "size") {
        aids.size = after(aids.size);
    } else if (aid == "contrast") {
        aids.theme = aids.theme == Theme::light           ? Theme::contrast_dark
                     : aids.theme == Theme::contrast_dark ? Theme::contrast_light
                                                          : Theme::light;
    } else if (aid == "help") {
        state_.shows_aids = true;
    } else if (aid == "lower") {
        aids.lowered = !aids.lowered;
    } else if (aid == "speak" && environment_.policies.has_speech) {
        aids.speech = !aids.speech;
        act(aids.speech ? Effect{SpeakPage{}} : Effect{StopSpeaking{}});
    }
}


}  // namespace kiosk::app
