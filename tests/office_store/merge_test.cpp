#include <kiosk/test_support/source_tree.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include "contents.hpp"
#include "sample.hpp"

#include <algorithm>

using namespace kiosk;
using namespace sample;
using office_store::OfficeStore;

namespace {

OfficeStore empty_store() { return std::move(OfficeStore::open(":memory:", read_definition).value()); }

const std::string kBody =
    "<start>2026-03-02T09:00:00.000+07:00</start><rating>tot</rating><topics>giay_to dat_dai</topics>"
    "<who><name>Nguyễn Thị Hường</name></who>"
    "<member><name>An</name><award><score>1.5</score></award><award><score>2</score></award></member>"
    "<member><name>Bình</name></member>";

}  // namespace

TEST_CASE("an answer is laid out in its form's table, its repeats in child tables with their parents' keys") {
    OfficeStore store = empty_store();
    core::SeededRandom random(1);
    const core::Response one = response(random, kBody);
    const auto report = store.merge(bundle("K07", 1, {one}));
    REQUIRE(report);
    CHECK(report->added == 1);
    const std::string key = "uuid:" + one.id.to_string();
    const std::string expected =
        "[] start rating topics who-name\n" + key +
        "||K07|1|2026-03-02T09:00:00.000+07:00|tot|giay_to dat_dai|Nguyễn Thị Hường\n"
        "[member] name\n" +
        key + "/member[1]|" + key + "|K07|1|An\n" + key + "/member[2]|" + key + "|K07|1|Bình\n" +
        "[award] score\n" +
        key + "/member[1]/award[1]|" + key + "/member[1]|K07|1|1.500000\n" +
        key + "/member[1]/award[2]|" + key + "/member[1]|K07|1|2.000000\n" + key + one.document + "\n";
    CHECK(contents(store) == expected);
}

TEST_CASE("merging the same bundle twice adds nothing, nor do its answers in another bundle") {
    OfficeStore store = empty_store();
    core::SeededRandom random(2);
    const std::vector answers{response(random, kBody), response(random, "<rating>kem</rating>")};
    REQUIRE(store.merge(bundle("K07", 1, answers)));
    const std::string once = contents(store);
    const auto again = store.merge(bundle("K07", 1, answers));
    REQUIRE(again);
    CHECK(again->known);
    CHECK(again->duplicates == 2);
    const auto reexported = store.merge(bundle("K07", 2, answers));
    REQUIRE(reexported);
    CHECK_FALSE(reexported->known);
    CHECK(reexported->duplicates == 2);
    CHECK(reexported->added == 0);
    CHECK(contents(store) == once);
}

TEST_CASE("any order and repetition of bundles gives the same store, re-exports and conflicts included") {
    core::SeededRandom random(3);
    std::vector<office_store::IncomingBundle> bundles;
    std::vector<core::Response> earlier;
    for (int i = 0; i < 8; ++i) {
        std::vector<core::Response> answers;
        for (int j = 0; j < 5; ++j) answers.push_back(response(random, kBody, 1 + (i + j) % 2));
        if (!earlier.empty()) {
            answers.push_back(earlier.front());
            core::Response forged = earlier.back();
            forged.document = response(random, "<rating>kem</rating>").document;
            answers.push_back(forged);
        }
        earlier = answers;
        bundles.push_back(bundle(i % 2 == 0 ? "K07" : "K03", static_cast<std::uint64_t>(i / 2 + 1), answers));
    }
    std::string expected;
    for (int round = 0; round < 12; ++round) {
        OfficeStore store = empty_store();
        for (std::size_t i = bundles.size(); i > 1; --i) std::swap(bundles[i - 1], bundles[random.below(i)]);
        for (const auto& one : bundles) REQUIRE(store.merge(one));
        REQUIRE(store.merge(bundles[random.below(bundles.size())]));
        const std::string merged = contents(store);
        if (round == 0) expected = merged;
        CHECK(merged == expected);
        CHECK(store.summary()->conflicts == 7);
    }
}

TEST_CASE("versions of a form are united: the new question stands where it was asked, new labels replace old ones") {
    OfficeStore store = empty_store();
    core::SeededRandom random(4);
    REQUIRE(store.merge(bundle("K07", 1, {response(random, "<rating>rat_tot</rating><age>41</age>", 2)})));
    REQUIRE(store.merge(bundle("K07", 2, {response(random, kBody, 1)})));
    const auto forms = store.forms("opinion_poll");
    REQUIRE(forms);
    REQUIRE(forms->size() == 1);
    const core::AnswerForm& form = forms->front();
    CHECK(form.versions == std::vector<std::string>{"1", "2"});
    CHECK(form.languages == std::vector<std::string>{"vi", "en"});
    CHECK(form.storage == StoragePolicy::anonymous);
    std::vector<std::string> headers;
    for (const auto& column : form.tables[0].columns) headers.push_back(column.header);
    CHECK(headers == std::vector<std::string>{"start", "rating", "age", "topics", "who-name"});
    const core::AnswerColumn& rating = form.tables[0].columns[1];
    CHECK(rating.labels == std::vector<std::string>{"Bạn đánh giá như thế nào?", "How do you rate it?"});
    REQUIRE(rating.choices.size() == 3);
    CHECK(rating.choices[0] == core::AnswerChoice{"rat_tot", {"Rất tốt", "Very good"}});
    CHECK(rating.choices[2] == core::AnswerChoice{"kem", {"Rất kém", "Very poor"}});
}

