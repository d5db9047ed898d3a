#include "xform_writer_parts.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

using Keys = std::initializer_list<std::string_view>;

const Keys kLabelKeys = {"label", "image", "big-image", "audio", "video"};

std::string_view media_folder(std::string_view form) {
    if (form == "audio") return "jr://audio/";
    return form == "video" ? "jr://video/" : "jr://images/";
}

std::string text_value(XFormWriting& writing, std::string_view key, const Written& text, std::uint32_t context) {
    if (key == "guidance_hint") return Tag("value").set("form", "guidance").around(inline_text(writing, text, context));
    if (key == "label" || key == "hint" || key == "title" || key.ends_with("_message")) {
        return Tag("value").around(inline_text(writing, text, context));
    }
    const std::string uri = text.text.starts_with("jr://") ? text.text : std::string(media_folder(key)) + text.text;
    return Tag("value").set("form", key).around(escaped(uri));
}

void write_entry(XFormWriting& writing, const std::string& id, const std::vector<LocalWritten>& texts, std::uint32_t language,
                 std::uint32_t context, Keys keys) {
    std::string values;
    for (const std::string_view key : keys) {
        if (const Written* text = text_of(texts, key, language)) values += text_value(writing, key, *text, context);
    }
    if (!values.empty()) writing.lines.add(Tag("text").set("id", id).around(values));
}

void write_item_texts(XFormWriting& writing, std::uint32_t index, std::uint32_t language) {
    const SurveyItem& item = writing.survey.items[index];
    if (!needs_itext(writing.survey, item.texts)) return;
    write_entry(writing, item.path + ":label", item.texts, language, index, kLabelKeys);
    write_entry(writing, item.path + ":hint", item.texts, language, index, {"hint", "guidance_hint"});
    write_entry(writing, item.path + ":jr:constraintMsg", item.texts, language, index, {"constraint_message"});
    write_entry(writing, item.path + ":jr:requiredMsg", item.texts, language, index, {"required_message"});
}

void write_choice_texts(XFormWriting& writing, const ChoiceList& list, std::uint32_t language) {
    if (!needs_itext(writing.survey, list)) return;
    for (std::size_t i = 0; i < list.choices.size(); ++i) {
        write_entry(writing, list.instance + "-" + std::to_string(i), list.choices[i].texts, language, kNone, kLabelKeys);
    }
}

bool is_itext_needed(const Survey& survey) {
    return survey.languages.size() > 1 || survey.settings.titles.size() > 1 || !survey.languages[0].name.empty() ||
           std::ranges::any_of(survey.items, [&](const SurveyItem& item) { return needs_itext(survey, item.texts); }) ||
           std::ranges::any_of(survey.lists, [&](const ChoiceList& list) { return needs_itext(survey, list); });
}

}  // namespace

bool needs_itext(const Survey& survey, const std::vector<LocalWritten>& texts) {
    return survey.languages.size() > 1 || std::ranges::any_of(texts, [](const LocalWritten& local) {
        // A message lies in an attribute, where an answer cannot be put in.
        if (local.key.ends_with("_message")) return local.written.text.find("${") != std::string::npos;
        return local.key != "label" && local.key != "hint";
    });
}

bool needs_itext(const Survey& survey, const ChoiceList& list) { return list.needs_itext || survey.languages.size() > 1; }

bool has_any(const std::vector<LocalWritten>& texts, Keys keys) {
    return std::ranges::any_of(texts, [&](const LocalWritten& local) { return std::ranges::find(keys, local.key) != keys.end(); });
}

const Written* text_of(const std::vector<LocalWritten>& texts, std::string_view key, std::uint32_t language) {
    for (const LocalWritten& local : texts) {
        if (local.key == key && local.language == language) return &local.written;
    }
    return nullptr;
}

std::string inline_text(XFormWriting& writing, const Written& text, std::uint32_t context) {
    std::string xml;
    for (const TextPiece& piece : writing.references.pieces(text, context)) {
        xml += piece.output.empty() ? escaped(piece.text) : Tag("output").set("value", piece.output).closed();
    }
    return xml;
}

void write_itext(XFormWriting& writing) {
    const Survey& survey = writing.survey;
    if (!is_itext_needed(survey)) return;
    writing.lines.add("<itext>");
    for (std::uint32_t language = 0; language < survey.languages.size(); ++language) {
        Tag translation("translation");
        translation.set("lang", survey.languages[language].name);
        if (language == survey.default_language) translation.set("default", "true()");
        writing.lines.add(translation.open());
        if (survey.settings.titles.size() > 1) write_entry(writing, "kiosk:title", survey.settings.titles, language, kNone, {"title"});
        for (std::uint32_t i = 0; i < survey.items.size(); ++i) write_item_texts(writing, i, language);
        for (const ChoiceList& list : survey.lists) write_choice_texts(writing, list, language);
        writing.lines.add(translation.end());
    }
    writing.lines.add("</itext>");
}

}  // namespace kiosk::forms
