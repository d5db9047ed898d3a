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
    visit->response = event.result->response;
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
    if (needs_a_page(visit.screen)) {
        visit.place = Place::screen;
        return;
    }
    visit.waiting = Waiting::form;
    act(OpenForm{visit.number, visit.screen.form()->form_id, state_.aids.language, visit.response});
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
    // A page with one field to type in opens its keyboard at once.
    const auto page = page_nodes(*visit.form);
    if (const auto only = only_question(page)) {
        if (const auto layout = layout_of(*only)) visit.editor.emplace(only->path, typed_from_value(only->type, only->value), *layout);
    }
}

void Reducer::fail(Visiting& visit, core::Error error) {
    visit.waiting = Waiting::nothing;
    visit.place = Place::failed;
    visit.error = std::move(error);
    visit.editor.reset();
}

void Reducer::press_in(Visiting& visit, std::string_view item) {
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

void Reducer::press_field(Visiting& visit, std::string_view field) {
    if (visit.place != Place::form) return;
    close_editor(visit);
    const auto page = page_nodes(*visit.form);
    const forms::NodeView* node = node_named(page, field);
    const auto layout = node ? layout_of(*node) : std::nullopt;
    if (layout && !node->read_only) visit.editor.emplace(node->path, typed_from_value(node->type, node->value), *layout);
}

void Reducer::press_key(Visiting& visit, std::string_view key) {
    if (!visit.editor) return;
    FieldEditor& editor = *visit.editor;
    if (key == "done") close_editor(visit);
    else if (key == "backspace") editor.backspace();
    else if (key == "word") editor.remove_word();
    else if (key == "clear") editor.clear();
    else if (key == "left") editor.move_left();
    else if (key == "right") editor.move_right();
    else if (key == "shift") editor.shift();
    else if (key == "symbols") editor.switch_symbols();
    else if (key == "layout") editor.use_layout(editor.layout() == Layout::vietnamese ? Layout::english : Layout::vietnamese);
    else if (key == "space") editor.type(" ");
    else editor.type(key);
}

void Reducer::store_editor(Visiting& visit) {
    if (!visit.editor || !visit.form) return;
    const std::string& path = visit.editor->path();
    if (searched_path(path)) visit.searches[path] = visit.editor->text();
    else static_cast<void>(visit.form->set(path, value_from_typed(visit.form->node(path).type, visit.editor->text())));
}

void Reducer::close_editor(Visiting& visit) {
    store_editor(visit);
    visit.editor.reset();
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
        case Place::not_saved: return record(visit, std::move(visit.record));
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
        act(OpenForm{visit.number, visit.screen.form()->form_id, state_.aids.language, visit.response});
    } else {
        submit(visit);
    }
}

