#include "form_builder.hpp"

#include <algorithm>
#include <map>

namespace kiosk::forms::testing {
namespace {

std::string data_type_of(const std::string& type) {
    static const std::map<std::string, std::string> types = {
        {"integer", "int"}, {"decimal", "decimal"}, {"date", "date"}, {"time", "time"}, {"dateTime", "dateTime"}, {"range", "int"}};
    const auto found = types.find(type);
    return found == types.end() ? "string" : found->second;
}

std::string element_of(const std::string& type) {
    if (type == "select_one") return "select1";
    if (type == "select_multiple") return "select";
    if (type == "acknowledge") return "trigger";
    return type == "range" || type == "rank" ? type : "input";
}

}  // namespace

Translated words(const std::vector<std::string>& by_language) {
    Translated translated;
    for (const std::string& text : by_language) {
        LocalText local;
        if (!text.empty()) local.text.push_back({text, {}});
        translated.in.push_back(std::move(local));
    }
    return translated;
}

FormBuilder::FormBuilder(std::vector<std::string> languages) {
    form_.id = "test";
    form_.version = "1";
    for (std::string& language : languages) form_.languages.push_back({language, language});
    node("/data", "group", ItemKind::group);
}

Node& FormBuilder::node(std::string_view path, std::string type, ItemKind kind) {
    Node node;
    node.path = path;
    node.name = path.substr(path.rfind('/') + 1);
    node.kind = kind;
    node.type = std::move(type);
    node.data_type = kind == ItemKind::question ? data_type_of(node.type) : "";
    node.parent = form_.find_node(path.substr(0, path.rfind('/')));
    const auto slot = static_cast<std::uint32_t>(form_.nodes.size());
    node.end = slot + 1;
    form_.nodes.push_back(node);
    for (std::uint32_t at = form_.nodes[slot].parent; at != kNone; at = form_.nodes[at].parent) form_.nodes[at].end = slot + 1;
    return form_.nodes.back();
}

Control& FormBuilder::add_control(std::uint32_t slot, ItemKind kind, std::string element) {
    Control control;
    control.kind = kind;
    control.element = std::move(element);
    control.node = slot;
    control.parent = form_.nodes[slot].parent == kNone ? kNone : form_.nodes[form_.nodes[slot].parent].control;
    const auto index = static_cast<std::uint32_t>(form_.controls.size());
    control.end = index + 1;
    form_.controls.push_back(control);
    form_.nodes[slot].control = index;
    for (std::uint32_t at = control.parent; at != kNone; at = form_.controls[at].parent) form_.controls[at].end = index + 1;
    return form_.controls.back();
}

Node& FormBuilder::question(std::string_view path, std::string type) {
    const std::string element = element_of(type);
    node(path, std::move(type));
    const auto slot = static_cast<std::uint32_t>(form_.nodes.size() - 1);
    add_control(slot, ItemKind::question, element);
    return form_.nodes.back();
}

Node& FormBuilder::group(std::string_view path, std::vector<std::string> appearance) {
    node(path, "group", ItemKind::group);
    add_control(static_cast<std::uint32_t>(form_.nodes.size() - 1), ItemKind::group, "group").appearance = std::move(appearance);
    return form_.nodes.back();
}

Node& FormBuilder::repeat(std::string_view path, std::string count) {
    node(path, "repeat", ItemKind::repeat);
    Control& control = add_control(static_cast<std::uint32_t>(form_.nodes.size() - 1), ItemKind::repeat, "repeat");
    control.fixed_repeat = !count.empty();
    control.repeat_count = std::move(count);
    return form_.nodes.back();
}

Control& FormBuilder::control(std::string_view path) { return form_.controls[form_.nodes[form_.find_node(path)].control]; }

void FormBuilder::add_elements(std::uint32_t slot, std::uint32_t parent, std::size_t instances) {
    const Node& node = form_.nodes[slot];
    const bool is_counted = node.control != kNone && !form_.controls[node.control].repeat_count.empty();
    const std::size_t times = node.kind != ItemKind::repeat ? 1 : is_counted ? 0 : instances;
    for (std::size_t i = 0; i < times; ++i) {
        Instance& instance = form_.instance;
        const auto index = static_cast<std::uint32_t>(instance.elements.size());
        const auto name = std::ranges::find(instance.names, node.name);
        const auto name_index = static_cast<std::uint32_t>(name - instance.names.begin());
        if (name == instance.names.end()) instance.names.push_back(node.name);
        instance.elements.push_back({name_index, parent, 0, node.default_value});
        for (std::uint32_t child = slot + 1; child < node.end; child = form_.nodes[child].end) add_elements(child, index, instances);
        instance.elements[index].end = static_cast<std::uint32_t>(instance.elements.size());
    }
}

std::shared_ptr<const Form> FormBuilder::build(std::size_t instances) {
    form_.instance = {};
    add_elements(0, kNone, instances);
    return std::make_shared<const Form>(form_);
}

}  // namespace kiosk::forms::testing
