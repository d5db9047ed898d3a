#include "database.hpp"

#include "failure.hpp"
#include "row_check.hpp"

#include <sqlite3.h>

#include <array>

namespace kiosk::storage {

namespace {

struct Setting {
    const char* name;
    const char* wanted;    // as it is written
    const char* read_back; // as SQLite reports it
};

// EXCLUSIVE: nobody else has business in these files, and each commit saves the locking calls and one page.
// PERSIST + EXTRA: no confirmed answer is lost in a power cut, and no trail of freed blocks is left.
constexpr std::array<Setting, 9> kSettings{{
    {"locking_mode", "EXCLUSIVE", "exclusive"},
    {"journal_mode", "PERSIST", "persist"},
    {"synchronous", "EXTRA", "3"},
    {"secure_delete", "ON", "1"},
    {"foreign_keys", "ON", "1"},
    {"trusted_schema", "OFF", "0"},
    {"cell_size_check", "ON", "1"},
    {"temp_store", "MEMORY", "2"},
    {"cache_size", "-4096", "-4096"},
}};

constexpr const char* kMetaTable =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL, row_check BLOB NOT NULL) STRICT, WITHOUT ROWID";

// Of the database header (sqlite.org/fileformat.html): 1 for rollback journals.
constexpr std::int64_t kFormatOffset = 18;
constexpr int kFormatOfJournals = 1;

void harden(const Connection& connection) {
    sqlite3* handle = connection.handle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 4'000'000);
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 100'000);
    sqlite3_limit(handle, SQLITE_LIMIT_COLUMN, 100);
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 20);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
}

void apply_settings(Connection& connection, int page_bytes) {
    connection.execute(("PRAGMA page_size=" + std::to_string(page_bytes)).c_str());
    connection.execute("PRAGMA auto_vacuum=NONE");
    connection.execute("PRAGMA mmap_size=0");
    for (const Setting& setting : kSettings)
        connection.execute((std::string("PRAGMA ") + setting.name + "=" + setting.wanted).c_str());
}

void enforce_settings(const Connection& connection, int page_bytes) {
    for (const Setting& setting : kSettings)
        if (connection.text(std::string("PRAGMA ") + setting.name) != setting.read_back)
            throw Refusal(settings_error(setting.name));
    if (connection.integer("PRAGMA mmap_size") != 0) throw Refusal(settings_error("mmap_size"));
    // Chosen when the file was made, so another value now is damage and not this SQLite's fault.
    if (connection.integer("PRAGMA page_size") != page_bytes || connection.integer("PRAGMA auto_vacuum") != 0) throw SqliteError::damage();
}

RowCheck meta_check(std::string_view name, std::string_view value) { return RowChecker().add(name).add(value).finish(); }

void put_meta(Connection& connection, std::string_view name, const std::string& value) {
    connection.prepare("INSERT OR REPLACE INTO meta VALUES(?,?,?)")
        .bind(name).bind(value).bind(core::ByteView(meta_check(name, value))).run();
}

std::optional<std::string> meta(const Connection& connection, std::string_view name) {
    Statement statement = connection.prepare("SELECT value, row_check FROM meta WHERE name=?");
    statement.bind(name);
    if (!statement.step()) return std::nullopt;
    if (!is_same(meta_check(name, statement.text(0)), statement.blob(1))) return std::nullopt;
    return std::string(statement.text(0));
}

bool has_meta(const Connection& connection) {
    return connection.integer("SELECT count(*) FROM sqlite_schema WHERE name='meta'") == 1;
}

void set_version(Connection& connection, std::int64_t version) {
    connection.execute(("PRAGMA user_version=" + std::to_string(version)).c_str());
    put_meta(connection, "schema", std::to_string(version));
}

void make_tables(Connection& connection, const Schema& schema) {
    connection.execute(kMetaTable);
    for (const char* migration : schema.migrations) connection.execute(migration);
}

void make(Connection& connection, const Schema& schema, const DatabaseSite& site,
          const std::function<void(Connection&)>& fill_new) {
    Transaction transaction(connection);
    connection.execute(("PRAGMA application_id=" + std::to_string(schema.application_id)).c_str());
    make_tables(connection, schema);
    put_meta(connection, "kind", schema.file);
    put_meta(connection, "box", site.box);
    set_version(connection, schema.version());
    fill_new(connection);
    transaction.commit();
}

std::string snapshot_name(const Schema& schema) { return std::string("before-migration-") + schema.file; }

void migrate(Connection& connection, const Schema& schema, const DatabaseSite& site, std::int64_t from) {
    const std::string snapshot = snapshot_name(schema);
    site.directory.remove(snapshot);
    connection.copy_to(site.directory.file(snapshot), site.vfs);
    for (std::int64_t version = from + 1; version <= schema.version(); ++version) {
        Transaction transaction(connection);
        connection.execute(schema.migrations[static_cast<std::size_t>(version - 1)]);
        set_version(connection, version);
        transaction.commit();
    }
}

