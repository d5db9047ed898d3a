#include "projector.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace kiosk::app {
namespace {

using Place = Visiting::Place;

// "1985-03-27" → "27/03/1985"; anything else as it is.
std::string date_in_words(const std::string& value) {
    if (value.size() != 10 || value[4] != '-' || value[7] != '-') return value;
    return value.substr(8, 2) + "/" + value.substr(5, 2) + "/" + value.substr(0, 4);
}

// The workbook lists the best first. "kiosk:icon" may be "face" alone, for moods from best to worst at equal steps, or
// name each choice's mood from 2 to -2: "face 2 1 0 -2".
float mood_of(std::string_view icon, std::size_t index, std::size_t count) {
    for (std::size_t word = 0; word <= index; ++word) {
        const std::size_t space = icon.find(' ');
        if (space == std::string_view::npos) return count < 2 ? 1.0F : 1.0F - 2.0F * static_cast<float>(index) / static_cast<float>(count - 1);
        icon.remove_prefix(space + 1);
    }
    return std::clamp(std::strtof(std::string(icon.substr(0, icon.find(' '))).c_str(), nullptr) / 2, -1.0F, 1.0F);
}

}  // namespace

void Projector::show(const Visiting& visit) {
    if (visit.asks_to_end) return show_end_question();
    switch (visit.place) {
        case Place::opening:
            view_.page = "opening";
            if (visit.begins_at) {
                text(Zone::body, Look::hero, words("visit.wait"));
                text(Zone::body, Look::countdown, seconds_left(*visit.begins_at)).spoken = words("idle.seconds", {seconds_left(*visit.begins_at)});
                button(Zone::actions, Look::secondary, "action.end", words("action.end"), "close");
            } else {
                text(Zone::body, Look::lead, words("visit.opening"));
            }
            return;
        case Place::screen: return show_screen(visit);
        case Place::form: return show_form(visit);
        case Place::review: return show_review(visit);
        case Place::failed:
        case Place::not_saved:
        case Place::not_printed:
        case Place::not_withdrawn: return show_failure(visit);
    }
}

void Projector::show_end_question() {
    view_.page = "end";
    text(Zone::body, Look::hero, words("end.title"));
    text(Zone::body, Look::paragraph, words("end.what_happens"));
    button(Zone::actions, Look::secondary, "action.end", words("end.yes"), "close");
    button(Zone::actions, Look::primary, "action.back", words("end.no"), "back").needed = true;
}

void Projector::show_failure(const Visiting& visit) {
    const bool can_retry = visit.place != Place::failed;
    const std::string page = visit.place == Place::not_saved       ? "not_saved"
                             : visit.place == Place::not_printed   ? "not_printed"
                             : visit.place == Place::not_withdrawn ? "not_withdrawn"
                                                                   : "failed";
    view_.page = page;
    text(Zone::body, Look::hero, words(page + ".title"));
    text(Zone::body, Look::paragraph, words(page + ".what_to_do"));
    if (visit.error) text(Zone::body, Look::caption, visit.error->code);
    button(Zone::actions, Look::secondary, "action.end", words("action.end"), "close");
    if (can_retry) button(Zone::actions, Look::primary, "action.next", words("not_saved.retry"), "next").needed = true;
}

void Projector::show_screen(const Visiting& visit) {
    const auto& items = visit.screen.items;
    const bool has_consent = std::any_of(items.begin(), items.end(), [](const core::ScreenItem& item) {
        return std::holds_alternative<core::Consent>(item);
    });
    view_.page = has_consent ? "consent" : "screen";
    button(Zone::header, Look::quiet, "action.back", words("action.back"), "back");
    show_plugin_items(visit.screen, visit.activity, &visit);
    if (!visit.form && visit.storage != StoragePolicy::anonymous) show_who_reads(visit);
    button(Zone::actions, Look::secondary, "action.end", words("action.end"), "close");
    button(Zone::actions, Look::primary, "action.next", words("action.next"), "next").needed = true;
}

