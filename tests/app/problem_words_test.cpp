// What a visitor reads beside an answer that does not fit: the workbook's own words, else the catalogue's, never the advice
// for something else.
#include "form_builder.hpp"

#include <kiosk/app/project.hpp>
#include <kiosk/test_support/source_tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <fstream>
#include <sstream>

using namespace kiosk;
using namespace kiosk::app;

namespace {

struct EchoCatalogue final : core::Catalogue {
    std::string words(std::string_view, const core::Text& text, std::string_view) const override { return "<" + text.id + ">"; }
};

struct Asked {
    std::string type;
    std::string answer;
    std::string problem;                 // what is read; empty: nothing
    std::string own_words = {};          // of the workbook, for its constraint
};

struct Shown {
    std::string on_page;
    std::string in_review;
};

std::shared_ptr<const forms::Form> form_of(const Asked& asked) {
    forms::testing::FormBuilder builder;
    forms::Node& node = builder.question("/data/q", asked.type);
    node.required = "true()";
    node.constraint = "string-length(.) < 5";
    if (!asked.own_words.empty()) node.constraint_message = forms::testing::words({asked.own_words});
    forms::Control& control = builder.control("/data/q");
    control.label = forms::testing::words({"Câu hỏi"});
    if (asked.type == "select_one") control.choices = {{"tot", {}}, {"xau", {}}};
    if (asked.type == "range") control.parameters = {{"start", "1"}, {"end", "5"}};
    return builder.build();
}

Shown show(const Asked& asked) {
    core::Result<forms::FormVisit> form = forms::FormVisit::begin(form_of(asked), {});
    REQUIRE(form);
    REQUIRE(form->set("/data/q", asked.answer));
    State state;
    Visiting visit;
    visit.place = Visiting::Place::form;
    visit.shows_problems = true;
    visit.form = std::move(*form);
    state.mode = std::move(visit);
    const Policies policies;
    const std::vector<Activity> activities;
    const Environment environment{{}, policies, activities};
    Shown shown;
    for (const Item& item : project(state, environment, EchoCatalogue()).items)
        if (item.look == Look::problem) shown.on_page += item.label;
    state.in<Visiting>()->place = Visiting::Place::review;
    for (const Item& item : project(state, environment, EchoCatalogue()).items)
        if (item.look == Look::card) shown.in_review += item.detail;
    return shown;
}

std::string content(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(kiosk::test_support::in_source_tree(file)).rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("an answer that does not fit is named for what it is, on its page and in the review") {
    const std::vector<Asked> all = {
        {"integer", "1.5", "<form.not_an_integer>"},
        {"decimal", "mười", "<form.not_a_number>"},
        {"date", "2026-02-30", "<form.not_a_date>"},
        {"dateTime", "hôm nay", "<form.not_a_date_time>"},
        {"time", "25:00", "<form.not_a_time>"},
        {"range", "9", "<form.out_of_range>"},
        {"select_one", "khá", "<form.not_a_choice>"},
        {"text", "quá dài", "<form.constraint>"},
        {"text", "quá dài", "Tối đa bốn chữ.", "Tối đa bốn chữ."},
        {"text", "vừa", ""},
    };
    for (const Asked& asked : all) {
        CAPTURE(asked.type, asked.answer);
        const Shown shown = show(asked);
        CHECK(shown.on_page == asked.problem);
        CHECK(shown.in_review == (asked.problem.empty() ? asked.answer : asked.problem));
    }
}

TEST_CASE("a question without its answer asks for one by tap or by keys, and the review says it is open") {
    CHECK(show({"select_one", "", ""}).on_page == "<problem.choose>");
    CHECK(show({"text", "", ""}).on_page == "<problem.empty>");
    CHECK(show({"text", "", ""}).in_review == "<review.no_answer>");
}

TEST_CASE("every reason for refusing an answer has words in both catalogues") {
    for (const char* language : {"vi", "en"}) {
        const std::string catalogue = content("assets/locale/" + std::string(language) + ".po");
        for (const char* id : {"form.constraint", "form.not_a_choice", "form.chosen_twice", "form.not_an_integer", "form.not_a_number", "form.not_a_date",
                               "form.not_a_date_time", "form.not_a_time", "form.out_of_range", "problem.choose", "problem.empty"}) {
            CAPTURE(language, id);
            CHECK(catalogue.find("msgid \"" + std::string(id) + "\"\nmsgstr \"") != std::string::npos);
        }
    }
}
