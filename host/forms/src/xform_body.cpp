#include "suggestion.hpp"
#include "unicode.hpp"
#include "xform_parts.hpp"
#include "xlsform_vocabulary.hpp"

#include <algorithm>
#include <array>

namespace kiosk::forms {
namespace {

constexpr std::array<std::string_view, 8> kQuestions = {"input", "select", "select1", "rank", "range", "trigger", "upload", "secret"};
constexpr std::array<std::string_view, 6> kRangeParameters = {"start", "end", "step", "tick_interval", "tick_labelset", "placeholder"};

bool is_question(std::string_view name) { return std::find(kQuestions.begin(), kQuestions.end(), name) != kQuestions.end(); }

// "randomize(nodeset, seed)" taken apart at the comma that is its own.
void split_randomize(std::string text, Itemset& itemset) {
    constexpr std::string_view kCall = "randomize(";
    if (!text.starts_with(kCall) || !text.ends_with(')')) {
        itemset.nodeset = std::move(text);
        return;
    }
    const std::string_view inside = std::string_view(text).substr(kCall.size(), text.size() - kCall.size() - 1);
    int depth = 0;
    char quote = 0;
    std::size_t comma = inside.size();
    for (std::size_t i = 0; i < inside.size() && comma == inside.size(); ++i) {
        const char c = inside[i];
        if (quote != 0) quote = c == quote ? 0 : quote;
        else if (c == '\'' || c == '"') quote = c;
        else if (c == '(' || c == '[') ++depth;
        else if (c == ')' || c == ']') --depth;
        else if (c == ',' && depth == 0) comma = i;
    }
    itemset.randomize = true;
    itemset.nodeset = trimmed(inside.substr(0, comma));
    if (comma < inside.size()) itemset.seed = trimmed(inside.substr(comma + 1));
}

class BodyReader {
  public:
    explicit BodyReader(XFormContext& context) : context_(context), tree_(context.tree), form_(context.form) {}

    void read_children(const XmlNode& parent, std::uint32_t parent_control, const std::string& base, std::uint32_t repeat) {
        for (const std::uint32_t index : parent.children) {
            const XmlNode& node = tree_.at(index);
            if (!node.is_element()) continue;
            if (node.name == "group") read_group(node, parent_control, base, repeat);
            else if (node.name == "repeat") read_repeat(node, nullptr, parent_control, base);
            else if (is_question(node.name)) read_question(node, parent_control, base, repeat);
            else if (!is_part_of_parent(node.name)) report_unknown(node);
        }
    }

  private:
    static bool is_part_of_parent(std::string_view name) {
        return name == "label" || name == "hint" || name == "setvalue" || name == "setgeopoint" || name == "recordaudio" ||
               name == "item" || name == "itemset" || name == "value" || name == "help" || name == "alert";
    }

    void report_unknown(const XmlNode& node) {
        context_.report.warning("xform.unknown_tag", line_place(node, ""), node.name,
                                {"Không hiểu thẻ <" + node.name + ">.", "The tag <" + node.name + "> is not understood."},
                                {"Thẻ này bị bỏ qua.", "It is ignored."});
    }

    // The path a control refers to: by ref, nodeset or the id of a bind. Empty where it refers to none.
    std::string path_of(const XmlNode& node, const std::string& base) {
        if (const std::string* bind = node.attribute("bind")) {
            const auto found = context_.binds_by_id.find(*bind);
            return found == context_.binds_by_id.end() ? *bind : form_.nodes[found->second].path;
        }
        const std::string* ref = node.attribute("ref");
        if (ref == nullptr) ref = node.attribute("nodeset");
        return ref == nullptr ? std::string() : absolute_path(base, *ref);
    }

    std::uint32_t node_of(const XmlNode& node, const std::string& path) {
        const std::uint32_t found = context_.find_node(path);
        if (found == kNone) {
            std::vector<std::string> paths;
            for (const Node& one : form_.nodes) paths.push_back(one.path);
            context_.report.error("xform.control_without_node", line_place(node, "ref"), path,
                                  {"<" + node.name + "> trỏ tới " + in_quotes(path) + " không có trong instance.",
                                   "The <" + node.name + "> names " + in_quotes(path) + ", which is not in the instance."},
                                  did_you_mean(nearest(path, paths), {"Thêm phần tử đó vào instance.", "Add that element to the instance."}));
        }
        return found;
    }

