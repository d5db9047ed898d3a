// One record an instance of a repeat: what Outcome::record({.each = …}) keeps.
#include "reading_helpers.hpp"

#include <kiosk/forms/form_visit.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::forms;
using namespace kiosk::forms::testing;

namespace {

std::shared_ptr<const Form> household() {
    return good_form(R"(
        | survey   |              |         |         |
        |          | type         | name    | label   |
        |          | text         | village | Village |
        |          | begin repeat | member  | Member  |
        |          | text         | name    | Name    |
        |          | begin group  | address | Address |
        |          | text         | street  | Street  |
        |          | end group    |         |         |
        |          | end repeat   |         |         |
    )");
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a group inside a repeat stays a group") {
    const auto form = household();
    CHECK(node_at(*form, "/data/member").kind == ItemKind::repeat);
    CHECK(node_at(*form, "/data/member/address").kind == ItemKind::group);
}

TEST_CASE("a part of a submission has one instance of a repeat, all else, and an id of its own") {
    VisitSettings settings;
    settings.now = [] { return core::WallTime{}; };
    settings.instance_id = "uuid:whole";
    auto visit = FormVisit::begin(household(), settings);
    REQUIRE(visit);
    REQUIRE(visit->add_repeat("/data/member"));
    REQUIRE(visit->set("/data/village", "Pà Dấu"));
    REQUIRE(visit->set("/data/member[1]/name", "Alăng Hạnh"));
    REQUIRE(visit->set("/data/member[2]/name", "Bríu Liếc"));
    REQUIRE(visit->set("/data/member[2]/address/street", "tổ 2"));
    const std::string second = visit->submission({"/data/member", 2, "uuid:second"});
    CHECK(holds(second, "Pà Dấu"));
    CHECK(holds(second, "Bríu Liếc"));
    CHECK(holds(second, "tổ 2"));
    CHECK_FALSE(holds(second, "Alăng Hạnh"));
    CHECK(holds(second, "uuid:second"));
    CHECK_FALSE(holds(second, "uuid:whole"));
    const std::string whole = visit->submission();
    CHECK(holds(whole, "Alăng Hạnh"));
    CHECK(holds(whole, "Bríu Liếc"));
    CHECK(holds(whole, "uuid:whole"));
}

TEST_CASE("checking a visit ends nothing") {
    VisitSettings settings;
    settings.now = [] { return core::WallTime{}; };
    auto visit = FormVisit::begin(household(), settings);
    REQUIRE(visit);
    CHECK(visit->check());
    CHECK_FALSE(visit->ended());
    CHECK(visit->set("/data/village", "A"));
    CHECK(visit->finish());
    CHECK(visit->ended());
}
