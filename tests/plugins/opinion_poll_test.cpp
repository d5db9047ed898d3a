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

TEST_CASE("the first tap is kept with eight seconds to take it back, and the visitor is told that it is thanks") {
    VisitDriver visit(kiosk_plugin);
    CHECK(visit.submit({{"/data/rating", "tot"}}) == kiosk::Outcome::amend(8s));
    CHECK(visit.describe().transcript() == "receipt \"thanks\"\n");
}

TEST_CASE("what is answered after the first tap completes the ballot") {
    VisitDriver visit(kiosk_plugin);
    visit.submit({{"/data/rating", "kem"}});
    CHECK(visit.submit({{"/data/rating", "kem"}, {"/data/follow_up/toc_do", "khong"}}) == kiosk::Outcome::record());
}

TEST_CASE("a ballot that skips every question is a ballot") {
    VisitDriver visit(kiosk_plugin);
    CHECK(visit.submit() == kiosk::Outcome::amend(8s));
}
