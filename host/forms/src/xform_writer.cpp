#include "xform_writer.hpp"

#include "unicode.hpp"
#include "xform_writer_parts.hpp"

#include <array>

namespace kiosk::forms {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNamespaces = {{
    {"xmlns", "http://www.w3.org/2002/xforms"}, {"xmlns:h", "http://www.w3.org/1999/xhtml"},
    {"xmlns:ev", "http://www.w3.org/2001/xml-events"}, {"xmlns:jr", "http://openrosa.org/javarosa"},
    {"xmlns:odk", "http://www.opendatakit.org/xforms"}, {"xmlns:orx", "http://openrosa.org/xforms"},
    {"xmlns:xsd", "http://www.w3.org/2001/XMLSchema"},
}};

void write_root(XFormWriting& writing) {
    Tag root("h:html");
    for (const auto& [prefix, uri] : kNamespaces) root.set(prefix, uri);
    for (const auto& [prefix, uri] : writing.survey.settings.namespaces) root.set("xmlns:" + prefix, uri);
    writing.lines.add(root.open());
}

std::string title(const Survey& survey) {
    const std::vector<LocalWritten>& titles = survey.settings.titles;
    if (const Written* title = text_of(titles, "title", survey.default_language)) return title->text;
    return titles.empty() ? survey.settings.id : titles.front().written.text;
}

void write_submission(XFormWriting& writing) {
    const SurveySettings& settings = writing.survey.settings;
    Tag tag("submission");
    if (!settings.submission_url.empty()) tag.set("action", settings.submission_url).set("method", "post");
    if (!settings.public_key.empty()) tag.set("base64RsaPublicKey", settings.public_key);
    if (tag.size() > 0) writing.lines.add(tag.closed());
}

void find_triggers(XFormWriting& writing) {
    for (std::uint32_t i = 0; i < writing.survey.items.size(); ++i) {
        for (const std::string& name : writing.survey.items[i].triggers) {
            const std::uint32_t trigger = writing.references.find(name);
            if (trigger != kNone) writing.triggered[trigger].push_back(i);
        }
    }
}

}  // namespace

std::uint32_t nearest_repeat(const Survey& survey, std::uint32_t item) {
    for (std::uint32_t at = survey.items[item].parent; at != kNone; at = survey.items[at].parent) {
        if (survey.items[at].kind == ItemKind::repeat) return at;
    }
    return kNone;
}

const std::string* find(const Pairs& pairs, std::string_view key) {
    for (const auto& [name, value] : pairs) {
        if (name == key) return &value;
    }
    return nullptr;
}

WrittenXForm write_xform(const Survey& survey, References& references, const std::vector<SurveyInstance>& instances) {
    XFormWriting writing{survey, references, instances};
    find_triggers(writing);
    XmlLines& lines = writing.lines;
    lines.add("<?xml version=\"1.0\"?>");
    write_root(writing);
    lines.add("<h:head>");
    lines.add(Tag("h:title").around(escaped(title(survey))));
    lines.add("<model odk:xforms-version=\"1.0.0\">");
    write_itext(writing);
    write_instances(writing);
    write_binds(writing);
    write_first_load_actions(writing, kNone);
    write_submission(writing);
    lines.add("</model>");
    lines.add("</h:head>");
    Tag body("h:body");
    if (!survey.settings.style.empty()) body.set("class", survey.settings.style);
    lines.add(body.open());
    write_body(writing, kNone);
    lines.add(body.end());
    lines.add("</h:html>");
    return {lines.take(), std::move(writing.places)};
}

}  // namespace kiosk::forms