// Who reads the answers, how long they are kept, and that one may leave: on the first page, before the first field.
void Projector::show_who_reads(const Visiting& visit) {
    const auto& all = environment_.activities;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Activity& one) { return one.info.id == visit.activity; });
    if (found == all.end()) return;
    const core::ActivityInfo& info = found->info;
    if (!view_.find("action.back") || view_.items.size() == 1) text(Zone::header, Look::title, info.name.in(state_.aids.language));
    text(Zone::body, Look::lead, words("introduction.reader")).detail = info.reader.in(state_.aids.language);
    const std::string kept = visit.storage == StoragePolicy::not_stored ? words("introduction.not_stored")
                             : info.retention_days == 0 ? words("introduction.until_receipt")
                                                        : words("introduction.kept_days", {std::to_string(info.retention_days)});
    text(Zone::body, Look::lead, words("introduction.kept")).detail = kept + " " + words("introduction.voluntary");
}

void Projector::show_plugin_items(const core::Screen& screen, const std::string& activity, const Visiting* visit) {
    const auto say = [&](const core::Text& message) { return plugin_words(activity, message); };
    const auto answer_of = [&](const std::string& id) -> std::string_view {
        if (!visit) return {};
        const auto found = visit->screen_answers.find(id);
        return found == visit->screen_answers.end() ? std::string_view{} : std::string_view{found->second};
    };
    bool has_title = visit == nullptr;
    for (const core::ScreenItem& item : screen.items) {
        if (const auto* heading = std::get_if<core::Heading>(&item)) {
            const bool is_title = !std::exchange(has_title, true);
            text(is_title ? Zone::header : Zone::body, is_title ? Look::title : Look::lead, say(heading->text));
        } else if (const auto* paragraph = std::get_if<core::Paragraph>(&item)) {
            text(Zone::body, Look::paragraph, say(paragraph->text));
        } else if (const auto* notice = std::get_if<core::Notice>(&item)) {
            text(Zone::body, Look::notice, say(notice->text));
        } else if (const auto* receipt = std::get_if<core::Receipt>(&item)) {
            text(Zone::body, Look::paragraph, say(receipt->text));
        } else if (const auto* consent = std::get_if<core::Consent>(&item)) {
            if (visit && visit->shows_problems && answer_of(consent->id).empty())
                text(Zone::body, Look::problem, words("problem.consent"));
            text(Zone::body, Look::lead, say(consent->text));
            for (const std::string_view answer : {"yes", "no"}) {
                Item& choice = button(Zone::body, Look::option, "consent." + consent->id + "." + std::string(answer),
                                      words("consent." + std::string(answer)));
                choice.role = Role::radio;
                choice.needed = true;
                choice.selected = answer_of(consent->id) == answer;
            }
        } else if (const auto* choice = std::get_if<core::Choice>(&item)) {
            if (visit && visit->shows_problems && answer_of(choice->id).empty())
                text(Zone::body, Look::problem, words("problem.choose"));
            text(Zone::body, Look::lead, say(choice->label));
            for (const auto& option : choice->options) {
                Item& row = button(Zone::body, Look::option, "choice." + choice->id + "." + option.name, say(option.label));
                row.role = Role::radio;
                row.needed = true;
                row.selected = answer_of(choice->id) == option.name;
            }
        } else if (const auto* chart = std::get_if<core::Chart>(&item)) {
            text(Zone::body, Look::lead, say(chart->title));
            std::uint64_t largest = 1, total = 0;
            for (const auto& bar : chart->bars) largest = std::max(largest, bar.count), total += bar.count;
            for (const auto& bar : chart->bars) {
                Item& row = text(Zone::body, Look::bar, say(bar.label));
                row.value = std::to_string(static_cast<double>(bar.count) / static_cast<double>(largest));
                const auto percent = total == 0 ? 0 : (bar.count * 100 + total / 2) / total;
                row.detail = words("chart.bar", {std::to_string(bar.count), std::to_string(percent)});
            }
            text(Zone::body, Look::caption, say(chart->note));
        }
    }
}

