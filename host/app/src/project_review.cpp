// What is wrong with a page, and the review of all answers.
#include "projector.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace kiosk::app {
namespace {

std::string_view what_is_missing(Control control) {
    switch (control) {
        case Control::field: return "problem.empty";
        case Control::range:
        case Control::counter:
        case Control::moment: return "problem.set";
        case Control::acknowledge: return "problem.acknowledge";
        case Control::stars: return "problem.star";
        case Control::signature: return "problem.signature";
        default: return "problem.choose";
    }
}

}  // namespace

std::string Projector::problem_of(const Visiting& visit, const forms::NodeView& node) const {
    const auto issue = std::find_if(visit.issues.begin(), visit.issues.end(),
                                    [&](const core::Stay::Issue& one) { return one.path == node.path; });
    if (issue != visit.issues.end()) return plugin_words(visit.activity, issue->message);
    if (visit.code_problem && visit.code_problem->path == node.path) return words(visit.code_problem->what.id, visit.code_problem->what.arguments);
    if (!node.message.empty()) return forms::without_markup(node.message);
    if (node.message_id == "form.required" || (node.required && node.value.empty() && is_question(node)))
        return words(what_is_missing(control_of(node)));
    if (is_half_ranked(node)) return words("problem.rank");
    return node.message_id.empty() ? std::string{} : words(node.message_id);
}

// One question: the sentence. Several: how many, and a way to each.
void Projector::show_problems(const Visiting& visit, const Nodes& page) {
    if (visit.code_was_wrong) text(Zone::body, Look::problem, words("problem.code"));
    std::vector<std::pair<const forms::NodeView*, std::string>> problems;
    for (const forms::NodeView& node : page)
        if (std::string problem = problem_of(visit, node); !problem.empty()) problems.emplace_back(&node, std::move(problem));
    if (problems.empty()) return;
    if (page.size() == 1) {
        text(Zone::body, Look::problem, problems.front().second);
        return;
    }
    text(Zone::body, Look::problem, words("problem.count", {std::to_string(problems.size())}));
    for (const auto& [node, problem] : problems) {
        Item& link = button(Zone::body, Look::link, "goto." + item_name(page, *node), problem, "down");
        link.detail = forms::without_markup(node->label);
        link.spoken = link.detail.empty() ? problem : link.detail + " " + problem;
    }
}

std::string Projector::value_in_words(const forms::NodeView& node) const {
    if (node.value.empty()) return words("review.no_answer");
    if (has_appearance(node, "masked")) return "••••";
    switch (control_of(node)) {
        case Control::acknowledge: return words("acknowledge.yes");
        case Control::moment: {
            const auto moment = Moment::read(node.type, node.value);
            if (!moment) return node.value;
            std::string all;
            const auto parts = moment_parts(node);
            for (std::size_t index = 0; index < parts.size(); ++index) {
                if (index > 0) all += parts[index] == MomentPart::hour ? ", " : parts[index] == MomentPart::minute ? ":" : "/";
                all += moment->in_words(parts[index]);
            }
            return all;
        }
        case Control::stars: return words("stars.of", {node.value, range_of(node).end_value()});
        case Control::signature: return signature_in_words(node.value);
        case Control::rank: {
            std::string all;
            for (std::size_t place = 1; place <= node.choices.size(); ++place)
                for (const forms::ChoiceView& option : node.choices)
                    if (place_in(node.value, option.name) == place)
                        all.append(all.empty() ? "" : "; ").append(std::to_string(place)).append(". ").append(forms::without_markup(option.label));
            return all;
        }
        default: break;
    }
    if (!is_choice(node)) return typed_from_value(node.type == "range" ? "decimal" : node.type, node.value);
    std::string all;
    for (const forms::ChoiceView& option : node.choices)
        if (is_chosen(node, option.name)) all.append(all.empty() ? "" : ", ").append(forms::without_markup(option.label));
    return all;
}

void Projector::show_review(const Visiting& visit) {
    view_.page = "review";
    button(Zone::header, Look::quiet, "action.back", words("action.back"), "back");
    text(Zone::header, Look::title, words("review.title"));
    std::vector<Item> missing, answered;
    std::string entry, group;
    std::set<std::string> named;
    for (const forms::NodeView& node : visit.form->nodes()) {
        if (!is_asked(node)) continue;
        const std::string problem = problem_of(visit, node);
        const bool is_wrong = !problem.empty();
        const auto begin_part = [&](const std::string& path, std::string label) {
            Item part;
            part.id = "part." + path;
            part.look = Look::part;
            part.label = std::move(label);
            answered.push_back(std::move(part));
        };
        if (const std::string here(entry_of(node.path)); here != entry) {
            entry = here;
            if (!entry.empty()) begin_part(entry, entry_name(visit, entry));
        }
        // Pages that ask alike ("Your own rating") are told apart by their names.
        if (const std::string here = node.path.substr(0, node.path.rfind('/')); here != group) {
            group = here;
            if (const forms::NodeView around = visit.form->node(group); around.type == "group" && !around.label.empty() && named.insert(group).second) {
                note_repeated_answers(around);
                begin_part(group, forms::without_markup(around.label));
            }
        }
        note_repeated_answers(node);
        Item card;
        card.id = "card." + node.path;
        card.role = Role::button;
        card.look = Look::card;
        card.label = forms::without_markup(node.label);
        card.detail = is_wrong && !node.value.empty() ? problem : value_in_words(node);
        if (hushes_answers_) card.spoken = card.label;
        card.value = words("review.change");
        card.needed = is_wrong;
        (is_wrong ? missing : answered).push_back(std::move(card));
    }
    // What still has to be done comes first.
    if (!missing.empty()) text(Zone::body, Look::problem, words("review.missing", {std::to_string(missing.size())}));
    for (auto* cards : {&missing, &answered})
        for (Item& card : *cards) view_.items.push_back(std::move(card));
    button(Zone::actions, Look::secondary, "action.end", words("action.end"), "close");
    button(Zone::actions, Look::primary, "action.next", words("review.send"), "next").needed = true;
}

}  // namespace kiosk::app
