#include "definitions.hpp"

#include "form_layout.hpp"

#include <kiosk/core/sha256.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace kiosk::office_store {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
    return line;
}

core::Result<bool> is_known(Database& database, const std::string& sha256) {
    auto found = texts_of(database, "SELECT sha256 FROM definitions WHERE sha256 = $1", std::array{Value{std::string_view(sha256)}});
    if (!found) return found.error();
    return !found->empty();
}

// Writes one form version into the catalogue and makes its columns.
class DefinitionWriter {
  public:
    DefinitionWriter(Database& database, const core::FormVersion& form) : database_(database), form_(form) {
        sha256_ = core::to_hex(form.sha256);
    }

    core::Result<void> write(const FormLayout& layout, bool readable, std::string_view xml) {
        const std::string languages = joined(layout.languages);
        const Value definition[]{std::string_view(sha256_), std::string_view(form_.id), std::string_view(form_.version),
                                 std::string_view(layout.title), std::string_view(languages),
                                 std::int64_t{readable ? 1 : 0}, xml};
        if (auto done = insert("definitions", {"sha256", "form_id", "version", "title", "languages", "readable", "xml"},
                               {{std::begin(definition), std::end(definition)}});
            !done)
            return done;
        if (!readable) return {};
        const std::string own_table = table_name(form_.id, "", "");
        if (auto made = ensure_table(own_table, ""); !made) return made;
        for (const std::string& repeat : layout.repeats)
            if (auto made = ensure_table(table_name(form_.id, layout.root_path, repeat), repeat); !made) return made;
        std::int64_t position = 0;
        for (const LayoutQuestion& question : layout.questions)
            if (auto done = write_question(question, layout.languages, ++position); !done) return done;
        return {};
    }

  private:
    using Rows = std::vector<std::vector<Value>>;

    core::Result<void> insert(const std::string& table, const std::vector<std::string>& columns, const Rows& rows) {
        auto inserter = database_.inserter(table, columns);
        if (!inserter) return inserter.error();
        for (const auto& row : rows)
            if (auto added = (*inserter)->add(row); !added) return added;
        return (*inserter)->flush();
    }

    core::Result<void> write_question(const LayoutQuestion& question, const std::vector<std::string>& languages,
                                      std::int64_t position) {
        auto column = ensure_column(question);
        if (!column) return column.error();
        const std::string_view sha256 = sha256_, path = question.path;
        const core::AnswerColumn& shown = question.column;
        if (auto done = insert("questions",
                               {"definition_sha256", "path", "position", "repeat_path", "table_name", "column_name",
                                "header", "type", "answer_type"},
                               {{sha256, path, position, std::string_view(question.repeat_path),
                                 std::string_view(question.table_name), std::string_view(*column),
                                 std::string_view(shown.header), std::string_view(shown.question_type),
                                 static_cast<std::int64_t>(shown.type)}});
            !done)
            return done;
        Rows choices, labels;
        add_labels(labels, path, "", shown.labels, languages);
        for (std::size_t i = 0; i < shown.choices.size(); ++i) {
            const core::AnswerChoice& choice = shown.choices[i];
            choices.push_back({sha256, path, std::string_view(choice.name), static_cast<std::int64_t>(i + 1)});
            add_labels(labels, path, choice.name, choice.labels, languages);
        }
        if (auto done = insert("choices", {"definition_sha256", "path", "choice", "position"}, choices); !done) return done;
        return insert("labels", {"definition_sha256", "path", "choice", "language", "label"}, labels);
    }

    void add_labels(Rows& rows, std::string_view path, std::string_view choice, const std::vector<std::string>& labels,
                    const std::vector<std::string>& languages) const {
        for (std::size_t i = 0; i < labels.size() && i < languages.size(); ++i)
            if (!labels[i].empty())
                rows.push_back({std::string_view(sha256_), path, choice, std::string_view(languages[i]),
                                std::string_view(labels[i])});
    }

    core::Result<void> ensure_table(const std::string& table, const std::string& repeat_path) {
        if (!ensured_.insert(table).second) return {};
        const bool is_repeat = !repeat_path.empty();
        std::string sql = "CREATE TABLE IF NOT EXISTS " + sql_name(table) + " (";
        for (const std::string& column : is_repeat ? repeat_row_columns() : form_row_columns()) {
            const bool is_number = column == "_bundle" || column == "_position";
            const bool is_key = column.ends_with("_key") || column == "_response";
            sql += sql_name(column) + " " + (is_number ? "BIGINT" : is_key ? database_.key_type() : "TEXT") + " NOT NULL, ";
        }
        sql += is_repeat ? "PRIMARY KEY (\"_parent_key\", \"_position\"))" : "PRIMARY KEY (\"_key\"))";
        if (auto created = database_.execute(sql + database_.clustered()); !created) return created;
        return insert("form_tables", {"table_name", "form_id", "repeat_path"},
                      {{std::string_view(table), std::string_view(form_.id), std::string_view(repeat_path)}});
    }

