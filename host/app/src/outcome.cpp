// From the main button of a visit's last page to the page that thanks: what the plugin decided, and what became of it.
#include "form_pages.hpp"
#include "reducer.hpp"

#include <utility>

namespace kiosk::app {
namespace {

using Place = Visiting::Place;
using Waiting = Visiting::Waiting;

core::Error nothing_to_record() {
    return {"visit.nothing_to_record",
            {"Hoạt động này muốn lưu hoặc in nhưng không có biểu mẫu nào. Báo cho người cài đặt phần mềm.",
             "This activity wants to keep or print an answer but shows no form. Tell whoever installed it."}};
}

std::size_t instances_of(const core::Answers& answers, std::string_view repeat) {
    std::size_t count = 0;
    for (const core::Answer& answer : answers) {
        const std::string next = std::string(repeat) + "[" + std::to_string(count + 1) + "]/";
        if (answer.path.starts_with(next)) ++count;
    }
    return count;
}

// What a person recognises a record by: the first thing that was typed in it.
std::string first_words_of(const Visiting& visit, const std::string& instance) {
    for (const forms::NodeView& node : visit.form->nodes())
        if (node.path.starts_with(instance + "/") && node.type == "text" && node.relevant && !node.value.empty()) return node.value;
    return {};
}

core::Response response_of(const Visiting& visit, std::size_t record) {
    core::Response response;
    response.id = visit.secret.response_id(record);
    response.activity = visit.activity;
    response.storage = visit.storage;
    response.form = visit.form_version;
    return response;
}

// Fills the visit's slips as well.
std::vector<core::Response> responses_of(Visiting& visit) {
    std::vector<core::Response> responses;
    visit.slips.clear();
    const auto add = [&](std::string document, std::string who) {
        core::Response& response = responses.emplace_back(response_of(visit, responses.size()));
        response.document = std::move(document);
        if (!visit.record.has_withdrawal_code) return;
        const core::WithdrawalCode code = visit.secret.withdrawal_code(responses.size() - 1);
        response.withdrawal_tag = code.tag();
        visit.slips.push_back({std::move(who), code.to_string()});
    };
    const std::string& each = visit.record.each;
    if (each.empty()) {
        add(visit.form->submission(), {});
        return responses;
    }
    const std::size_t count = instances_of(visit.form->answers(), each);
    for (std::size_t instance = 1; instance <= count; ++instance) {
        const std::string id = "uuid:" + visit.secret.response_id(instance - 1).to_string();
        add(visit.form->submission({each, instance, id}), first_words_of(visit, each + "[" + std::to_string(instance) + "]"));
    }
    return responses;
}

}  // namespace

void Reducer::submit(Visiting& visit) {
    close_editor(visit);
    if (visit.form && returns_to_vouch(visit)) return;
    // Everything the form can check is checked before the plugin is asked, which then need not be asked twice.
    if (visit.form && visit.storage != StoragePolicy::anonymous && !visit.form->check()) {
        visit.shows_problems = true;   // something earlier became wrong: the review lists it
        visit.place = Place::review;
        return;
    }
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
    if (auto* issues = std::get_if<core::Stay>(&outcome)) {
        stay(*visit, std::move(*issues));
    } else if (auto* keep = std::get_if<core::Record>(&outcome)) {
        record(*visit, std::move(*keep));
    } else if (auto* amend = std::get_if<core::Amend>(&outcome)) {
        visit->is_amending = true;
        record(*visit, core::Record{{}, amend->undo, false});
    } else if (auto* page = std::get_if<core::Print>(&outcome)) {
        print(*visit, std::move(page->layout));
    } else if (auto* withdrawal = std::get_if<core::Withdraw>(&outcome)) {
        withdraw(*visit, withdrawal->code);
    } else if (std::holds_alternative<core::NextScreen>(outcome)) {
        visit->waiting = Waiting::description;
        act(Describe{visit->number, visit->token});
    } else {
        thank(*visit, visit->is_recorded ? Ending::recorded : Ending::nothing);
    }
}

void Reducer::stay(Visiting& visit, core::Stay stay) {
    visit.issues = std::move(stay.issues);
    visit.shows_problems = true;
    if (!visit.form || visit.issues.empty()) return;
    // An issue at a group or repeat is shown at the first question in it.
    const std::string& path = visit.issues.front().path;
    bool is_found = static_cast<bool>(visit.form->go_to(path));
    for (const forms::NodeView& node : visit.form->nodes()) {
        if (is_found) break;
        if (node.path.starts_with(path) && is_question(node)) is_found = static_cast<bool>(visit.form->go_to(node.path));
    }
    if (!is_found) return;
    visit.returns_to_review = visit.place == Place::review;   // mended, it is looked over as a whole again
    visit.place = Place::form;
    arrive(visit);   // with its keyboard open
    visit.shows_problems = true;
}

void Reducer::record(Visiting& visit, core::Record how) {
    visit.record = std::move(how);
    if (!visit.form) return fail(visit, nothing_to_record());
    if (!visit.is_amending && !visit.form->ended() && !visit.form->finish()) {
        visit.shows_problems = true;
        return;
    }
    std::vector<core::Response> responses = responses_of(visit);
    if (responses.empty()) return fail(visit, nothing_to_record());
    visit.waiting = Waiting::recording;
    act(RecordResponses{visit.number, std::move(responses), visit.definition});
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
    if (visit->storage == StoragePolicy::anonymous) state_.next_ballot = environment_.now + environment_.policies.poll_cool_down;
    if (is_first && visit->record.undo.count() > 0) visit->undo_until = environment_.now + visit->record.undo;
    if (!std::exchange(visit->is_amending, false)) {
        return visit->record.document.empty() ? thank(*visit, Ending::recorded) : print(*visit, visit->record.document);
    }
    if (visit->form->next() && !visit->form->ended()) return arrive(*visit);
    thank(*visit, Ending::recorded);
}

void Reducer::print(Visiting& visit, std::string layout) {
    if (!visit.form) return fail(visit, nothing_to_record());
    visit.layout = std::move(layout);
    visit.waiting = Waiting::printing;
    act(PrintDocument{visit.number, visit.layout, visit.form->submission(), visit.definition, visit.slips});
}

void Reducer::on(Printed event) {
    Visiting* visit = waiting_for(event.visit, Waiting::printing);
    if (!visit) return;
    if (visit->is_recorded) {   // what is safe is not held up by a printer
        thank(*visit, Ending::recorded);
        state_.in<Thanks>()->was_not_printed = !event.result;
    } else if (event.result) {
        thank(*visit, Ending::printed);
    } else {
        visit->place = Place::not_printed;
        visit->error = event.result.error();
    }
}

void Reducer::withdraw(Visiting& visit, const std::string& text) {
    const auto code = core::WithdrawalCode::parse(text);
    if (!code) {   // mistyped: it would withdraw nothing, and nobody would know
        visit.place = visit.form ? Place::form : Place::screen;
        arrive(visit);
        visit.code_was_wrong = true;
        visit.shows_problems = true;
        return;
    }
    visit.withdrawal = code->tag();
    visit.waiting = Waiting::withdrawing;
    act(WithdrawResponse{visit.number, *visit.withdrawal});
}

void Reducer::on(Withdrawn event) {
    Visiting* visit = waiting_for(event.visit, Waiting::withdrawing);
    if (!visit) return;
    if (event.result) return thank(*visit, Ending::withdrawn);
    visit->place = Place::not_withdrawn;
    visit->error = event.result.error();
}

void Reducer::try_again(Visiting& visit) {
    switch (visit.place) {
        case Place::not_saved: return record(visit, std::move(visit.record));
        case Place::not_printed: return print(visit, std::move(visit.layout));
        case Place::not_withdrawn:
            visit.waiting = Waiting::withdrawing;
            return act(WithdrawResponse{visit.number, visit.withdrawal.value_or(core::Sha256{})});
        default: return;
    }
}

void Reducer::undo(Visiting& visit) {
    if (!visit.undo_until || environment_.now >= *visit.undo_until) return;
    visit.waiting = Waiting::undoing;
    act(UndoResponse{visit.number, visit.secret.response_id(0)});
}

void Reducer::on(Undone event) {
    std::string again;
    if (Thanks* thanks = state_.in<Thanks>(); thanks && thanks->number == event.visit) {
        if (!event.result) {
            thanks->is_undoing = false;
            thanks->has_undo_failed = true;
            return;
        }
        again = thanks->activity;
        act(EndVisit{thanks->token});
    } else if (Visiting* visit = waiting_for(event.visit, Waiting::undoing)) {
        if (!event.result) {
            visit->has_undo_failed = true;
            return;
        }
        again = visit->activity;
        act(EndVisit{visit->token});
    } else {
        return;
    }
    state_.next_ballot.reset();   // it was taken back
    begin_visit(again);   // a new visit with a new id: nothing ties the new answer to the old
}

void Reducer::thank(Visiting& visit, Ending ending) {
    const Policies& policies = environment_.policies;
    Thanks thanks;
    thanks.number = visit.number;
    thanks.activity = std::move(visit.activity);
    thanks.storage = visit.storage;
    thanks.token = visit.token;
    thanks.response = visit.secret.response_id(0);
    thanks.ending = ending;
    thanks.slips = std::move(visit.slips);
    if (visit.record.each.empty()) thanks.undo_until = visit.undo_until;   // several records are not taken back by one touch
    Policies::Seconds stays = visit.storage == StoragePolicy::anonymous ? policies.thanks_after_poll : policies.thanks_after_form;
    if (!thanks.slips.empty()) stays = policies.thanks_with_code * static_cast<int>(thanks.slips.size());   // to be copied
    thanks.leaves_at = environment_.now + stays;
    act(Describe{thanks.number, thanks.token});
    state_.mode = std::move(thanks);
    state_.focus.clear();
}

}  // namespace kiosk::app
