// The parts read_xform() is made of. Each fills its part of the Form from the tree and reports what is wrong.
#pragma once

#include "parsed_expressions.hpp"
#include "report.hpp"
#include "xml_reader.hpp"

#include <kiosk/forms/form.hpp>
#include <kiosk/forms/read_form.hpp>

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kiosk::forms {

struct XFormContext {
    const XmlTree& tree;
    Form& form;
    Report& report;
    const Limits& limits;
    ParsedExpressions& expressions;
    std::map<std::string, std::uint32_t> binds_by_id;  // id → node
    std::unordered_map<std::string_view, std::uint32_t> nodes_by_path = {};  // of form.nodes, once the instance is read

    std::uint32_t find_node(std::string_view path) const {
        const auto found = nodes_by_path.find(path);
        return found == nodes_by_path.end() ? kNone : found->second;
    }
};

void read_itext(XFormContext& context, const XmlNode& model);
// False if there is none, or more of it than the limits allow.
bool read_primary_instance(XFormContext& context, const XmlNode& instance);
void read_secondary_instance(XFormContext& context, const XmlNode& instance, const ReadFile& beside);
void read_binds(XFormContext& context, const XmlNode& model);
void read_actions(XFormContext& context, const XmlNode& parent, std::uint32_t trigger, std::uint32_t repeat,
                  std::string_view base);
void read_body(XFormContext& context, const XmlNode& body);
void check_form_expressions(XFormContext& context);
void check_appearances(XFormContext& context);

// Shared by the parts.
Place line_place(const XmlNode& node, std::string_view attribute);
Translated read_text(XFormContext& context, const XmlNode& label);  // inline text, or what ref="jr:itext('…')" names
Translated text_named(XFormContext& context, const XmlNode& node, std::string_view attribute, std::string_view value);
// An absolute path from a reference as written in a context; empty if it is none ("instance('x')/…").
std::string absolute_path(std::string_view base, std::string_view reference);

}  // namespace kiosk::forms
