#include "unicode.hpp"
#include "xform_parts.hpp"

#include <algorithm>
#include <map>

namespace kiosk::forms {
namespace {

// Text and <output> in order, the white space of the file's own layout left off at both ends.
TextTemplate read_pieces(const XmlTree& tree, const XmlNode& node) {
    TextTemplate pieces;
    for (const std::uint32_t index : node.children) {
        const XmlNode& child = tree.at(index);
        if (!child.is_element()) {
            if (!pieces.empty() && pieces.back().output.empty()) pieces.back().text += child.text;
            else pieces.push_back({child.text, {}});
        } else if (child.name == "output") {
            const std::string* value = child.attribute("value");
            if (value == nullptr) value = child.attribute("ref");
            if (value != nullptr) pieces.push_back({{}, std::string(trimmed(*value))});
        } else {
            const std::string inner = tree.text_of(child);
            if (!pieces.empty() && pieces.back().output.empty()) pieces.back().text += inner;
            else pieces.push_back({inner, {}});
        }
    }
    const auto trim_start = [](std::string& text) { text.erase(0, std::min(text.size(), text.find_first_not_of(" \t\r\n"))); };
    const auto trim_end = [](std::string& text) { text.erase(text.find_last_not_of(" \t\r\n") + 1); };
    if (!pieces.empty() && pieces.front().output.empty()) trim_start(pieces.front().text);
    if (!pieces.empty() && pieces.back().output.empty()) trim_end(pieces.back().text);
    std::erase_if(pieces, [](const TextPiece& piece) { return piece.text.empty() && piece.output.empty(); });
    return pieces;
}

std::string medium_name(std::string_view uri) { return std::string(trimmed(uri.substr(uri.rfind('/') + 1))); }

void read_values(const XmlTree& tree, const XmlNode& text, LocalText& local) {
    for (const std::uint32_t index : text.children) {
        const XmlNode& value = tree.at(index);
        if (value.name != "value") continue;
        const std::string* form = value.attribute("form");
        const std::string_view kind = form == nullptr ? std::string_view() : std::string_view(*form);
        if (kind.empty() || (kind == "long" && local.text.empty())) local.text = read_pieces(tree, value);
        else if (kind == "short" && local.text.empty()) local.text = read_pieces(tree, value);
        else if (kind == "guidance") local.guidance = read_pieces(tree, value);
        else if (kind == "image") local.image = medium_name(tree.text_of(value));
        else if (kind == "big-image") local.big_image = medium_name(tree.text_of(value));
        else if (kind == "audio") local.audio = medium_name(tree.text_of(value));
        else if (kind == "video") local.video = medium_name(tree.text_of(value));
    }
}

Language language_named(const std::string& name) {
    Language language{name, name};
    const std::size_t open = name.rfind('(');
    if (open != std::string::npos && name.ends_with(')')) {
        const std::string_view code = trimmed(std::string_view(name).substr(open + 1, name.size() - open - 2));
        if (!code.empty()) language.code = code;
    }
    return language;
}

}  // namespace

Place line_place(const XmlNode& node, std::string_view attribute) { return {"", node.line, std::string(attribute), ""}; }

void read_itext(XFormContext& context, const XmlNode& model) {
    Form& form = context.form;
    std::map<std::string, Translated> texts;
    if (const XmlNode* itext = context.tree.child(model, "itext")) {
        for (const std::uint32_t index : itext->children) {
            const XmlNode& translation = context.tree.at(index);
            if (translation.name != "translation") continue;
            const auto language = static_cast<std::uint32_t>(form.languages.size());
            const std::string* name = translation.attribute("lang");
            form.languages.push_back(language_named(name == nullptr ? "" : *name));
            if (translation.attribute("default") != nullptr) form.default_language = language;
            for (const std::uint32_t child : translation.children) {
                const XmlNode& text = context.tree.at(child);
                const std::string* id = text.attribute("id");
                if (text.name != "text" || id == nullptr) continue;
                Translated& translated = texts[*id];
                translated.in.resize(language + 1);
                read_values(context.tree, text, translated.in[language]);
            }
        }
    }
    if (form.languages.empty()) form.languages.push_back({});
    form.itext.assign(std::make_move_iterator(texts.begin()), std::make_move_iterator(texts.end()));
}

Translated text_named(XFormContext& context, const XmlNode& node, std::string_view attribute, std::string_view value) {
    value = trimmed(value);
    Translated translated;
    const bool is_itext = value.starts_with("jr:itext(") && value.ends_with(')');
    if (!is_itext) {
        translated.in.resize(context.form.default_language + 1);
        translated.in.back().text = {{std::string(value), {}}};
        return translated;
    }
    const std::string_view argument = trimmed(value.substr(9, value.size() - 10));
    if (argument.size() < 2 || (argument.front() != '\'' && argument.front() != '"')) {
        // An id that is computed: shown as what jr:itext() gives.
        translated.in.resize(context.form.default_language + 1);
        translated.in.back().text = {{{}, std::string(value)}};
        return translated;
    }
    const std::string_view id = argument.substr(1, argument.size() - 2);
    if (const Translated* found = context.form.find_itext(id)) return *found;
    context.report.error("xform.no_text", line_place(node, attribute), std::string(id),
                         {"Không có văn bản " + in_quotes(id) + " trong <itext>.", "There is no text " + in_quotes(id) + " in <itext>."},
                         {"Thêm <text id=\"" + std::string(id) + "\"> vào mỗi <translation>.", "Add <text id=\"" + std::string(id) + "\"> to each <translation>."});
    return translated;
}

Translated read_text(XFormContext& context, const XmlNode& label) {
    if (const std::string* ref = label.attribute("ref")) {
        if (trimmed(*ref).starts_with("jr:itext(")) return text_named(context, label, "ref", *ref);
        Translated shown;
        shown.in.resize(context.form.default_language + 1);
        shown.in.back().text = {{{}, std::string(trimmed(*ref))}};
        return shown;
    }
    Translated translated;
    TextTemplate pieces = read_pieces(context.tree, label);
    if (pieces.empty()) return translated;
    translated.in.resize(context.form.default_language + 1);
    translated.in.back().text = std::move(pieces);
    return translated;
}

}  // namespace kiosk::forms
