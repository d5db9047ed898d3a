// Database: the little SQL the office store needs, spoken alike by SQLite and by PostgreSQL (and by what speaks its
// protocol): $1, $2, … in the order they first appear, INSERT … ON CONFLICT DO NOTHING, no server-side code.
// One thread. A Statement must not outlive its Database. Text a Cell points to lives until the next step().
#pragma once

#include <kiosk/core/answer_tables.hpp>
#include <kiosk/core/result.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kiosk::office_store {

using Value = std::variant<std::monostate, std::int64_t, double, std::string_view>;
using Cell = core::AnswerCell;

class Statement {
  public:
    virtual ~Statement() = default;
    // Starts (again) with these values.
    virtual core::Result<void> start(std::span<const Value> values) = 0;
    // False at the end. What it returns nothing for is done after the first call.
    virtual core::Result<bool> step() = 0;
    virtual Cell cell(int column) const = 0;
};

// INSERT … ON CONFLICT DO NOTHING, many rows in as few round trips as the engine allows. flush() sends what is held back.
class Inserter {
  public:
    virtual ~Inserter() = default;
    virtual core::Result<void> add(std::span<const Value> row) = 0;  // copies
    virtual core::Result<void> flush() = 0;
};

class Database {
  public:
    virtual ~Database() = default;

    virtual core::Result<void> execute(const std::string& sql) = 0;  // one statement, no values
    virtual core::Result<std::unique_ptr<Statement>> prepare(const std::string& sql) = 0;
    virtual core::Result<std::unique_ptr<Inserter>> inserter(const std::string& table,
                                                             const std::vector<std::string>& columns) = 0;
    // What follows a table's columns to keep its rows in the order of the primary key, where the engine can.
    virtual std::string clustered() const = 0;
    // Text that compares byte by byte, as the keys of answers do.
    virtual std::string key_type() const = 0;
    // Makes every read from now on see one state of the data. Nothing can be written afterwards.
    virtual core::Result<void> freeze() = 0;
    // Whether another() can give connections that read the same data in other threads.
    virtual bool has_others() const = 0;
    virtual core::Result<std::unique_ptr<Database>> another() const = 0;
    // The names of a table's columns; empty: there is no such table.
    virtual core::Result<std::vector<std::string>> columns_of(const std::string& table) = 0;
};

// Every row of a query.
template <class TakeRow>
core::Result<void> for_each(Database& database, const std::string& sql, std::span<const Value> values, TakeRow take) {
    auto statement = database.prepare(sql);
    if (!statement) return statement.error();
    if (auto started = (*statement)->start(values); !started) return started;
    for (;;) {
        auto more = (*statement)->step();
        if (!more) return more.error();
        if (!*more) return {};
        take(static_cast<const Statement&>(**statement));
    }
}

// The first cell of every row.
core::Result<std::vector<std::string>> texts_of(Database& database, const std::string& sql, std::span<const Value> values);

// Runs a statement that returns nothing.
core::Result<void> run(Database& database, const std::string& sql, std::span<const Value> values);

// Rolls back unless committed.
class Transaction {
  public:
    static core::Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    core::Result<void> commit();

  private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

std::string sql_name(std::string_view identifier);                       // "…", for SQL
std::string text_of(const Cell& cell);
std::int64_t integer_of(const Cell& cell);

core::Result<std::unique_ptr<Database>> open_sqlite(const std::string& file);
core::Result<std::unique_ptr<Database>> open_postgres(const std::string& url);

}  // namespace kiosk::office_store
