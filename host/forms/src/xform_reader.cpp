#include "xform_reader.hpp"

#include "unicode.hpp"
#include "xform_parts.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kiosk::forms {
namespace {

std::string type_of_upload(std::string_view media_type) {
    if (media_type.starts_with("image")) return "image";
    if (media_type.starts_with("audio")) return "audio";
    return media_type.starts_with("video") ? "video" : "file";
}

std::string type_of_input(const Node& node) {
    const std::string& type = node.data_type;
    if (type == "int" || type == "integer" || type == "long") return "integer";
    if (type == "decimal" || type == "double" || type == "float") return "decimal";
    if (type == "date" || type == "time" || type == "barcode" || type.starts_with("geo")) return type;
    if (type == "dateTime" || type == "datetime") return "dateTime";
    const bool is_read_only = node.read_only == "true()";
    return is_read_only && node.calculation.empty() ? "note" : "text";
}

std::string type_of_preload(const Node& node) {
    if (node.preload == "timestamp" && (node.preload_parameter == "start" || node.preload_parameter == "end")) {
        return node.preload_parameter;
    }
    if (node.preload == "date" && node.preload_parameter == "today") return "today";
    if (node.preload == "property" && !node.preload_parameter.empty()) {
        const std::string& name = node.preload_parameter;
        return name.substr(name.starts_with("uri:") ? 4 : 0);
    }
    return {};
}

// The XLSForm type an author would have written for what stands in the XForm.
std::string derived_type(const Form& form, const Node& node) {
    if (node.kind == ItemKind::group) return "group";
    if (node.kind == ItemKind::repeat) return "repeat";
    if (node.control == kNone) {
        const std::string preload = type_of_preload(node);
        if (!preload.empty()) return preload;
        return node.calculation.empty() && node.preload.empty() ? "hidden" : "calculate";
    }
    const Control& control = form.controls[node.control];
    if (control.element == "select1") return "select_one";
    if (control.element == "select") return "select_multiple";
    if (control.element == "rank" || control.element == "range") return control.element;
    if (control.element == "trigger") return "acknowledge";
    return control.element == "upload" ? type_of_upload(control.media_type) : type_of_input(node);
}

class XFormReader {
  public:
    XFormReader(const XmlTree& tree, const ReadFile& beside, const Limits& limits, ParsedExpressions& expressions, Report& report)
        : beside_(beside), context_{tree, form_, report, limits, expressions, {}} {}

    bool read() {
        const XmlNode& root = context_.tree.at(0);
        const XmlNode* head = context_.tree.child(root, "head");
        const XmlNode* model = head == nullptr ? nullptr : context_.tree.child(*head, "model");
        const XmlNode* body = context_.tree.child(root, "body");
        if (root.name != "html" || model == nullptr) return report_no_xform(root);
        for (const XmlAttribute& attribute : root.attributes) {
            if (attribute.prefix == "xmlns") form_.namespaces.emplace_back(attribute.name, attribute.value);
        }
        read_itext(context_, *model);
        if (!read_instances(*model)) return false;
        read_binds(context_, *model);
        read_title(*head);
        read_submission(*model);
        read_actions(context_, *model, kNone, kNone, form_.nodes[0].path);
        if (body != nullptr) read_body(context_, *body);
        settle_types();
        return true;
    }

    void check() {
        check_form_expressions(context_);
        check_appearances(context_);
    }
    Form take() { return std::move(form_); }

  private:
    bool report_no_xform(const XmlNode& root) {
        context_.report.error("xform.not_an_xform", line_place(root, ""), root.name,
                              {"Tệp XML này không phải biểu mẫu ODK XForm.", "This XML file is not an ODK XForm."},
                              {"Biểu mẫu XForm có gốc <h:html> với <h:head><model>. Hãy dùng sổ tính .xlsx.",
                               "An XForm has the root <h:html> with <h:head><model>. Use an .xlsx workbook instead."});
        return false;
    }

    bool read_instances(const XmlNode& model) {
        bool has_primary = false;
        for (const std::uint32_t index : model.children) {
            const XmlNode& node = context_.tree.at(index);
            if (node.name != "instance") continue;
            if (has_primary) read_secondary_instance(context_, node, beside_);
            else if (!read_primary_instance(context_, node)) return false;
            has_primary = true;
        }
        if (has_primary) return true;
        context_.report.error("xform.no_instance", line_place(model, ""), "", {"Biểu mẫu không có <instance>.", "The form has no <instance>."},
                              {"Thêm <instance> với phần tử gốc vào <model>.", "Add an <instance> with a root element to <model>."});
        return false;
    }

    void read_title(const XmlNode& head) {
        if (const Translated* title = form_.find_itext("kiosk:title")) form_.title = *title;
        const XmlNode* title = context_.tree.child(head, "title");
        if (form_.title.empty() && title != nullptr) form_.title = read_text(context_, *title);
    }

    void read_submission(const XmlNode& model) {
        const XmlNode* submission = context_.tree.child(model, "submission");
        if (submission == nullptr) return;
        if (const std::string* action = submission->attribute("action")) form_.submission_url = *action;
        if (const std::string* key = submission->attribute("base64RsaPublicKey")) form_.public_key = *key;
    }

    void settle_types() {
        for (Node& node : form_.nodes) {
            if (node.type.empty()) node.type = derived_type(form_, node);
            const bool is_refused = node.type.starts_with("geo") || node.type == "audio" || node.type == "video" || node.type == "file";
            if (!is_refused || node.control == kNone) continue;
            context_.report.error("type.not_applicable", {"", form_.controls[node.control].line, "ref", ""}, node.path,
                                  {"Câu hỏi loại " + in_quotes(node.type) + " không dùng được trên kiosk.",
                                   "A question of type " + in_quotes(node.type) + " does not apply on a kiosk."},
                                  {"Xoá câu hỏi này khỏi XForm.", "Remove this question from the XForm."});
        }
    }

    Form form_;
    const ReadFile& beside_;
    XFormContext context_;
};

}  // namespace

std::optional<Form> read_xform(std::string definition, const ReadFile& beside, const Limits& limits, bool check_expressions,
                               ParsedExpressions& expressions, Report& report) {
    auto parsed = read_xml(definition, limits);
    if (auto* fault = std::get_if<Finding>(&parsed)) {
        report.error(std::move(*fault));
        return std::nullopt;
    }
    XFormReader reader(std::get<XmlTree>(parsed), beside, limits, expressions, report);
    if (!reader.read()) return std::nullopt;
    if (check_expressions) reader.check();
    Form form = reader.take();
    form.definition = std::move(definition);
    return form;
}

}  // namespace kiosk::forms
