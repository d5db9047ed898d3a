#include "storage_fixtures.hpp"

#include <catch2/catch_test_macros.hpp>
#include <sqlite3.h>

#include <sys/stat.h>

using namespace kiosk;
using kiosk::test::StoreFixture;

namespace {

void sql(const std::string& file, const char* statement) {
    sqlite3* connection = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &connection) == SQLITE_OK);
    CHECK(sqlite3_exec(connection, statement, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(connection);
}

std::string one_value(const std::string& file, const char* statement) {
    sqlite3* connection = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &connection) == SQLITE_OK);
    std::string value;
    sqlite3_exec(connection, statement, [](void* into, int, char** columns, char**) {
        *static_cast<std::string*>(into) = columns[0];
        return 0;
    }, &value, nullptr);
    sqlite3_close(connection);
    return value;
}

void overwrite(const std::string& path, std::size_t at, const std::string& bytes) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(at));
    file << bytes;
    REQUIRE(file.good());
}

const std::vector<std::string> kDatabases{"answers.db", "poll.db", "state.db"};

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
}

TEST_CASE_METHOD(StoreFixture, "a database made by a newer program is refused") {
    open();
    close();
    // As a newer program would leave it: both places where the version stands agree.
    core::Sha256Stream stream;
    const auto add = [&](std::string_view text) {
        const auto size = static_cast<std::int64_t>(text.size());
        stream.add(std::as_bytes(std::span(&size, 1)));
        stream.add(std::as_bytes(std::span(text)));
    };
    add("schema");
    add("9");
    const core::Sha256 digest = stream.finish();
    const std::string check = core::to_hex(core::ByteView(digest).first(8));
    sql(directory.file("answers.db"),
        ("PRAGMA user_version=9; UPDATE meta SET value='9', row_check=x'" + check + "' WHERE name='schema'").c_str());
    CHECK(try_open().error().code == "storage.newer");
}

TEST_CASE_METHOD(StoreFixture, "a damaged database is set aside with its journal and service goes on") {
    for (const std::string& name : kDatabases) {
        INFO(name);
        StoreFixture fixture;
        fixture.open();
        for (int number = 0; number < 5; ++number) {
            REQUIRE(fixture.store->record(fixture.poll()));
            REQUIRE(fixture.store->record(fixture.referral()));
        }
        fixture.close();
        overwrite(fixture.directory.file(name), 0, "no database any more, not even a header of one");
        fixture.open();
        CHECK(fixture.store->status()->set_aside == std::vector{name});
        CHECK(std::filesystem::exists(fixture.directory.file("damaged/1-" + name)));
        CHECK(std::filesystem::exists(fixture.directory.file("damaged/1-" + name + "-journal")));
        CHECK(fixture.store->record(fixture.poll()));
        const std::vector<storage::AuditLine> log = fixture.store->audit_log().value();
        CHECK(std::any_of(log.begin(), log.end(), [&](const storage::AuditLine& line) {
            return line.event == "database.set_aside" && line.detail == name;
        }));
        CHECK(fixture.store->audit("again", ""));
    }
}

TEST_CASE_METHOD(StoreFixture, "what can still be read of a damaged database is taken over") {
    open();
    for (int number = 0; number < 6; ++number) {
        REQUIRE(store->record(poll(std::to_string(number))));
        REQUIRE(store->record(referral(std::to_string(number))));
    }
    REQUIRE(store->keep_definition({"portal_poll", "1", {}}, "<h:html/>"));
    close();
    // Part of one sealed answer in each, found by the bytes of the fake envelope.
    for (const char* name : {"poll.db", "answers.db"}) {
        const core::Bytes raw = test::bytes_of(directory.file(name));
        const std::string text(reinterpret_cast<const char*>(raw.data()), raw.size());
        overwrite(directory.file(name), text.find(std::string(200, 0x5a)), std::string(100, 'x'));
    }
    open();
    CHECK(store->status()->set_aside.size() == 2);
    CHECK(store->definition({"portal_poll", "1", {}}));
    const auto header = store->prepare();
    CHECK(header->poll_records == 6);  // those that were hit are sent too: the office can tell
    CHECK(header->sealed_answers == 6);
    int whole = 0;
    REQUIRE(store->for_each_sealed(header->sequence, [&](core::ByteView sealed) -> core::Result<void> {
        whole += sealer.open(sealed) ? 1 : 0;
        return {};
    }));
    CHECK(whole == 10);
}

TEST_CASE_METHOD(StoreFixture, "a new ledger goes on counting where the damaged one stopped") {
    open();
    for (int number = 0; number < 3; ++number) {
        REQUIRE(store->record(referral()));
        REQUIRE(store->delivered(store->prepare()->sequence, core::sha256_of(std::to_string(number))));
    }
    close();
    overwrite(directory.file("answers.db"), 0, std::string(16384, 'x'));
    open();
    REQUIRE(store->record(referral()));
    const auto header = store->prepare();
    CHECK(header->sequence == 4);
    CHECK(header->previous == core::sha256_of("2"));
}

TEST_CASE_METHOD(StoreFixture, "a database that has gone missing, or was emptied, is noticed") {
    open();
    REQUIRE(store->record(referral()));
    close();
    std::filesystem::remove(directory.file("answers.db"));
    std::filesystem::resize_file(directory.file("poll.db"), 0);
    open();
    CHECK(store->status()->set_aside == std::vector<std::string>{"answers.db", "poll.db"});
    CHECK(store->audit_log()->at(1).event == "database.missing");
    CHECK(store->record(poll()));
}

TEST_CASE_METHOD(StoreFixture, "a flag or a ledger row that was altered is never believed") {
    options.retention = {std::chrono::days(0), std::chrono::days(0)};
    for (const char* alteration : {"UPDATE sealed SET bundle=1", "UPDATE bundle SET state=3, receipt_day=1",
                                   "UPDATE sealed SET tag=zeroblob(32)", "DELETE FROM meta"}) {
        INFO(alteration);
        StoreFixture fixture;
        fixture.options = options;
        fixture.open();
        REQUIRE(fixture.store->record(fixture.referral()));
        REQUIRE(fixture.store->prepare());
        REQUIRE(fixture.store->delivered(1, {}));
        REQUIRE(fixture.store->record(fixture.referral()));
        fixture.close();
        sql(fixture.directory.file("answers.db"), alteration);
        fixture.open();
        REQUIRE(fixture.store->tidy());
        const auto header = fixture.store->prepare();
        CHECK(header->sealed_answers == 2);
        CHECK(header->sequence == 2);
    }
}

TEST_CASE_METHOD(StoreFixture, "an altered or shortened audit log is never believed") {
    for (const char* alteration : {"UPDATE audit SET detail='x' WHERE number=1", "DELETE FROM audit WHERE number=2",
                                   "UPDATE audit SET unix_s=unix_s+1 WHERE number=3"}) {
        StoreFixture fixture;
        fixture.open();
        for (int number = 0; number < 3; ++number) REQUIRE(fixture.store->audit("staff.entered", ""));
        fixture.close();
        sql(fixture.directory.file("state.db"), alteration);
        fixture.open();
        CHECK(fixture.store->status()->set_aside == std::vector<std::string>{"state.db"});
    }
}

TEST_CASE_METHOD(StoreFixture, "the reserve lies on the disk from the start") {
    options.reserve_bytes = 1 << 20;
    open();
    CHECK(store->status()->has_reserve);
    CHECK(std::filesystem::file_size(directory.file("reserve")) == 1 << 20);
}
