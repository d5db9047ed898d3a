#include "typed_value.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace kiosk::app;

TEST_CASE("a date is typed day first, with any sign between its parts") {
    for (const char* typed : {"27/3/1985", "27/03/1985", "27 3 1985", "27.3.1985", "27-03-1985", " 27/3/1985 ", "27031985", "27 / 3 / 1985"})
        CHECK(value_typed(typed, Layout::date) == "1985-03-27");
}

TEST_CASE("what is no date stays as typed, for the form to judge") {
    for (const char* typed : {"", "27", "27/3", "27/3/85", "1985", "27/3/1985/1", "123/3/1985", "2703198"})
        CHECK(value_typed(typed, Layout::date) == typed);
}

TEST_CASE("a date and a number are shown the way they are typed") {
    CHECK(typed_from("1985-03-27", Layout::date) == "27/03/1985");
    CHECK(typed_from("27/3", Layout::date) == "27/3");
    CHECK(typed_from("3.5", Layout::decimal) == "3,5");
    CHECK(value_typed("3,5", Layout::decimal) == "3.5");
    CHECK(value_typed("  Lê Lợi ", Layout::vietnamese) == "Lê Lợi");
}
