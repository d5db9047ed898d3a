// Connection, Statement, Transaction: a thin RAII coat over SQLite's C API. Private to storage; nothing of sqlite3.h
// shows. A connection and what it made belong to one thread. Failures are thrown as SqliteError, which the public classes
// of this library catch: the code between stays readable, and no failure can be overlooked.
#pragma once

#include <kiosk/core/bytes.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace kiosk::storage {

class SqliteError : public std::exception {
  public:
    explicit SqliteError(int extended_code, int system_errno = 0)
        : extended_code_(extended_code), system_errno_(system_errno) {}
    static SqliteError damage();  // a whole database whose content contradicts itself
    static SqliteError cannot_open(int system_errno);

    int extended_code() const { return extended_code_; }
    int system_errno() const { return system_errno_; }
    const char* what() const noexcept override;

    // The file is not, or no longer, the whole database that our fixed SQL expects.
    bool is_damage() const;
    bool is_disk_full() const;
    bool is_shortage() const;  // of memory or file handles: says nothing about the file
    bool is_read_only() const;

  private:
    int extended_code_;
    int system_errno_;
};

class Statement {
  public:
    Statement(sqlite3* connection, std::string_view sql);
    Statement(Statement&& other) noexcept;
    ~Statement();
    Statement& operator=(Statement&&) = delete;

    // Parameters are filled from the first on; blobs and texts are copied.
    Statement& bind(std::int64_t value);
    Statement& bind(std::string_view text);
    Statement& bind(core::ByteView blob);
    Statement& bind_null();

    bool step();   // true: there is a row
    void run();    // for statements without rows; then ready to be bound again
    void reset();

    // Columns of the current row; views live until the next step.
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
    core::ByteView blob(int column) const;

  private:
    void refuse_if_lost(const void* data) const;

    sqlite3_stmt* statement_ = nullptr;
    int bound_ = 0;
};

class Connection {
  public:
    enum class Mode { read_write_create = 1, read_as_it_lies = 2 };  // the latter ignores journals and locks

    // vfs: empty for the operating system's.
    Connection(const std::string& path, const std::string& vfs, Mode mode);

    void execute(const char* sql);
    Statement prepare(std::string_view sql) const { return {handle_.get(), sql}; }
    std::int64_t integer(std::string_view sql) const;
    std::string text(std::string_view sql) const;

    // An exact copy of the database in a new file.
    void copy_to(const std::string& path, const std::string& vfs) const;

    core::Bytes bytes() const;  // the file, or what would be it

    // Overwrites what the rollback journal remembers of earlier pages with zeros, in place. Outside transactions only.
    void scrub_journal();

    sqlite3* handle() const { return handle_.get(); }

  private:
    struct Closer { void operator()(sqlite3* connection) const; };
    std::unique_ptr<sqlite3, Closer> handle_;
};

// Rolls back unless committed.
class Transaction {
  public:
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

  private:
    Connection& connection_;
    bool is_open_ = true;
};

}  // namespace kiosk::storage
