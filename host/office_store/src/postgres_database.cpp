#include "database.hpp"

#include <libpq-fe.h>

#include <array>
#include <charconv>
#include <cstring>
#include <memory>

namespace kiosk::office_store {
namespace {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, ClearResult>;

constexpr Oid kInt8 = 20, kInt4 = 23, kFloat8 = 701;

core::Error server_error(PGconn* connection) {
    std::string reason = PQerrorMessage(connection);
    while (!reason.empty() && (reason.back() == '\n' || reason.back() == ' ')) reason.pop_back();
    if (PQstatus(connection) != CONNECTION_OK)
        return {"store.no_connection",
                {"Không kết nối được với máy chủ dữ liệu: " + reason + ". Hãy kiểm tra mạng và địa chỉ rồi chạy lại; không có gì bị mất.",
                 "The database server cannot be reached: " + reason + ". Check network and address and run again; nothing was lost."}};
    return {"store.failed", {"Máy chủ dữ liệu báo lỗi: " + reason, "The database server failed: " + reason}};
}

// Values as text, which the server converts to the type it expects.
class Parameters {
  public:
    void clear() {
        texts_.clear();
        is_null_.clear();
    }
    void add(const Value& value) {
        is_null_.push_back(std::holds_alternative<std::monostate>(value));
        if (const auto* integer = std::get_if<std::int64_t>(&value)) texts_.push_back(std::to_string(*integer));
        else if (const auto* decimal = std::get_if<double>(&value)) texts_.push_back(decimal_text(*decimal));
        else if (const auto* text = std::get_if<std::string_view>(&value)) texts_.emplace_back(*text);
        else texts_.emplace_back();
    }
    std::size_t size() const { return texts_.size(); }
    std::vector<const char*> pointers() const {
        std::vector<const char*> all;
        for (std::size_t i = 0; i < texts_.size(); ++i) all.push_back(is_null_[i] ? nullptr : texts_[i].c_str());
        return all;
    }

  private:
    static std::string decimal_text(double value) {
        char digits[32];
        return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
    }
    std::vector<std::string> texts_;
    std::vector<bool> is_null_;
};

// Rows arrive one by one, so a million of them take no more memory than one. While they do, the connection is busy; a
// statement that is let go of early reads the rest and drops it.
class PostgresStatement final : public Statement {
  public:
    PostgresStatement(PGconn* connection, std::string sql) : connection_(connection), sql_(std::move(sql)) {}
    ~PostgresStatement() override { drain(); }

    core::Result<void> start(std::span<const Value> values) override {
        drain();
        Parameters parameters;
        for (const Value& value : values) parameters.add(value);
        const auto pointers = parameters.pointers();
        if (PQsendQueryParams(connection_, sql_.c_str(), static_cast<int>(pointers.size()), nullptr, pointers.data(),
                              nullptr, nullptr, 0) != 1 ||
            PQsetSingleRowMode(connection_) != 1)
            return server_error(connection_);
        running_ = true;
        return {};
    }

    core::Result<bool> step() override {
        if (!running_) return false;
        row_.reset(PQgetResult(connection_));
        switch (PQresultStatus(row_.get())) {
            case PGRES_SINGLE_TUPLE: return true;
            case PGRES_TUPLES_OK:
            case PGRES_COMMAND_OK: drain(); return false;
            default: break;
        }
        const core::Error error = server_error(connection_);
        drain();
        return error;
    }

    Cell cell(int column) const override {
        if (PQgetisnull(row_.get(), 0, column) != 0) return {};
        const std::string_view text(PQgetvalue(row_.get(), 0, column),
                                    static_cast<std::size_t>(PQgetlength(row_.get(), 0, column)));
        Cell cell;
        switch (PQftype(row_.get(), column)) {
            case kInt8:
            case kInt4:
                cell.kind = Cell::Kind::integer;
                std::from_chars(text.data(), text.data() + text.size(), cell.integer);
                break;
            case kFloat8:
                cell.kind = Cell::Kind::decimal;
                std::from_chars(text.data(), text.data() + text.size(), cell.decimal);
                break;
            default: cell.kind = Cell::Kind::text; cell.text = text;
        }
        return cell;
    }

  private:
    void drain() {
        if (!running_) return;
        running_ = false;
        while (PgResult rest{PQgetResult(connection_)}) {}
    }

