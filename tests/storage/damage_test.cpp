// What is done about databases that are not whole: never believed, set aside, and all that can still be read taken over.
#include "raw_database.hpp"

#include <catch2/catch_test_macros.hpp>

#include <database.hpp>

using namespace kiosk;
using kiosk::test::kDatabases;
using kiosk::test::overwrite;
using kiosk::test::sql;
using kiosk::test::StoreFixture;

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
    for (const char* name : {"poll.db", "answers.db"}) CHECK(test::damage_sealed(directory.file(name), 1) == 1);
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
                                   "UPDATE sealed SET tag=zeroblob(32)", "DELETE FROM meta",
                                   "DELETE FROM meta WHERE name='box'", "UPDATE meta SET value='2' WHERE name='schema'",
                                   "DROP TABLE meta", "PRAGMA application_id=7", "PRAGMA user_version=2"}) {
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
                                   "UPDATE audit SET unix_s=unix_s+1 WHERE number=3",
                                   "UPDATE audit SET previous=zeroblob(32) WHERE number=2",
                                   "PRAGMA ignore_check_constraints=ON; UPDATE audit SET hash=x'' WHERE number=2"}) {
        StoreFixture fixture;
        fixture.open();
        for (int number = 0; number < 3; ++number) REQUIRE(fixture.store->audit("staff.entered", ""));
        fixture.close();
        sql(fixture.directory.file("state.db"), alteration);
        fixture.open();
        CHECK(fixture.store->status()->set_aside == std::vector<std::string>{"state.db"});
    }
}

TEST_CASE_METHOD(StoreFixture, "a version that no program ever gave is damage, and a database laid out otherwise too") {
    for (const char* alteration : {"version", "PRAGMA page_size=8192; VACUUM", "PRAGMA auto_vacuum=FULL; VACUUM"}) {
        INFO(alteration);
        StoreFixture fixture;
        fixture.open();
        REQUIRE(fixture.store->record(fixture.poll()));
        fixture.close();
        const std::string file = fixture.directory.file("poll.db");
        if (alteration == std::string("version")) test::set_schema_version(file, "0");
        else sql(file, alteration);
        fixture.open();
        CHECK(fixture.store->status()->set_aside == std::vector<std::string>{"poll.db"});
        CHECK(fixture.store->status()->polls_waiting == 1);
    }
}

TEST_CASE_METHOD(StoreFixture, "what has not the shape of an answer is passed over, and costs no other") {
    open();
    for (int number = 0; number < 6; ++number) REQUIRE(store->record(referral(std::to_string(number))));
    for (const char* form : {"first", "second"}) REQUIRE(store->keep_definition({form, "1", {}}, "<h:html/>"));
    REQUIRE(store->withdraw(core::sha256_of("a code")));
    REQUIRE(store->prepare());
    REQUIRE(store->delivered(1, {}));
    close();
    sql(directory.file("answers.db"),
        "PRAGMA ignore_check_constraints=ON;"
        "UPDATE sealed SET id=x'01' WHERE id=(SELECT id FROM sealed ORDER BY id LIMIT 1 OFFSET 1);"
        "UPDATE sealed SET sealed=x'' WHERE id=(SELECT id FROM sealed ORDER BY id LIMIT 1 OFFSET 2);"
        "UPDATE sealed SET tag=x'01' WHERE id=(SELECT id FROM sealed ORDER BY id LIMIT 1 OFFSET 3);"
        "UPDATE definition SET xml='other' WHERE form='second';"
        "INSERT INTO withdrawal VALUES(x'01', 0, x''); INSERT INTO tombstone VALUES(x'01');"
        "INSERT INTO bundle SELECT 7, state, sha256, previous, receipt_day, row_check FROM bundle;"
        "INSERT INTO bundle SELECT 8, state, x'', previous, receipt_day, row_check FROM bundle WHERE sequence=1");
    open();
    CHECK(store->status()->set_aside == std::vector<std::string>{"answers.db"});
    CHECK(store->status()->answers_waiting == 4);
    CHECK(store->status()->withdrawals_waiting == 1);
    CHECK(store->status()->without_receipt == std::vector<std::uint64_t>{1});
    CHECK(store->definition({"first", "1", {}}));
    CHECK(store->definition({"second", "1", {}}).error().code == "storage.no_such_definition");
    CHECK(store->prepare()->sequence == 2);
    CHECK(exported(2).size() == 4);
}