    std::uint32_t begin(Control control, std::uint32_t parent) {
        const auto index = static_cast<std::uint32_t>(form_.controls.size());
        control.parent = parent;
        if (control.node != kNone && form_.nodes[control.node].control == kNone) form_.nodes[control.node].control = index;
        form_.controls.push_back(std::move(control));
        return index;
    }

    void finish(std::uint32_t index) { form_.controls[index].end = static_cast<std::uint32_t>(form_.controls.size()); }

    void take_texts(const XmlNode& node, Control& control) {
        if (const XmlNode* label = tree_.child(node, "label")) control.label = read_text(context_, *label);
        if (const XmlNode* hint = tree_.child(node, "hint")) control.hint = read_text(context_, *hint);
    }

    void take_attributes(const XmlNode& node, Control& control) {
        for (const XmlAttribute& attribute : node.attributes) {
            const std::string& name = attribute.name;
            const bool is_range = control.element == "range" &&
                                  std::find(kRangeParameters.begin(), kRangeParameters.end(), name) != kRangeParameters.end();
            if (attribute.prefix == "xmlns" || (attribute.prefix.empty() && (name == "ref" || name == "nodeset" || name == "bind"))) continue;
            if (is_range || name == "rows") control.parameters.emplace_back(name, attribute.value);
            else if (attribute.prefix == "kiosk" && name != "type") control.kiosk.emplace_back("kiosk:" + name, attribute.value);
            else if (attribute.prefix == "kiosk") form_.nodes[control.node].type = attribute.value;
            else if (name == "appearance") take_appearance(attribute.value, control);
            else if (name == "mediatype") control.media_type = attribute.value;
            else if (attribute.prefix == "jr" && name == "count") control.repeat_count = trimmed(attribute.value);
            else if (attribute.prefix == "jr" && name == "noAddRemove") control.fixed_repeat = trimmed(attribute.value) == "true()";
            else control.attributes.emplace_back((attribute.prefix.empty() ? "" : attribute.prefix + ":") + name, attribute.value);
        }
        if (!control.repeat_count.empty()) control.fixed_repeat = true;
    }

    static void take_appearance(std::string_view text, Control& control) {
        for (std::string& token : split_words(text)) control.appearance.push_back(std::move(token));
    }

    // A group that holds nothing but a repeat and its label is what other programs wrap every repeat in.
    const XmlNode* wrapped_repeat(const XmlNode& group) const {
        const XmlNode* repeat = nullptr;
        for (const std::uint32_t index : group.children) {
            const XmlNode& child = tree_.at(index);
            if (!child.is_element() || child.name == "label" || child.name == "hint") continue;
            if (child.name != "repeat" || repeat != nullptr) return nullptr;
            repeat = &child;
        }
        return repeat;
    }

    void read_group(const XmlNode& node, std::uint32_t parent, const std::string& base, std::uint32_t repeat) {
        const std::string path = path_of(node, base);
        if (const XmlNode* inner = wrapped_repeat(node)) {
            const std::string inner_path = path_of(*inner, path.empty() ? base : path);
            if (path.empty() || path == inner_path) return read_repeat(*inner, &node, parent, base);
        }
        Control control;
        control.kind = ItemKind::group;
        control.element = "group";
        control.line = node.line;
        if (!path.empty()) control.node = node_of(node, path);
        take_attributes(node, control);
        take_texts(node, control);
        if (control.node != kNone && form_.nodes[control.node].kind == ItemKind::question) form_.nodes[control.node].kind = ItemKind::group;
        const std::uint32_t index = begin(std::move(control), parent);
        read_actions(context_, node, kNone, repeat, path.empty() ? base : path);
        read_children(node, index, path.empty() ? base : path, repeat);
        finish(index);
    }

    void read_repeat(const XmlNode& node, const XmlNode* wrapper, std::uint32_t parent, const std::string& base) {
        Control control;
        control.kind = ItemKind::repeat;
        control.element = "repeat";
        control.line = node.line;
        const std::string path = path_of(node, base);
        control.node = node_of(node, path);
        if (wrapper != nullptr) {
            take_attributes(*wrapper, control);
            take_texts(*wrapper, control);
        }
        take_attributes(node, control);
        if (wrapper == nullptr) take_texts(node, control);
        if (control.node != kNone) form_.nodes[control.node].kind = ItemKind::repeat;
        const std::uint32_t repeat = control.node;
        const std::uint32_t index = begin(std::move(control), parent);
        read_actions(context_, node, kNone, repeat, path);
        read_children(node, index, path, repeat);
        finish(index);
    }

