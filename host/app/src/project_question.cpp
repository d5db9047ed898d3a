// How each kind of question is shown: one function a Control.
#include "projector.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace kiosk::app {
namespace {

constexpr std::size_t kMostRows = 30;   // of a list that is searched: more would only be scrolled past

// The workbook lists the best first. "kiosk:icon" may be "face" alone, for moods from best to worst at equal steps, or
// name each choice's mood from 2 to -2: "face 2 1 0 -2".
// Moods that are not as many as the choices say nothing: staff have added or taken away a choice.
float mood_of(std::string_view icon, std::size_t index, std::size_t count) {
    const auto moods = static_cast<std::size_t>(std::count(icon.begin(), icon.end(), ' '));
    if (moods != count) return count < 2 ? 1.0F : 1.0F - 2.0F * static_cast<float>(index) / static_cast<float>(count - 1);
    for (std::size_t word = 0; word <= index; ++word) icon.remove_prefix(icon.find(' ') + 1);
    return std::clamp(std::strtof(std::string(icon.substr(0, icon.find(' '))).c_str(), nullptr) / 2, -1.0F, 1.0F);
}

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 2 && std::all_of(text.begin(), text.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

bool shares_grid(const forms::NodeView& one, const forms::NodeView& other) {
    const auto same = [](const forms::ChoiceView& a, const forms::ChoiceView& b) { return a.name == b.name; };
    return control_of(other) == Control::grid && std::equal(one.choices.begin(), one.choices.end(), other.choices.begin(), other.choices.end(), same);
}

}  // namespace

void Projector::say(Item& item, const std::string& marked) const {
    item.label = forms::without_markup(marked);
    if (item.label != marked) item.marked = marked;
}

// It goes with the question, which is read aloud; of itself it says nothing.
void Projector::show_medium(const std::string& file) {
    if (file.empty()) return;
    Item& picture = text(Zone::body, Look::picture, {});
    picture.role = Role::image;
    picture.medium = media_folder_ + file;
}

void Projector::show_node(const Visiting& visit, const Nodes& page, const forms::NodeView& node) {
    const Control control = control_of(node);
    if (control == Control::none) return;
    const bool has_own_label = page.size() > 1 && control != Control::grid;
    if (control == Control::note) {
        const bool is_the_title = std::any_of(view_.items.begin(), view_.items.end(), [&](const Item& item) {
            return item.look == Look::title && item.label == forms::without_markup(node.label);
        });
        if (has_own_label && !is_the_title) say(text(Zone::body, Look::paragraph, {}), node.label);
        return show_medium(node.image);
    }
    if (has_own_label) {
        Item& label = text(Zone::body, Look::lead, {});
        say(label, node.label);
        label.detail = forms::without_markup(node.hint);
        if (!node.required && !node.read_only && control != Control::repeat) label.label += " " + words("form.optional");
    }
    show_medium(node.image);
    show_guidance(visit, page, node);
    if (visit.shows_problems && page.size() > 1) {
        if (const std::string problem = problem_of(visit, node); !problem.empty()) text(Zone::body, Look::problem, problem);
    }
    show_control(visit, page, node, control);
}

void Projector::show_control(const Visiting& visit, const Nodes& page, const forms::NodeView& node, Control control) {
    switch (control) {
        case Control::rows:
        case Control::faces: return show_choices(page, node);
        case Control::scale: return show_scale(page, node);
        case Control::grid: return show_grid_row(page, node);
        case Control::search: return show_search(visit, page, node);
        case Control::rank: return show_rank(page, node);
        case Control::stars: return show_stars(page, node);
        case Control::range:
        case Control::counter: return show_range(page, node);
        case Control::moment: return show_moment(page, node);
        case Control::acknowledge: return show_acknowledgement(page, node);
        case Control::repeat: return show_entries(visit, node);
        case Control::field: return show_field(visit, page, node);
        case Control::signature: return show_signature(visit, page, node);
        case Control::other:
            if (!node.value.empty()) text(Zone::body, Look::paragraph, node.value);
            else if (!node.read_only) text(Zone::body, Look::notice, words("question.not_here"));
            return;
        case Control::none:
        case Control::note: return;
    }
}

void Projector::show_guidance(const Visiting& visit, const Nodes& page, const forms::NodeView& node) {
    if (node.guidance_hint.empty()) return;
    const std::string name = item_name(page, node);
    const bool is_open = visit.open_guidance.contains(name);
    if (is_open) say(text(Zone::body, Look::notice, {}), node.guidance_hint);
    button(Zone::body, Look::quiet, "guidance." + name, words(is_open ? "guidance.close" : "guidance.open"), is_open ? "up" : "info");
}

Item& Projector::choice(const Nodes& page, const forms::NodeView& node, const forms::ChoiceView& option, Look look) {
    Item& row = button(Zone::body, look, choice_id(page, node, option.name), {});
    say(row, option.label);
    row.role = is_multiple(node) ? Role::check : Role::radio;
    row.needed = true;
    row.enabled = !node.read_only;
    row.selected = is_chosen(node, option.name);
    if (!option.image.empty()) row.medium = media_folder_ + option.image;
    return row;
}

void Projector::show_choices(const Nodes& page, const forms::NodeView& node) {
    const bool are_faces = is_shown_as_faces(node);
    if (is_multiple(node) && page.size() == 1) text(Zone::body, Look::caption, words("choices.several"));
    for (std::size_t index = 0; index < node.choices.size(); ++index) {
        Item& row = choice(page, node, node.choices[index], are_faces ? Look::face : Look::option);
        if (are_faces) row.mood = mood_of(kiosk_setting(node, "kiosk:icon"), index, node.choices.size());
    }
    if (node.choices.empty()) text(Zone::body, Look::notice, words("choices.nothing"));
}

void Projector::show_scale(const Nodes& page, const forms::NodeView& node) {
    for (const forms::ChoiceView& option : node.choices) {
        Item& step = choice(page, node, option, Look::scale);
        step.row = "scale." + item_name(page, node);
        if (is_number(option.name)) step.value = option.name;
    }
}

// Heads once, then a row a question; `ui` makes single questions of it where the screen is too narrow for a grid.
void Projector::show_grid_row(const Nodes& page, const forms::NodeView& node) {
    const auto here = std::find_if(page.begin(), page.end(), [&](const forms::NodeView& one) { return one.path == node.path; });
    const bool is_first = here == page.begin() || !shares_grid(node, *(here - 1));
    if (is_first)
        for (const forms::ChoiceView& option : node.choices) say(text(Zone::body, Look::grid_head, {}), option.label);
    const std::string row = "grid." + item_name(page, node);
    Item& label = text(Zone::body, Look::grid_label, {});
    say(label, node.label);
    label.row = row;
    for (const forms::ChoiceView& option : node.choices) {
        Item& cell = choice(page, node, option, Look::grid_cell);
        cell.row = row;
        cell.spoken = forms::without_markup(node.label) + ": " + cell.label;
    }
}

void Projector::show_search(const Visiting& visit, const Nodes& page, const forms::NodeView& node) {
    const std::string name = item_name(page, node), path = search_path(node.path);
    const bool is_editing = visit.editor && visit.editor->path() == path;
    const auto kept = visit.searches.find(path);
    const std::string wanted = is_editing ? visit.editor->text() : kept == visit.searches.end() ? std::string{} : kept->second;
    Item& field = button(Zone::body, Look::field, "search." + name, words("search.field"), "search");
    field.role = Role::field;
    field.value = wanted;
    field.editing = is_editing;
    field.caret = is_editing ? visit.editor->caret() : wanted.size();
    const auto found = choices_found(node, wanted);
    for (std::size_t index = 0; index < std::min(found.size(), kMostRows); ++index) choice(page, node, *found[index], Look::option);
    if (found.size() > kMostRows) text(Zone::body, Look::caption, words("search.more", {std::to_string(found.size() - kMostRows)}));
    const bool is_found = std::any_of(found.begin(), found.end(), [&](const forms::ChoiceView* option) { return !is_chosen(node, option->name); });
    if (!is_found) text(Zone::body, Look::notice, words("search.nothing"));
}

void Projector::show_rank(const Nodes& page, const forms::NodeView& node) {
    text(Zone::body, Look::caption, words("rank.how"));
    for (const forms::ChoiceView& option : node.choices) {
        Item& row = choice(page, node, option, Look::ranked);
        const std::size_t place = place_in(node.value, option.name);
        row.role = Role::check;
        row.selected = place > 0;
        if (place == 0) continue;
        row.value = std::to_string(place);
        if (!hushes_answers_) row.spoken = words("rank.place", {row.value, row.label});
    }
}

void Projector::show_stars(const Nodes& page, const forms::NodeView& node) {
    const Range range = range_of(node);
    const int last = static_cast<int>(range.end), chosen = node.value.empty() ? 0 : std::atoi(node.value.c_str());
    for (int star = std::max(1, static_cast<int>(range.start)); star <= last; ++star) {
        const std::string number = std::to_string(star);
        Item& item = button(Zone::body, Look::star, choice_id(page, node, number), number);
        item.role = Role::radio;
        item.needed = true;
        item.row = "stars." + item_name(page, node);
        item.selected = star == chosen;
        item.value = star <= chosen ? "1" : "";
        item.spoken = words("stars.of", {number, std::to_string(last)});
    }
}

void Projector::show_step(const std::string& name, std::string_view part, int by) {
    const std::string sign = by < 0 ? "–" : "+";   // as wide as the plus, and in every font
    const int size = std::abs(by);
    Item& step = button(Zone::body, Look::step, "step." + name + "." + std::string(part) + "." + std::to_string(by),
                        size == 1 ? sign : sign + std::to_string(size));
    step.needed = true;
    step.row = "step." + name + "." + std::string(part);
    step.spoken = words(by < 0 ? "step.less" : "step.more", {std::to_string(size)});
}

void Projector::show_range(const Nodes& page, const forms::NodeView& node) {
    const std::string name = item_name(page, node);
    const Range range = range_of(node);
    show_step(name, "value", -1);
    Item& amount = text(Zone::body, Look::amount, node.value.empty() ? "–" : typed_from_value("decimal", node.value));
    amount.row = "step." + name + ".value";
    amount.spoken = node.value.empty() ? words("review.no_answer") : hushes_answers_ ? words("answer.not_spoken") : amount.label;
    if (range.has_end) {
        amount.value = std::to_string(range.share(node.value));
        amount.detail = words("range.ends", {typed_from_value("decimal", range.stepped("", 0)), typed_from_value("decimal", range.end_value())});
    }
    show_step(name, "value", 1);
}

void Projector::show_moment(const Nodes& page, const forms::NodeView& node) {
    show_moment_steps(item_name(page, node), moment_parts(node), Moment::read(node.type, node.value));
}

void Projector::show_acknowledgement(const Nodes& page, const forms::NodeView& node) {
    Item& row = button(Zone::body, Look::option, choice_id(page, node, "OK"), words("acknowledge.yes"));
    row.role = Role::check;
    row.needed = true;
    row.enabled = !node.read_only;
    row.selected = node.value == "OK";
}

void Projector::show_entries(const Visiting& visit, const forms::NodeView& node) {
    if (node.repeat_count == 0) text(Zone::body, Look::paragraph, words("repeat.nothing"));
    for (std::size_t index = 1; index <= node.repeat_count; ++index) {
        const std::string path = node.path + "[" + std::to_string(index) + "]";
        const std::string name = entry_name(visit, path), row = "entry." + path;
        Item& card = button(Zone::body, Look::card, "card." + path, name);   // until the next item comes
        card.row = row;
        card.detail = entry_summary(visit, path);
        if (hushes_answers_) card.spoken = name;
        card.value = words("review.change");
        Item& remove = button(Zone::body, Look::secondary, "remove." + path, words("repeat.remove"), "close");
        remove.row = row;
        remove.spoken = words("repeat.remove.spoken", {name});
    }
    button(Zone::body, Look::secondary, "add." + node.path, words(node.repeat_count == 0 ? "repeat.add_first" : "repeat.add"), "plus");
}

std::string Projector::entry_name(const Visiting& visit, std::string_view path) {
    const std::string_view number = path.substr(path.rfind('[') + 1);
    const forms::NodeView entry = visit.form->node(path);
    note_repeated_answers(entry);
    const std::string label = forms::without_markup(entry.label);
    return words(label.empty() ? "repeat.entry_unnamed" : "repeat.entry", {std::string(number.substr(0, number.size() - 1)), label});
}

// What was answered first: usually who or what the entry is about.
std::string Projector::entry_summary(const Visiting& visit, std::string_view path) const {
    std::string summary;
    int count = 0;
    for (const forms::NodeView& node : visit.form->nodes()) {
        if (!node.path.starts_with(path) || !is_asked(node) || node.value.empty()) continue;
        summary.append(summary.empty() ? "" : " · ").append(value_in_words(node));
        if (++count == 2) break;
    }
    return summary.empty() ? words("review.no_answer") : summary;
}

}  // namespace kiosk::app
