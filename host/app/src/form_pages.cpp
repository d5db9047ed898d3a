#include "form_pages.hpp"

#include <kiosk/text/unicode.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace kiosk::app {
namespace {

bool has_token(std::string_view tokens, std::string_view token) {
    while (!tokens.empty()) {
        const std::size_t end = tokens.find(' ');
        if (tokens.substr(0, end) == token) return true;
        if (end == std::string_view::npos) return false;
        tokens.remove_prefix(end + 1);
    }
    return false;
}

bool is_moment(const forms::NodeView& node);

}  // namespace

std::string_view question_name(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    return name.substr(0, name.find('['));
}

bool has_appearance(const forms::NodeView& node, std::string_view token) { return has_token(node.appearance, token); }

std::string_view kiosk_setting(const forms::NodeView& node, std::string_view name) {
    for (const auto& [key, value] : node.kiosk)
        if (key == name) return value;
    return {};
}

namespace {

constexpr std::size_t kLongList = 12;   // more rows than this are searched

Control control_of_select(const forms::NodeView& node) {
    if (has_appearance(node, "label")) return Control::none;   // the head of a grid
    if (is_shown_as_faces(node)) return Control::faces;
    if (has_appearance(node, "list-nolabel") || has_appearance(node, "list")) return Control::grid;
    const bool wants_search = has_appearance(node, "search") || has_appearance(node, "autocomplete") || has_appearance(node, "minimal");
    if (node.choices.size() > (wants_search ? kLongList / 2 : kLongList)) return Control::search;
    const bool is_scale = has_appearance(node, "likert") && !is_multiple(node) && node.choices.size() <= 7;
    return is_scale ? Control::scale : Control::rows;
}

bool is_moment(const forms::NodeView& node) {
    if (node.type == "time" || node.type == "dateTime") return true;
    return node.type == "date" && (has_appearance(node, "year") || has_appearance(node, "month-year"));
}

}  // namespace

Control control_of(const forms::NodeView& node) {
    const std::string& type = node.type;
    if (type == "note") return Control::note;
    if (type == "repeat") return Control::repeat;
    if (type == "rank") return Control::rank;
    if (is_choice(node)) return control_of_select(node);
    if (type == "range") return has_appearance(node, "rating") ? Control::stars : Control::range;
    if (type == "acknowledge" || type == "trigger") return Control::acknowledge;
    if (is_moment(node)) return Control::moment;
    if (type == "integer" && has_appearance(node, "counter")) return Control::counter;
    if (type == "calculate" || type == "hidden") return Control::none;
    return layout_of(node) ? Control::field : Control::other;
}

bool is_question(const forms::NodeView& node) {
    return node.type != "note" && node.type != "group" && node.type != "repeat";
}

bool is_asked(const forms::NodeView& node) {
    return is_question(node) && node.relevant && !node.read_only && !node.label.empty() && control_of(node) != Control::none;
}

Range range_of(const forms::NodeView& node) {
    Range range;
    if (node.type != "range") return {0, 0, 1, false};
    for (const auto& [name, value] : node.parameters) {
        const double number = std::strtod(value.c_str(), nullptr);
        if (name == "start") range.start = number;
        else if (name == "end") range.end = number;
        else if (name == "step" && number != 0) range.step = std::abs(number);
    }
    return range;
}

std::vector<MomentPart> moment_parts(const forms::NodeView& node) {
    using enum MomentPart;
    if (node.type == "time") return {hour, minute};
    if (node.type == "dateTime") return {day, month, year, hour, minute};
    if (has_appearance(node, "year")) return {year};
    return {month, year};
}

bool is_half_ranked(const forms::NodeView& node) {
    if (node.type != "rank" || node.value.empty()) return false;
    const auto placed = static_cast<std::size_t>(std::count(node.value.begin(), node.value.end(), ' ')) + 1;
    return placed < node.choices.size();
}

bool is_choice(const forms::NodeView& node) {
    return node.type == "select_one" || node.type == "select_multiple" || node.type == "rank";
}

bool is_multiple(const forms::NodeView& node) { return node.type == "select_multiple"; }

std::optional<Layout> layout_of(const forms::NodeView& node) {
    static constexpr std::array<std::pair<std::string_view, Layout>, 6> kLayouts{{
        {"text", Layout::vietnamese},
        {"integer", Layout::number},
        {"decimal", Layout::decimal},
        {"date", Layout::date},
        {"phone", Layout::phone},
        {"email", Layout::email},
    }};
    std::string_view type = node.type;
    if (is_moment(node) || (type == "integer" && has_appearance(node, "counter"))) return std::nullopt;
    if (type == "text") {
        if (has_appearance(node, "numbers")) return Layout::number;
        if (const auto kind = kiosk_setting(node, "kiosk:keyboard"); !kind.empty()) type = kind;
    }
    for (const auto& [name, layout] : kLayouts)
        if (name == type) return layout;
    return std::nullopt;
}

