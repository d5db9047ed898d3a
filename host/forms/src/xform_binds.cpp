#include "cycles.hpp"
#include "suggestion.hpp"
#include "unicode.hpp"
#include "xform_parts.hpp"

#include <kiosk/forms/expression.hpp>

#include <algorithm>
#include <array>
#include <sstream>

namespace kiosk::forms {
namespace {

std::string qualified(const XmlAttribute& attribute) {
    return attribute.prefix.empty() ? attribute.name : attribute.prefix + ":" + attribute.name;
}

std::size_t characters_before(std::string_view text, std::size_t offset) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())),
                                                  [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

void take_bind(XFormContext& context, const XmlNode& bind, Node& node) {
    node.line = bind.line;
    for (const XmlAttribute& attribute : bind.attributes) {
        const std::string name = qualified(attribute);
        const std::string value(trimmed(attribute.value));
        if (name == "nodeset" || name == "id" || name == "ref") continue;
        if (name == "type") node.data_type = value.substr(value.starts_with("xsd:") ? 4 : 0);
        else if (name == "relevant") node.relevant = value;
        else if (name == "required") node.required = value;
        else if (name == "readonly") node.read_only = value;
        else if (name == "constraint") node.constraint = value;
        else if (name == "calculate") node.calculation = value;
        else if (name == "jr:preload") node.preload = value;
        else if (name == "jr:preloadParams") node.preload_parameter = value;
        else if (name == "jr:constraintMsg") node.constraint_message = text_named(context, bind, name, attribute.value);
        else if (name == "jr:requiredMsg") node.required_message = text_named(context, bind, name, attribute.value);
        else if (attribute.prefix != "xmlns") node.bind_attributes.emplace_back(name, attribute.value);
    }
}

std::vector<std::string> all_paths(const Form& form) {
    std::vector<std::string> paths;
    for (const Node& node : form.nodes) paths.push_back(node.path);
    return paths;
}

// One expression with where it stands, for the checks.
struct Checked {
    std::uint32_t node;
    std::uint32_t line;
    std::string_view attribute;
    const std::string* xpath;
};

std::vector<Checked> expressions_of(const Form& form) {
    std::vector<Checked> all;
    const auto add = [&](std::uint32_t node, std::uint32_t line, std::string_view attribute, const std::string& xpath) {
        if (!xpath.empty()) all.push_back({node, line, attribute, &xpath});
    };
    for (std::uint32_t i = 0; i < form.nodes.size(); ++i) {
        const Node& node = form.nodes[i];
        add(i, node.line, "relevant", node.relevant);
        add(i, node.line, "required", node.required);
        add(i, node.line, "readonly", node.read_only);
        add(i, node.line, "constraint", node.constraint);
        add(i, node.line, "calculate", node.calculation);
    }
    for (const Control& control : form.controls) {
        add(control.node, control.line, "jr:count", control.repeat_count);
        if (control.itemset) {
            add(control.node, control.line, "nodeset", control.itemset->nodeset);
            add(control.node, control.line, "nodeset", control.itemset->seed);
        }
        for (const Translated* text : {&control.label, &control.hint}) {
            for (const LocalText& local : text->in) {
                for (const TextPiece& piece : local.text) add(control.node, control.line, "output", piece.output);
            }
        }
    }
    for (const Action& action : form.actions) add(action.target, action.line, "value", action.value);
    return all;
}

class ExpressionChecker {
  public:
    explicit ExpressionChecker(XFormContext& context) : context_(context), form_(context.form), needs_(form_.nodes.size()) {}

    void check() {
        for (const Checked& one : expressions_of(form_)) check_one(one);
        for (std::uint32_t i = 0; i < form_.nodes.size(); ++i) {
            if (form_.nodes[i].parent != kNone) needs_[i].push_back(form_.nodes[i].parent);
        }
        report_cycles();
    }

  private:
    void check_one(const Checked& one) {
        const auto& [parsed, fault] = context_.expressions.of(*one.xpath);
        const Place place{"", one.line, std::string(one.attribute), ""};
        if (!parsed) {
            const std::string position = std::to_string(characters_before(*one.xpath, fault.offset) + 1);
            context_.report.error(parsed.error().code, place, *one.xpath, parsed.error().message,
                                  {"Sửa biểu thức ở ký tự thứ " + position + ".", "Mend the expression at character " + position + "."});
            return;
        }
        for (const PathReference& reference : parsed->dependencies()) {
            if (!reference.instance.empty()) {
                check_instance(reference.instance, *one.xpath, place);
                continue;
            }
            if (one.node == kNone || reference.path == ".") continue;
            const std::string path = absolute_path(form_.nodes[one.node].path, reference.path);
            const std::uint32_t target = context_.find_node(path);
            if (target == kNone) check_path(path, *one.xpath, place, one.attribute);
            else if (one.attribute == "calculate" || one.attribute == "relevant") needs_[one.node].push_back(target);
        }
    }

    void check_instance(const std::string& id, const std::string& xpath, const Place& place) {
        if (form_.find_instance(id) != nullptr) return;
        std::vector<std::string> ids;
        for (const Instance& instance : form_.secondary) ids.push_back(instance.id);
        context_.report.error("xform.no_such_instance", place, xpath,
                              {"Không có instance " + in_quotes(id) + ".", "There is no instance " + in_quotes(id) + "."},
                              did_you_mean(nearest(id, ids), {"Thêm <instance id=\"" + id + "\">.", "Add <instance id=\"" + id + "\">."}));
    }

    // Odd axes, wildcards and attributes are not looked up; a plain path that leads nowhere is most likely a slip.
    void check_path(const std::string& path, const std::string& xpath, const Place& place, std::string_view attribute) {
        if (path.empty() || path.find_first_of("*@:[(") != std::string::npos || attribute == "nodeset") return;
        context_.report.warning("expression.unknown_path", place, xpath,
                                {"Đường dẫn " + in_quotes(path) + " không có trong biểu mẫu.", "The path " + in_quotes(path) + " is not in the form."},
                                did_you_mean(nearest(path, all_paths(form_)), {"Kiểm tra lại đường dẫn.", "Check the path."}));
    }

    void report_cycles() {
        for (auto& needs : needs_) {
            std::sort(needs.begin(), needs.end());
            needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
        }
        for (const std::vector<std::uint32_t>& cycle : find_cycles(needs_)) {
            std::string way;
            for (const std::uint32_t member : cycle) way += form_.nodes[member].path + " → ";
            way += form_.nodes[cycle.front()].path;
            const Node& first = form_.nodes[cycle.front()];
            const bool is_calculation = !first.calculation.empty();
            context_.report.error("expression.cycle", {"", first.line, is_calculation ? "calculate" : "relevant", ""},
                                  is_calculation ? first.calculation : first.relevant,
                                  {"Vòng lặp phụ thuộc: " + way + ".", "These depend on each other in a circle: " + way + "."},
                                  {"Bỏ một trong các tham chiếu trên.", "Remove one of these references."});
        }
    }

    XFormContext& context_;
    const Form& form_;
    std::vector<std::vector<std::uint32_t>> needs_;
};

}  // namespace