    void read_question(const XmlNode& node, std::uint32_t parent, const std::string& base, std::uint32_t repeat) {
        Control control;
        control.element = node.name == "secret" ? "input" : node.name;
        control.line = node.line;
        const std::string path = path_of(node, base);
        control.node = node_of(node, path);
        if (control.node == kNone) return;
        take_attributes(node, control);
        if (node.name == "secret") control.appearance.emplace_back("masked");
        take_texts(node, control);
        take_choices(node, control);
        for (const auto& [name, value] : form_.nodes[control.node].bind_attributes) {
            if (name == "orx:max-pixels") control.parameters.emplace_back("max-pixels", value);
        }
        const std::uint32_t target = control.node;
        const std::uint32_t index = begin(std::move(control), parent);
        read_actions(context_, node, target, repeat, path);
        finish(index);
    }

    void take_choices(const XmlNode& node, Control& control) {
        for (const std::uint32_t child : node.children) {
            const XmlNode& part = tree_.at(child);
            if (part.name == "itemset") {
                take_itemset(part, control);
            } else if (part.name == "item") {
                Choice choice;
                if (const XmlNode* value = tree_.child(part, "value")) choice.name = trimmed(tree_.text_of(*value));
                if (const XmlNode* label = tree_.child(part, "label")) choice.label = read_text(context_, *label);
                control.choices.push_back(std::move(choice));
            }
        }
    }

    void take_itemset(const XmlNode& part, Control& control) {
        const std::string* nodeset = part.attribute("nodeset");
        if (nodeset == nullptr) return;
        Itemset itemset;
        split_randomize(std::string(trimmed(*nodeset)), itemset);
        if (const XmlNode* value = tree_.child(part, "value")) {
            if (const std::string* ref = value->attribute("ref")) itemset.value = trimmed(*ref);
        }
        if (const XmlNode* label = tree_.child(part, "label")) {
            if (const std::string* ref = label->attribute("ref")) itemset.label = trimmed(*ref);
        }
        if (itemset.label.starts_with("jr:itext(") && itemset.label.ends_with(')')) {
            itemset.label_is_itext = true;
            itemset.label = trimmed(std::string_view(itemset.label).substr(9, itemset.label.size() - 10));
        }
        if (itemset.randomize) control.parameters.emplace_back("randomize", "true");
        if (!itemset.seed.empty()) control.parameters.emplace_back("seed", itemset.seed);
        control.itemset = std::move(itemset);
    }

    XFormContext& context_;
    const XmlTree& tree_;
    Form& form_;
};

}  // namespace

void check_appearances(XFormContext& context) {
    for (const Control& control : context.form.controls) {
        for (const std::string& token : control.appearance) {
            const Place place{"", control.line, "appearance", ""};
            const bool is_call = token.starts_with("search(");
            if (find_appearance(token) == Appearance::refused || is_call) {
                context.report.error("appearance.not_applicable", place, token,
                                     {"Kiểu hiển thị " + in_quotes(token) + " không dùng được trên kiosk.", "The appearance " + in_quotes(token) + " does not apply on a kiosk."},
                                     {"Xoá " + in_quotes(token) + " khỏi thuộc tính appearance.", "Remove " + in_quotes(token) + " from the attribute appearance."});
            } else if (find_appearance(token) == Appearance::unknown && token.find('(') == std::string::npos) {
                context.report.warning("appearance.unknown", place, token,
                                       {"Không có kiểu hiển thị " + in_quotes(token) + ".", "There is no appearance " + in_quotes(token) + "."},
                                       did_you_mean(nearest(token, appearance_names()), {"Kiểu này bị bỏ qua.", "It is ignored."}));
            }
        }
    }
}

void read_body(XFormContext& context, const XmlNode& body) {
    if (const std::string* style = body.attribute("class")) context.form.style = split_words(*style);
    BodyReader(context).read_children(body, kNone, context.form.nodes[0].path, kNone);
}

}  // namespace kiosk::forms
