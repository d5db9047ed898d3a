// The first and last days that staff set.
#include "open_days.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;

TEST_CASE("an activity is open on its first day, on its last, and between") {
    OpenDays days;
    REQUIRE(days.set("opinion_poll 2026-12-01 2026-12-31"));
    CHECK(days.closed("opinion_poll", "2026-11-30")->code == "staff.not_yet");
    CHECK_FALSE(days.closed("opinion_poll", "2026-12-01"));
    CHECK_FALSE(days.closed("opinion_poll", "2026-12-31"));
    CHECK(days.closed("opinion_poll", "2027-01-01")->code == "staff.over");
    CHECK_FALSE(days.closed("self_assessment", "2026-11-30"));
}

TEST_CASE("either day may be left open, and both taken away") {
    OpenDays days;
    REQUIRE(days.set("a 2026-12-01 -"));
    CHECK(days.closed("a", "2026-11-30"));
    CHECK_FALSE(days.closed("a", "2099-01-01"));
    CHECK(in_words(days.of("a")).vi == "từ 01/12/2026");
    REQUIRE(days.set("a - 2026-12-31"));
    CHECK_FALSE(days.closed("a", "2000-01-01"));
    CHECK(in_words(days.of("a")).en == "until 31/12/2026");
    REQUIRE(days.set("a - -"));
    CHECK(days.to_text().empty());
    CHECK(in_words(days.of("a")).vi.empty());
}

TEST_CASE("what cannot be meant changes nothing") {
    OpenDays days;
    REQUIRE(days.set("a 2026-12-01 2026-12-31"));
    for (const char* bad : {"", "a", "a 2026-12-01", "a 2026-12-31 2026-12-01", "a 1/12/2026 -", "a 2026-12-01 2026-12-31 more", "a 2026-12-0x -"})
        CHECK_FALSE(days.set(bad));
    CHECK(days.to_text() == "a 2026-12-01 2026-12-31\n");
}

TEST_CASE("days are read as they were kept, and a damaged line costs only itself") {
    OpenDays days;
    REQUIRE(days.set("form:portal_poll 2026-12-01 -"));
    REQUIRE(days.set("opinion_poll - 2026-12-31"));
    CHECK(OpenDays::read(days.to_text()).to_text() == days.to_text());
    CHECK(OpenDays::read("x\n" + days.to_text()).to_text() == days.to_text());
}
