#include <kiosk/sdk/testing.hpp>

#include <catch2/catch_test_macros.hpp>

using kiosk::Outcome;
using kiosk::testing::Fault;
using kiosk::testing::VisitDriver;

TEST_CASE("the review asks which one it is and warns against state secrets before the first field") {
    VisitDriver visit(kiosk_plugin, {{"forms", "self_review_2023_a self_review_2023_b"}});
    CHECK(visit.describe().transcript() ==
          "heading \"which_review\"\n"
          "choice review \"review\" \"form/self_review_2023_a\" \"form/self_review_2023_b\""
          " [self_review_2023_a] [self_review_2023_b]\n"
          "notice secrets \"no_state_secrets\"\n");
    CHECK(visit.submit() == Outcome::stay({{"review", "choose_review"}}));
    CHECK(visit.submit({{"review", "self_review_2019"}}) == Outcome::stay({{"review", "choose_review"}}));
    CHECK(visit.submit({{"review", "self_review_2023_b"}}) == Outcome::next());
    CHECK(visit.describe().transcript() == "form self_review_2023_b\n");
}

TEST_CASE("where one review is in force there is nothing to choose, but the warning stands") {
    VisitDriver visit(kiosk_plugin, {{"forms", " self_review_2019 "}});
    CHECK(visit.describe().transcript() ==
          "heading \"which_review\"\ntext \"form/self_review_2019\"\nnotice secrets \"no_state_secrets\"\n");
    CHECK(visit.submit() == Outcome::next());
    CHECK(visit.describe().transcript() == "form self_review_2019\n");
}

TEST_CASE("a review is sealed, printed, or both, as the office set") {
    const auto outcome_with = [](const char* output) {
        VisitDriver visit(kiosk_plugin, {{"forms", "self_review_2023_b"}, {"output", output}});
        visit.submit();
        return visit.submit({{"/data/ho_ten", "Zơ Râm Hạnh"}});
    };
    CHECK(outcome_with("") == Outcome::record());
    CHECK(outcome_with("sealed") == Outcome::record());
    CHECK(outcome_with("both") == Outcome::record({.document = "self_review_2023_b"}));
    CHECK(outcome_with("print") == Outcome::print("self_review_2023_b"));
}

TEST_CASE("the visitor is told what became of the review") {
    VisitDriver sealed(kiosk_plugin);
    sealed.submit({{"review", "self_review_quarterly"}});
    sealed.submit();
    CHECK(sealed.describe().transcript() == "receipt \"sealed_for_branch\"\n");
    CHECK(sealed.submit() == Outcome::finish());

    VisitDriver printed(kiosk_plugin, {{"output", "print"}});
    printed.submit({{"review", "self_review_quarterly"}});
    printed.submit();
    CHECK(printed.describe().transcript() == "receipt \"printed_and_wiped\"\n");
}

TEST_CASE("a setting the review does not know is refused at the start") {
    CHECK_THROWS_AS(VisitDriver(kiosk_plugin, {{"output", "cloud"}}), Fault);
}
