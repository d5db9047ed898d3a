#include "xform_writer_parts.hpp"

#include "unicode.hpp"

namespace kiosk::forms {
namespace {

class BodyWriter {
  public:
    explicit BodyWriter(XFormWriting& writing) : writing_(writing), survey_(writing.survey) {}

    void write(std::uint32_t parent) {
        writing_.each_child(parent, [&](std::uint32_t i) {
            const SurveyItem& item = survey_.items[i];
            if (item.kind == ItemKind::group) write_group(i);
            else if (item.kind == ItemKind::repeat) write_repeat(i);
            else if (!item.control.empty()) write_question(i);
        });
    }

  private:
    void line(std::string_view text) { writing_.lines.add(text); }

    void write_text(std::string_view element, std::uint32_t index, std::initializer_list<std::string_view> itext_keys) {
        const SurveyItem& item = survey_.items[index];
        Tag tag(element);
        if (needs_itext(survey_, item.texts) && has_any(item.texts, itext_keys)) {
            line(tag.set("ref", "jr:itext('" + item.path + ":" + std::string(element) + "')").closed());
        } else if (const Written* text = text_of(item.texts, element, survey_.default_language)) {
            line(tag.around(inline_text(writing_, *text, index)));
        }
    }

    void write_texts(std::uint32_t index) {
        write_text("label", index, {"label", "image", "big-image", "audio", "video"});
        write_text("hint", index, {"hint", "guidance_hint"});
    }

    static void set_shared(Tag& tag, const SurveyItem& item) {
        std::string appearance;
        for (const std::string& token : item.appearance) appearance += (appearance.empty() ? "" : " ") + token;
        if (!appearance.empty()) tag.set("appearance", appearance);
        for (const Pairs* attributes : {&item.body_attributes, &item.kiosk}) {
            for (const auto& [name, value] : *attributes) {
                if (is_xml_name(name)) tag.set(name, value);
            }
        }
    }

    void write_group(std::uint32_t index) {
        Tag tag("group");
        tag.set("ref", survey_.items[index].path);
        set_shared(tag, survey_.items[index]);
        line(tag.open());
        write_texts(index);
        write(index);
        line(tag.end());
    }

    void write_repeat(std::uint32_t index) {
        const SurveyItem& item = survey_.items[index];
        Tag group("group"), repeat("repeat");
        line(group.set("ref", item.path).open());
        write_texts(index);
        repeat.set("nodeset", item.path);
        if (!item.repeat_count.empty()) {
            writing_.remember("jr:count", item.repeat_count);
            repeat.set("jr:count", item.repeat_count.xpath).set("jr:noAddRemove", "true()");
        }
        set_shared(repeat, item);
        line(repeat.open());
        write(index);
        write_first_load_actions(writing_, index);
        line(repeat.end());
        line(group.end());
    }

    // What XForms cannot tell apart: a read-only text is no note, a note that computes is no text.
    static bool needs_type(const SurveyItem& item) {
        const bool is_read_only = item.read_only.xpath == "true()" || item.read_only.text == "true()";
        if (item.type == "text") return item.data_type != "string" || (is_read_only && item.calculation.empty());
        return item.type == "note" && (item.data_type != "string" || !item.calculation.empty());
    }

    static bool is_kiosk_parameter(std::string_view name) {
        return name == "tick_interval" || name == "tick_labelset" || name == "placeholder";
    }

    void write_question(std::uint32_t index) {
        const SurveyItem& item = survey_.items[index];
        Tag tag(item.control);
        tag.set("ref", item.path);
        if (!item.media_type.empty()) tag.set("mediatype", item.media_type);
        if (needs_type(item)) tag.set("kiosk:type", item.type);
        for (const auto& [name, value] : item.parameters) {
            const bool belongs_here = item.type == "range" || name == "rows";
            if (belongs_here) tag.set(is_kiosk_parameter(name) ? "kiosk:" + name : name, value);
        }
        set_shared(tag, item);
        line(tag.open());
        write_texts(index);
        if (!item.select.kind.empty()) write_itemset(index);
        if (const auto found = writing_.triggered.find(index); found != writing_.triggered.end()) {
            for (const std::uint32_t target : found->second) write_triggered(target);
        }
        line(tag.end());
    }

    void write_triggered(std::uint32_t index) {
        const SurveyItem& item = survey_.items[index];
        Tag tag("setvalue");
        tag.set("event", "xforms-value-changed").set("ref", item.path);
        if (!item.calculation.xpath.empty()) tag.set("value", item.calculation.xpath);
        writing_.remember("value", item.calculation);
        line(tag.closed());
    }

    void write_itemset(std::uint32_t index) {
        const SurveyItem& item = survey_.items[index];
        std::string nodeset, value = "name", label = "label";
        if (item.select.list.starts_with("${")) {
            const std::uint32_t source = writing_.references.find(std::string_view(item.select.list).substr(2, item.select.list.size() - 3));
            std::uint32_t around = nearest_repeat(survey_, source);
            if (around == kNone) around = survey_.items[source].parent;
            const std::string base = around == kNone ? "/" + survey_.settings.root : survey_.items[around].path;
            value = label = survey_.items[source].path.substr(base.size() + 1);
            nodeset = (around == kNone ? base : writing_.references.path(index, around, false)) + "[./" + value + " != '']";
        } else {
            nodeset = "instance('" + instance_of(survey_, item) + "')/root/item";
            const ChoiceList* list = survey_.list(item.select);
            if (list != nullptr && needs_itext(survey_, *list)) label = "jr:itext(itextId)";
        }
        if (const std::string* column = find(item.parameters, "value")) value = *column;
        if (const std::string* column = find(item.parameters, "label")) label = *column;
        if (!item.choice_filter.xpath.empty()) {
            writing_.remember("nodeset", item.choice_filter);
            nodeset += "[" + item.choice_filter.xpath + "]";
        }
        const std::string* randomize = find(item.parameters, "randomize");
        if (randomize != nullptr && *randomize == "true") {
            const std::string* seed = find(item.parameters, "seed");
            nodeset = "randomize(" + nodeset + (seed == nullptr ? "" : ", " + seed_path(index, *seed)) + ")";
        }
        line(Tag("itemset").set("nodeset", nodeset).around(Tag("value").set("ref", value).closed() + Tag("label").set("ref", label).closed()));
    }

    std::string seed_path(std::uint32_t index, const std::string& seed) const {
        if (!seed.starts_with("${")) return seed;
        const std::uint32_t target = writing_.references.find(std::string_view(seed).substr(2, seed.size() - 3));
        return target == kNone ? "0" : writing_.references.path(index, target, false);
    }

    XFormWriting& writing_;
    const Survey& survey_;
};

}  // namespace

void write_body(XFormWriting& writing, std::uint32_t parent) { BodyWriter(writing).write(parent); }

}  // namespace kiosk::forms
