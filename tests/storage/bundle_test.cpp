#include "storage_fixtures.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using kiosk::test::StoreFixture;

namespace {

const core::Sha256 kFirst = core::sha256_of("first bundle");
const core::Sha256 kSecond = core::sha256_of("second bundle");

}  // namespace

TEST_CASE_METHOD(StoreFixture, "a bundle carries each waiting answer once, and the next one only what is new") {
    open();
    for (int number = 0; number < 5; ++number) REQUIRE(store->record(poll()));
    REQUIRE(store->record(referral()));
    const auto first = store->prepare();
    CHECK(first->sequence == 1);
    CHECK(first->kiosk_id == "kiosk");
    CHECK(first->previous == core::Sha256{});
    CHECK(first->sealed_answers == 1);
    CHECK(first->poll_records == 5);
    CHECK(exported(1).size() == 6);
    CHECK(exported(1).front().storage == StoragePolicy::sealed);
    REQUIRE(store->delivered(1, kFirst));

    REQUIRE(store->record(poll()));
    reopen();
    const auto second = store->prepare();
    CHECK(second->sequence == 2);
    CHECK(second->previous == kFirst);
    CHECK(second->poll_records == 1);
    CHECK(exported(2).size() == 1);
}

TEST_CASE_METHOD(StoreFixture, "a bundle that was not delivered is prepared again, with what came since") {
    open();
    REQUIRE(store->record(poll()));
    REQUIRE(store->prepare());
    reopen();
    REQUIRE(store->record(poll()));
    const auto again = store->prepare();
    CHECK(again->sequence == 1);
    CHECK(again->poll_records == 2);
}

TEST_CASE_METHOD(StoreFixture, "with nothing new there is nothing to export") {
    open();
    CHECK(store->prepare().error().code == "storage.nothing_to_export");
    REQUIRE(store->record(poll()));
    REQUIRE(store->delivered(store->prepare()->sequence, kFirst));
    CHECK(store->prepare().error().code == "storage.nothing_to_export");
    CHECK(store->status()->without_receipt == std::vector<std::uint64_t>{1});
}

TEST_CASE_METHOD(StoreFixture, "a taker that fails stops the reading with its own error") {
    open();
    REQUIRE(store->record(poll()));
    REQUIRE(store->record(poll()));
    const std::uint64_t sequence = store->prepare()->sequence;
    int taken = 0;
    const auto stopped = store->for_each_sealed(sequence, [&](core::ByteView) -> core::Result<void> {
        ++taken;
        return core::Error{"stick.full", {"đầy", "full"}};
    });
    CHECK(stopped.error().code == "stick.full");
    CHECK(taken == 1);
    CHECK(exported(sequence).size() == 2);
}

TEST_CASE_METHOD(StoreFixture, "nothing is wiped before the office's receipt, and then after the retention") {
    options.retention = {std::chrono::days(30), std::chrono::days(30)};
    open();
    REQUIRE(store->record(poll()));
    REQUIRE(store->record(referral()));
    REQUIRE(store->prepare());
    REQUIRE(store->delivered(1, kFirst));
    clock.wall += std::chrono::days(1000);
    REQUIRE(store->tidy());
    CHECK(exported(1).size() == 2);

    REQUIRE(store->receipt(1, kFirst));
    clock.wall += std::chrono::days(29);
    REQUIRE(store->tidy());
    CHECK(exported(1).size() == 2);
    clock.wall -= std::chrono::days(500);  // a clock set back wipes nothing
    REQUIRE(store->tidy());
    CHECK(exported(1).size() == 2);
    clock.wall += std::chrono::days(501);
    REQUIRE(store->tidy());
    CHECK(exported(1).empty());
    REQUIRE(store->receipt(1, kFirst));
}

