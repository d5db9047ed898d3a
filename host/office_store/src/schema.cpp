#include "schema.hpp"

#include <array>

namespace kiosk::office_store {
namespace {

struct Table {
    const char* name;
    const char* columns;
};

constexpr std::array kTables{
    Table{"meta", "name TEXT PRIMARY KEY, value TEXT NOT NULL"},
    // A sequence may have come twice with different bytes: a bundle whose delivery the kiosk could not note is made anew.
    Table{"bundles",
          "kiosk_id TEXT NOT NULL, sequence BIGINT NOT NULL, sha256 TEXT NOT NULL, previous_sha256 TEXT NOT NULL, "
          "sealed_answers BIGINT NOT NULL, poll_records BIGINT NOT NULL, signature TEXT NOT NULL, "
          "audit_head TEXT NOT NULL, PRIMARY KEY (kiosk_id, sequence, sha256)"},
    Table{"refusals", "sha256 TEXT NOT NULL, file_name TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (sha256, code)"},
    // One row each time a bundle came that was merged before; `time` is a number, not a date.
    Table{"repeats", "sha256 TEXT NOT NULL, time BIGINT NOT NULL, PRIMARY KEY (sha256, time)"},
    Table{"counters",
          "kiosk_id TEXT NOT NULL, sequence BIGINT NOT NULL, name TEXT NOT NULL, value BIGINT NOT NULL, "
          "PRIMARY KEY (kiosk_id, sequence, name)"},
    Table{"definitions",
          "sha256 TEXT PRIMARY KEY, form_id TEXT NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL, "
          "languages TEXT NOT NULL, readable BIGINT NOT NULL, xml TEXT NOT NULL"},
    Table{"form_tables", "table_name TEXT PRIMARY KEY, form_id TEXT NOT NULL, repeat_path TEXT NOT NULL"},
    Table{"questions",
          "definition_sha256 TEXT NOT NULL, path TEXT NOT NULL, position BIGINT NOT NULL, repeat_path TEXT NOT NULL, "
          "table_name TEXT NOT NULL, column_name TEXT NOT NULL, header TEXT NOT NULL, type TEXT NOT NULL, "
          "answer_type BIGINT NOT NULL, PRIMARY KEY (definition_sha256, path)"},
    Table{"choices",
          "definition_sha256 TEXT NOT NULL, path TEXT NOT NULL, choice TEXT NOT NULL, position BIGINT NOT NULL, "
          "PRIMARY KEY (definition_sha256, path, choice)"},
    // Of a question where choice is empty, else of that choice.
    Table{"labels",
          "definition_sha256 TEXT NOT NULL, path TEXT NOT NULL, choice TEXT NOT NULL, language TEXT NOT NULL, "
          "label TEXT NOT NULL, PRIMARY KEY (definition_sha256, path, choice, language)"},
    Table{"responses",
          "response_id KEY PRIMARY KEY, activity TEXT NOT NULL, form_id TEXT NOT NULL, form_version TEXT NOT NULL, "
          "definition_sha256 TEXT NOT NULL, storage TEXT NOT NULL, wave TEXT NOT NULL, withdrawal_tag TEXT, "
          "kiosk_id TEXT NOT NULL, bundle_sequence BIGINT NOT NULL, payload_sha256 TEXT NOT NULL, document TEXT NOT NULL"},
    // Two different answers under one id: the one with the smaller hash stands in responses, the others here.
    Table{"conflicts",
          "response_id TEXT NOT NULL, payload_sha256 TEXT NOT NULL, withdrawal_tag TEXT, document TEXT NOT NULL, "
          "PRIMARY KEY (response_id, payload_sha256)"},
    // Rows of a genuine bundle that are no response this program understands, kept as they came, in hexadecimal.
    Table{"unreadable", "payload_sha256 TEXT PRIMARY KEY, payload TEXT NOT NULL"},
    Table{"withdrawals", "tag TEXT PRIMARY KEY"},
    // The results kiosks were given last, and of how many answers: they move on in steps.
    Table{"published",
          "form_id TEXT NOT NULL, version TEXT NOT NULL, question TEXT NOT NULL, choice TEXT NOT NULL, count BIGINT NOT NULL, "
          "n BIGINT NOT NULL, PRIMARY KEY (form_id, version, question, choice)"},
    // Which form versions an activity's answers use, so that nobody need count a million rows to know.
    Table{"activity_forms",
          "activity TEXT NOT NULL, form_id TEXT NOT NULL, definition_sha256 TEXT NOT NULL, storage TEXT NOT NULL, "
          "PRIMARY KEY (activity, form_id, definition_sha256, storage)"},
};

core::Result<std::string> stored_version(Database& database) {
    auto found = texts_of(database, "SELECT value FROM meta WHERE name = 'schema'", {});
    if (!found) return found.error();
    return found->empty() ? std::string() : found->front();
}

core::Result<void> create(Database& database) {
    auto transaction = Transaction::begin(database);
    if (!transaction) return transaction.error();
    for (const Table& table : kTables) {
        std::string columns = table.columns;
        if (const auto key = columns.find(" KEY "); columns.starts_with("response_id KEY")) columns.replace(key + 1, 3, database.key_type());
        const std::string sql = std::string("CREATE TABLE IF NOT EXISTS ") + table.name + " (" + columns + ")" + database.clustered();
        if (auto created = database.execute(sql); !created) return created;
    }
    const std::string version = std::to_string(kSchemaVersion);
    // Withdrawals look answers up by their tags.
    if (auto indexed = database.execute("CREATE INDEX IF NOT EXISTS responses_by_tag ON responses (withdrawal_tag) "
                                        "WHERE withdrawal_tag IS NOT NULL"); !indexed) return indexed;
    if (auto noted = database.execute("INSERT INTO meta (name, value) VALUES ('schema', '" + version +
                                      "') ON CONFLICT DO NOTHING");
        !noted)
        return noted;
    return transaction->commit();
}

}  // namespace

core::Result<void> ensure_schema(Database& database) {
    auto columns = database.columns_of("meta");
    if (!columns) return columns.error();
    auto newest = database.columns_of("published");
    if (!newest) return newest.error();
    if (columns->empty() || newest->empty())  // nothing yet, or a store from before there were results
        if (auto created = create(database); !created) return created;
    auto version = stored_version(database);
    if (!version) return version.error();
    if (*version == std::to_string(kSchemaVersion)) return {};
    return core::Error{"store.other_version",
                       {"Kho dữ liệu này do phiên bản khác của chương trình tạo ra. Hãy cập nhật feedback-office.",
                        "Another version of this program made this store. Update feedback-office."}};
}

}  // namespace kiosk::office_store