void Projector::show_form(const Visiting& visit) {
    const std::vector<forms::NodeView> nodes = page_nodes(*visit.form);
    const auto only = only_question(nodes);
    view_.page = "question";
    show_form_header(visit, nodes);
    if (visit.has_undo_failed) text(Zone::body, Look::problem, words("undo.failed"));
    if (visit.shows_problems) show_problems(visit, nodes);
    for (const forms::NodeView& node : nodes) show_node(visit, nodes, node);

    const bool is_optional = std::none_of(nodes.begin(), nodes.end(), [](const forms::NodeView& node) {
        return is_question(node) && node.required;
    });
    const bool has_questions = std::any_of(nodes.begin(), nodes.end(), is_question);
    if (is_optional && has_questions && !visit.editor)
        button(Zone::body, Look::quiet, "action.skip", words(nodes.size() > 1 ? "action.skip_page" : "action.skip"), "skip");
    if (visit.storage == StoragePolicy::anonymous && visit.form->at_first_page() && !visit.is_recorded)
        text(Zone::body, Look::caption, words("poll.anonymous"));

    button(Zone::actions, Look::secondary, "action.end", words(visit.is_recorded ? "action.finish" : "action.end"), "close");
    show_undo(visit.undo_until);
    const bool tap_goes_on = only && is_answered_by_tap(*only);
    if (!tap_goes_on) {
        const std::string_view label = visit.returns_to_review ? "action.to_review" : "action.next";
        button(Zone::actions, Look::primary, "action.next", words(label), "next").needed = true;
    }
    if (visit.editor) show_keyboard(*visit.editor);
}

void Projector::show_form_header(const Visiting& visit, const std::vector<forms::NodeView>& nodes) {
    const forms::FormVisit& form = *visit.form;
    const std::size_t number = form.page_number(), count = form.page_count();
    const bool can_go_back = !visit.is_recorded && (!form.at_first_page() || visit.storage != StoragePolicy::anonymous);
    if (can_go_back) button(Zone::header, Look::quiet, "action.back", words("action.back"), "back");
    if (count > 1) {
        Item& progress = text(Zone::header, Look::progress,
                              words("form.progress", {std::to_string(number), std::to_string(count)}));
        progress.value = std::to_string(static_cast<double>(number) / static_cast<double>(count));
    }
    if (nodes.size() == 1) {
        text(Zone::header, Look::title, nodes.front().label);
        if (!nodes.front().hint.empty()) text(Zone::header, Look::paragraph, nodes.front().hint);
        return;
    }
    // A page of several questions is a group; its label is the page's name.
    for (const std::string& path : form.page()) {
        const std::size_t slash = path.rfind('/');
        if (slash == 0 || slash == std::string::npos) continue;
        const std::string group = form.node(path.substr(0, slash)).label;
        if (!group.empty()) text(Zone::header, Look::title, group);
        return;
    }
}

void Projector::show_problems(const Visiting& visit, const std::vector<forms::NodeView>& nodes) {
    if (visit.code_was_wrong) text(Zone::body, Look::problem, words("problem.code"));
    for (const forms::NodeView& node : nodes) {
        const auto issue = std::find_if(visit.issues.begin(), visit.issues.end(),
                                        [&](const core::Stay::Issue& one) { return one.path == node.path; });
        if (issue != visit.issues.end())
            text(Zone::body, Look::problem, plugin_words(visit.activity, issue->message));
        else if (std::string problem = problem_in_words(node); !problem.empty())
            text(Zone::body, Look::problem, std::move(problem));
    }
}

// In the workbook's own words if it has some, else in the catalogue's; empty: there is nothing to mend.
std::string Projector::problem_in_words(const forms::NodeView& node) const {
    if (!node.message.empty()) return node.message;
    if (node.required && node.value.empty()) return words(is_choice(node) ? "problem.choose" : is_signature(node) ? "problem.signature" : "problem.empty");
    return node.message_id.empty() ? std::string() : words(node.message_id);
}

