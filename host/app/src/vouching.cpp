// The code of an organisation: a question with the column `kiosk:vouches`. What is typed there is judged elsewhere when the
// visitor goes on; once it is found right the answer is the organisation's name, and nothing else is ever recorded.
#include "form_pages.hpp"
#include "reducer.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace kiosk::app {
namespace {

// "chi_bo", or "${to_chuc}": what that question says.
std::string wanted_kind(const forms::FormVisit& form, const forms::NodeView& node) {
    std::string_view kind = kiosk_setting(node, kVouches);
    if (!kind.starts_with("${") || !kind.ends_with("}")) return std::string(kind);
    kind = kind.substr(2, kind.size() - 3);
    for (const forms::NodeView& other : form.nodes())
        if (question_name(other.path) == kind) return other.value;
    return {};
}

core::Text problem_with(const OrganisationAnswer& answer) {
    using Verdict = OrganisationAnswer::Verdict;
    switch (answer.verdict) {
        case Verdict::other_kind: return {"vouch.other", {}};
        case Verdict::waiting: {
            const auto seconds = std::chrono::ceil<std::chrono::seconds>(answer.wait).count();
            return {"vouch.wait", {std::to_string(seconds)}};
        }
        case Verdict::unreadable: return {"vouch.unreadable", {}};
        default: return {"vouch.wrong", {}};
    }
}

}  // namespace

bool is_vouched(const Visiting& visit, const forms::NodeView& node) {
    const auto found = visit.vouched.find(node.path);
    return found != visit.vouched.end() && found->second.name == node.value && found->second.kind == wanted_kind(*visit.form, node);
}

// True: a code among these waits to be judged, and the visitor with it.
bool Reducer::asks_to_vouch(Visiting& visit, const std::vector<forms::NodeView>& nodes) {
    visit.code_problem.reset();
    for (const forms::NodeView& node : nodes) {
        if (!node.relevant || node.value.empty() || kiosk_setting(node, kVouches).empty() || is_vouched(visit, node)) continue;
        const std::string kind = wanted_kind(*visit.form, node);
        if (const auto known = visit.vouched.find(node.path); known != visit.vouched.end() && known->second.name == node.value) {
            forget_organisation(visit, node);   // another kind was named since
            return true;
        }
        visit.waiting = Visiting::Waiting::vouching;
        visit.judged = {node.path, kind};
        act(CheckOrganisation{visit.number, node.value, kind});
        return true;
    }
    return false;
}

void Reducer::forget_organisation(Visiting& visit, const forms::NodeView& node) {
    visit.vouched.erase(node.path);
    static_cast<void>(visit.form->clear(node.path));
    open_editor(visit, visit.form->node(node.path));
    visit.code_problem = CodeProblem{node.path, {"vouch.other", {}}};
    visit.shows_problems = true;
}

// Before anything is handed over: no code that was typed and never judged is taken for an organisation.
bool Reducer::returns_to_vouch(Visiting& visit) {
    for (const forms::NodeView& node : visit.form->nodes()) {
        if (!node.relevant || node.value.empty() || kiosk_setting(node, kVouches).empty() || is_vouched(visit, node)) continue;
        if (!visit.form->go_to(node.path)) continue;
        visit.place = Visiting::Place::form;
        visit.returns_to_review = true;
        arrive(visit);
        return asks_to_vouch(visit, {node});
    }
    return false;
}

void Reducer::on(OrganisationChecked event) {
    Visiting* visit = waiting_for(event.visit, Visiting::Waiting::vouching);
    if (!visit || !visit->form) return;
    const Judged judged = std::exchange(visit->judged, {});
    if (event.answer.verdict != OrganisationAnswer::Verdict::right) {
        visit->code_problem = CodeProblem{judged.path, problem_with(event.answer)};
        visit->shows_problems = true;
        return;
    }
    visit->vouched[judged.path] = {judged.kind, event.answer.organisation};
    visit->editor.reset();
    static_cast<void>(visit->form->set(judged.path, event.answer.organisation));
    go_on_in_form(*visit);
}

}  // namespace kiosk::app
