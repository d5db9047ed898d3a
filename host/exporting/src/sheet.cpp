#include "sheet.hpp"

#include <algorithm>
#include <map>

namespace kiosk::exporting {
namespace {

using Shows = SheetColumn::Shows;

bool tells_time(const core::AnswerColumn& column) {
    const std::string& type = column.question_type;
    return type == "start" || type == "end" || type == "today";
}

bool has_choices(core::AnswerType type) {
    return type == core::AnswerType::choice || type == core::AnswerType::choices || type == core::AnswerType::ranking;
}

const std::string& label_or(const std::vector<std::string>& labels, std::size_t language, const std::string& otherwise) {
    return language < labels.size() && !labels[language].empty() ? labels[language] : otherwise;
}

SheetColumn special(Shows shows, std::string header) {
    SheetColumn column;
    column.shows = shows;
    column.header = std::move(header);
    return column;
}

void add_question(Sheet& sheet, const core::AnswerColumn& question, std::size_t cell, std::size_t language,
                  MultiSelect multi) {
    const bool labelled = language != std::string::npos;
    const bool splits = question.type == core::AnswerType::choices && multi != MultiSelect::single;
    const std::string& heading = labelled ? label_or(question.labels, language, question.header) : question.header;
    if (!splits || multi == MultiSelect::both) {
        SheetColumn column = special(Shows::cell, heading);
        column.cell = cell;
        column.type = question.type;
        column.labelled = labelled && has_choices(question.type);
        if (column.labelled)
            for (const core::AnswerChoice& choice : question.choices)
                column.labels.emplace(choice.name, label_or(choice.labels, language, choice.name));
        sheet.columns.push_back(std::move(column));
    }
    if (!splits) return;
    for (const core::AnswerChoice& choice : question.choices) {
        SheetColumn column = special(Shows::split, heading + "/" + (labelled ? label_or(choice.labels, language, choice.name)
                                                                            : choice.name));
        column.cell = cell;
        column.type = core::AnswerType::integer;
        column.choice = choice.name;
        sheet.columns.push_back(std::move(column));
    }
}

// Two columns under one heading: the second becomes "heading~1", as ODK numbers them.
void number_collisions(Sheet& sheet) {
    std::map<std::string, int> seen;
    for (SheetColumn& column : sheet.columns)
        if (const int earlier = seen[column.header]++; earlier > 0) column.header += "~" + std::to_string(earlier);
}

}  // namespace

std::vector<std::string> untold_paths(const core::AnswerForm& form) {
    std::vector<std::string> paths;
    if (form.storage != StoragePolicy::anonymous) return paths;
    for (const core::AnswerTable& table : form.tables)
        for (const core::AnswerColumn& column : table.columns)
            if (tells_time(column)) paths.push_back(column.path);
    return paths;
}

std::size_t language_index(const core::AnswerForm& form, const std::string& language) {
    if (language.empty()) return std::string::npos;
    const auto found = std::find(form.languages.begin(), form.languages.end(), language);
    return found == form.languages.end() ? std::string::npos : static_cast<std::size_t>(found - form.languages.begin());
}

Sheet sheet_of(const core::AnswerForm& form, std::size_t table, const ExportOptions& options) {
    const core::AnswerTable& shape = form.tables[table];
    const std::size_t language = language_index(form, options.labels);
    const bool is_anonymous = form.storage == StoragePolicy::anonymous;
    Sheet sheet{shape.name, {}};
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
        if (is_anonymous && tells_time(shape.columns[i])) continue;
        add_question(sheet, shape.columns[i], i, language, options.multi);
    }
    const bool is_repeat = !shape.repeat_path.empty();
    if (!is_repeat) {
        sheet.columns.push_back(special(Shows::wave, "WAVE"));
        sheet.columns.push_back(special(Shows::kiosk, "KIOSK"));
        sheet.columns.push_back(special(Shows::form_version, "FORM_VERSION"));
    }
    if (is_repeat) sheet.columns.push_back(special(Shows::parent_key, "PARENT_KEY"));
    sheet.columns.push_back(special(Shows::key, "KEY"));
    number_collisions(sheet);
    return sheet;
}

bool is_selected(std::string_view answer, std::string_view choice) {
    while (!answer.empty()) {
        const std::size_t end = std::min(answer.find(' '), answer.size());
        if (answer.substr(0, end) == choice) return true;
        answer.remove_prefix(std::min(end + 1, answer.size()));
    }
    return false;
}

void append_labels(std::string& text, const SheetColumn& column, std::string_view answer) {
    const auto append = [&](std::string_view name) {
        const auto found = column.labels.find(name);
        text += found == column.labels.end() ? name : std::string_view(found->second);
    };
    if (column.type == core::AnswerType::choice) return append(answer);
    bool is_first = true;
    while (!answer.empty()) {
        const std::size_t end = std::min(answer.find(' '), answer.size());
        if (end > 0) {
            if (!is_first) text += ", ";
            append(answer.substr(0, end));
            is_first = false;
        }
        answer.remove_prefix(std::min(end + 1, answer.size()));
    }
}

bool looks_like_a_formula(std::string_view text) {
    if (text.empty()) return false;
    switch (text.front()) {
        case '=': case '+': case '-': case '@': case '\t': case '\r': case '\n': return true;
        case '\xef': break;
        default: return false;
    }
    // The same marks in full width, which East Asian versions of Excel read alike: ＝ ＋ － ＠.
    constexpr std::string_view kFullWidth[]{"\uff1d", "\uff0b", "\uff0d", "\uff20"};
    return std::any_of(std::begin(kFullWidth), std::end(kFullWidth), [&](std::string_view mark) { return text.starts_with(mark); });
}

}  // namespace kiosk::exporting