bool is_answered_by_tap(const forms::NodeView& node) {
    return node.type == "select_one" && has_appearance(node, "quick");
}

bool is_shown_as_faces(const forms::NodeView& node) {
    return node.type == "select_one" && kiosk_setting(node, "kiosk:icon").starts_with("face");
}

std::vector<forms::NodeView> page_nodes(const forms::FormVisit& form) {
    std::vector<forms::NodeView> nodes;
    for (const std::string& path : form.page()) {
        forms::NodeView node = form.node(path);
        if (node.relevant && node.type != "group") nodes.push_back(std::move(node));
    }
    return nodes;
}

std::optional<forms::NodeView> only_question(const std::vector<forms::NodeView>& page) {
    const auto asks = [](const forms::NodeView& node) { return is_question(node) && !node.read_only && control_of(node) != Control::none; };
    if (std::count_if(page.begin(), page.end(), asks) != 1) return std::nullopt;
    return *std::find_if(page.begin(), page.end(), asks);
}

bool is_chosen(const forms::NodeView& node, std::string_view choice) {
    return is_multiple(node) ? has_token(node.value, choice) : node.value == choice;
}

std::string with_choice_switched(const forms::NodeView& node, std::string_view choice) {
    const std::string_view exclusive = kiosk_setting(node, "kiosk:exclusive");
    const bool was_chosen = has_token(node.value, choice);
    if (!was_chosen && has_token(exclusive, choice)) return std::string(choice);
    std::string switched;
    for (const forms::ChoiceView& option : node.choices) {   // in the order of the list, whatever the order of the taps
        const bool stays = has_token(node.value, option.name) && option.name != choice && (was_chosen || !has_token(exclusive, option.name));
        const bool comes = option.name == choice && !was_chosen;
        if (stays || comes) switched.append(switched.empty() ? "" : " ").append(option.name);
    }
    return switched;
}

std::vector<const forms::ChoiceView*> choices_found(const forms::NodeView& node, std::string_view wanted) {
    const std::string words = text::fold(wanted);
    const auto is_found = [&](const forms::ChoiceView& option) {
        const std::string label = " " + text::fold(option.label);
        for (std::string_view rest = words; !rest.empty();) {
            const std::size_t end = rest.find(' ');
            if (label.find(" " + std::string(rest.substr(0, end))) == std::string::npos) return false;
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        }
        return true;
    };
    std::vector<const forms::ChoiceView*> found;
    for (const forms::ChoiceView& option : node.choices)
        if (is_chosen(node, option.name)) found.push_back(&option);
    for (const forms::ChoiceView& option : node.choices)
        if (!is_chosen(node, option.name) && is_found(option)) found.push_back(&option);
    return found;
}

std::string search_path(std::string_view node_path) { return "search:" + std::string(node_path); }

std::optional<std::string_view> searched_path(std::string_view editor_path) {
    constexpr std::string_view kPrefix = "search:";
    if (!editor_path.starts_with(kPrefix)) return std::nullopt;
    return editor_path.substr(kPrefix.size());
}

std::string_view entry_of(std::string_view path) {
    const std::size_t bracket = path.rfind(']');
    return bracket == std::string_view::npos ? std::string_view{} : path.substr(0, bracket + 1);
}

std::string item_name(const std::vector<forms::NodeView>& page, const forms::NodeView& node) {
    const std::string_view name = question_name(node.path);
    const bool is_alone = std::none_of(page.begin(), page.end(), [&](const forms::NodeView& other) {
        return other.path != node.path && question_name(other.path) == name;
    });
    const std::string_view entry = entry_of(node.path);
    if (is_alone || entry.empty()) return std::string(name);
    const std::size_t slash = entry.rfind('/');
    return std::string(entry.substr(slash + 1)) + "." + std::string(name);
}

const forms::NodeView* node_named(const std::vector<forms::NodeView>& page, std::string_view name) {
    const auto found = std::find_if(page.begin(), page.end(), [&](const forms::NodeView& node) { return item_name(page, node) == name; });
    return found == page.end() ? nullptr : &*found;
}

std::string choice_id(const std::vector<forms::NodeView>& page, const forms::NodeView& node, std::string_view choice) {
    std::string id = "choice.";
    if (!only_question(page)) id.append(item_name(page, node)).append(".");
    return id.append(choice);
}

}  // namespace kiosk::app
