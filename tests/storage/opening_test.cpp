#include "raw_database.hpp"

#include <catch2/catch_test_macros.hpp>

#include <sys/stat.h>

using namespace kiosk;
using kiosk::test::kDatabases;
using kiosk::test::one_value;
using kiosk::test::sql;
using kiosk::test::StoreFixture;

namespace {

// An SQLite built otherwise: whatever is set, it goes on with a value of its own for one setting, or does not know it.
class OtherSqlite {
  public:
    static constexpr const char* kName = "kiosk-other-sqlite";
    explicit OtherSqlite(std::string setting, bool is_known = true) {
        setting_ = std::move(setting);
        is_known_ = is_known;
        static sqlite3_vfs vfs = *system();
        vfs.zName = kName;
        vfs.pNext = nullptr;
        vfs.xOpen = open;
        sqlite3_vfs_register(&vfs, 0);
    }

  private:
    static sqlite3_vfs* system() { return sqlite3_vfs_find("unix"); }

    static int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
        const int code = system()->xOpen(system(), name, file, flags, out_flags);
        if (code != SQLITE_OK || (flags & SQLITE_OPEN_MAIN_DB) == 0) return code;
        system_methods_ = file->pMethods;
        methods_ = *file->pMethods;
        methods_.xFileControl = control;
        file->pMethods = &methods_;
        return code;
    }

    static int control(sqlite3_file* file, int operation, void* argument) {
        if (operation == SQLITE_FCNTL_PRAGMA) {
            auto* const pragma = static_cast<char**>(argument);  // the result, the name, the value to be set
            if (pragma[1] == setting_ && pragma[2] == nullptr) {
                if (is_known_) pragma[0] = sqlite3_mprintf("7");
                return SQLITE_OK;
            }
        }
        return system_methods_->xFileControl(file, operation, argument);
    }

    static inline std::string setting_;
    static inline bool is_known_ = true;
    static inline sqlite3_io_methods methods_{};
    static inline const sqlite3_io_methods* system_methods_ = nullptr;
};

}  // namespace

TEST_CASE_METHOD(StoreFixture, "a second kiosk on the same data directory is refused by name") {
    open();
    const auto second = try_open();
    REQUIRE_FALSE(second);
    CHECK(second.error().code == "storage.in_use");
    CHECK(second.error().message.vi.find(directory.path()) != std::string::npos);
    CHECK(store->record(poll()));
    store.reset();
    CHECK(try_open());
}

TEST_CASE_METHOD(StoreFixture, "a data directory that cannot be made or written is refused by name") {
    std::ofstream(directory.file("plain")) << "a file";
    for (const std::string& path : {directory.file("plain"), directory.file("plain") + "/below", std::string("/proc/kiosk")}) {
        INFO(path);
        const auto refused = storage::Store::open(path, &sealer, clock, random, options);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "storage.not_writable");
        CHECK(refused.error().message.en.find(path) != std::string::npos);
    }
}

TEST_CASE_METHOD(StoreFixture, "a missing data directory is made, for its owner only") {
    const std::string path = directory.file("var/lib/kiosk");
    REQUIRE(storage::Store::open(path, &sealer, clock, random, options));
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0700);
}

TEST_CASE_METHOD(StoreFixture, "each database is whole and of its kind for any SQLite") {
    open();
    REQUIRE(store->record(poll()));
    REQUIRE(store->record(referral()));
    close();
    for (const std::string& name : kDatabases) {
        CHECK(one_value(directory.file(name), "PRAGMA integrity_check") == "ok");
        CHECK(one_value(directory.file(name), "PRAGMA user_version") == "1");
        CHECK(one_value(directory.file(name), "PRAGMA application_id") != "0");
    }
    CHECK(one_value(directory.file("answers.db"), "PRAGMA page_size") == "16384");
}

TEST_CASE_METHOD(StoreFixture, "no journal remembers anything once the store has tidied up") {
    open();
    for (int number = 0; number < 20; ++number) REQUIRE(store->record(poll()));
    REQUIRE(store->tidy());
    const core::Bytes journal = test::bytes_of(directory.file("poll.db-journal"));
    CHECK(journal.size() >= 4096);
    CHECK(std::all_of(journal.begin(), journal.end(), [](std::byte byte) { return byte == std::byte{}; }));
}

TEST_CASE_METHOD(StoreFixture, "a database of some other program is refused and not touched") {
    for (const std::string& name : kDatabases) {
        const test::TemporaryDirectory elsewhere;
        sql(elsewhere.file(name), "CREATE TABLE theirs(x); INSERT INTO theirs VALUES(1)");
        const core::Bytes before = test::bytes_of(elsewhere.file(name));
        const auto refused = storage::Store::open(elsewhere.path(), &sealer, clock, random, options);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "storage.foreign");
        CHECK(refused.error().message.vi.find(name) != std::string::npos);
        CHECK(test::bytes_of(elsewhere.file(name)) == before);
    }
}

TEST_CASE_METHOD(StoreFixture, "a database of another kiosk is refused") {
    open();
    close();
    StoreFixture other;
    other.random = core::SeededRandom(99);
    other.open();
    other.close();
    std::filesystem::copy_file(other.directory.file("poll.db"), directory.file("poll.db"),
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(try_open().error().code == "storage.foreign");
    for (const char* name : {"answers.db", "poll.db"})  // of this kiosk even, but under another's name
        std::filesystem::copy_file(other.directory.file("state.db"), other.directory.file(name),
                                   std::filesystem::copy_options::overwrite_existing);
    CHECK(other.try_open().error().code == "storage.foreign");
}

TEST_CASE_METHOD(StoreFixture, "a store whose database was exchanged for another's refuses whatever is asked, and serves again afterwards") {
    open();
    for (const std::string& code : codes_of_all_calls()) CHECK(code == "done");
    const std::string database = directory.file("state.db");
    std::filesystem::rename(database, directory.file("ours"));
    sql(database, "CREATE TABLE theirs(x)");
    for (const std::string& code : codes_of_all_calls()) CHECK(code == "storage.foreign");
    std::filesystem::rename(directory.file("ours"), database);
    CHECK(store->note("note").value() == "value");
}

TEST_CASE_METHOD(StoreFixture, "a database made by a newer program is refused") {
    open();
    close();
    test::set_schema_version(directory.file("answers.db"), "9");
    CHECK(try_open().error().code == "storage.newer");
}

TEST_CASE_METHOD(StoreFixture, "the reserve lies on the disk from the start") {
    options.reserve_bytes = 1 << 20;
    open();
    CHECK(store->status()->has_reserve);
    CHECK(std::filesystem::file_size(directory.file("reserve")) == 1 << 20);
}

TEST_CASE_METHOD(StoreFixture, "an SQLite that does not take a setting the answers need is refused by the setting's name") {
    for (const char* setting : {"locking_mode", "journal_mode", "synchronous", "secure_delete", "foreign_keys", "trusted_schema",
                                "cell_size_check", "temp_store", "cache_size", "mmap_size"}) {
        INFO(setting);
        const OtherSqlite other(setting);
        options.sqlite_vfs = OtherSqlite::kName;
        const auto refused = try_open();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "storage.settings");
        CHECK(refused.error().message.vi.find(setting) != std::string::npos);
        CHECK(refused.error().message.en.find(setting) != std::string::npos);
    }
    {
        const OtherSqlite too_old("trusted_schema", false);
        CHECK(try_open().error().code == "storage.settings");
        const OtherSqlite never_maps_files("mmap_size", false);
        CHECK(try_open());
    }
    options.sqlite_vfs.clear();
    CHECK(try_open());
}
