// reduce(), continued: what a press on each control of a form's page does.
#include "form_pages.hpp"
#include "reducer.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace kiosk::app {
namespace {

std::string value_after(const forms::NodeView& node, std::string_view choice) {
    if (is_multiple(node)) return with_choice_switched(node, choice);
    if (control_of(node) == Control::acknowledge) return node.value.empty() ? "OK" : "";
    if (control_of(node) != Control::rank) return std::string(choice);
    std::vector<std::string> names;
    for (const forms::ChoiceView& option : node.choices) names.push_back(option.name);
    return with_place_switched(node.value, choice, names);
}

std::vector<std::string> choice_names(const forms::NodeView& node) {
    std::vector<std::string> names;
    if (control_of(node) == Control::acknowledge) return {"OK"};
    if (control_of(node) == Control::stars)
        for (int star = 1; star <= static_cast<int>(range_of(node).end); ++star) names.push_back(std::to_string(star));
    for (const forms::ChoiceView& option : node.choices) names.push_back(option.name);
    return names;
}

}  // namespace

void Reducer::press_choice(Visiting& visit, std::string_view choice) {
    if (visit.place == Visiting::Place::screen) return press_consent(visit, choice);
    if (visit.place != Visiting::Place::form) return;
    close_editor(visit);
    const auto page = page_nodes(*visit.form);
    for (const forms::NodeView& node : page) {
        if (node.read_only) continue;
        for (const std::string& name : choice_names(node)) {
            if (choice_id(page, node, name).substr(7) != choice) continue;
            if (!visit.form->set(node.path, value_after(node, name)) || !is_answered_by_tap(node)) return;
            // The first tap of an anonymous activity is a whole answer; the plugin says whether more may be asked.
            const bool is_whole = visit.storage == StoragePolicy::anonymous && !visit.is_recorded && visit.form->at_first_page();
            return is_whole ? submit(visit) : go_on(visit);
        }
    }
}

void Reducer::press_step(Visiting& visit, std::string_view step) {   // "giờ.minute.-1"
    const std::size_t last = step.rfind('.');
    const std::size_t middle = last == std::string_view::npos ? last : step.rfind('.', last - 1);
    if (visit.place != Visiting::Place::form || middle == std::string_view::npos) return;
    int by = 0;
    std::from_chars(step.data() + last + 1, step.data() + step.size(), by);
    const auto page = page_nodes(*visit.form);
    const forms::NodeView* node = node_named(page, step.substr(0, middle));
    if (!node || node->read_only) return;
    const auto part = moment_part_named(step.substr(middle + 1, last - middle - 1));
    if (!part) {
        static_cast<void>(visit.form->set(node->path, range_of(*node).stepped(node->value, by)));
        return;
    }
    std::optional<Moment> moment = Moment::read(node->type, node->value);
    if (moment) moment->step(*part, by);
    else moment = Moment::near(environment_.wall_now);   // the first press shows where it stands
    if (has_appearance(*node, "year")) moment->month = moment->day = 1;
    if (has_appearance(*node, "month-year")) moment->day = 1;
    static_cast<void>(visit.form->set(node->path, moment->value(node->type)));
}

void Reducer::press_search(Visiting& visit, std::string_view name) {
    if (visit.place != Visiting::Place::form) return;
    close_editor(visit);
    const auto page = page_nodes(*visit.form);
    const forms::NodeView* node = node_named(page, name);
    if (!node || control_of(*node) != Control::search) return;
    const std::string path = search_path(node->path);
    visit.editor.emplace(path, visit.searches[path], Layout::vietnamese);
}

void Reducer::press_guidance(Visiting& visit, std::string_view name) {
    const auto found = visit.open_guidance.find(name);
    if (found == visit.open_guidance.end()) visit.open_guidance.emplace(name);
    else visit.open_guidance.erase(found);
}

void Reducer::add_entry(Visiting& visit, std::string_view repeat) {
    if (visit.place != Visiting::Place::form || !visit.form->add_repeat(repeat)) return;
    const std::size_t count = visit.form->node(repeat).repeat_count;
    if (visit.form->go_to(std::string(repeat) + "[" + std::to_string(count) + "]")) arrive(visit);
}

void Reducer::remove_entry(Visiting& visit) {
    const std::string entry = std::exchange(visit.asks_to_remove, {});
    const std::string repeat = entry.substr(0, entry.rfind('['));
    if (visit.form->remove_repeat(entry)) static_cast<void>(visit.form->go_to(repeat));
}

// To what is to be mended: a field opens its keys; `ui` scrolls to the rest.
void Reducer::press_link(Visiting& visit, std::string_view name) {
    if (visit.place != Visiting::Place::form) return;
    const auto page = page_nodes(*visit.form);
    const forms::NodeView* node = node_named(page, name);
    if (node && control_of(*node) == Control::field) press_field(visit, name);
}

}  // namespace kiosk::app
