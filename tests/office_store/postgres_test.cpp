#include <catch2/catch_test_macros.hpp>

#include "contents.hpp"
#include "postgres_server.hpp"
#include "sample.hpp"

using namespace kiosk;
using namespace sample;
using office_store::OfficeStore;

TEST_CASE("PostgreSQL and SQLite hold the same answers, whatever order the bundles came in") {
    const office_test::PostgresServer server;
    if (!server.running()) SKIP(server.reason());
    core::SeededRandom random(11);
    std::vector<office_store::IncomingBundle> bundles;
    std::vector<core::Response> all;
    for (std::uint64_t i = 0; i < 6; ++i) {
        std::vector<core::Response> answers;
        for (int j = 0; j < 300; ++j)
            answers.push_back(response(random,
                                       "<rating>tot</rating><topics>giay_to dat_dai</topics><who><name>Nguyễn Thị Hường</name></who>"
                                       "<age>" + std::to_string(j) + "</age><member><name>An</name><award><score>1.5</score></award></member>",
                                       1 + j % 2));
        if (!all.empty()) {
            answers.push_back(all.front());
            core::Response forged = all.back();
            forged.document = answers[1].document;
            answers.push_back(forged);
        }
        if (i == 4) answers[0].withdrawal_tag = core::sha256_of("code"), answers[0].storage = StoragePolicy::sealed;
        all = answers;
        bundles.push_back(bundle(i % 2 == 0 ? "K07" : "K03", i / 2 + 1, answers));
    }
    bundles.back().header.withdrawals = {core::sha256_of("code")};
    bundles.back().header.counters = {{"opinion_poll.started", 12}};

    auto sqlite = OfficeStore::open(":memory:", read_definition);
    REQUIRE(sqlite);
    for (const auto& one : bundles) REQUIRE(sqlite->merge(one));
    auto postgres = OfficeStore::open(server.create("forwards"), read_definition);
    REQUIRE(postgres);
    for (auto one = bundles.rbegin(); one != bundles.rend(); ++one) {
        const auto merged = postgres->merge(*one);
        if (!merged) FAIL(merged.error().message.en);
    }
    const auto again = postgres->merge(bundles.front());
    REQUIRE(again);
    CHECK(again->known);
    const std::string held = contents(*sqlite);
    CHECK(held == contents(*postgres));
    CHECK(held.find("Nguyễn Thị Hường") != std::string::npos);

    const auto left = sqlite->summary(), right = postgres->summary();
    REQUIRE(left);
    REQUIRE(right);
    CHECK(left->conflicts == right->conflicts);
    CHECK(left->activities.at(0).forms.at(0).questions.at(1).counts == right->activities.at(0).forms.at(0).questions.at(1).counts);
    CHECK(right->repeated_bundles == 1);
    CHECK(postgres->bundles()->size() == 6);
}

TEST_CASE("a merge that fails half-way leaves a PostgreSQL store as it was") {
    const office_test::PostgresServer server;
    if (!server.running()) SKIP(server.reason());
    auto store = OfficeStore::open(server.create("rollback"), read_definition);
    REQUIRE(store);
    core::SeededRandom random(12);
    auto broken = bundle("K07", 1, {});
    broken.for_each_row = [&](const office_store::TakeRow& take) -> core::Result<void> {
        for (int i = 0; i < 450; ++i)
            if (auto taken = take(*core::encode_response(response(random, "<rating>tot</rating>"))); !taken) return taken;
        return core::Error{"bundle.row_damaged", {"Hỏng.", "Damaged."}};
    };
    CHECK_FALSE(store->merge(broken));
    CHECK(store->summary()->bundles == 0);
    REQUIRE(store->merge(bundle("K07", 1, {response(random, "<rating>tot</rating>")})));
    CHECK(store->summary()->activities.at(0).forms.at(0).responses == 1);
}

TEST_CASE("a server that cannot be reached is told in words that say that nothing was lost") {
    const auto store = OfficeStore::open("postgresql://kiosk@%2Fnonexistent/none", read_definition);
    REQUIRE_FALSE(store);
    CHECK(store.error().code == "store.no_connection");
    CHECK(store.error().message.vi.find("không có gì bị mất") != std::string::npos);
}
