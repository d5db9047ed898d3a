#include "answer_forms.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <tuple>
#include <utility>

namespace kiosk::office_store {
namespace {

struct Definition {
    std::string form_id, sha256, version, title;
    StoragePolicy storage = StoragePolicy::sealed;
    std::vector<std::string> languages;
};

struct Question {
    std::string repeat_path, table_name, column_name;
    core::AnswerColumn column;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "v2" < "v10": runs of digits compare as numbers.
bool natural_less(std::string_view a, std::string_view b) {
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (is_digit(a[i]) && is_digit(b[j])) {
            const auto run = [](std::string_view text, std::size_t& at) {
                while (at < text.size() && text[at] == '0') ++at;
                const std::size_t start = at;
                while (at < text.size() && is_digit(text[at])) ++at;
                return text.substr(start, at - start);
            };
            const std::string_view left = run(a, i), right = run(b, j);
            if (left.size() != right.size()) return left.size() < right.size();
            if (left != right) return left < right;
        } else if (a[i] != b[j]) {
            return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[j]);
        } else {
            ++i, ++j;
        }
    }
    return a.size() - i < b.size() - j;
}

std::vector<std::string> words(const std::string& line) {
    std::vector<std::string> found;
    for (std::size_t start = 0; start <= line.size();) {
        const std::size_t end = std::min(line.find(' ', start), line.size());
        found.push_back(line.substr(start, end - start));
        start = end + 1;
    }
    return found;
}

core::Result<std::vector<Definition>> definitions_of(Database& database, std::string_view activity) {
    std::vector<Definition> definitions;
    auto read = for_each(database,
                         "SELECT a.form_id, a.definition_sha256, d.version, a.storage, d.languages, d.title FROM activity_forms a "
                         "JOIN definitions d ON d.sha256 = a.definition_sha256 WHERE a.activity = $1 AND d.readable = 1",
                         std::array{Value{activity}}, [&](const Statement& row) {
                             const bool anonymous = text_of(row.cell(3)) == "anonymous";
                             definitions.push_back({text_of(row.cell(0)), text_of(row.cell(1)), text_of(row.cell(2)), text_of(row.cell(5)),
                                                    anonymous ? StoragePolicy::anonymous : StoragePolicy::sealed,
                                                    words(text_of(row.cell(4)))});
                         });
    if (!read) return read.error();
    std::sort(definitions.begin(), definitions.end(), [](const Definition& a, const Definition& b) {
        if (a.form_id != b.form_id) return a.form_id < b.form_id;
        if (natural_less(a.version, b.version)) return true;
        if (natural_less(b.version, a.version)) return false;
        return std::tie(a.sha256, a.storage) < std::tie(b.sha256, b.storage);
    });
    return definitions;
}

core::Result<std::vector<Question>> questions_of(Database& database, const Definition& definition,
                                                 const std::vector<std::string>& languages) {
    const std::array of_definition{Value{std::string_view(definition.sha256)}};
    std::vector<Question> questions;
    std::map<std::string, std::size_t> by_path;
    auto read = for_each(database,
                         "SELECT path, repeat_path, table_name, column_name, header, type, answer_type FROM questions "
                         "WHERE definition_sha256 = $1 ORDER BY position",
                         of_definition, [&](const Statement& row) {
                             Question question{text_of(row.cell(1)), text_of(row.cell(2)), text_of(row.cell(3)), {}};
                             question.column = {text_of(row.cell(0)), text_of(row.cell(4)), text_of(row.cell(5)),
                                                static_cast<core::AnswerType>(integer_of(row.cell(6))),
                                                std::vector<std::string>(languages.size()), {}};
                             by_path[question.column.path] = questions.size();
                             questions.push_back(std::move(question));
                         });
    if (!read) return read.error();
    read = for_each(database, "SELECT path, choice FROM choices WHERE definition_sha256 = $1 ORDER BY path, position",
                    of_definition, [&](const Statement& row) {
                        if (const auto found = by_path.find(text_of(row.cell(0))); found != by_path.end())
                            questions[found->second].column.choices.push_back(
                                {text_of(row.cell(1)), std::vector<std::string>(languages.size())});
                    });
    if (!read) return read.error();
    read = for_each(
        database, "SELECT path, choice, language, label FROM labels WHERE definition_sha256 = $1", of_definition,
        [&](const Statement& row) {
            const auto found = by_path.find(text_of(row.cell(0)));
            const auto language = std::find(languages.begin(), languages.end(), text_of(row.cell(2)));
            if (found == by_path.end() || language == languages.end()) return;
            core::AnswerColumn& column = questions[found->second].column;
            const auto at = static_cast<std::size_t>(language - languages.begin());
            const std::string choice = text_of(row.cell(1));
            if (choice.empty()) column.labels[at] = text_of(row.cell(3));
            for (core::AnswerChoice& known : column.choices)
                if (known.name == choice) known.labels[at] = text_of(row.cell(3));
        });
    if (!read) return read.error();
    return questions;
}

void take_newer(std::vector<std::string>& labels, const std::vector<std::string>& newer) {
    for (std::size_t i = 0; i < labels.size() && i < newer.size(); ++i)
        if (!newer[i].empty()) labels[i] = newer[i];
}

// Puts what is new of `later` behind what it follows there. `same` finds an item's like; `update` takes over what is newer.
template <class Item, class Same, class Update, class Insert>
void unite(const std::vector<Item>& later, Same same, Update update, Insert insert) {
    std::size_t behind = 0;
    for (const Item& item : later) {
        const std::size_t found = same(item);
        if (found == std::string::npos) {
            insert(behind++, item);
        } else {
            update(found, item);
            behind = found + 1;
        }
    }
}

void unite_choices(std::vector<core::AnswerChoice>& choices, const std::vector<core::AnswerChoice>& later) {
    unite(
        later,
        [&](const core::AnswerChoice& item) {
            for (std::size_t i = 0; i < choices.size(); ++i)
                if (choices[i].name == item.name) return i;
            return std::string::npos;
        },
        [&](std::size_t at, const core::AnswerChoice& item) { take_newer(choices[at].labels, item.labels); },
        [&](std::size_t at, const core::AnswerChoice& item) {
            choices.insert(choices.begin() + static_cast<std::ptrdiff_t>(at), item);
        });
}

void unite_columns(core::AnswerTable& table, SqlTable& sql, const std::vector<Question>& later) {
    unite(
        later,
        [&](const Question& item) {
            for (std::size_t i = 0; i < sql.columns.size(); ++i)
                if (sql.columns[i] == item.column_name) return i;
            return std::string::npos;
        },
        [&](std::size_t at, const Question& item) {
            core::AnswerColumn& column = table.columns[at];
            column.question_type = item.column.question_type;
            column.type = item.column.type;
            take_newer(column.labels, item.column.labels);
            unite_choices(column.choices, item.column.choices);
        },
        [&](std::size_t at, const Question& item) {
            sql.columns.insert(sql.columns.begin() + static_cast<std::ptrdiff_t>(at), item.column_name);
            table.columns.insert(table.columns.begin() + static_cast<std::ptrdiff_t>(at), item.column);
        });
}

std::size_t table_at(UnitedForm& united, const std::string& name, const std::string& repeat_path) {
    for (std::size_t i = 0; i < united.tables.size(); ++i)
        if (united.tables[i].name == name) return i;
    united.tables.push_back({name, {}});
    united.form.tables.push_back({repeat_path.substr(repeat_path.rfind('/') + 1), repeat_path, {}});
    return united.tables.size() - 1;
}

std::string lower_case(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

// The second "member" becomes "member~1", as ODK numbers them. Table names become file names, which sticks compare without
// regard to case.
template <class Name, class Like>
void number_collisions(std::size_t count, Name name, Like like) {
    std::map<std::string, int> seen;
    for (std::size_t i = 0; i < count; ++i)
        if (const int earlier = seen[like(name(i))]++; earlier > 0) name(i) += "~" + std::to_string(earlier);
}

core::Result<UnitedForm> unite_definitions(Database& database, std::string_view activity,
                                           std::span<const Definition> versions) {
    UnitedForm united;
    core::AnswerForm& form = united.form;
    form.activity = activity;
    form.id = versions.front().form_id;
    // One anonymous answer is enough for the whole table to be treated as anonymous.
    form.storage = StoragePolicy::sealed;
    for (const Definition& version : versions) {
        if (version.storage == StoragePolicy::anonymous) form.storage = StoragePolicy::anonymous;
        if (form.versions.empty() || form.versions.back() != version.version) form.versions.push_back(version.version);
    }
    for (auto version = versions.rbegin(); version != versions.rend(); ++version)
        for (const std::string& language : version->languages)
            if (std::find(form.languages.begin(), form.languages.end(), language) == form.languages.end())
                form.languages.push_back(language);

    std::vector<std::pair<std::string, std::string>> tables;
    auto read = for_each(database, "SELECT table_name, repeat_path FROM form_tables WHERE form_id = $1 ORDER BY repeat_path",
                         std::array{Value{std::string_view(form.id)}}, [&](const Statement& row) {
                             tables.emplace_back(text_of(row.cell(0)), text_of(row.cell(1)));
                         });
    if (!read) return read.error();
    for (const auto& [name, repeat_path] : tables)
        if (repeat_path.empty()) table_at(united, name, repeat_path);
    for (const Definition& version : versions) {
        auto questions = questions_of(database, version, form.languages);
        if (!questions) return questions.error();
        std::map<std::size_t, std::vector<Question>> by_table;
        for (Question& question : *questions) {
            const std::size_t at = table_at(united, question.table_name, question.repeat_path);
            by_table[at].push_back(std::move(question));
        }
        for (const auto& [at, of_table] : by_table) unite_columns(form.tables[at], united.tables[at], of_table);
    }
    number_collisions(form.tables.size(), [&](std::size_t i) -> std::string& { return form.tables[i].name; }, lower_case);
    for (core::AnswerTable& table : form.tables)
        number_collisions(table.columns.size(), [&](std::size_t i) -> std::string& { return table.columns[i].header; },
                          [](const std::string& header) { return header; });
    return united;
}

}  // namespace

core::Result<std::vector<UnitedForm>> united_forms(Database& database, std::string_view activity) {
    auto definitions = definitions_of(database, activity);
    if (!definitions) return definitions.error();
    std::vector<UnitedForm> forms;
    const std::span<const Definition> all(*definitions);
    for (std::size_t start = 0; start < all.size();) {
        std::size_t end = start;
        while (end < all.size() && all[end].form_id == all[start].form_id) ++end;
        auto united = unite_definitions(database, activity, all.subspan(start, end - start));
        if (!united) return united.error();
        forms.push_back(std::move(*united));
        start = end;
    }
    return forms;
}

core::Result<std::vector<VersionedForm>> forms_by_version(Database& database, std::string_view activity) {
    auto definitions = definitions_of(database, activity);
    if (!definitions) return definitions.error();
    std::vector<VersionedForm> forms;
    const std::span<const Definition> all(*definitions);
    for (std::size_t start = 0; start < all.size();) {
        std::size_t end = start;
        while (end < all.size() && all[end].form_id == all[start].form_id && all[end].version == all[start].version) ++end;
        auto united = unite_definitions(database, activity, all.subspan(start, end - start));
        if (!united) return united.error();
        forms.push_back({std::move(*united), all[start].version, all[end - 1].title});
        start = end;
    }
    return forms;
}

}  // namespace kiosk::office_store