    // The question's column. Where another question, or the same with another type, has that name already, the type and a
    // hash of the path keep them apart.
    core::Result<std::string> ensure_column(const LayoutQuestion& question) {
        auto owners = owners_of(question);
        if (!owners) return owners.error();
        if (!owners->same.empty()) return owners->same;
        std::string name = question.column_name;
        if (owners->taken) {
            const std::string told = question.path + " " + sql_type(question.column.type);
            name += "_" + core::to_hex(core::ByteView(core::sha256_of(told)).first(4));
        }
        auto existing = database_.columns_of(question.table_name);
        if (!existing) return existing.error();
        if (std::find(existing->begin(), existing->end(), name) == existing->end()) {
            const std::string sql = "ALTER TABLE " + sql_name(question.table_name) + " ADD COLUMN " + sql_name(name) + " " +
                                    sql_type(question.column.type);
            if (auto added = database_.execute(sql); !added) return added.error();
        }
        return name;
    }

    struct Owners {
        std::string same;    // the column that this question, with this SQL type, has in another version
        bool taken = false;  // something else has the plain name
    };

    core::Result<Owners> owners_of(const LayoutQuestion& question) {
        Owners owners;
        const std::string_view wanted_type = sql_type(question.column.type);
        auto read = for_each(
            database_, "SELECT path, answer_type, column_name FROM questions WHERE table_name = $1 ORDER BY path, column_name",
            std::array{Value{std::string_view(question.table_name)}}, [&](const Statement& row) {
                const std::string_view type = sql_type(static_cast<core::AnswerType>(integer_of(row.cell(1))));
                const std::string column = text_of(row.cell(2));
                if (text_of(row.cell(0)) == question.path && type == wanted_type) owners.same = column;
                else if (column == question.column_name) owners.taken = true;
            });
        if (!read) return read.error();
        return owners;
    }

    Database& database_;
    const core::FormVersion& form_;
    std::string sha256_;
    std::set<std::string> ensured_;
};

}  // namespace

const std::vector<std::string>& form_row_columns() {
    static const std::vector<std::string> columns{"_key", "_activity", "_kiosk", "_bundle", "_form_version", "_wave"};
    return columns;
}

const std::vector<std::string>& repeat_row_columns() {
    static const std::vector<std::string> columns{"_parent_key", "_position", "_key",          "_response", "_activity",
                                                  "_kiosk",      "_bundle",   "_form_version", "_wave"};
    return columns;
}

core::Result<void> ensure_definition(Database& database, const DefinitionReader& reader, const core::FormVersion& form,
                                     std::string_view xml) {
    const std::string sha256 = core::to_hex(form.sha256);
    auto known = is_known(database, sha256);
    if (!known) return known.error();
    if (*known) return {};
    auto read = reader(xml);
    if (read) read->id = form.id;  // the tables are those of the form the bundle names, whatever the XML calls itself
    auto transaction = Transaction::begin(database);
    if (!transaction) return transaction.error();
    DefinitionWriter writer(database, form);
    auto written = read ? writer.write(layout_of(*read), true, xml) : writer.write({}, false, xml);
    if (!written) return written;
    return transaction->commit();
}

namespace {

// The form's own table and those of every repeat any version of it has.
core::Result<void> load_tables(Database& database, const std::string& form_id, DefinitionPlan& plan) {
    plan.tables.push_back({table_name(form_id, "", ""), "", {}});
    return for_each(database,
                    "SELECT table_name, repeat_path FROM form_tables WHERE form_id = $1 AND repeat_path <> '' ORDER BY repeat_path",
                    std::array{Value{std::string_view(form_id)}}, [&](const Statement& row) {
                        const std::string repeat = text_of(row.cell(1));
                        plan.repeats.emplace(repeat, plan.tables.size());
                        plan.tables.push_back({text_of(row.cell(0)), repeat, {}});
                    });
}

}  // namespace

core::Result<DefinitionPlan> load_plan(Database& database, const core::Sha256& definition) {
    const std::string sha256 = core::to_hex(definition);
    const std::array of_definition{Value{std::string_view(sha256)}};
    DefinitionPlan plan;
    auto form_id = texts_of(database, "SELECT form_id FROM definitions WHERE sha256 = $1 AND readable = 1", of_definition);
    if (!form_id) return form_id.error();
    if (form_id->empty()) return plan;
    plan.readable = true;
    if (auto loaded = load_tables(database, form_id->front(), plan); !loaded) return loaded.error();
    auto read = for_each(
        database, "SELECT path, repeat_path, column_name, answer_type FROM questions WHERE definition_sha256 = $1 ORDER BY position",
        of_definition, [&](const Statement& row) {
            const auto repeat = plan.repeats.find(text_of(row.cell(1)));
            const std::size_t table = repeat == plan.repeats.end() ? 0 : repeat->second;
            auto& columns = plan.tables[table].question_columns;
            const auto type = static_cast<core::AnswerType>(integer_of(row.cell(3)));
            plan.columns.emplace(text_of(row.cell(0)), PlannedColumn{table, columns.size(), type});
            columns.push_back(text_of(row.cell(2)));
        });
    if (!read) return read.error();
    return plan;
}

}  // namespace kiosk::office_store
