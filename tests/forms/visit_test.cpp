// A visit of a poll: pages, relevance, required answers, languages, submission.

#include "form_builder.hpp"

#include <kiosk/forms/form_visit.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::forms;
using forms::testing::FormBuilder;
using forms::testing::words;

namespace {

std::shared_ptr<const Form> poll() {
    FormBuilder builder({"vi", "en"});
    builder.form().title = words({"Thăm dò", "Poll"});
    Node& rating = builder.question("/data/rating", "select_one");
    rating.required = "true()";
    rating.required_message = words({"Hãy chọn một mức", "Choose one"});
    builder.control("/data/rating").label = words({"Bạn đánh giá thế nào?", "How do you rate it?"});
    builder.control("/data/rating").choices = {{"tot", words({"Tốt", "Good"})}, {"kem", words({"Kém"})}};
    builder.question("/data/reason", "text").relevant = "/data/rating = 'kem'";
    TextTemplate label{{"Vì sao ", {}}, {{}, "jr:choice-name(/data/rating, '/data/rating')"}, {"?", {}}};
    builder.control("/data/reason").label.in.push_back({label, {}, {}, {}, {}, {}});
    builder.question("/data/thanks", "note").read_only = "true()";
    builder.group("/data/meta");
    builder.form().controls.pop_back();
    builder.form().nodes.back().control = kNone;
    builder.node("/data/meta/instanceID", "text").preload = "uid";
    return builder.build();
}

FormVisit begin(std::shared_ptr<const Form> form, std::string language = {}) {
    VisitSettings settings;
    settings.language = std::move(language);
    settings.instance_id = "uuid:00000000-0000-4000-8000-000000000000";
    core::Result<FormVisit> visit = FormVisit::begin(std::move(form), std::move(settings));
    REQUIRE(visit);
    return std::move(*visit);
}

}  // namespace

TEST_CASE("A question that is not relevant has no page, and its answer stays until the end but is not submitted") {
    FormVisit visit = begin(poll());
    CHECK(visit.page_count() == 2);
    REQUIRE(visit.set("/data/rating", "kem"));
    CHECK(visit.page_count() == 3);
    REQUIRE(visit.next());
    CHECK(visit.page() == std::vector<std::string>{"/data/reason"});
    REQUIRE(visit.set("/data/reason", "Chờ lâu"));
    REQUIRE(visit.back());
    REQUIRE(visit.set("/data/rating", "tot"));
    CHECK_FALSE(visit.node("/data/reason").relevant);
    CHECK(visit.node("/data/reason").value == "Chờ lâu");
    CHECK_FALSE(visit.set("/data/reason", "x"));
    REQUIRE(visit.finish());
    CHECK(visit.ended());
    CHECK(visit.submission() ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<data><rating>tot</rating><thanks/><meta><instanceID>"
          "uuid:00000000-0000-4000-8000-000000000000</instanceID></meta></data>");
}

TEST_CASE("A required question blocks the way on, with the workbook's message, once the visitor tried") {
    FormVisit visit = begin(poll());
    CHECK(visit.node("/data/rating").valid);
    CHECK(visit.node("/data/rating").required);
    const core::Result<void> refused = visit.next();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "visit.not_answered");
    CHECK_FALSE(visit.node("/data/rating").valid);
    CHECK(visit.node("/data/rating").message == "Hãy chọn một mức");
    CHECK(visit.node("/data/rating").message_id == "form.required");
    CHECK_FALSE(visit.finish());
    REQUIRE(visit.set("/data/rating", "tot"));
    CHECK(visit.node("/data/rating").valid);
    REQUIRE(visit.next());
    CHECK(visit.page() == std::vector<std::string>{"/data/thanks"});
    CHECK(visit.at_last_page());
}

TEST_CASE("Languages change at any time, and a missing translation falls back to the default language") {
    FormVisit visit = begin(poll(), "en");
    CHECK(visit.node("/data/rating").label == "How do you rate it?");
    CHECK(visit.node("/data/rating").choices.at(0).label == "Good");
    CHECK(visit.node("/data/rating").choices.at(1).label == "Kém");
    REQUIRE(visit.set_language("vi"));
    CHECK(visit.node("/data/rating").label == "Bạn đánh giá thế nào?");
    CHECK_FALSE(visit.set_language("fr"));
    CHECK(visit.language() == "vi");
}

TEST_CASE("A label shows answers, and names of choices, as they are now") {
    FormVisit visit = begin(poll());
    REQUIRE(visit.set("/data/rating", "kem"));
    CHECK(visit.node("/data/reason").label == "Vì sao Kém?");
}

TEST_CASE("A range takes what lies on its steps, from either end") {
    FormBuilder builder;
    builder.question("/data/up", "range").data_type = "decimal";
    builder.control("/data/up").parameters = {{"start", "1"}, {"end", "2"}, {"step", "0.1"}};
    builder.question("/data/down", "range");
    builder.control("/data/down").parameters = {{"start", "10"}, {"end", "0"}, {"step", "-5"}};
    FormVisit visit = begin(builder.build());
    const auto fault = [&](std::string_view path, std::string_view value) {
        REQUIRE(visit.set(path, value));
        return visit.node(path).message_id;
    };
    for (const char* value : {"1", "1.1", "1.3", "1.7", "2", "2.0"}) CHECK(fault("/data/up", value).empty());
    for (const char* value : {"0.9", "1.15", "1.25", "2.1", "-1"}) CHECK(fault("/data/up", value) == "form.out_of_range");
    for (const char* value : {"10", "5", "0"}) CHECK(fault("/data/down", value).empty());
    for (const char* value : {"11", "4", "-5"}) CHECK(fault("/data/down", value) == "form.out_of_range");
    CHECK(fault("/data/up", "many") == "form.not_a_number");
}

TEST_CASE("A rank or a selection names each choice once") {
    for (const char* type : {"rank", "select_multiple"}) {
        FormBuilder builder;
        builder.question("/data/q", type);
        builder.control("/data/q").choices = {{"a", {}}, {"b", {}}};
        FormVisit visit = begin(builder.build());
        REQUIRE(visit.set("/data/q", "b a"));
        CHECK(visit.node("/data/q").valid);
        REQUIRE(visit.set("/data/q", "b b"));
        CHECK(visit.node("/data/q").message_id == "form.chosen_twice");
        CHECK_FALSE(visit.finish());
    }
}

TEST_CASE("A choice that is not offered is kept, marked and refused") {
    FormVisit visit = begin(poll());
    REQUIRE(visit.set("/data/rating", "vua"));
    CHECK(visit.node("/data/rating").value == "vua");
    CHECK(visit.node("/data/rating").message_id == "form.not_a_choice");
    CHECK_FALSE(visit.next());
}
