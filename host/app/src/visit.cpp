#include "form_pages.hpp"
#include "idle.hpp"
#include "reducer.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::app {
namespace {

using Place = Visiting::Place;
using Waiting = Visiting::Waiting;

// A screen that says or asks something of its own gets a page; a bare heading over a form does not.
bool needs_a_page(const core::Screen& screen) {
    if (!screen.form()) return true;
    return std::any_of(screen.items.begin(), screen.items.end(), [](const core::ScreenItem& item) {
        return std::holds_alternative<core::Consent>(item) || std::holds_alternative<core::Choice>(item) ||
               std::holds_alternative<core::Notice>(item) || std::holds_alternative<core::Signature>(item);
    });
}

bool is_complete(const core::Screen& screen, const std::map<std::string, std::string, std::less<>>& answers) {
    return std::all_of(screen.items.begin(), screen.items.end(), [&](const core::ScreenItem& item) {
        if (const auto* consent = std::get_if<core::Consent>(&item)) return answers.contains(consent->id);
        if (const auto* choice = std::get_if<core::Choice>(&item)) return answers.contains(choice->id);
        return true;
    });
}

}  // namespace

Visiting* Reducer::waiting_for(VisitNumber number, Waiting what) {
    Visiting* visit = state_.in<Visiting>();
    if (!visit || visit->number != number || visit->waiting != what) return nullptr;
    visit->waiting = Waiting::nothing;
    state_.last_activity = environment_.now;   // the visitor waited for us; their time starts now
    return visit;
}

void Reducer::on(VisitBegun event) {
    Visiting* visit = waiting_for(event.visit, Waiting::description);
    if (!visit) {   // they left while the plugin was opening
        if (event.result) act(EndVisit{event.result->token});
        return;
    }
    if (!event.result) return fail(*visit, event.result.error());
    visit->token = event.result->token;
    visit->secret = event.result->secret;
    visit->screen = std::move(event.result->screen);
    show_screen(*visit);
}

void Reducer::on(Described event) {
    if (Thanks* thanks = state_.in<Thanks>(); thanks && thanks->number == event.visit) {
        if (event.result) thanks->screen = std::move(*event.result);
        return;
    }
    Visiting* visit = waiting_for(event.visit, Waiting::description);
    if (!visit) return;
    if (!event.result) return fail(*visit, event.result.error());
    visit->screen = std::move(*event.result);
    visit->shows_problems = false;
    show_screen(*visit);
}

void Reducer::show_screen(Visiting& visit) {
    // Before the first field of answers that bear a name, the visitor is told who reads them.
    const bool introduces_itself = !std::exchange(visit.has_introduced_itself, true) && visit.storage != StoragePolicy::anonymous;
    visit.screen_has_a_page = introduces_itself || needs_a_page(visit.screen);
    if (visit.screen_has_a_page) {
        visit.place = Place::screen;
        return;
    }
    visit.waiting = Waiting::form;
    act(OpenForm{visit.number, visit.screen.form()->form_id, state_.aids.language, visit.secret.response_id(0)});
}

void Reducer::on(FormOpened event) {
    Visiting* visit = waiting_for(event.visit, Waiting::form);
    if (!visit) return;
    if (!event.result) return fail(*visit, event.result.error());
    visit->form = std::move(event.result->form);
    visit->form_version = std::move(event.result->version);
    visit->definition = std::move(event.result->definition);
    static_cast<void>(visit->form->set_language(state_.aids.language));
    visit->place = Place::form;
    arrive(*visit);
}

void Reducer::arrive(Visiting& visit) {
    visit.shows_problems = false;
    visit.editor.reset();
    state_.focus.clear();
    if (visit.place != Place::form) return;
    load_signature(visit);
    // A page with one field to type in opens its keyboard at once.
    const auto page = page_nodes(*visit.form);
    if (const auto only = only_question(page)) {
        if (!only->read_only && layout_of(*only) && !is_vouched(visit, *only)) open_editor(visit, *only);
    }
}

void Reducer::fail(Visiting& visit, core::Error error) {
    visit.waiting = Waiting::nothing;
    visit.place = Place::failed;
    visit.error = std::move(error);
    visit.editor.reset();
}

void Reducer::press_in(Visiting& visit, std::string_view item) {
    if (visit.begins_at && item == "action.end") return leave();
    if (visit.waiting != Waiting::nothing) return;   // one press is one press, however often it is repeated
    if (visit.asks_to_end || !visit.asks_to_remove.empty()) return press_in_dialog(visit, item);
    const auto starts = [&](std::string_view prefix) { return item.starts_with(prefix); };
    if (item == "action.next") go_on(visit);
    else if (item == "action.back") go_back(visit);
    else if (item == "action.skip") skip(visit);
    else if (item == "action.end") ask_to_end(visit);
    else if (item == "action.undo") undo(visit);
    else if (item == "action.review" && visit.place == Place::form) show_review(visit);
    else if (starts("choice.")) press_choice(visit, item.substr(7));
    else if (starts("field.")) press_field(visit, item.substr(6));
    else if (starts("sign.")) press_signing(visit, item.substr(5));
    else if (starts("key.")) press_key(visit, item.substr(4));
    else if (starts("consent.")) press_consent(visit, item.substr(8));
    else if (starts("card.")) press_card(visit, item.substr(5));
    else if (starts("step.")) press_step(visit, item.substr(5));
    else if (starts("search.")) press_search(visit, item.substr(7));
    else if (starts("guidance.")) press_guidance(visit, item.substr(9));
    else if (starts("add.")) add_entry(visit, item.substr(4));
    else if (starts("remove.")) visit.asks_to_remove = item.substr(7);
    else if (starts("goto.")) press_link(visit, item.substr(5));
}