TEST_CASE("a withdrawn answer is removed, and stays out when its bundle comes only later") {
    core::SeededRandom random(5);
    core::Response referral = response(random, kBody);
    referral.storage = StoragePolicy::sealed;
    referral.withdrawal_tag = core::sha256_of("code");
    const auto with_answer = bundle("K07", 1, {referral, response(random, "<rating>tot</rating>")});
    auto with_withdrawal = bundle("K07", 2, {});
    with_withdrawal.header.withdrawals = {*referral.withdrawal_tag};

    OfficeStore in_order = empty_store();
    REQUIRE(in_order.merge(with_answer));
    CHECK(in_order.merge(with_withdrawal)->withdrawn == 1);
    OfficeStore turned = empty_store();
    REQUIRE(turned.merge(with_withdrawal));
    CHECK(turned.merge(with_answer)->withdrawn == 1);
    CHECK(contents(in_order) == contents(turned));
    CHECK(contents(in_order).find(referral.id.to_string()) == std::string::npos);
    CHECK(contents(in_order).find("Bình") == std::string::npos);
}

TEST_CASE("rows that are no response, and answers to a form that cannot be read, are kept and counted") {
    OfficeStore store = empty_store();
    core::SeededRandom random(6);
    core::Response unknown = response(random, kBody);
    unknown.form = {"other", "9", core::sha256_of("other")};
    auto odd = bundle("K07", 1, {unknown});
    odd.definitions.emplace_back(unknown.form, "not a form");
    const auto rows = odd.for_each_row;
    odd.for_each_row = [rows](const office_store::TakeRow& take) -> core::Result<void> {
        const std::string rubbish = "rubbish";
        if (auto taken = take(std::as_bytes(std::span(rubbish.data(), rubbish.size()))); !taken) return taken;
        return rows(take);
    };
    const auto report = store.merge(odd);
    REQUIRE(report);
    CHECK(report->unreadable == 1);
    CHECK(report->not_tabulated == 1);
    CHECK(report->added == 1);
    CHECK(store.summary()->unreadable == 1);
}

TEST_CASE("a merge that fails half-way leaves the store as it was") {
    OfficeStore store = empty_store();
    core::SeededRandom random(7);
    REQUIRE(store.merge(bundle("K07", 1, {response(random, kBody)})));
    const std::string before = contents(store);
    auto broken = bundle("K07", 2, {});
    const std::vector many(500, response(random, kBody));
    broken.for_each_row = [&](const office_store::TakeRow& take) -> core::Result<void> {
        for (const auto& one : many)
            if (auto taken = take(core::encode_response(one).value()); !taken) return taken;
        return core::Error{"bundle.row_damaged", {"Hỏng.", "Damaged."}};
    };
    CHECK_FALSE(store.merge(broken));
    CHECK(contents(store) == before);
    CHECK(store.summary()->bundles == 1);
}

TEST_CASE("gaps, broken links and refusals are told") {
    OfficeStore store = empty_store();
    REQUIRE(store.merge(bundle("K07", 2, {})));
    auto unlinked = bundle("K07", 3, {});
    unlinked.header.previous = core::sha256_of("another bundle 2");
    REQUIRE(store.merge(unlinked));
    REQUIRE(store.merge(bundle("K07", 6, {})));
    REQUIRE(store.note_refusal("K09-000001.kbx", core::sha256_of("x"), "bundle.damaged"));
    const auto summary = store.summary();
    REQUIRE(summary);
    REQUIRE(summary->kiosks.size() == 1);
    CHECK(summary->kiosks[0].last_sequence == 6);
    CHECK(summary->kiosks[0].missing == std::vector<std::uint64_t>{1, 4, 5});
    CHECK(summary->kiosks[0].broken_links == std::vector<std::uint64_t>{3});
    REQUIRE(summary->refusals.size() == 1);
    CHECK(summary->refusals[0].code == "bundle.damaged");
}

TEST_CASE("a summary counts every question of every version, each name of a multiple choice by itself") {
    OfficeStore store = empty_store();
    core::SeededRandom random(8);
    REQUIRE(store.merge(bundle("K07", 1, {response(random, kBody), response(random, "<rating>kem</rating><topics>dat_dai</topics>")})));
    const auto summary = store.summary();
    REQUIRE(summary);
    const auto& form = summary->activities.at(0).forms.at(0);
    CHECK(form.responses == 2);
    const auto find = [&](const std::string& name) {
        return *std::find_if(form.questions.begin(), form.questions.end(), [&](const auto& q) { return q.name == name; });
    };
    CHECK(find("rating").counts.at(0).second == 1);
    CHECK(find("topics").n == 2);
    CHECK(find("topics").counts.at(0).second == 1);
    CHECK(find("topics").counts.at(1).second == 2);
    CHECK(find("who-name").n == 1);
    CHECK_FALSE(find("who-name").counted);
}

TEST_CASE("a file that is no store, and one that is not there, are refused with what to do") {
    const test_support::TemporaryFolder folder;
    CHECK(OfficeStore::open_existing((folder.path() / "none.db").string(), read_definition).error().code == "store.not_found");
    CHECK(OfficeStore::open((folder.path() / "no" / "such" / "folder.db").string(), read_definition).error().code == "store.cannot_open");
    CHECK(OfficeStore::open(kiosk::test_support::in_source_tree("LICENSE").string(), read_definition).error().code == "store.not_a_store");
    REQUIRE(OfficeStore::open((folder.path() / "store.db").string(), read_definition));
    CHECK(OfficeStore::open_existing((folder.path() / "store.db").string(), read_definition));
}
