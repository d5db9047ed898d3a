#include "database.hpp"

#include <sqlite3.h>

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace kiosk::office_store {
namespace {

core::Error sqlite_error(sqlite3* database) {
    const int code = sqlite3_errcode(database);
    const std::string reason = sqlite3_errmsg(database);
    switch (code) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {"store.busy", {"Kho dữ liệu đang được chương trình khác sử dụng. Hãy đóng chương trình đó rồi làm lại.",
                                   "Another program is using the store. Close it and try again."}};
        case SQLITE_FULL:
            return {"store.full", {"Ổ đĩa đã đầy nên không ghi được vào kho dữ liệu. Hãy giải phóng chỗ trống rồi làm lại.",
                                   "The disk is full and the store cannot be written. Free some space and try again."}};
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return {"store.not_a_store", {"Tệp này không phải là kho dữ liệu, hoặc đã bị hỏng. Hãy chọn tệp khác hoặc dùng bản sao lưu.",
                                          "This file is not a store, or it is damaged. Choose another file or a backup."}};
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return {"store.cannot_open", {"Không mở hoặc không ghi được kho dữ liệu ở đây. Hãy chọn thư mục khác.",
                                          "The store cannot be opened or written here. Choose another folder."}};
        default:
            return {"store.failed", {"Kho dữ liệu báo lỗi: " + reason, "The store failed: " + reason}};
    }
}

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

class SqliteStatement final : public Statement {
  public:
    SqliteStatement(sqlite3* database, Prepared statement) : database_(database), statement_(std::move(statement)) {}

    core::Result<void> start(std::span<const Value> values) override {
        sqlite3_reset(statement_.get());
        int index = 0;
        for (const Value& value : values)
            if (bind(++index, value) != SQLITE_OK) return sqlite_error(database_);
        return {};
    }

    core::Result<bool> step() override {
        const int code = sqlite3_step(statement_.get());
        if (code == SQLITE_ROW) return true;
        if (code == SQLITE_DONE) return false;
        return sqlite_error(database_);
    }

    Cell cell(int column) const override {
        sqlite3_stmt* statement = statement_.get();
        switch (sqlite3_column_type(statement, column)) {
            case SQLITE_INTEGER: return {Cell::Kind::integer, sqlite3_column_int64(statement, column), 0, {}};
            case SQLITE_FLOAT: return {Cell::Kind::decimal, 0, sqlite3_column_double(statement, column), {}};
            case SQLITE_NULL: return {};
            default: break;
        }
        // As a blob the text is had where it lies; as text it would be copied to end in a zero.
        const auto* text = static_cast<const char*>(sqlite3_column_blob(statement, column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        return {Cell::Kind::text, 0, 0, size == 0 ? std::string_view("") : std::string_view(text, size)};
    }

  private:
    // The caller's text outlives the step, so nothing is copied.
    int bind(int index, const Value& value) {
        sqlite3_stmt* statement = statement_.get();
        if (const auto* integer = std::get_if<std::int64_t>(&value)) return sqlite3_bind_int64(statement, index, *integer);
        if (const auto* decimal = std::get_if<double>(&value)) return sqlite3_bind_double(statement, index, *decimal);
        if (const auto* text = std::get_if<std::string_view>(&value))
            return sqlite3_bind_text64(statement, index, text->data() == nullptr ? "" : text->data(), text->size(),
                                       SQLITE_STATIC, SQLITE_UTF8);
        return sqlite3_bind_null(statement, index);
    }

    sqlite3* database_;
    Prepared statement_;
};

class SqliteInserter final : public Inserter {
  public:
    explicit SqliteInserter(std::unique_ptr<Statement> statement) : statement_(std::move(statement)) {}
    core::Result<void> add(std::span<const Value> row) override {
        if (auto started = statement_->start(row); !started) return started;
        auto stepped = statement_->step();
        if (!stepped) return stepped.error();
        return statement_->start({});  // lets go of the caller's text
    }
    core::Result<void> flush() override { return {}; }

  private:
    std::unique_ptr<Statement> statement_;
};

class SqliteDatabase final : public Database {
  public:
    SqliteDatabase(sqlite3* database, std::string file) : database_(database), file_(std::move(file)) {}
    ~SqliteDatabase() override { sqlite3_close(database_); }

    core::Result<void> execute(const std::string& sql) override {
        if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return sqlite_error(database_);
        return {};
    }

    core::Result<std::unique_ptr<Statement>> prepare(const std::string& sql) override {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database_, sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK)
            return sqlite_error(database_);
        return std::unique_ptr<Statement>(std::make_unique<SqliteStatement>(database_, Prepared(statement)));
    }

    core::Result<std::unique_ptr<Inserter>> inserter(const std::string& table,
                                                     const std::vector<std::string>& columns) override {
        std::string names, places;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            names += (i == 0 ? "" : ", ") + sql_name(columns[i]);
            places += (i == 0 ? "?" : ", ?");
        }
        auto statement =
            prepare("INSERT INTO " + sql_name(table) + " (" + names + ") VALUES (" + places + ") ON CONFLICT DO NOTHING");
        if (!statement) return statement.error();
        return std::unique_ptr<Inserter>(std::make_unique<SqliteInserter>(std::move(*statement)));
    }

    std::string clustered() const override { return " WITHOUT ROWID"; }

    std::string key_type() const override { return "TEXT"; }
    // Holding a read transaction keeps other programs from writing; begun now, for SQLite begins them with the first read.
    core::Result<void> freeze() override {
        if (auto begun = execute("BEGIN"); !begun) return begun;
        return execute("SELECT COUNT(*) FROM sqlite_schema");
    }
    bool has_others() const override { return file_ != ":memory:"; }
    core::Result<std::unique_ptr<Database>> another() const override { return connect(file_, SQLITE_OPEN_READONLY); }

    core::Result<std::vector<std::string>> columns_of(const std::string& table) override {
        return texts_of(*this, "SELECT name FROM pragma_table_info($1)", std::array{Value{std::string_view(table)}});
    }

    static core::Result<std::unique_ptr<Database>> connect(const std::string& file, int flags);

  private:
    sqlite3* database_;
    std::string file_;
};

core::Result<std::unique_ptr<Database>> SqliteDatabase::connect(const std::string& file, int flags) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    auto database = std::make_unique<SqliteDatabase>(handle, file);
    if (code != SQLITE_OK) return sqlite_error(handle);
    sqlite3_busy_timeout(handle, 5000);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return std::unique_ptr<Database>(std::move(database));
}

