#include "xform_writer_parts.hpp"

#include "unicode.hpp"

namespace kiosk::forms {
namespace {

// What is only a declaration: it names a file, or asks for a log that a kiosk does not keep.
bool is_in_instance(const SurveyItem& item) {
    return item.type != "csv-external" && item.type != "xml-external" && item.type != "audit";
}

void set_all(Tag& tag, const Pairs& attributes) {
    for (const auto& [name, value] : attributes) {
        if (is_xml_name(name)) tag.set(name, value);
    }
}

void write_children(XFormWriting& writing, std::uint32_t parent, bool in_template) {
    writing.each_child(parent, [&](std::uint32_t i) {
        const SurveyItem& item = writing.survey.items[i];
        if (!is_in_instance(item)) return;
        Tag tag(item.name);
        set_all(tag, item.instance_attributes);
        if (item.kind == ItemKind::question) {
            const std::string value = item.default_is_dynamic ? "" : item.default_value.text;
            writing.lines.add(value.empty() ? tag.closed() : tag.around(escaped(value)));
            return;
        }
        if (item.kind == ItemKind::repeat && !in_template) {
            Tag pattern = tag;
            writing.lines.add(pattern.set("jr:template", "").open());
            write_children(writing, i, true);
            writing.lines.add(pattern.end());
        }
        writing.lines.add(tag.open());
        write_children(writing, i, in_template || item.kind == ItemKind::repeat);
        writing.lines.add(tag.end());
    });
}

void write_primary_instance(XFormWriting& writing) {
    const SurveySettings& settings = writing.survey.settings;
    Tag root(settings.root);
    if (!settings.instance_namespace.empty()) root.set("xmlns", settings.instance_namespace);
    root.set("id", settings.id);
    if (!settings.version.empty()) root.set("version", settings.version);
    set_all(root, settings.attributes);
    writing.lines.add("<instance>");
    writing.lines.add(root.open());
    write_children(writing, kNone, false);
    writing.lines.add("<meta>");
    writing.lines.add("<instanceID/>");
    if (!settings.instance_name.empty()) writing.lines.add("<instanceName/>");
    writing.lines.add("</meta>");
    writing.lines.add(root.end());
    writing.lines.add("</instance>");
}

std::string choice_item(const Survey& survey, const ChoiceList& list, std::size_t index) {
    const SurveyChoice& choice = list.choices[index];
    std::string item;
    const bool has_itext = needs_itext(survey, list);
    if (has_itext) item += Tag("itextId").around(escaped(list.instance + "-" + std::to_string(index)));
    item += Tag("name").around(escaped(choice.name));
    if (!has_itext) {
        const Written* label = text_of(choice.texts, "label", survey.default_language);
        item += Tag("label").around(escaped(label == nullptr ? "" : label->text));
    }
    for (const auto& [name, value] : choice.extra) item += Tag(name).around(escaped(value));
    return Tag("item").around(item);
}

void write_secondary_instances(XFormWriting& writing) {
    for (const SurveyInstance& instance : writing.instances) {
        Tag tag("instance");
        tag.set("id", instance.id);
        if (instance.list == nullptr) {
            writing.remember("src", instance.cell);
            writing.lines.add(tag.set("src", instance.source).closed());
            continue;
        }
        writing.lines.add(tag.open());
        writing.lines.add("<root>");
        for (std::size_t i = 0; i < instance.list->choices.size(); ++i) writing.lines.add(choice_item(writing.survey, *instance.list, i));
        writing.lines.add("</root>");
        writing.lines.add("</instance>");
    }
}

void set_message(Tag& tag, const Survey& survey, const SurveyItem& item, std::string_view key, std::string_view name) {
    if (!has_any(item.texts, {key})) return;
    if (needs_itext(survey, item.texts)) {
        tag.set(name, "jr:itext('" + item.path + ":" + std::string(name) + "')");
    } else if (const Written* text = text_of(item.texts, key, survey.default_language)) {
        tag.set(name, text->text);
    }
}

void write_bind(XFormWriting& writing, const SurveyItem& item) {
    if (!is_in_instance(item)) return;
    Tag tag("bind");
    tag.set("nodeset", item.path);
    if (!item.data_type.empty()) tag.set("type", item.data_type);
    const auto expression = [&](std::string_view name, const Written& cell) {
        const std::string& text = cell.xpath.empty() ? cell.text : cell.xpath;
        if (text.empty()) return;
        writing.remember(std::string(name), cell);
        tag.set(name, text);
    };
    expression("relevant", item.relevant);
    expression("required", item.required);
    expression("readonly", item.read_only);
    expression("constraint", item.constraint);
    if (item.triggers.empty()) expression("calculate", item.calculation);
    if (!item.preload.empty()) tag.set("jr:preload", item.preload).set("jr:preloadParams", item.preload_parameter);
    set_message(tag, writing.survey, item, "constraint_message", "jr:constraintMsg");
    set_message(tag, writing.survey, item, "required_message", "jr:requiredMsg");
    if (const std::string* pixels = find(item.parameters, "max-pixels")) tag.set("orx:max-pixels", *pixels);
    set_all(tag, item.bind_attributes);
    if (item.control.empty()) set_all(tag, item.kiosk);  // answers of no control carry what a control would
    if (tag.size() > 1) writing.lines.add(tag.closed());
}

void write_meta_binds(XFormWriting& writing) {
    const SurveySettings& settings = writing.survey.settings;
    const std::string meta = "/" + settings.root + "/meta/";
    Tag id("bind");
    id.set("nodeset", meta + "instanceID").set("type", "string").set("readonly", "true()");
    id.set("jr:preload", settings.instance_id.empty() ? "uid" : settings.instance_id);
    writing.lines.add(id.closed());
    if (settings.instance_name.empty()) return;
    Tag name("bind");
    name.set("nodeset", meta + "instanceName").set("type", "string").set("calculate", settings.instance_name.xpath);
    writing.remember("calculate", settings.instance_name);
    writing.lines.add(name.closed());
}

}  // namespace

void write_instances(XFormWriting& writing) {
    write_primary_instance(writing);
    write_secondary_instances(writing);
}

void write_binds(XFormWriting& writing) {
    for (const SurveyItem& item : writing.survey.items) write_bind(writing, item);
    write_meta_binds(writing);
}

void write_first_load_actions(XFormWriting& writing, std::uint32_t repeat) {
    for (std::uint32_t i = 0; i < writing.survey.items.size(); ++i) {
        const SurveyItem& item = writing.survey.items[i];
        if (!item.default_is_dynamic || nearest_repeat(writing.survey, i) != repeat) continue;
        Tag tag("setvalue");
        tag.set("event", repeat == kNone ? "odk-instance-first-load" : "odk-instance-first-load odk-new-repeat");
        tag.set("ref", item.path).set("value", item.default_value.xpath);
        writing.remember("value", item.default_value);
        writing.lines.add(tag.closed());
    }
}

}  // namespace kiosk::forms