// The version of a database that is ours. The header's fields stand once more in meta, proved by a check, so that a bit
// flipped in one is told from a foreign or a newer file.
std::int64_t proven_version(const Connection& connection, const Schema& schema, const DatabaseSite& site) {
    const std::string path = site.directory.file(schema.file);
    const bool bears_our_mark = connection.integer("PRAGMA application_id") == schema.application_id;
    if (!has_meta(connection)) {
        if (bears_our_mark) throw SqliteError::damage();
        throw Refusal(foreign_error(path));
    }
    const auto kind = meta(connection, "kind");
    const auto box = meta(connection, "box");
    const auto version = meta(connection, "schema");
    if (!kind || !box || !version) throw SqliteError::damage();
    if (*kind != schema.file || *box != site.box) throw Refusal(foreign_error(path));
    if (!bears_our_mark || std::to_string(connection.integer("PRAGMA user_version")) != *version)
        throw SqliteError::damage();
    const std::int64_t number = connection.integer("PRAGMA user_version");
    if (number > schema.version()) throw Refusal(newer_error(path));
    if (number < 1) throw SqliteError::damage();
    return number;
}

bool is_empty(const Connection& connection) { return connection.integer("PRAGMA page_count") == 0; }

void check_content(const Connection& connection) {
    const std::string verdict = connection.text("PRAGMA quick_check(1)");
    if (verdict == "ok") return;
    // A page that could not be read is reported like a page that is wrong; but it says nothing about the database.
    const bool could_not_read = verdict.find("unable to get the page") != std::string::npos &&
                                verdict.find("error code=" + std::to_string(SQLITE_CORRUPT)) == std::string::npos;
    if (could_not_read) throw SqliteError(SQLITE_IOERR_READ);
    throw SqliteError::damage();
}

// A write of no consequence opens the journal, so that what an earlier process left in it can be scrubbed.
void scrub_what_was_left(Connection& connection, const Schema& schema, const DatabaseSite& site) {
    try {
        connection.execute(("PRAGMA user_version=" + std::to_string(schema.version())).c_str());
    } catch (const SqliteError& failure) {
        // SQLite takes a file whose format version was hit for read-only.
        if (failure.is_read_only() && site.directory.byte_at(schema.file, kFormatOffset) != kFormatOfJournals)
            throw SqliteError::damage();
        throw;
    }
    connection.scrub_journal();
}

Connection database_in_memory(const Schema& schema) {
    Connection connection(":memory:", {}, Connection::Mode::read_write_create);
    connection.execute(("PRAGMA page_size=" + std::to_string(schema.page_bytes)).c_str());
    make_tables(connection, schema);
    return connection;
}

Connection open_with_settings(const Schema& schema, const DatabaseSite& site) {
    Connection connection(site.directory.file(schema.file), site.vfs, Connection::Mode::read_write_create);
    harden(connection);
    apply_settings(connection, schema.page_bytes);
    return connection;
}

}  // namespace

Connection open_database(const Schema& schema, const DatabaseSite& site,
                         const std::function<void(Connection&)>& fill_new) {
    Connection connection = open_with_settings(schema, site);
    if (is_empty(connection)) {
        // If the power was cut while it was made, looking rolled that back; this connection then still goes by the page
        // size it had found in the torn file.
        if (connection.integer("PRAGMA page_size") != schema.page_bytes) connection = open_with_settings(schema, site);
        make(connection, schema, site, fill_new);
        enforce_settings(connection, schema.page_bytes);
        return connection;
    }
    const std::int64_t version = proven_version(connection, schema, site);
    enforce_settings(connection, schema.page_bytes);
    check_content(connection);
    if (version < schema.version()) migrate(connection, schema, site, version);
    else site.directory.remove(snapshot_name(schema));  // kept until the migrated database proved itself by opening again
    scrub_what_was_left(connection, schema, site);
    return connection;
}

core::Bytes empty_database(const Schema& schema) { return database_in_memory(schema).bytes(); }

std::int64_t first_page_of(const Schema& schema, const std::string& table) {
    return database_in_memory(schema).integer("SELECT rootpage FROM sqlite_schema WHERE name='" + table + "'");
}

std::optional<std::string> box_of(const Schema& schema, const DatabaseSite& site) {
    try {
        const Connection connection(site.directory.file(schema.file), site.vfs, Connection::Mode::read_as_it_lies);
        if (!has_meta(connection)) return std::nullopt;
        return meta(connection, "box");
    } catch (const SqliteError& failure) {
        // A missing file is a shortage too; but what is there and cannot be read now bears a box all the same.
        if (failure.is_damage() || !site.directory.has(schema.file)) return std::nullopt;
        throw;
    }
}

}  // namespace kiosk::storage
