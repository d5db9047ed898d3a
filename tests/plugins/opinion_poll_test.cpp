#include <kiosk/sdk/testing.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace std::chrono_literals;
using kiosk::testing::VisitDriver;

TEST_CASE("the poll shows the portal's form") {
    VisitDriver visit(kiosk_plugin);
    CHECK(visit.describe().transcript() == "form portal_poll\n");
}

TEST_CASE("the poll shows the form the office set") {
    VisitDriver visit(kiosk_plugin, {{"form", "library_poll"}});
    CHECK(visit.describe().transcript() == "form library_poll\n");
}

TEST_CASE("a ballot is recorded with eight seconds to take it back, then the visitor is thanked") {
    VisitDriver visit(kiosk_plugin);
    CHECK(visit.submit({{"/data/rating", "tot"}}) == kiosk::Outcome::record({.undo = 8s}));
    CHECK(visit.describe().transcript() == "receipt \"thanks\"\n");
}

TEST_CASE("a ballot that skips every question is a ballot") {
    VisitDriver visit(kiosk_plugin);
    CHECK(visit.submit().kind() == kiosk::Outcome::Kind::record);
}
