#include "form_pages.hpp"

#include <algorithm>
#include <array>

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

bool is_question(const forms::NodeView& node) {
    return node.type != "note" && node.type != "group" && node.type != "repeat";
}

bool is_choice(const forms::NodeView& node) {
    return node.type == "select_one" || node.type == "select_multiple" || node.type == "rank";
}

bool is_signature(const forms::NodeView& node) {
    return node.type == "image" && (has_appearance(node, "signature") || has_appearance(node, "draw"));
}

bool is_multiple(const forms::NodeView& node) { return node.type == "select_multiple"; }

std::optional<Layout> layout_of(const forms::NodeView& node) {
    static constexpr std::array<std::pair<std::string_view, Layout>, 9> kLayouts{{
        {"text", Layout::vietnamese},
        {"integer", Layout::number},
        {"decimal", Layout::decimal},
        {"date", Layout::date},
        {"phone", Layout::phone},
        {"email", Layout::email},
        {"english", Layout::english},
        {"katu", Layout::katu},
        {"name", Layout::vietnamese},
    }};
    std::string_view type = node.type;
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
    const auto asks = [](const forms::NodeView& node) { return is_question(node) && !node.read_only; };
    if (std::count_if(page.begin(), page.end(), asks) != 1) return std::nullopt;
    return *std::find_if(page.begin(), page.end(), asks);
}

bool is_chosen(const forms::NodeView& node, std::string_view choice) {
    return is_multiple(node) ? has_token(node.value, choice) : node.value == choice;
}

std::string with_choice_switched(std::string_view value, std::string_view choice) {
    std::string switched;
    bool was_chosen = false;
    while (!value.empty()) {
        const std::size_t end = value.find(' ');
        const std::string_view token = value.substr(0, end);
        if (token == choice)
            was_chosen = true;
        else if (!token.empty())
            switched.append(switched.empty() ? "" : " ").append(token);
        value = end == std::string_view::npos ? std::string_view{} : value.substr(end + 1);
    }
    if (!was_chosen) switched.append(switched.empty() ? "" : " ").append(choice);
    return switched;
}

std::string choice_id(const std::vector<forms::NodeView>& page, const forms::NodeView& node, std::string_view choice) {
    std::string id = "choice.";
    if (!only_question(page)) id.append(question_name(node.path)).append(".");
    return id.append(choice);
}

}  // namespace kiosk::app
