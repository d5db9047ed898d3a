// Which organisation a code speaks for, and how guessing is slowed down.
#include "organisation_desk.hpp"

#include <kiosk/core/organisations.hpp>
#include <kiosk/sealing/pin_hash.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>

using namespace kiosk;
using namespace std::chrono_literals;
using Verdict = app::OrganisationAnswer::Verdict;

namespace {

class HandClock final : public core::Clock {
  public:
    core::WallTime wall_now() const override { return {}; }
    core::SteadyTime steady_now() const override { return steady; }
    core::SteadyTime steady{1000};
};

struct Office {
    test_support::TemporaryFolder folder;
    std::filesystem::path list = folder.path() / "organisations.tsv";
    core::SeededRandom random{5};
    core::OrganisationCode farmers = core::OrganisationCode::make("001", random), branch = core::OrganisationCode::make("002", random);
    HandClock clock;
    OrganisationJudge judge{list, clock};

    Office() {
        write(core::write_organisations({{"001", "hoi_nong_dan", hash(farmers), "Hội Nông dân xã Thạnh Mỹ"}, {"002", "chi_bo", hash(branch), "Chi bộ 2"}}));
    }

    static std::string hash(const core::OrganisationCode& code) { return *sealing::hash_pin(code.letters(), sealing::PinCost::least); }
    void write(std::string_view text) const { std::ofstream(list, std::ios::binary) << text; }
    // Well formed and of no organisation: its number is of one, its letters are not.
    std::string stranger() { return core::OrganisationCode::make("001", random).to_string(); }
};

}  // namespace

TEST_CASE("the right code of the right kind speaks for its organisation") {
    Office office;
    const auto answer = office.judge.judge(office.farmers.to_string(), "hoi_nong_dan");
    CHECK(answer.verdict == Verdict::right);
    CHECK(answer.organisation == "Hội Nông dân xã Thạnh Mỹ");
}

TEST_CASE("a wrong code, a mistyped one and none speak for nobody") {
    Office office;
    CHECK(office.judge.judge(office.stranger(), "hoi_nong_dan").verdict == Verdict::wrong);
    CHECK(office.judge.judge("001-22222-33333", "hoi_nong_dan").verdict == Verdict::wrong);
    CHECK(office.judge.judge("", "hoi_nong_dan").verdict == Verdict::wrong);
    CHECK(office.judge.judge("Hội Nông dân xã Thạnh Mỹ", "hoi_nong_dan").verdict == Verdict::wrong);
}

TEST_CASE("the code of another organisation does not speak for this one") {
    Office office;
    const auto answer = office.judge.judge(office.branch.to_string(), "hoi_nong_dan");
    CHECK(answer.verdict == Verdict::other_kind);
    CHECK(answer.organisation.empty());
}

TEST_CASE("a list that is damaged or missing vouches for nobody") {
    Office office;
    office.write("feedback-kiosk organisations 1\n001\thoi_nong_dan\n");
    CHECK(office.judge.judge(office.farmers.to_string(), "hoi_nong_dan").verdict == Verdict::unreadable);
    std::filesystem::remove(office.list);
    CHECK(office.judge.judge(office.farmers.to_string(), "hoi_nong_dan").verdict == Verdict::unreadable);
}

TEST_CASE("after five wrong codes even the right one waits, longer each time, and the right one ends it") {
    Office office;
    for (int guess = 0; guess < OrganisationJudge::kFreeTries; ++guess)
        CHECK(office.judge.judge(office.stranger(), "hoi_nong_dan").verdict == Verdict::wrong);
    auto answer = office.judge.judge(office.farmers.to_string(), "hoi_nong_dan");
    CHECK(answer.verdict == Verdict::waiting);
    CHECK(answer.wait == 30s);
    office.clock.steady += 30s;
    CHECK(office.judge.judge(office.stranger(), "hoi_nong_dan").verdict == Verdict::wrong);
    CHECK(office.judge.judge(office.farmers.to_string(), "hoi_nong_dan").wait == 60s);
    office.clock.steady += 60s;
    CHECK(office.judge.judge(office.farmers.to_string(), "hoi_nong_dan").verdict == Verdict::right);
    CHECK(office.judge.judge(office.stranger(), "hoi_nong_dan").verdict == Verdict::wrong);
    CHECK(office.judge.judge(office.farmers.to_string(), "hoi_nong_dan").verdict == Verdict::right);
}

TEST_CASE("what is only mistyped is no guess") {
    Office office;
    for (int slip = 0; slip < 20; ++slip) CHECK(office.judge.judge("001-AAAAA", "hoi_nong_dan").verdict == Verdict::wrong);
    CHECK(office.judge.judge(office.farmers.to_string(), "hoi_nong_dan").verdict == Verdict::right);
}
