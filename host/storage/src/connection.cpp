#include "connection.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace kiosk::storage {

namespace {

// What a journal keeps allocated after a scrub, so that the next commit needs no new blocks even on a full disk.
constexpr sqlite3_int64 kJournalBytesKept = 64 * 1024;

[[noreturn]] void fail(sqlite3* connection) {
    throw SqliteError(sqlite3_extended_errcode(connection), sqlite3_system_errno(connection));
}

void check(int code, sqlite3* connection) {
    if (code == SQLITE_OK) return;
    if (connection == nullptr) throw SqliteError(code);
    fail(connection);
}

}  // namespace

SqliteError SqliteError::damage() { return SqliteError(SQLITE_CORRUPT); }

SqliteError SqliteError::cannot_open(int system_errno) { return SqliteError(SQLITE_CANTOPEN, system_errno); }

const char* SqliteError::what() const noexcept { return sqlite3_errstr(extended_code_); }

bool SqliteError::is_damage() const {
    switch (extended_code_ & 0xff) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_ERROR:       // no such table or column: the schema was hit
        case SQLITE_SCHEMA:
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
        case SQLITE_TOOBIG: return true;
        default: return false;
    }
}

bool SqliteError::is_shortage() const {
    const int code = extended_code_ & 0xff;
    return code == SQLITE_NOMEM || code == SQLITE_CANTOPEN;
}

bool SqliteError::is_read_only() const { return (extended_code_ & 0xff) == SQLITE_READONLY; }

bool SqliteError::is_disk_full() const {
    return (extended_code_ & 0xff) == SQLITE_FULL || system_errno_ == ENOSPC || system_errno_ == EDQUOT;
}

Statement::Statement(sqlite3* connection, std::string_view sql) {
    check(sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()), 0, &statement_, nullptr), connection);
}

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)), bound_(other.bound_) {}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(std::int64_t value) {
    check(sqlite3_bind_int64(statement_, ++bound_, value), sqlite3_db_handle(statement_));
    return *this;
}

Statement& Statement::bind(std::string_view text) {
    // An empty view may hold a null pointer, which SQLite would take for NULL.
    const char* data = text.empty() ? "" : text.data();
    check(sqlite3_bind_text(statement_, ++bound_, data, static_cast<int>(text.size()), SQLITE_TRANSIENT),
          sqlite3_db_handle(statement_));
    return *this;
}

Statement& Statement::bind(core::ByteView blob) {
    check(sqlite3_bind_blob(statement_, ++bound_, blob.data(), static_cast<int>(blob.size()), SQLITE_TRANSIENT),
          sqlite3_db_handle(statement_));
    return *this;
}

Statement& Statement::bind_null() {
    check(sqlite3_bind_null(statement_, ++bound_), sqlite3_db_handle(statement_));
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail(sqlite3_db_handle(statement_));
    return false;
}

void Statement::run() {
    step();
    reset();
}

void Statement::reset() {
    sqlite3_reset(statement_);
    bound_ = 0;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

// SQLite gives null for NULL and nothing, but also for what it had no memory to hand over.
void Statement::refuse_if_lost(const void* data) const {
    if (data == nullptr && sqlite3_errcode(sqlite3_db_handle(statement_)) == SQLITE_NOMEM) throw SqliteError(SQLITE_NOMEM);
}

std::string_view Statement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    refuse_if_lost(data);
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

core::ByteView Statement::blob(int column) const {
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
    refuse_if_lost(data);
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void Connection::Closer::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

Connection::Connection(const std::string& path, const std::string& vfs, Mode mode) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    std::string name = path;
    if (mode == Mode::read_as_it_lies) {
        flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
        name = "file:" + path + "?immutable=1";
    } else {
        flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    }
    sqlite3* connection = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &connection, flags, vfs.empty() ? nullptr : vfs.c_str());
    handle_.reset(connection);
    check(code, connection);
}

void Connection::execute(const char* sql) { check(sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr), handle()); }

std::int64_t Connection::integer(std::string_view sql) const {
    Statement statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::string Connection::text(std::string_view sql) const {
    Statement statement = prepare(sql);
    return statement.step() ? std::string(statement.text(0)) : std::string();
}

void Connection::copy_to(const std::string& path, const std::string& vfs) const {
    Connection copy(path, vfs, Mode::read_write_create);
    copy.execute("PRAGMA synchronous=EXTRA");
    sqlite3_backup* backup = sqlite3_backup_init(copy.handle(), "main", handle(), "main");
    check(backup != nullptr ? SQLITE_OK : SQLITE_ERROR, copy.handle());
    sqlite3_backup_step(backup, -1);
    check(sqlite3_backup_finish(backup), copy.handle());
}

core::Bytes Connection::bytes() const {
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> data(sqlite3_serialize(handle(), "main", &size, 0),
                                                                       sqlite3_free);
    if (!data) throw SqliteError(SQLITE_NOMEM);
    const auto* first = reinterpret_cast<const std::byte*>(data.get());
    return {first, first + size};
}

void Connection::scrub_journal() {
    static constexpr std::array<std::byte, 64 * 1024> kZeros{};
    sqlite3_file* journal = nullptr;
    check(sqlite3_file_control(handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal), handle());
    if (journal->pMethods == nullptr) return;  // nothing was written since it was opened
    sqlite3_int64 size = 0;
    check(journal->pMethods->xFileSize(journal, &size), nullptr);
    for (sqlite3_int64 at = 0; at < size; at += static_cast<sqlite3_int64>(kZeros.size())) {
        const auto length = std::min(size - at, static_cast<sqlite3_int64>(kZeros.size()));
        check(journal->pMethods->xWrite(journal, kZeros.data(), static_cast<int>(length), at), nullptr);
    }
    check(journal->pMethods->xSync(journal, SQLITE_SYNC_NORMAL), nullptr);
    if (size > kJournalBytesKept) check(journal->pMethods->xTruncate(journal, kJournalBytesKept), nullptr);
}

Transaction::Transaction(Connection& connection) : connection_(connection) { connection_.execute("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
    // A failed statement may have rolled back already; and what a failed rollback leaves, the journal undoes at the next
    // opening. Either way there is nothing to add here.
    if (is_open_) sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    connection_.execute("COMMIT");
    is_open_ = false;
}

}  // namespace kiosk::storage