// Entities of ODK Central bind attributes; a kiosk has nothing to do with them.
static void report_attribute(XFormContext& context, const XmlNode& node, const std::string& path) {
    context.report.error("xform.not_applicable", line_place(node, node.name == "bind" ? "nodeset" : "ref"), path,
                         {"<" + node.name + "> trên thuộc tính " + in_quotes(path) + " không dùng được trên kiosk.",
                          "A <" + node.name + "> on the attribute " + in_quotes(path) + " does not apply on a kiosk."},
                         {"Xoá thẻ này; muốn giữ giá trị thì dùng một phần tử thay cho thuộc tính.",
                          "Remove this tag; to keep a value, use an element instead of an attribute."});
}

// Events of other or older programs, by the names in use today; empty: an event a kiosk never fires.
static std::string known_event(std::string_view event) {
    for (const std::string_view known : {"odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed"}) {
        if (event == known) return std::string(known);
    }
    if (event == "xforms-ready") return "odk-instance-first-load";
    return event == "jr-insert" ? "odk-new-repeat" : std::string();
}

static std::vector<std::string> read_events(XFormContext& context, const XmlNode& node) {
    const std::string* text = node.attribute("event");
    if (text == nullptr) text = node.attribute("ev", "event");
    std::vector<std::string> events;
    for (const std::string& event : split_words(text == nullptr ? "" : *text)) {
        if (std::string known = known_event(event); !known.empty()) {
            events.push_back(std::move(known));
            continue;
        }
        context.report.error("xform.unknown_event", line_place(node, "event"), event,
                             {"Không có sự kiện " + in_quotes(event) + ".", "There is no event " + in_quotes(event) + "."},
                             did_you_mean(nearest(event, {"odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed"}),
                                          {"Dùng odk-instance-first-load, odk-instance-load, odk-new-repeat hoặc xforms-value-changed.",
                                           "Use odk-instance-first-load, odk-instance-load, odk-new-repeat or xforms-value-changed."}));
    }
    return events;
}