void Reducer::press_in_dialog(Visiting& visit, std::string_view item) {
    if (!visit.asks_to_remove.empty()) {
        if (item == "action.remove") return remove_entry(visit);
        if (item == "action.back") visit.asks_to_remove.clear();
        return;
    }
    if (item == "action.end") return leave();
    visit.asks_to_end = false;
}

void Reducer::ask_to_end(Visiting& visit) {
    if (visit.is_recorded && visit.place == Place::form) return submit(visit);   // keep what was added
    if (!has_answers(visit)) return leave();
    visit.asks_to_end = true;
}

void Reducer::press_consent(Visiting& visit, std::string_view consent) {   // "store.yes"
    const std::size_t dot = consent.rfind('.');
    if (visit.place != Place::screen || dot == std::string_view::npos) return;
    visit.screen_answers[std::string(consent.substr(0, dot))] = std::string(consent.substr(dot + 1));
}

void Reducer::press_card(Visiting& visit, std::string_view path) {
    const bool is_review = visit.place == Place::review;
    if ((!is_review && visit.place != Place::form) || !visit.form->go_to(path)) return;
    visit.place = Place::form;
    visit.returns_to_review = is_review || visit.returns_to_review;
    arrive(visit);
}

void Reducer::go_on(Visiting& visit) {
    switch (visit.place) {
        case Place::screen: return go_on_from_screen(visit);
        case Place::form: return go_on_in_form(visit);
        case Place::review: return submit(visit);
        case Place::not_saved: case Place::not_printed: case Place::not_withdrawn: return try_again(visit);
        case Place::failed: return leave();
        case Place::opening: return;
    }
}

void Reducer::go_on_from_screen(Visiting& visit) {
    if (!is_complete(visit.screen, visit.screen_answers)) {
        visit.shows_problems = true;
        return;
    }
    if (visit.screen.form()) {
        visit.waiting = Waiting::form;
        act(OpenForm{visit.number, visit.screen.form()->form_id, state_.aids.language, visit.secret.response_id(0)});
    } else {
        submit(visit);
    }
}

void Reducer::go_on_in_form(Visiting& visit) {
    store_editor(visit);
    visit.issues.clear();
    visit.code_was_wrong = false;
    const auto page = page_nodes(*visit.form);
    if (std::any_of(page.begin(), page.end(), is_half_ranked)) {
        visit.shows_problems = true;
        return;
    }
    if (asks_to_vouch(visit, page)) return;
    const bool is_last = visit.form->at_last_page();
    const auto moved = visit.form->next();
    if (!moved && moved.error().code == "visit.not_answered") {
        visit.shows_problems = true;
        return;
    }
    if (visit.returns_to_review) return show_review(visit);
    if (!is_last) return arrive(visit);
    // A form of one page is its own review.
    visit.storage == StoragePolicy::anonymous || visit.form->page_count() == 1 ? submit(visit) : show_review(visit);
}

void Reducer::show_review(Visiting& visit) {
    close_editor(visit);
    visit.place = Place::review;
    visit.returns_to_review = false;
    visit.shows_problems = false;
    state_.focus.clear();
}

void Reducer::go_back(Visiting& visit) {
    switch (visit.place) {
        case Place::review:
            visit.place = Place::form;
            if (visit.form->ended()) static_cast<void>(visit.form->back());
            return arrive(visit);
        case Place::form:
            store_editor(visit);
            if (visit.returns_to_review) return show_review(visit);
            if (!visit.form->at_first_page()) {
                static_cast<void>(visit.form->back());
                return arrive(visit);
            }
            if (visit.screen_has_a_page) {
                visit.place = Place::screen;
                visit.editor.reset();
                return;
            }
            return ask_to_end(visit);
        case Place::screen:
        case Place::failed:
        case Place::not_saved:
        case Place::not_printed:
        case Place::not_withdrawn:
        case Place::opening: return ask_to_end(visit);
    }
}

void Reducer::skip(Visiting& visit) {
    if (visit.place != Place::form) return;
    visit.editor.reset();
    for (const forms::NodeView& node : page_nodes(*visit.form))
        if (is_question(node) && !node.read_only) static_cast<void>(visit.form->clear(node.path));
    // To skip the only question of a poll is to have nothing to say.
    if (visit.form->at_first_page() && visit.form->at_last_page() && !visit.is_recorded) return leave();
    go_on_in_form(visit);
}

}  // namespace kiosk::app
