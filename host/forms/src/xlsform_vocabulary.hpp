// The words of XLSForm as a kiosk takes them: question types, columns, settings, appearances and parameters, with their
// old spellings, and those that make no sense on a fixed public screen and are refused by name.
//
// Constant tables; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

enum class Support : std::uint8_t { full = 1, legacy, refused };

struct TypeEntry {
    std::string_view name;               // canonical: "integer"
    Support support = Support::full;
    std::string_view control;            // "input"; empty: nothing is shown
    std::string_view data_type;          // of the bind: "int"
    std::string_view preload, preload_parameter;
    std::string_view media_type;
    std::string_view constraint;         // that the old spelling implies
};

// In any letter case, spaces as underscores: "Q String" → text. Null if there is no such type.
const TypeEntry* find_type(std::string_view written);
std::vector<std::string> type_names();   // for "did you mean": those one would write today

enum class Structure : std::uint8_t { none, begin_group, end_group, begin_repeat, end_repeat, begin_loop, end_loop };
Structure find_structure(std::string_view written);
std::string loop_list(std::string_view written);                // "begin loop over tinh" → "tinh"
std::string_view find_setting_type(std::string_view written);   // a setting among the questions: "set form id" → "form_id"

// "select_one tinh or_other" taken apart. kind empty: not a select.
struct SelectType {
    std::string_view kind;               // select_one select_multiple rank
    bool from_file = false;
    bool external = false;
    bool or_other = false;
    std::string list;                    // list name, file name or ${reference}
    bool is_malformed = false;           // no list, or more words than can be
};
SelectType parse_select(std::string_view written);

// Canonical key of a column's first word, or empty: "relevance" → "relevant". sheet: "survey", "choices", "settings".
std::string_view find_column(std::string_view sheet, std::string_view snake_case);
std::vector<std::string> column_names(std::string_view sheet);
bool is_translatable(std::string_view key);
bool is_refused_column(std::string_view sheet, std::string_view key);

enum class Appearance : std::uint8_t { known = 1, refused, unknown };
Appearance find_appearance(std::string_view token);
std::vector<std::string> appearance_names();

// The parameters a type takes; name is canonical.
const std::vector<std::string>& parameters_of(std::string_view type, bool from_file);

bool is_refused_parameter(std::string_view name);    // of phones: places, recordings, other programs

// yes, TRUE, true() → true; no … → false; anything else is an expression.
enum class YesNo : std::uint8_t { yes = 1, no, other };
YesNo yes_or_no(std::string_view text);

}  // namespace kiosk::forms
