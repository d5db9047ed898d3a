// What speech may say of a visit: personal answers only where a headphone is fitted, in labels that repeat them too.
#include "form_builder.hpp"

#include <kiosk/app/project.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::app;
using Place = Visiting::Place;

namespace {

// A message is its id and its arguments.
struct EchoCatalogue final : core::Catalogue {
    std::string words(std::string_view, const core::Text& text, std::string_view) const override {
        std::string all = "<" + text.id;
        for (const std::string& argument : text.arguments) all += " " + argument;
        return all + ">";
    }
};

forms::Translated repeating(const std::string& before, const std::string& path, const std::string& after) {
    forms::Translated label = forms::testing::words({""});
    label.in.front().text = {{before, path}, {after, {}}};
    return label;
}

// Of whom, what they have to do with each other, how well it went, how often, when, and which came first.
std::shared_ptr<const forms::Form> questions() {
    forms::testing::FormBuilder builder;
    builder.question("/data/name", "text");
    builder.control("/data/name").label = forms::testing::words({"Họ tên"});
    builder.question("/data/tie", "select_one");
    forms::Control& tie = builder.control("/data/tie");
    tie.label = repeating("Quan hệ với **", "/data/name", "**?");
    tie.hint = repeating("", "/data/name", " là ai?");
    tie.hint.in.front().guidance = {{"<b>", "/data/name"}, {"</b>", {}}};   // nothing but marks, as long as there is no name
    tie.choices = {{"kin", repeating("Người nhà của ", "/data/name", "")}, {"other", forms::testing::words({"Khác"})}};
    builder.question("/data/often", "range");
    builder.control("/data/often").parameters = {{"start", "1"}, {"end", "9"}};
    builder.question("/data/born", "date");
    builder.control("/data/born").appearance = {"month-year"};
    builder.question("/data/order", "rank");
    builder.control("/data/order").choices = {{"a", forms::testing::words({"An"})}, {"b", forms::testing::words({"Bình"})}};
    return builder.build();
}

// All that is said of one place of the visit.
std::string said(StoragePolicy storage, bool has_headphones, Place place, std::string_view question, std::string_view name = "Alăng Bhríu") {
    core::Result<forms::FormVisit> form = forms::FormVisit::begin(questions(), {});
    REQUIRE(form);
    REQUIRE(form->set("/data/name", name));
    REQUIRE(form->set("/data/tie", "kin"));
    REQUIRE(form->set("/data/often", "7"));
    REQUIRE(form->set("/data/born", "1985-03-01"));
    REQUIRE(form->set("/data/order", "b a"));
    REQUIRE(form->go_to(question));
    State state;
    Visiting visit;
    visit.place = place;
    visit.storage = storage;
    visit.form = std::move(*form);
    state.mode = std::move(visit);
    Policies policies;
    policies.has_headphones = has_headphones;
    const std::vector<Activity> activities;
    std::string all;
    for (const Item& item : project(state, Environment{{}, policies, activities}, EchoCatalogue()).items) all += item.what_is_said() + "\n";
    return all;
}

bool holds(const std::string& text, std::string_view piece) { return text.find(piece) != std::string::npos; }

}  // namespace

TEST_CASE("with a headphone, and in an anonymous poll, everything is said, and what is chosen") {
    const struct { StoragePolicy storage; bool has_headphones; } kHeardAlone[] = {{StoragePolicy::sealed, true},
                                                                                        {StoragePolicy::anonymous, false}};
    for (const auto& heard : kHeardAlone) {
        const std::string tie = said(heard.storage, heard.has_headphones, Place::form, "/data/tie");
        CHECK(holds(tie, "Quan hệ với Alăng Bhríu?"));
        CHECK(holds(tie, "Người nhà của Alăng Bhríu, <choice.chosen>"));
        CHECK(holds(said(heard.storage, heard.has_headphones, Place::form, "/data/often"), "7"));
        CHECK(holds(said(heard.storage, heard.has_headphones, Place::form, "/data/order"), "<rank.place 1 Bình>"));
    }
}

TEST_CASE("where others hear a personal visit, the questions are said without the answers they repeat") {
    const std::string tie = said(StoragePolicy::sealed, false, Place::form, "/data/tie");
    CHECK(holds(tie, "Quan hệ với …?"));
    CHECK(holds(tie, "… là ai?"));
    CHECK(holds(tie, "Người nhà của …"));
    CHECK(holds(tie, "Khác"));
    CHECK_FALSE(holds(tie, "<choice.chosen>"));
    for (const char* question : {"/data/name", "/data/tie", "/data/often", "/data/born", "/data/order"})
        for (const Place place : {Place::form, Place::review}) {
            CAPTURE(question);
            const std::string all = said(StoragePolicy::sealed, false, place, question);
            CHECK(all.size() > 20);
            for (const char* answer : {"Alăng", "Bhríu", "7", "1985", "rank.place"}) CHECK_FALSE(holds(all, answer));
        }
}

TEST_CASE("an answer that is not there yet is repeated as nothing, and the page is said all the same") {
    const std::string tie = said(StoragePolicy::sealed, false, Place::form, "/data/tie", "");
    CHECK(holds(tie, "Quan hệ với"));
    CHECK(holds(tie, "Khác"));
}
