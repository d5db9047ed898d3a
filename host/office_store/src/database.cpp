#include "database.hpp"

#include <utility>

namespace kiosk::office_store {

core::Result<std::vector<std::string>> texts_of(Database& database, const std::string& sql, std::span<const Value> values) {
    std::vector<std::string> texts;
    auto read = for_each(database, sql, values, [&](const Statement& row) { texts.push_back(text_of(row.cell(0))); });
    if (!read) return read.error();
    return texts;
}

core::Result<void> run(Database& database, const std::string& sql, std::span<const Value> values) {
    auto statement = database.prepare(sql);
    if (!statement) return statement.error();
    if (auto started = (*statement)->start(values); !started) return started;
    auto stepped = (*statement)->step();
    if (!stepped) return stepped.error();
    return {};
}

core::Result<Transaction> Transaction::begin(Database& database) {
    if (auto begun = database.execute("BEGIN"); !begun) return begun.error();
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
    if (database_ != nullptr) static_cast<void>(database_->execute("ROLLBACK"));
}

core::Result<void> Transaction::commit() {
    if (auto committed = database_->execute("COMMIT"); !committed) return committed;
    database_ = nullptr;
    return {};
}

std::string sql_name(std::string_view identifier) {
    std::string sql = "\"";
    for (char c : identifier) {
        if (c == '"') sql += '"';
        sql += c;
    }
    return sql + '"';
}

std::string text_of(const Cell& cell) {
    return cell.kind == Cell::Kind::integer ? std::to_string(cell.integer) : std::string(cell.text);
}

std::int64_t integer_of(const Cell& cell) { return cell.kind == Cell::Kind::integer ? cell.integer : 0; }

}  // namespace kiosk::office_store
