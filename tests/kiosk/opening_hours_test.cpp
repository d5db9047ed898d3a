#include "opening_hours.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;

namespace {

std::tm at(int weekday, int hour, int minute) {
    std::tm time{};
    time.tm_wday = weekday;
    time.tm_hour = hour;
    time.tm_min = minute;
    return time;
}

}  // namespace

TEST_CASE("a kiosk is open from its first minute to just before its last, on its days") {
    OpeningHours hours;
    hours.opens_minute = *minute_of_day("07:30");
    hours.closes_minute = *minute_of_day("17:00");
    hours.days = {false, true, true, true, true, true, false};
    CHECK_FALSE(hours.is_open(at(1, 7, 29)));
    CHECK(hours.is_open(at(1, 7, 30)));
    CHECK(hours.is_open(at(5, 16, 59)));
    CHECK_FALSE(hours.is_open(at(5, 17, 0)));
    CHECK_FALSE(hours.is_open(at(0, 10, 0)));
    CHECK(hours.words() == "07:30–17:00");
}

TEST_CASE("the kiosk knows when to look again: at the next opening, closing or midnight") {
    OpeningHours hours;
    hours.opens_minute = *minute_of_day("07:30");
    hours.closes_minute = *minute_of_day("17:00");
    CHECK(hours.minutes_to_change(at(1, 7, 0)) == 30);
    CHECK(hours.minutes_to_change(at(1, 16, 59)) == 1);
    CHECK(hours.minutes_to_change(at(1, 23, 0)) == 60);
    CHECK(OpeningHours{}.minutes_to_change(at(1, 0, 0)) == 24 * 60);
}

TEST_CASE("a time that is none is refused") {
    CHECK(minute_of_day("00:00") == 0);
    CHECK(minute_of_day("24:00") == 24 * 60);
    for (const char* wrong : {"", "7:30", "07.30", "07:60", "25:00", "24:01", "ab:cd", "07:30 "}) {
        INFO(wrong);
        CHECK_FALSE(minute_of_day(wrong));
    }
}
