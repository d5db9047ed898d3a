// Survey: what a workbook says, understood row by row but not yet translated to XForms: items in a tree, choice lists,
// settings and languages. The three readers of this header fill it; references.hpp resolves its ${names}; xform_writer.hpp
// writes it out.
//
// Refers to the Tables it was read from, which must outlive it.
#pragma once

#include "report.hpp"
#include "table.hpp"
#include "xlsform_vocabulary.hpp"

#include <kiosk/forms/form.hpp>
#include <kiosk/forms/read_form.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

// A cell's text, with where it stands. Made by the reader itself where row is null.
struct Written {
    std::string text;
    const Table* table = nullptr;
    const SheetRow* row = nullptr;
    const Column* column = nullptr;
    std::string xpath;                   // once references are resolved: of an expression

    bool empty() const { return text.empty(); }
    Place place() const;
};

// One translatable cell: key is "label", "hint", "image", …; language an index into Survey::languages.
struct LocalWritten {
    std::string key;
    std::uint32_t language = 0;
    Written written;
};

struct SurveyItem {
    ItemKind kind = ItemKind::question;
    std::string type;                    // canonical XLSForm type
    std::string control, data_type, preload, preload_parameter, media_type;
    SelectType select;
    bool has_own_itemset = true;         // a select; false: none
    std::string name;
    std::string path;                    // "/data/group/name"
    std::uint32_t parent = kNone, end = 0, depth = 1;
    const SheetRow* row = nullptr;       // null: generated
    Written type_cell;
    std::vector<LocalWritten> texts;
    Written relevant, constraint, required, read_only, calculation, default_value, choice_filter, repeat_count;
    std::vector<std::string> triggers;   // names
    Written trigger;
    bool default_is_dynamic = false;
    std::vector<std::string> appearance;
    Pairs parameters, kiosk, bind_attributes, body_attributes, instance_attributes;
};

struct SurveyChoice {
    std::string name;
    Written cell;                        // of the name; row is null for the generated "other"
    std::vector<LocalWritten> texts;
    Pairs extra;
};

struct ChoiceList {
    std::string name;
    std::vector<SurveyChoice> choices;
    bool needs_itext = false;            // several languages, media, or answers in labels
    bool is_external = false;            // of the sheet external_choices
    std::string instance;                // its id as a secondary instance: the name, unless that is taken
};

inline constexpr std::string_view kKioskNamespace = "urn:feedback-kiosk:xforms";

struct SurveySettings {
    std::string id, version, root = "data", style, instance_namespace, instance_id, submission_url, public_key;
    Written instance_name;
    std::vector<LocalWritten> titles;    // key "title"
    std::vector<LocalWritten> other;     // keys "other" and "specify_other": what or_other shows
    Pairs namespaces, attributes;        // attributes of the instance's root, kiosk: ones included
    bool allow_choice_duplicates = false;
    bool add_none_option = false;        // select_multiple gets a choice “none”
    bool keeps_spaces = false;           // clean_text_values = no
    std::string default_language;
};

struct Survey {
    SurveySettings settings;
    std::vector<Language> languages;
    std::uint32_t default_language = 0;
    std::vector<ChoiceList> lists;
    std::vector<SurveyItem> items;       // document order; children of parent p lie between p and items[p].end

    const ChoiceList* list(std::string_view name, bool is_external = false) const;
    const ChoiceList* list(const SelectType& select) const { return list(select.list, select.external); }
    std::uint32_t language_index(std::string_view column_language) const;  // empty: the default one
    std::string attribute_name(const Column& column) const;                // kiosk:thanks::English (en) → kiosk:thanks.en
};

// Each reports what is wrong and goes on. Languages first: the other two need them.
void read_settings(const Table& settings, std::string_view file_name, Survey& survey, Report& report);
void find_languages(const Table& survey_table, const Table& choices, const Table& settings, Survey& survey);
void read_choices(const Table& choices, bool is_external, Survey& survey, Report& report);
void read_items(const Table& survey_table, const Limits& limits, const std::vector<std::string>& other_sheets,
                Survey& survey, Report& report);

// Of a name with a colon: whether the form says what stands before it.
bool is_declared_prefix(std::string_view prefix, const SurveySettings& settings);

// That columns such as bind::x and attribute::kobo:x name attributes that XML can have.
void check_attribute_columns(const Table& table, const SurveySettings& settings, Report& report);

// Shared by them.
std::vector<LocalWritten> local_texts(const Table& table, const SheetRow& row, const Survey& survey);
Written written(const Table& table, const SheetRow& row, std::string_view key);

}  // namespace kiosk::forms
