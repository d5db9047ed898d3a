#include "projector.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace kiosk::app {
namespace {

using Place = Visiting::Place;

}  // namespace

void Projector::show(const Visiting& visit) {
    hushes_answers_ = !may_speak_answers(visit.storage);
    if (visit.asks_to_end) return show_end_question();
    if (!visit.asks_to_remove.empty()) return show_remove_question(visit);
    if (visit.definition) media_folder_ = visit.definition->id + "/";
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

void Projector::show_remove_question(const Visiting& visit) {
    view_.page = "remove";
    text(Zone::body, Look::hero, words("remove.title", {entry_name(visit, visit.asks_to_remove)}));
    Item& entry = text(Zone::body, Look::paragraph, entry_summary(visit, visit.asks_to_remove));
    if (hushes_answers_) entry.spoken = words("answer.not_spoken");
    button(Zone::actions, Look::secondary, "action.remove", words("remove.yes"), "close");
    button(Zone::actions, Look::primary, "action.back", words("remove.no"), "back").needed = true;
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
    const Nodes page = page_nodes(*visit.form);
    const auto only = only_question(page);
    view_.page = "question";
    show_form_header(visit, page);
    if (visit.has_undo_failed) text(Zone::body, Look::problem, words("undo.failed"));
    if (visit.shows_problems) show_problems(visit, page);
    for (const forms::NodeView& node : page) {
        note_repeated_answers(node);
        show_node(visit, page, node);
    }

    const bool is_optional = std::none_of(page.begin(), page.end(), [](const forms::NodeView& node) {
        return is_question(node) && node.required;
    });
    const bool has_questions = std::any_of(page.begin(), page.end(), [](const forms::NodeView& node) { return is_asked(node); });
    if (is_optional && has_questions && !visit.editor)
        button(Zone::body, Look::quiet, "action.skip", words(only ? "action.skip" : "action.skip_page"), "skip");
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

void Projector::show_form_header(const Visiting& visit, const Nodes& page) {
    const forms::FormVisit& form = *visit.form;
    const std::size_t number = form.page_number(), count = form.page_count();
    const bool can_go_back = !visit.is_recorded && (!form.at_first_page() || visit.storage != StoragePolicy::anonymous);
    if (can_go_back) button(Zone::header, Look::quiet, "action.back", words("action.back"), "back");
    if (count > 1) {
        Item& progress = text(Zone::header, Look::progress,
                              words("form.progress", {std::to_string(number), std::to_string(count)}));
        progress.value = std::to_string(static_cast<double>(number) / static_cast<double>(count));
    }
    if (page.empty()) return;
    if (const std::string_view entry = entry_of(page.front().path); !entry.empty())
        text(Zone::header, Look::caption, entry_name(visit, entry));
    if (page.size() == 1) {
        say(text(Zone::header, Look::title, {}), page.front().label);
        if (!page.front().hint.empty()) say(text(Zone::header, Look::paragraph, {}), page.front().hint);
        return;
    }
    // A page of several questions is a group; its label is the page's name, or else the note it begins with.
    const std::string& first = page.front().path;
    const forms::NodeView group = form.node(first.substr(0, first.rfind('/')));
    note_repeated_answers(group);
    std::string name = group.label;
    if (name.empty() && page.front().type == "note") name = page.front().label;
    if (!name.empty()) say(text(Zone::header, Look::title, {}), name);
}

void Projector::show_field(const Visiting& visit, const Nodes& page, const forms::NodeView& node) {
    const bool is_editing = visit.editor && visit.editor->path() == node.path;
    Item& field = button(Zone::body, Look::field, "field." + item_name(page, node), forms::without_markup(node.label));
    field.role = Role::field;
    field.needed = true;
    field.enabled = !node.read_only;
    field.editing = is_editing;
    if (is_editing) field.value = visit.editor->text();
    else field.value = is_signature(node) ? std::string(witness_in(node.value).value_or("")) : typed_from_value(node.type, node.value);
    field.caret = is_editing ? visit.editor->caret() : field.value.size();
    field.detail = has_appearance(node, "multiline") ? "multiline" : "";
    field.icon = visit.shows_problems && !problem_of(visit, node).empty() ? "warning" : "";
    field.spoken = field.value.empty() || hushes_answers_ ? field.label : field.label + ": " + field.value;
    if (node.type == "date" && field.value.empty()) text(Zone::body, Look::caption, words("date.example"));
}

}  // namespace kiosk::app
