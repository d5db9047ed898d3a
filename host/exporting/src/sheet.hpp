// Sheet: what one table looks like once the options are applied: which columns, with which headings, from which cells.
// Shared by the formats that write tables. Pure.
#pragma once

#include <kiosk/core/answer_tables.hpp>
#include <kiosk/exporting/answers_export.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kiosk::exporting {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using LabelMap = std::unordered_map<std::string, std::string, TextHash, std::equal_to<>>;

struct SheetColumn {
    enum class Shows { key = 1, parent_key, kiosk, form_version, wave, cell, split };
    Shows shows = Shows::cell;
    std::string header;
    std::size_t cell = 0;                    // index into AnswerRow::cells
    core::AnswerType type = core::AnswerType::text;
    std::string choice;                      // of a split column
    bool labelled = false;                   // show labels instead of names
    LabelMap labels;                         // names to labels
};

struct Sheet {
    std::string name;                        // of the repeat; empty: the form's own
    std::vector<SheetColumn> columns;
};

Sheet sheet_of(const core::AnswerForm& form, std::size_t table, const ExportOptions& options);

// The paths of what an anonymous form's answers are exported without: when they were given. Empty for other forms.
std::vector<std::string> untold_paths(const core::AnswerForm& form);

// Index of the language in AnswerForm::languages; npos: codes, or a language the form does not have.
std::size_t language_index(const core::AnswerForm& form, const std::string& language);

// Whether a split column's choice is among the names in a select_multiple's answer.
bool is_selected(std::string_view answer, std::string_view choice);

// The labels of the names in an answer of this column; names without a label stay as they are.
void append_labels(std::string& text, const SheetColumn& column, std::string_view answer);

// Text that Excel or LibreOffice would take for a formula.
bool looks_like_a_formula(std::string_view text);

}  // namespace kiosk::exporting
