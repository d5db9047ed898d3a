#include "storage_fixtures.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using kiosk::test::StoreFixture;

TEST_CASE_METHOD(StoreFixture, "a note is durable, can be changed, and one never set is absent") {
    open();
    CHECK_FALSE(store->note("pin.fails").value());
    REQUIRE(store->set_note("pin.fails", "1"));
    REQUIRE(store->set_note("pin.fails", "2"));
    reopen();
    CHECK(store->note("pin.fails").value() == "2");
}

TEST_CASE_METHOD(StoreFixture, "counts reach the disk in steps of ten visits and never by one visitor") {
    open();
    std::int64_t on_disk = 0;
    for (int visit = 1; visit <= 35; ++visit) {
        REQUIRE(store->count_visit("opinion_poll", {"started", visit % 2 == 0 ? "rating=tot" : "rating=kem"}));
        const std::int64_t now = store->visit_counts("opinion_poll").value()["started"];
        CHECK((now == on_disk || now - on_disk >= 10));
        on_disk = now;
    }
    CHECK(on_disk == 30);
    reopen();
    const auto counts = store->visit_counts("opinion_poll").value();
    CHECK(counts.at("started") == 30);
    CHECK(counts.at("rating=tot") == 15);
    CHECK(store->visit_counts("candidate_referral")->empty());
}

TEST_CASE_METHOD(StoreFixture, "the audit log is a chain whose head the bundle carries") {
    open();
    REQUIRE(store->audit("staff.entered", "PIN"));
    REQUIRE(store->record(poll()));
    const auto header = store->prepare();
    const std::vector<storage::AuditLine> log = store->audit_log().value();
    REQUIRE(log.size() == 3);
    core::Sha256 previous{};
    std::int64_t number = 0;
    for (const storage::AuditLine& line : log) {
        CHECK(line.number == ++number);
        CHECK(line.previous == previous);
        CHECK(line.hash == line.expected_hash());
        previous = line.hash;
    }
    CHECK(header->audit_head == log.back().hash);
    CHECK(log[1].event == "staff.entered");
    CHECK(log[1].detail == "PIN");
}

TEST_CASE_METHOD(StoreFixture, "the audit log does not tell that an answer came, nor when") {
    open();
    const std::size_t before = store->audit_log()->size();
    for (int number = 0; number < 12; ++number) {
        REQUIRE(store->record(poll()));
        REQUIRE(store->record(referral()));
        REQUIRE(store->undo(poll().id));
        REQUIRE(store->tidy());
    }
    CHECK(store->audit_log()->size() == before);
}