TEST_CASE_METHOD(StoreFixture, "with no retention a receipt wipes at once, and no sealed byte stays on the disk") {
    options.retention = {std::chrono::days(0), std::chrono::days(0)};
    open();
    std::vector<std::string> traces;
    for (int number = 0; number < 40; ++number) {
        REQUIRE(store->record(poll(std::to_string(number))));
        REQUIRE(store->record(referral(std::to_string(number) + std::string(number * 500, 'x'))));
        REQUIRE(store->tidy());
    }
    REQUIRE(store->prepare());
    REQUIRE(store->for_each_sealed(1, [&](core::ByteView sealed) -> core::Result<void> {
        for (std::size_t at = 0; at + 16 <= sealed.size(); at += 512)
            traces.emplace_back(reinterpret_cast<const char*>(sealed.data()) + at, 16);
        return {};
    }));
    // Bytes that every sealed answer has (the fake envelope) are no trace of one.
    std::erase_if(traces, [](const std::string& trace) { return trace == std::string(16, 0x5a); });
    const auto count_traces = [&] {
        const std::string raw = test::raw_content(directory.path());
        return std::count_if(traces.begin(), traces.end(),
                             [&](const std::string& trace) { return raw.find(trace) != std::string::npos; });
    };
    CHECK(count_traces() == static_cast<std::ptrdiff_t>(traces.size()));
    REQUIRE(store->delivered(1, kFirst));
    REQUIRE(store->receipt(1, kFirst));
    CHECK(count_traces() == 0);
    reopen();
    CHECK(store->record(poll()));
    CHECK(store->prepare()->sequence == 2);
}

TEST_CASE_METHOD(StoreFixture, "poll answers and sealed ones are each kept as long as their activities promise") {
    open();
    REQUIRE(store->record(poll()));
    REQUIRE(store->record(referral("kept longer")));
    REQUIRE(store->prepare());
    REQUIRE(store->delivered(1, kFirst));
    store->keep_for({std::chrono::days(7), std::chrono::days(0)});
    REQUIRE(store->receipt(1, kFirst));
    REQUIRE(exported(1).size() == 1);
    CHECK(exported(1).front().activity == "candidate_referral");
    clock.wall += std::chrono::days(7);
    REQUIRE(store->tidy());
    CHECK(exported(1).empty());
}

TEST_CASE_METHOD(StoreFixture, "an answer about a person goes on its day though poll answers of its bundle stay longer") {
    open();
    REQUIRE(store->record(poll()));
    REQUIRE(store->record(referral()));
    REQUIRE(store->prepare());
    REQUIRE(store->delivered(1, kFirst));
    store->keep_for({std::chrono::days(0), std::chrono::days(7)});
    REQUIRE(store->receipt(1, kFirst));
    REQUIRE(exported(1).size() == 1);
    CHECK(exported(1).front().activity == "opinion_poll");
    const auto wiped = [&] {
        const auto log = store->audit_log().value();
        return std::count_if(log.begin(), log.end(), [](const auto& line) { return line.event == "bundle.wiped"; });
    };
    CHECK(wiped() == 0);
    clock.wall += std::chrono::days(7);
    REQUIRE(store->tidy());
    CHECK(exported(1).empty());
    CHECK(wiped() == 1);
}

TEST_CASE_METHOD(StoreFixture, "a bundle carries the counts of visits, in steps of ten") {
    open();
    for (int visit = 0; visit < 19; ++visit) REQUIRE(store->count_visit("opinion_poll", {"started", "finished"}));
    for (int visit = 0; visit < 9; ++visit) REQUIRE(store->count_visit("self_assessment", {"started"}));
    REQUIRE(store->record(poll()));
    CHECK(store->prepare()->counters ==
          std::vector<core::BundleCounter>{{"opinion_poll.finished", 10}, {"opinion_poll.started", 10}});
}

TEST_CASE_METHOD(StoreFixture, "a receipt for another bundle, or for none of ours, wipes nothing") {
    options.retention = {std::chrono::days(0), std::chrono::days(0)};
    open();
    REQUIRE(store->record(poll()));
    CHECK(store->receipt(1, kFirst).error().code == "storage.no_such_bundle");
    REQUIRE(store->prepare());
    CHECK(store->receipt(1, kFirst).error().code == "storage.no_such_bundle");
    REQUIRE(store->delivered(1, kFirst));
    CHECK(store->receipt(1, kSecond).error().code == "storage.other_bundle");
    CHECK(store->receipt(2, kFirst).error().code == "storage.no_such_bundle");
    CHECK(exported(1).size() == 1);
}