// "ext4", "vfat": the kernel's name for the file system a folder lies on; empty where it does not say.
std::string file_system_of(const std::filesystem::path& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) return {};   // opening will say why
    const std::string device = std::to_string(major(status.st_dev)) + ":" + std::to_string(minor(status.st_dev));
    std::ifstream mounts("/proc/self/mountinfo");          // ID PARENT DEVICE ROOT FOLDER OPTIONS … - TYPE SOURCE …: proc(5)
    for (std::string line, word, mounted; std::getline(mounts, line);) {
        std::istringstream words(line);
        words >> word >> word >> mounted;
        if (mounted != device) continue;
        while (words >> word && word != "-") {}
        words >> word;
        return word;
    }
    return {};
}

// A store needs locks, sizes past 4 GB and renames that a power cut cannot halve; a stick's FAT or exFAT gives none.
core::Result<void> check_file_system(const std::filesystem::path& file) {
    constexpr std::string_view kOfSticks[]{"vfat", "msdos", "exfat", "fuseblk", "fuse.fusefat"};   // fuseblk: exFAT and NTFS by FUSE
    const std::string type = file_system_of(file.has_parent_path() ? file.parent_path() : std::filesystem::path("."));
    if (std::ranges::find(kOfSticks, type) == std::end(kOfSticks)) return {};
    return core::Error{"store.on_a_stick",
                       {"Không đặt kho dữ liệu trên USB (" + type + "): rút USB đúng lúc là hỏng cả kho. Hãy chọn ổ đĩa của máy.",
                        "A store may not lie on a stick (" + type + "): pulled out, it would be ruined. Choose this computer's disk."}};
}

}  // namespace

core::Result<std::unique_ptr<Database>> open_sqlite(const std::string& file) {
    if (auto allowed = check_file_system(file); !allowed) return allowed.error();
    auto database = SqliteDatabase::connect(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!database) return database;
    // Large pages: an answer is a kilobyte or two, and a table is read from end to end.
    for (const char* pragma : {"PRAGMA page_size = 16384", "PRAGMA foreign_keys = ON", "PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON",
                               "PRAGMA cache_size = -65536", "PRAGMA temp_store = MEMORY"})
        if (auto set = (*database)->execute(pragma); !set) return set.error();
    return database;
}

}  // namespace kiosk::office_store
