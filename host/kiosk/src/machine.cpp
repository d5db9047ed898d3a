#include "machine.hpp"

#include <chrono>
#include <thread>
#include <utility>

namespace kiosk {

Machine::Machine(app::Policies policies, Ports ports)
    : policies_(std::move(policies)), ports_(std::move(ports)) {
    refresh_activities();
    state_ = app::initial_state(environment());
}

app::Environment Machine::environment() const { return {ports_.clock.steady_now(), policies_, activities_, ports_.clock.wall_now()}; }

// A tile is paused by its plugin, or by a form of it that cannot be read; the other activities go on.
void Machine::refresh_activities() {
    activities_.clear();
    for (const core::PluginStatus& plugin : ports_.gateway.plugins()) {
        app::Activity activity{plugin.activity, plugin.reason};
        for (const std::string& form : plugin.activity.forms) {
            const auto found = ports_.forms.find(form);
            if (!found && !activity.paused) activity.paused = found.error();
        }
        activities_.push_back(std::move(activity));
    }
}

app::ViewModel Machine::view() const { return app::project(state_, environment(), ports_.catalogue); }

std::optional<core::SteadyTime> Machine::next_deadline() const { return app::next_deadline(state_, environment()); }

void Machine::take(app::Event event) {
    pending_.push_back(std::move(event));
    if (is_taking_) return;   // an effect answered at once: its event waits its turn
    is_taking_ = true;
    while (!pending_.empty()) {
        app::Event next = std::move(pending_.front());
        pending_.erase(pending_.begin());
        app::Step step = app::reduce(std::move(state_), std::move(next), environment());
        state_ = std::move(step.state);
        carry_out(std::move(step.effects));
    }
    is_taking_ = false;
}

void Machine::tick() {
    ports_.keeper.drain();
    take(app::Ticked{});
}

void Machine::settle() {
    for (ports_.keeper.drain(); ports_.keeper.is_busy(); ports_.keeper.drain())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void Machine::carry_out(app::Effects effects) {
    for (app::Effect& effect : effects)
        std::visit([this](auto&& what) { carry_out(std::forward<decltype(what)>(what)); }, std::move(effect));
}

void Machine::carry_out(app::BeginVisit effect) {
    if (ports_.forms.refresh()) refresh_activities();   // a workbook dropped in is what the next visitor sees
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
    take(app::VisitBegun{effect.visit, app::VisitOpened{*token, std::move(*screen), core::ResponseId::make(ports_.random)}});
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

void Machine::carry_out(app::RecordResponse effect) {
    ports_.keeper.record(std::move(effect.response), effect.definition->definition, [this, visit = effect.visit](core::Result<void> result) {
        take(app::Recorded{visit, std::move(result)});
    });
}

void Machine::carry_out(app::UndoResponse effect) {
    ports_.keeper.undo(effect.response, [this, visit = effect.visit](core::Result<void> result) { take(app::Undone{visit, std::move(result)}); });
}

void Machine::carry_out(app::EndVisit effect) { ports_.gateway.end(effect.token); }

void Machine::carry_out(app::SpeakPage) {
    if (ports_.speak) ports_.speak(true);
}

void Machine::carry_out(app::StopSpeaking) {
    if (ports_.speak) ports_.speak(false);
}

core::Result<void> Machine::show_question(std::string_view path) {
    app::Visiting* visit = state_.in<app::Visiting>();
    if (!visit || !visit->form)
        return core::Error{"render.no_form", {"Trang này không có biểu mẫu.", "This page has no form."}};
    return visit->form->go_to(path);
}

core::Result<void> Machine::set_answer(std::string_view path, std::string_view value) {
    app::Visiting* visit = state_.in<app::Visiting>();
    if (!visit || !visit->form)
        return core::Error{"render.no_form", {"Trang này không có biểu mẫu.", "This page has no form."}};
    return visit->form->set(path, value);
}

}  // namespace kiosk