void Reducer::go_on_in_form(Visiting& visit) {
    store_editor(visit);
    visit.issues.clear();
    const auto page = page_nodes(*visit.form);
    if (std::any_of(page.begin(), page.end(), is_half_ranked)) {
        visit.shows_problems = true;
        return;
    }
    const bool is_last = visit.form->at_last_page();
    const auto moved = visit.form->next();
    if (!moved && moved.error().code == "visit.not_answered") {
        visit.shows_problems = true;
        return;
    }
    if (visit.returns_to_review) return show_review(visit);
    if (!is_last) return arrive(visit);
    visit.storage == StoragePolicy::anonymous ? submit(visit) : show_review(visit);
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
            if (needs_a_page(visit.screen)) {
                visit.place = Place::screen;
                visit.editor.reset();
                return;
            }
            return ask_to_end(visit);
        case Place::screen:
        case Place::failed:
        case Place::not_saved:
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

void Reducer::submit(Visiting& visit) {
    close_editor(visit);
    core::Answers answers;
    if (visit.form) answers = visit.form->answers();
    for (const auto& [id, value] : visit.screen_answers) answers.push_back({id, value});
    visit.waiting = Waiting::outcome;
    act(Submit{visit.number, visit.token, std::move(answers)});
}

void Reducer::on(Submitted event) {
    Visiting* visit = waiting_for(event.visit, Waiting::outcome);
    if (!visit) return;
    if (!event.result) return fail(*visit, event.result.error());
    core::Outcome outcome = std::move(*event.result);
    if (auto* stay = std::get_if<core::Stay>(&outcome)) {
        visit->issues = std::move(stay->issues);
        visit->shows_problems = true;
        if (visit->form && !visit->issues.empty() && visit->form->go_to(visit->issues.front().path))
            visit->place = Place::form;
    } else if (auto* keep = std::get_if<core::Record>(&outcome)) {
        record(*visit, *keep);
    } else if (auto* amend = std::get_if<core::Amend>(&outcome)) {
        visit->is_amending = true;
        record(*visit, core::Record{{}, amend->undo, false});
    } else if (std::holds_alternative<core::NextScreen>(outcome)) {
        visit->waiting = Waiting::description;
        act(Describe{visit->number, visit->token});
    } else {
        thank(*visit, visit->is_recorded);
    }
}

void Reducer::record(Visiting& visit, core::Record how) {
    visit.record = std::move(how);
    if (!visit.form) {
        return fail(visit, {"visit.nothing_to_record",
                            {"Hoạt động này muốn lưu nhưng không có biểu mẫu nào. Báo cho người cài đặt phần mềm.",
                             "This activity wants to keep an answer but shows no form. Tell whoever installed it."}});
    }
    if (!visit.is_amending && !visit.form->ended() && !visit.form->finish()) {
        visit.shows_problems = true;   // something earlier became wrong: the review lists it
        if (visit.storage != StoragePolicy::anonymous) visit.place = Place::review;
        return;
    }
    core::Response response;
    response.id = visit.response;
    response.activity = visit.activity;
    response.storage = visit.storage;
    response.form = visit.form_version;
    response.document = visit.form->submission();
    visit.waiting = Waiting::recording;
    act(RecordResponse{visit.number, std::move(response), visit.definition});
}

void Reducer::on(Recorded event) {
    Visiting* visit = waiting_for(event.visit, Waiting::recording);
    if (!visit) return;
    if (!event.result) {
        visit->place = Place::not_saved;
        visit->error = event.result.error();
        return;
    }
    const bool is_first = !visit->is_recorded;
    visit->is_recorded = true;
    if (is_first && visit->record.undo.count() > 0) visit->undo_until = environment_.now + visit->record.undo;
    if (!std::exchange(visit->is_amending, false)) return thank(*visit, true);
    if (visit->form->next() && !visit->form->ended()) return arrive(*visit);
    thank(*visit, true);
}

void Reducer::undo(Visiting& visit) {
    if (!visit.undo_until || environment_.now >= *visit.undo_until) return;
    visit.waiting = Waiting::undoing;
    act(UndoResponse{visit.number, visit.response});
}

void Reducer::on(Undone event) {
    std::string again;
    if (Thanks* thanks = state_.in<Thanks>(); thanks && thanks->number == event.visit) {
        if (!event.result) {
            thanks->is_undoing = false;
            thanks->undo_until.reset();
            return;
        }
        again = thanks->activity;
        act(EndVisit{thanks->token});
    } else if (Visiting* visit = waiting_for(event.visit, Waiting::undoing)) {
        visit->undo_until.reset();
        if (!event.result) return;
        again = visit->activity;
        act(EndVisit{visit->token});
    } else {
        return;
    }
    begin_visit(again);   // a new visit with a new id: nothing ties the new answer to the old
}

void Reducer::thank(Visiting& visit, bool was_recorded) {
    const Policies& policies = environment_.policies;
    Thanks thanks;
    thanks.number = visit.number;
    thanks.activity = std::move(visit.activity);
    thanks.storage = visit.storage;
    thanks.token = visit.token;
    thanks.response = visit.response;
    thanks.was_recorded = was_recorded;
    thanks.undo_until = visit.undo_until;
    thanks.leaves_at = environment_.now + (visit.storage == StoragePolicy::anonymous ? policies.thanks_after_poll
                                                                                    : policies.thanks_after_form);
    act(Describe{thanks.number, thanks.token});
    state_.mode = std::move(thanks);
    state_.focus.clear();
}

}  // namespace kiosk::app