void read_binds(XFormContext& context, const XmlNode& model) {
    for (const std::uint32_t index : model.children) {
        const XmlNode& bind = context.tree.at(index);
        if (bind.name != "bind") continue;
        const std::string* nodeset = bind.attribute("nodeset");
        if (nodeset == nullptr) nodeset = bind.attribute("ref");
        if (nodeset == nullptr) continue;
        const std::string path = absolute_path(context.form.nodes[0].path, *nodeset);
        const std::uint32_t node = context.find_node(path);
        if (node == kNone && path.find("/@") != std::string::npos) {
            report_attribute(context, bind, *nodeset);
            continue;
        }
        if (node == kNone) {
            // As JavaRosa has it: forms in use carry binds of elements that are long gone.
            context.report.warning("xform.bind_without_node", line_place(bind, "nodeset"), *nodeset,
                                   {"<bind> trỏ tới " + in_quotes(*nodeset) + " không có trong instance.", "The <bind> names " + in_quotes(*nodeset) + ", which is not in the instance."},
                                   did_you_mean(nearest(path, all_paths(context.form)), {"Thêm phần tử đó vào instance, hoặc xoá <bind>.",
                                                                                         "Add that element to the instance, or remove the <bind>."}));
            continue;
        }
        take_bind(context, bind, context.form.nodes[node]);
        if (const std::string* id = bind.attribute("id")) context.binds_by_id[*id] = node;
    }
}

// "/data/r[position() = 1]/x" as "/data/r/x".
static std::string without_predicates(std::string_view path) {
    std::string plain;
    std::size_t depth = 0;
    for (const char c : path) {
        if (c == '[') ++depth;
        if (depth == 0) plain += c;
        if (c == ']' && depth > 0) --depth;
    }
    return plain;
}

void read_actions(XFormContext& context, const XmlNode& parent, std::uint32_t trigger, std::uint32_t repeat, std::string_view base) {
    for (const std::uint32_t index : parent.children) {
        const XmlNode& node = context.tree.at(index);
        if (node.name == "setgeopoint" || node.name == "recordaudio") {
            context.report.error("xform.not_applicable", line_place(node, ""), node.name,
                                 {"Thẻ <" + node.name + "> không dùng được trên kiosk.", "The tag <" + node.name + "> does not apply on a kiosk."},
                                 {"Xoá thẻ này.", "Remove this tag."});
        }
        if (node.name != "setvalue") continue;
        Action action;
        action.line = node.line;
        action.trigger = trigger;
        action.repeat = repeat;
        action.events = read_events(context, node);
        const std::string* ref = node.attribute("ref");
        if (const std::string* bind = node.attribute("bind")) {
            const auto found = context.binds_by_id.find(*bind);
            if (found != context.binds_by_id.end()) action.target = found->second;
        } else if (ref != nullptr) {
            action.target = context.find_node(absolute_path(base, without_predicates(*ref)));
            if (ref->find('[') != std::string::npos) action.target_path = trimmed(*ref);
        }
        if (const std::string* value = node.attribute("value")) action.value = trimmed(*value);
        else action.literal = context.tree.text_of(node);
        if (action.target == kNone && ref != nullptr && ref->find('@') != std::string::npos) {
            report_attribute(context, node, *ref);
            continue;
        }
        if (action.target == kNone) {
            context.report.error("xform.action_without_node", line_place(node, "ref"), ref == nullptr ? "" : *ref,
                                 {"<setvalue> không trỏ tới phần tử nào của instance.", "The <setvalue> names no element of the instance."},
                                 {"Sửa thuộc tính ref.", "Mend the attribute ref."});
            continue;
        }
        context.form.actions.push_back(std::move(action));
    }
}

void check_form_expressions(XFormContext& context) { ExpressionChecker(context).check(); }

}  // namespace kiosk::forms