TEST_CASE_METHOD(StoreFixture, "a poll answer whose length was hit gets that of the others, and noise is not taken for one") {
    const auto exported_after = [&](const std::string& alteration, bool is_root_hit = false) {
        StoreFixture fixture;
        fixture.open();
        for (int number = 0; number < 5; ++number) REQUIRE(fixture.store->record(fixture.poll(std::to_string(number))));
        fixture.close();
        const std::string file = fixture.directory.file("poll.db");
        sql(file, "PRAGMA ignore_check_constraints=ON;" + alteration);
        const auto root = static_cast<std::size_t>(storage::first_page_of(storage::kPollSchema, "slot"));
        if (is_root_hit) overwrite(file, (root - 1) * 4096, std::string(4096, 'x'));
        fixture.open();
        CHECK(fixture.store->status()->set_aside == std::vector<std::string>{"poll.db"});
        std::pair<std::uint64_t, int> found{fixture.store->prepare()->poll_records, 0};
        REQUIRE(fixture.store->for_each_sealed(1, [&](core::ByteView sealed) -> core::Result<void> {
            found.second += fixture.sealer.open(sealed) ? 1 : 0;
            return {};
        }));
        return found;
    };
    const std::string one_taken = " WHERE number=(SELECT min(number) FROM slot WHERE length>0)";
    using Found = std::pair<std::uint64_t, int>;  // and how many of them the office can open
    const std::string another_taken = " WHERE number=(SELECT max(number) FROM slot WHERE length>0)";
    for (const char* length : {"0", "-1", "4001"})
        CHECK(exported_after("UPDATE slot SET length=" + std::string(length) + one_taken) == Found{5, 5});
    CHECK(exported_after("UPDATE slot SET length=4001 WHERE length>0") == Found{5, 0});
    for (const char* length : {"10", "3999"})
        CHECK(exported_after("UPDATE slot SET length=" + std::string(length) + one_taken + "; UPDATE slot SET length=4001" +
                             another_taken) == Found{5, 4});
    CHECK(exported_after("UPDATE slot SET id=x'01'" + one_taken) == Found{4, 4});
    CHECK(exported_after("UPDATE slot SET sealed=x'01'" + one_taken) == Found{4, 4});
    CHECK(exported_after("UPDATE slot SET id=x'000000000000000000000000000001ff' WHERE length=0") == Found{5, 5});
    // Found page by page, only what proves itself is taken.
    for (const char* alteration : {"length=-1", "length=4001", "sealed=x'01'"})
        CHECK(exported_after("UPDATE slot SET " + std::string(alteration) + one_taken, true) == Found{4, 4});
}

TEST_CASE_METHOD(StoreFixture, "a slot that is missing is noticed, and the set can grow again") {
    open();
    for (int number = 0; number < 5; ++number) REQUIRE(store->record(poll(std::to_string(number))));
    close();
    sql(directory.file("poll.db"), "DELETE FROM slot WHERE number=(SELECT min(number) FROM slot WHERE length=0)");
    open();
    CHECK(store->status()->set_aside == std::vector<std::string>{"poll.db"});
    for (int number = 5; number < 20; ++number) REQUIRE(store->record(poll(std::to_string(number))));
    REQUIRE(store->tidy());
    CHECK(store->status()->polls_waiting == 20);
}

TEST_CASE_METHOD(StoreFixture, "what a bundle that the ledger has lost carried waits again, and its number is not given twice") {
    open();
    for (int number = 0; number < 2; ++number) {
        REQUIRE(store->record(poll()));
        REQUIRE(store->delivered(store->prepare()->sequence, core::sha256_of(std::to_string(number))));
    }
    close();
    sql(directory.file("answers.db"), "DELETE FROM bundle WHERE sequence=2");
    open();
    CHECK(store->status()->polls_waiting == 1);
    const auto header = store->prepare();
    CHECK(header->sequence == 3);
    CHECK(header->previous == core::sha256_of("1"));
    CHECK(header->poll_records == 1);
}

TEST_CASE_METHOD(StoreFixture, "a number that was given stays given though nothing else is known of its bundle") {
    open();
    REQUIRE(store->set_note("ledger.last", "7 of which no more can be read"));
    REQUIRE(store->record(poll()));
    const auto header = store->prepare();
    CHECK(header->sequence == 8);
    CHECK(header->previous == core::Sha256{});
}

TEST_CASE_METHOD(StoreFixture, "a count or a note that was altered is not believed, and the others are kept") {
    open();
    for (int visit = 0; visit < 10; ++visit) REQUIRE(store->count_visit("opinion_poll", {"started", "finished"}));
    REQUIRE(store->set_note("first", "1"));
    REQUIRE(store->set_note("second", "2"));
    close();
    sql(directory.file("state.db"), "UPDATE visit_count SET visits=11 WHERE event='started'; UPDATE note SET value='3' WHERE name='first'");
    open();
    CHECK(store->status()->set_aside == std::vector<std::string>{"state.db"});
    CHECK(store->visit_counts("opinion_poll").value() == std::map<std::string, std::int64_t>{{"finished", 10}});
    CHECK_FALSE(store->note("first").value());
    CHECK(store->note("second").value() == "2");
}

TEST_CASE_METHOD(StoreFixture, "each table proves itself when the store is opened") {
    open();
    REQUIRE(store->keep_definition({"form", "1", {}}, "<h:html/>"));
    REQUIRE(store->withdraw(core::sha256_of("a code")));
    for (int visit = 0; visit < 10; ++visit) REQUIRE(store->count_visit("opinion_poll", {"started"}));
    close();
    for (const auto& [file, alteration] : std::vector<std::pair<std::string, std::string>>{
             {"answers.db", "UPDATE definition SET xml='other'"},
             {"answers.db", "UPDATE withdrawal SET bundle=5"},
             {"state.db", "UPDATE visit_count SET visits=11"}}) {
        INFO(alteration);
        StoreFixture fixture;
        std::filesystem::copy(directory.path(), fixture.directory.path(), std::filesystem::copy_options::recursive);
        sql(fixture.directory.file(file), alteration);
        fixture.open();
        CHECK(fixture.store->status()->set_aside == std::vector{file});
    }
}
