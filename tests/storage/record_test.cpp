#include "storage_fixtures.hpp"

#include <kiosk/storage/unsynced_vfs.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sqlite3.h>

#include <row_check.hpp>

using namespace kiosk;
using kiosk::test::StoreFixture;

namespace {

std::vector<std::string> documents(const std::vector<core::Response>& responses) {
    std::vector<std::string> documents;
    for (const core::Response& response : responses) documents.push_back(response.document);
    std::sort(documents.begin(), documents.end());
    return documents;
}

std::vector<std::string> exported_documents(StoreFixture& fixture) {
    return documents(fixture.exported(fixture.store->prepare().value().sequence));
}

// Takes every slot but one, in a database that no store has open.
void fill_all_slots_but_one(const std::string& database) {
    sqlite3* connection = nullptr;
    REQUIRE(sqlite3_open(database.c_str(), &connection) == SQLITE_OK);
    const auto row_check = [](sqlite3_context* context, int, sqlite3_value** row) {
        const auto blob = [&](int column) {
            return core::ByteView(static_cast<const std::byte*>(sqlite3_value_blob(row[column])),
                                  static_cast<std::size_t>(sqlite3_value_bytes(row[column])));
        };
        const std::int64_t length = sqlite3_value_int64(row[3]);
        const storage::RowCheck check = storage::RowChecker()
                                            .add(sqlite3_value_int64(row[0])).add(blob(1)).add(sqlite3_value_int64(row[2]))
                                            .add(length).add(blob(4).first(static_cast<std::size_t>(length))).finish();
        sqlite3_result_blob(context, check.data(), static_cast<int>(check.size()), SQLITE_TRANSIENT);
    };
    REQUIRE(sqlite3_create_function(connection, "proof", 5, SQLITE_UTF8, nullptr, row_check, nullptr, nullptr) == SQLITE_OK);
    CHECK(sqlite3_exec(connection, "PRAGMA synchronous=OFF; BEGIN; UPDATE slot SET id=randomblob(16), length=1 WHERE number>0;"
                                   "UPDATE slot SET row_check=proof(number, id, bundle, length, sealed); COMMIT",
                       nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(connection);
}

}  // namespace

TEST_CASE_METHOD(StoreFixture, "what was recorded is there after a restart") {
    open();
    REQUIRE(store->record(poll("tot")));
    REQUIRE(store->record(poll("kem")));
    REQUIRE(store->record(referral("An")));
    reopen();
    CHECK(store->status()->polls_waiting == 2);
    CHECK(store->status()->answers_waiting == 1);
    CHECK(exported_documents(*this) == std::vector<std::string>{"<data><name>An</name></data>",
                                                                "<data><rating>kem</rating></data>",
                                                                "<data><rating>tot</rating></data>"});
}

TEST_CASE_METHOD(StoreFixture, "a retry with the same id is kept once, and an amended answer replaces the first") {
    open();
    for (core::Response response : {poll("tot"), referral("An")}) {
        REQUIRE(store->record(response));
        REQUIRE(store->record(response));
        response.document = "<data>amended</data>";
        REQUIRE(store->record(response));
    }
    reopen();
    CHECK(exported_documents(*this) == std::vector<std::string>{"<data>amended</data>", "<data>amended</data>"});
}

TEST_CASE_METHOD(StoreFixture, "an answer about a person that no code can withdraw is kept like others") {
    open();
    core::Response response = referral("An");
    response.withdrawal_tag.reset();
    REQUIRE(store->record(response));
    reopen();
    CHECK(exported_documents(*this) == std::vector<std::string>{"<data><name>An</name></data>"});
    CHECK_FALSE(exported(1).front().withdrawal_tag);
}

TEST_CASE_METHOD(StoreFixture, "undo removes an answer for good, and only that one") {
    open();
    const core::Response regretted = poll("kem");
    const core::Response regretted_too = referral("An");
    REQUIRE(store->record(regretted));
    REQUIRE(store->record(poll("tot")));
    REQUIRE(store->record(regretted_too));
    REQUIRE(store->undo(regretted.id));
    REQUIRE(store->undo(regretted_too.id));
    REQUIRE(store->undo(regretted.id));
    reopen();
    CHECK(exported_documents(*this) == std::vector<std::string>{"<data><rating>tot</rating></data>"});
}

TEST_CASE_METHOD(StoreFixture, "an answer undone may be given anew under the same id") {
    open();
    core::Response response = poll("kem");
    REQUIRE(store->record(response));
    REQUIRE(store->undo(response.id));
    response.document = "<data><rating>tot</rating></data>";
    REQUIRE(store->record(response));
    CHECK(exported_documents(*this) == std::vector<std::string>{"<data><rating>tot</rating></data>"});
}

TEST_CASE_METHOD(StoreFixture, "the set of poll slots grows when three quarters are taken") {
    open();
    std::vector<std::string> expected;
    for (int number = 0; number < 100; ++number) {
        expected.push_back("<data><rating>" + std::to_string(number) + "</rating></data>");
        REQUIRE(store->record(poll(std::to_string(number))));
        if (number % 3 == 0) REQUIRE(store->tidy());
    }
    std::sort(expected.begin(), expected.end());
    reopen();
    CHECK(exported_documents(*this) == expected);
}

TEST_CASE_METHOD(StoreFixture, "without keys of the office nothing is taken") {
    store = storage::Store::open(directory.path(), nullptr, clock, random, options).value();
    CHECK(store->record(poll()).error().code == "storage.no_keys");
    CHECK(store->record(referral()).error().code == "storage.no_keys");
    CHECK_FALSE(store->status()->has_keys);
}

TEST_CASE_METHOD(StoreFixture, "an activity that is not stored is not stored") {
    open();
    core::Response response = poll();
    response.storage = StoragePolicy::not_stored;
    CHECK(store->record(response).error().code == "storage.not_stored");
}

TEST_CASE_METHOD(StoreFixture, "a poll answer that is too long, or has too many keys, is refused and others go on") {
    open();
    core::Response response = poll(std::string(4000, 'x'));
    CHECK(store->record(response).error().code == "response.too_large");
    const test::FakeSealer many_keys(1000);
    store.reset();
    store = storage::Store::open(directory.path(), &many_keys, clock, random, options).value();
    CHECK(store->record(poll()).error().code == "storage.too_many_keys");
    CHECK(store->record(referral()));
}

TEST_CASE_METHOD(StoreFixture, "the wave set by staff dates a poll answer and no other") {
    open();
    REQUIRE(store->set_note(storage::kWaveNote, "Tuần 48"));
    REQUIRE(store->record(poll()));
    REQUIRE(store->record(referral()));
    for (const core::Response& response : exported(store->prepare()->sequence))
        CHECK(response.wave == (response.storage == StoragePolicy::anonymous ? "Tuần 48" : ""));
}

TEST_CASE_METHOD(StoreFixture, "too many answers in a short time are refused, and taken again later") {
    options.rate_cap = {3, 6};
    open();
    for (int number = 0; number < 3; ++number) CHECK(store->record(poll()));
    CHECK(store->record(poll()).error().code == "storage.too_fast");
    clock.steady += std::chrono::seconds(9);
    CHECK(store->record(poll()).error().code == "storage.too_fast");
    clock.steady += std::chrono::seconds(1);
    CHECK(store->record(poll()));
    CHECK(store->record(poll()).error().code == "storage.too_fast");
    clock.steady += std::chrono::hours(24);
    for (int number = 0; number < 3; ++number) CHECK(store->record(poll()));
    CHECK_FALSE(store->record(poll()));
}

TEST_CASE_METHOD(StoreFixture, "a limit of nothing is no limit") {
    for (const storage::RateCap cap : {storage::RateCap{0, 6}, storage::RateCap{3, 0}}) {
        options.rate_cap = cap;
        reopen();
        for (int number = 0; number < 10; ++number) CHECK(store->record(poll()));
    }
}

TEST_CASE_METHOD(StoreFixture, "when every slot there may be is taken a poll answer is refused, and others are taken") {
    options.sqlite_vfs = storage::unsynced_vfs();
    options.poll_slots = 32'769;  // twice as many would be too many
    open();
    close();
    fill_all_slots_but_one(directory.file("poll.db"));
    open();
    const core::Response last = poll();
    REQUIRE(store->record(last));
    CHECK(store->record(poll()).error().code == "storage.poll_full");
    CHECK(store->record(last));  // a retry needs no slot
    CHECK(store->record(referral()));
    REQUIRE(store->tidy());
    CHECK(store->status()->polls_waiting == options.poll_slots);
    CHECK(store->status()->set_aside.empty());
    REQUIRE(store->undo(last.id));
    CHECK(store->record(poll()));
}