void Projector::show_node(const Visiting& visit, const std::vector<forms::NodeView>& page, const forms::NodeView& node) {
    const bool has_own_label = page.size() > 1;
    if (!is_question(node)) {
        if (has_own_label) text(Zone::body, Look::paragraph, node.label);
        return;
    }
    if (has_own_label) {
        Item& label = text(Zone::body, Look::lead, node.label);
        label.detail = node.hint;
    }
    if (is_choice(node))
        show_choices(page, node);
    else if (is_signature(node))
        show_signature(visit, node);
    else if (layout_of(node))
        show_field(visit, node);
    else if (!node.value.empty())
        text(Zone::body, Look::paragraph, node.value);
}

void Projector::show_choices(const std::vector<forms::NodeView>& page, const forms::NodeView& node) {
    const bool are_faces = is_shown_as_faces(node);
    for (std::size_t index = 0; index < node.choices.size(); ++index) {
        const forms::ChoiceView& option = node.choices[index];
        Item& row = button(Zone::body, are_faces ? Look::face : Look::option, choice_id(page, node, option.name), option.label);
        row.role = is_multiple(node) ? Role::check : Role::radio;
        row.needed = true;
        row.enabled = !node.read_only;
        row.selected = is_chosen(node, option.name);
        if (are_faces) row.mood = mood_of(kiosk_setting(node, "kiosk:icon"), index, node.choices.size());
    }
}

void Projector::show_field(const Visiting& visit, const forms::NodeView& node) {
    const bool is_editing = visit.editor && visit.editor->path() == node.path;
    Item& field = button(Zone::body, Look::field, "field." + std::string(question_name(node.path)), node.label);
    field.role = Role::field;
    field.needed = true;
    field.enabled = !node.read_only;
    field.editing = is_editing;
    field.value = is_editing ? visit.editor->text() : node.type == "date" ? date_in_words(node.value) : node.value;
    field.caret = is_editing ? visit.editor->caret() : field.value.size();
    field.detail = has_appearance(node, "multiline") ? "multiline" : "";
    field.spoken = field.value.empty() || !may_speak_answers(visit) ? node.label : node.label + ": " + field.value;
}

std::string Projector::value_in_words(const forms::NodeView& node) const {
    if (node.value.empty()) return words("review.no_answer");
    if (node.type == "date") return date_in_words(node.value);
    if (is_signature(node)) return signature_in_words(node.value);
    if (!is_choice(node)) return node.value;
    std::string all;
    for (const forms::ChoiceView& option : node.choices)
        if (is_chosen(node, option.name)) all.append(all.empty() ? "" : ", ").append(option.label);
    return all;
}

void Projector::show_review(const Visiting& visit) {
    view_.page = "review";
    button(Zone::header, Look::quiet, "action.back", words("action.back"), "back");
    text(Zone::header, Look::title, words("review.title"));
    std::vector<Item> cards;
    std::size_t missing = 0;
    for (const forms::NodeView& node : visit.form->nodes()) {
        if (!is_question(node) || !node.relevant || node.read_only || node.label.empty()) continue;
        if (node.type == "calculate" || node.type == "hidden") continue;
        const bool is_wrong = !node.valid || (node.required && node.value.empty());
        missing += is_wrong ? 1 : 0;
        Item card;
        card.id = "card." + node.path;
        card.role = Role::button;
        card.look = Look::card;
        card.label = node.label;
        const bool is_unanswered = node.value.empty() && node.message.empty();
        card.detail = is_wrong && !is_unanswered ? problem_in_words(node) : value_in_words(node);
        card.value = words("review.change");
        if (!may_speak_answers(visit)) card.spoken = node.label;
        card.needed = is_wrong;
        // What still has to be done comes first.
        cards.insert(is_wrong ? cards.begin() + static_cast<std::ptrdiff_t>(missing - 1) : cards.end(), std::move(card));
    }
    if (missing > 0) text(Zone::body, Look::problem, words("review.missing", {std::to_string(missing)}));
    for (Item& card : cards) view_.items.push_back(std::move(card));
    button(Zone::actions, Look::secondary, "action.end", words("action.end"), "close");
    button(Zone::actions, Look::primary, "action.next", words("review.send"), "next").needed = true;
}

}  // namespace kiosk::app
