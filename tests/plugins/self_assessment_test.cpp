#include <kiosk/sdk/testing.hpp>

#include <catch2/catch_test_macros.hpp>

using kiosk::Outcome;
using kiosk::testing::Fault;
using kiosk::testing::VisitDriver;

TEST_CASE("the review asks which one it is and warns against state secrets before the first field") {
    VisitDriver visit(kiosk_plugin);
    CHECK(visit.describe().transcript() ==
          "heading \"which_review\"\n"
          "choice kind \"kind\" \"kind_annual_member\" \"kind_annual_leader\" \"kind_quarterly\" \"kind_probationary\""
          " [annual_member] [annual_leader] [quarterly] [probationary]\n"
          "notice secrets \"no_state_secrets\"\n");
    CHECK(visit.submit() == Outcome::stay({{"kind", "choose_review"}}));
    CHECK(visit.submit({{"kind", "no_such_kind"}}) == Outcome::stay({{"kind", "choose_review"}}));
}

TEST_CASE("each pack offers the forms that were in force") {
    const struct {
        const char *pack, *kind, *form;
    } kForms[] = {
        {"2019", "annual", "self_review_2019"},
        {"2019", "probationary", "self_review_probationary"},
        {"2023", "annual_member", "self_review_2023_a"},
        {"2023", "annual_leader", "self_review_2023_b"},
        {"2026", "annual_member", "self_review_2025_a"},
        {"2026", "annual_leader", "self_review_2025_b"},
        {"2026", "quarterly", "self_review_quarterly"},
        {"", "probationary", "self_review_probationary"},
    };
    for (const auto& expected : kForms) {
        CAPTURE(expected.pack, expected.kind);
        VisitDriver visit(kiosk_plugin, {{"pack", expected.pack}});
        CHECK(visit.submit({{"kind", expected.kind}}) == Outcome::next());
        CHECK(visit.describe().transcript() == std::string("form ") + expected.form + "\n");
    }
}

TEST_CASE("a review is sealed, printed, or both, as the office set") {
    const auto outcome_with = [](const char* output) {
        VisitDriver visit(kiosk_plugin, {{"pack", "2023"}, {"output", output}});
        visit.submit({{"kind", "annual_leader"}});
        return visit.submit({{"/data/ho_ten", "Zơ Râm Hạnh"}});
    };
    CHECK(outcome_with("") == Outcome::record());
    CHECK(outcome_with("sealed") == Outcome::record());
    CHECK(outcome_with("both") == Outcome::record({.document = "self_review_2023_b"}));
    CHECK(outcome_with("print") == Outcome::print("self_review_2023_b"));
}

TEST_CASE("the visitor is told what became of the review") {
    VisitDriver sealed(kiosk_plugin);
    sealed.submit({{"kind", "quarterly"}});
    sealed.submit();
    CHECK(sealed.describe().transcript() == "receipt \"sealed_for_branch\"\n");
    CHECK(sealed.submit() == Outcome::finish());

    VisitDriver printed(kiosk_plugin, {{"output", "print"}});
    printed.submit({{"kind", "quarterly"}});
    printed.submit();
    CHECK(printed.describe().transcript() == "receipt \"printed_and_wiped\"\n");
}

TEST_CASE("a setting the review does not know is refused at the start") {
    CHECK_THROWS_AS(VisitDriver(kiosk_plugin, {{"pack", "1975"}}), Fault);
    CHECK_THROWS_AS(VisitDriver(kiosk_plugin, {{"output", "cloud"}}), Fault);
}
