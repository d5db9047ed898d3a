#include <kiosk/sdk/testing.hpp>

#include <catch2/catch_test_macros.hpp>

using kiosk::Outcome;
using kiosk::testing::VisitDriver;
using kiosk::testing::World;
using namespace std::chrono_literals;

namespace {

World one_poll() { return {.open_forms = {"portal_poll"}}; }

}  // namespace

TEST_CASE("the one poll that is open is shown at once") {
    VisitDriver visit(one_poll(), kiosk_plugin);
    CHECK(visit.describe().transcript() == "form portal_poll\n");
}

TEST_CASE("of several polls the visitor chooses one, by its title") {
    VisitDriver visit(World{.open_forms = {"poll_reception", "portal_poll"}}, kiosk_plugin);
    CHECK(visit.describe().transcript() ==
          "heading \"which_poll\"\n"
          "choice poll \"poll\" \"form/poll_reception\" \"form/portal_poll\" [poll_reception] [portal_poll]\n");
    CHECK(visit.submit() == Outcome::stay({{"poll", "choose_poll"}}));
    CHECK(visit.submit({{"poll", "poll_of_last_year"}}) == Outcome::stay({{"poll", "choose_poll"}}));
    CHECK(visit.submit({{"poll", "poll_reception"}}) == Outcome::next());
    CHECK(visit.describe().transcript() == "form poll_reception\n");
}

TEST_CASE("when every poll is closed the visitor is told so") {
    VisitDriver visit(kiosk_plugin);
    CHECK(visit.describe().transcript() == "heading \"none_open\"\ntext \"come_back\"\n");
    CHECK(visit.submit() == Outcome::finish());
}

TEST_CASE("one tap is kept at once and may be taken back; what is added completes it") {
    VisitDriver visit(one_poll(), kiosk_plugin);
    CHECK(visit.submit({{"/data/rating", "kem"}}) == Outcome::amend(8s));
    CHECK(visit.submit({{"/data/rating", "kem"}, {"/data/cap_nhat", "co"}}) == Outcome::record());
    CHECK(visit.describe().transcript() == "receipt \"thanks\"\n");
}

TEST_CASE("results are shown after voting, where the kiosk may tell them") {
    World world = one_poll();
    world.results["portal_poll"] = {{{"tot", 30}, {"kem", 10}}};
    VisitDriver visit(world, kiosk_plugin);
    CHECK(visit.describe().transcript() == "form portal_poll\n");  // never before
    visit.submit({{"/data/rating", "tot"}});
    CHECK(visit.describe().transcript() ==
          "receipt \"thanks\"\n"
          "chart \"results_so_far\"(40) \"not_representative\" \"form/portal_poll/tot\" \"form/portal_poll/kem\" [30] [10]\n");
}

TEST_CASE("what the office published of all its kiosks says so") {
    World world = one_poll();
    world.results["portal_poll"] = {{{"tot", 300}, {"kem", 100}}, true};
    VisitDriver visit(world, kiosk_plugin);
    visit.submit({{"/data/rating", "tot"}});
    CHECK(visit.describe().transcript() ==
          "receipt \"thanks\"\n"
          "chart \"results_of_all_kiosks\"(400) \"not_representative_of_all\" \"form/portal_poll/tot\" \"form/portal_poll/kem\" [300] [100]\n");
}
