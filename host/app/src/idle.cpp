#include "idle.hpp"

namespace kiosk::app {

bool has_answers(const Visiting& visit) {
    if (visit.is_recorded) return false;   // nothing is lost any more
    if (!visit.screen_answers.empty()) return true;
    if (visit.editor && !visit.editor->text().empty()) return true;
    return visit.form && !visit.form->answers().empty();
}

std::optional<core::SteadyTime> staff_locks_at(const State& state, const Environment& environment) {
    const Staff* staff = state.in<Staff>();
    if (!staff || staff->is_working || staff->is_checking) return std::nullopt;
    const Policies& policies = environment.policies;
    return state.last_activity + (staff->page == Staff::Page::pin ? policies.staff_pin_idle : policies.staff_idle);
}

std::optional<IdleTimes> idle_times(const State& state, const Environment& environment) {
    const Policies& policies = environment.policies;
    if (state.in<Welcome>() || state.in<Home>()) return IdleTimes{policies.browsing_idle, {}};
    const Visiting* visit = state.in<Visiting>();
    if (!visit || visit->waiting != Visiting::Waiting::nothing) return std::nullopt;

    const bool is_personal = visit->storage != StoragePolicy::anonymous;
    if (!has_answers(*visit) && (!is_personal || visit->is_recorded)) return IdleTimes{policies.browsing_idle, {}};

    IdleTimes times{is_personal ? policies.personal_idle : policies.form_idle, policies.warning};
    if (visit->has_more_time) return IdleTimes{policies.extended_idle, policies.patient_warning};
    if (visit->editor || state.aids.size == TextSize::extra_large || state.aids.speech)
        times = {times.idle * 2, policies.patient_warning};
    return times;
}

}  // namespace kiosk::app