TEST_CASE_METHOD(StoreFixture, "delivery can be repeated with the same file and not with another") {
    open();
    REQUIRE(store->record(poll()));
    CHECK(store->delivered(1, kFirst).error().code == "storage.no_such_bundle");
    REQUIRE(store->prepare());
    REQUIRE(store->delivered(1, kFirst));
    CHECK(store->delivered(1, kFirst));
    CHECK(store->delivered(1, kSecond).error().code == "storage.other_bundle");
}

TEST_CASE_METHOD(StoreFixture, "after a lost stick everything without a receipt is exported again") {
    open();
    REQUIRE(store->record(poll()));
    REQUIRE(store->record(referral()));
    REQUIRE(store->prepare());
    REQUIRE(store->delivered(1, kFirst));
    REQUIRE(store->export_again());
    const auto again = store->prepare();
    CHECK(again->sequence == 2);
    CHECK(exported(2).size() == 2);
    // The receipt for the lost stick, found after all, wipes nothing that a later bundle still carries.
    options.retention = {std::chrono::days(0), std::chrono::days(0)};
    reopen();
    REQUIRE(store->receipt(1, kFirst));
    CHECK(exported(2).size() == 2);
}

TEST_CASE_METHOD(StoreFixture, "a bundle names the definitions of the forms, and each can be read") {
    open();
    const core::FormVersion form{"portal_poll", "1", core::sha256_of("x")};
    CHECK(store->definition(form).error().code == "storage.no_such_definition");
    REQUIRE(store->keep_definition(form, "<h:html/>"));
    REQUIRE(store->keep_definition(form, "<h:html/>"));
    REQUIRE(store->record(poll()));
    reopen();
    CHECK(store->prepare()->forms == std::vector{form});
    CHECK(store->definition(form).value() == "<h:html/>");
}

TEST_CASE_METHOD(StoreFixture, "a withdrawal wipes here what has not left, and travels to the office for what has") {
    open();
    const core::Response stayed = referral("An");
    const core::Response left = referral("Bình");
    REQUIRE(store->record(left));
    REQUIRE(store->prepare());
    REQUIRE(store->delivered(1, kFirst));
    REQUIRE(store->record(stayed));

    REQUIRE(store->withdraw(*stayed.withdrawal_tag));
    REQUIRE(store->withdraw(*stayed.withdrawal_tag));
    CHECK(store->status()->withdrawals_waiting == 0);
    CHECK(store->status()->answers_waiting == 0);
    CHECK(store->record(stayed).error().code == "storage.withdrawn");

    REQUIRE(store->withdraw(*left.withdrawal_tag));
    reopen();
    const core::Sha256 elsewhere = core::sha256_of("a code of another kiosk");
    REQUIRE(store->withdraw(elsewhere));
    REQUIRE(store->withdraw(elsewhere));
    const auto header = store->prepare();
    CHECK(header->sequence == 2);
    CHECK(header->sealed_answers == 0);
    CHECK(header->withdrawals.size() == 2);
    CHECK(exported(1).empty());
}

TEST_CASE_METHOD(StoreFixture, "a withdrawal of what waits again after a lost stick still travels: the stick may be found") {
    open();
    const core::Response answer = referral("An");
    REQUIRE(store->record(answer));
    REQUIRE(store->prepare());
    REQUIRE(store->delivered(1, kFirst));
    REQUIRE(store->export_again());
    CHECK(store->status()->answers_waiting == 1);
    REQUIRE(store->withdraw(*answer.withdrawal_tag));
    CHECK(store->status()->answers_waiting == 0);
    CHECK(store->status()->withdrawals_waiting == 1);
    CHECK(store->prepare()->withdrawals == std::vector{*answer.withdrawal_tag});
}

TEST_CASE_METHOD(StoreFixture, "a withdrawal request goes with one bundle and is forgotten after its receipt") {
    options.retention = {std::chrono::days(0), std::chrono::days(0)};
    open();
    REQUIRE(store->withdraw(core::sha256_of("code")));
    CHECK(store->prepare()->withdrawals.size() == 1);
    REQUIRE(store->delivered(1, kFirst));
    CHECK(store->prepare().error().code == "storage.nothing_to_export");
    REQUIRE(store->receipt(1, kFirst));
    REQUIRE(store->export_again());
    CHECK(store->prepare().error().code == "storage.nothing_to_export");
}
