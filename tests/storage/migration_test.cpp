// Migrations by schemas of the test's own, because the kiosk's have had no second version yet.
#include "storage_fixtures.hpp"

#include <catch2/catch_test_macros.hpp>

#include <database.hpp>
#include <failure.hpp>

#include <array>

using namespace kiosk;
using namespace kiosk::storage;

namespace {

constexpr std::array kThreeVersions{"CREATE TABLE item(x INTEGER) STRICT; INSERT INTO item VALUES(1)",
                                    "ALTER TABLE item ADD COLUMN y INTEGER; UPDATE item SET y=x+1",
                                    "UPDATE item SET y=y*10"};
constexpr std::array kBrokenSecond{kThreeVersions[0], "UPDATE item SET x=5; UPDATE nothing SET x=1"};

Schema of(std::span<const char* const> migrations) { return {"item.db", 77, 4096, migrations}; }

class MigrationFixture {
  public:
    Connection open(const Schema& schema) { return open_database(schema, site, [](Connection&) {}); }

    test::TemporaryDirectory folder;
    DataDirectory directory{folder.path(), 0};
    DatabaseSite site{directory, {}, "box"};
};

}  // namespace

TEST_CASE_METHOD(MigrationFixture, "a database goes through every version it has missed, once") {
    static_cast<void>(open(of(std::span(kThreeVersions).first(1))));
    for (int opening = 0; opening < 2; ++opening) {
        const Connection connection = open(of(kThreeVersions));
        CHECK(connection.integer("SELECT y FROM item") == 20);
        CHECK(connection.integer("PRAGMA user_version") == 3);
    }
}

TEST_CASE_METHOD(MigrationFixture, "before a migration a snapshot is kept until the migrated database opens again") {
    static_cast<void>(open(of(std::span(kThreeVersions).first(1))));
    static_cast<void>(open(of(kThreeVersions)));
    const std::string snapshot = folder.file("before-migration-item.db");
    {
        const Connection before(snapshot, {}, Connection::Mode::read_as_it_lies);
        CHECK(before.integer("PRAGMA user_version") == 1);
        CHECK(before.integer("SELECT x FROM item") == 1);
    }
    static_cast<void>(open(of(kThreeVersions)));
    CHECK_FALSE(std::filesystem::exists(snapshot));
}

TEST_CASE_METHOD(MigrationFixture, "a migration that fails changes nothing") {
    static_cast<void>(open(of(std::span(kThreeVersions).first(1))));
    CHECK_THROWS_AS(open(of(kBrokenSecond)), SqliteError);
    const Connection connection = open(of(std::span(kThreeVersions).first(1)));
    CHECK(connection.integer("SELECT x FROM item") == 1);
}

TEST_CASE_METHOD(MigrationFixture, "an older program refuses what a newer one has migrated") {
    static_cast<void>(open(of(kThreeVersions)));
    try {
        static_cast<void>(open(of(std::span(kThreeVersions).first(2))));
        FAIL("it was opened");
    } catch (const Refusal& refusal) {
        CHECK(refusal.error().code == "storage.newer");
    }
}

TEST_CASE_METHOD(MigrationFixture, "of a journal that was never written there is nothing to scrub") {
    Connection connection(folder.file("new.db"), {}, Connection::Mode::read_write_create);
    connection.scrub_journal();
    CHECK_FALSE(std::filesystem::exists(folder.file("new.db-journal")));
}