    PGconn* connection_;
    std::string sql_;
    PgResult row_;
    bool running_ = false;
};

class PostgresInserter final : public Inserter {
  public:
    PostgresInserter(PGconn* connection, const std::string& table, const std::vector<std::string>& columns)
        : connection_(connection), width_(columns.size()), rows_at_most_(kParameters / columns.size()) {
        for (const std::string& column : columns) start_ += (start_.empty() ? "" : ", ") + sql_name(column);
        start_ = "INSERT INTO " + sql_name(table) + " (" + start_ + ") VALUES ";
    }

    core::Result<void> add(std::span<const Value> row) override {
        for (const Value& value : row) parameters_.add(value);
        return parameters_.size() / width_ >= rows_at_most_ ? flush() : core::Result<void>();
    }

    core::Result<void> flush() override {
        const std::size_t rows = parameters_.size() / width_;
        if (rows == 0) return {};
        std::string sql = start_;
        for (std::size_t row = 0, place = 0; row < rows; ++row) {
            sql += row == 0 ? "(" : ", (";
            for (std::size_t i = 0; i < width_; ++i) sql += (i == 0 ? "$" : ", $") + std::to_string(++place);
            sql += ')';
        }
        sql += " ON CONFLICT DO NOTHING";
        const auto pointers = parameters_.pointers();
        const PgResult result(PQexecParams(connection_, sql.c_str(), static_cast<int>(pointers.size()), nullptr,
                                           pointers.data(), nullptr, nullptr, 0));
        parameters_.clear();
        if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) return server_error(connection_);
        return {};
    }

  private:
    static constexpr std::size_t kParameters = 4000;  // the protocol allows 65,535; more than this gains nothing
    PGconn* connection_;
    std::size_t width_, rows_at_most_;
    std::string start_;
    Parameters parameters_;
};

class PostgresDatabase final : public Database {
  public:
    explicit PostgresDatabase(PGconn* connection) : connection_(connection) {}
    ~PostgresDatabase() override { PQfinish(connection_); }

    core::Result<void> execute(const std::string& sql) override {
        const PgResult result(PQexec(connection_, sql.c_str()));
        const ExecStatusType status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return server_error(connection_);
        return {};
    }

    core::Result<std::unique_ptr<Statement>> prepare(const std::string& sql) override {
        return std::unique_ptr<Statement>(std::make_unique<PostgresStatement>(connection_, sql));
    }

    core::Result<std::unique_ptr<Inserter>> inserter(const std::string& table,
                                                     const std::vector<std::string>& columns) override {
        return std::unique_ptr<Inserter>(std::make_unique<PostgresInserter>(connection_, table, columns));
    }

    std::string clustered() const override { return ""; }

    std::string key_type() const override { return key_type_; }
    core::Result<void> freeze() override { return execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
    bool has_others() const override { return false; }
    core::Result<std::unique_ptr<Database>> another() const override { return std::unique_ptr<Database>(); }

    core::Result<std::vector<std::string>> columns_of(const std::string& table) override {
        return texts_of(*this, "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1",
                        std::array{Value{std::string_view(table)}});
    }

    // PostgreSQL sorts text by the database's language unless told otherwise; CockroachDB sorts bytes and knows no "C".
    core::Result<void> ask_for_key_type() {
        auto version = texts_of(*this, "SELECT version()", {});
        if (!version) return version.error();
        if (!version->empty() && version->front().starts_with("PostgreSQL")) key_type_ += " COLLATE \"C\"";
        return {};
    }

  private:
    PGconn* connection_;
    std::string key_type_ = "TEXT";
};

}  // namespace

core::Result<std::unique_ptr<Database>> open_postgres(const std::string& url) {
    PGconn* connection = PQconnectdb(url.c_str());
    auto database = std::make_unique<PostgresDatabase>(connection);
    if (PQstatus(connection) != CONNECTION_OK) return server_error(connection);
    PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);  // "relation already exists, skipping"
    if (PQsetClientEncoding(connection, "UTF8") != 0) return server_error(connection);
    if (auto asked = database->ask_for_key_type(); !asked) return asked.error();
    return std::unique_ptr<Database>(std::move(database));
}

}  // namespace kiosk::office_store
