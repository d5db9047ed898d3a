#include <kiosk/forms/form_files.hpp>
#include <kiosk/forms/form_visit.hpp>
#include <kiosk/test_support/source_tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <iostream>

using namespace kiosk::forms;

TEST_CASE("The portal poll in the repository reads without a finding") {
    const FormReading reading = read_form_at(kiosk::test_support::in_source_tree("assets/forms/portal_poll"));
    for (const Finding& finding : reading.diagnosis.errors) UNSCOPED_INFO(finding.code << " " << finding.cell << " " << finding.text << " " << finding.message.en);
    for (const Finding& finding : reading.diagnosis.warnings) UNSCOPED_INFO(finding.code << " " << finding.cell << " " << finding.text);
    REQUIRE(reading.form != nullptr);
    CHECK(reading.diagnosis.errors.empty());
    CHECK(reading.diagnosis.warnings.empty());
    const Form& form = *reading.form;
    CHECK(form.id == "portal_poll");
    CHECK(form.version == "2026112401");
    REQUIRE(form.languages.size() == 2);
    CHECK(form.languages[form.default_language].code == "vi");
    CHECK(form.text(form.title, form.find_language("en")).front().text == "Rate this portal");
    CHECK(form.text(form.title, form.find_language("vi")).front().text == "Đánh giá cổng thông tin");

    const std::uint32_t rating = form.find_node("/data/rating");
    REQUIRE(rating != kNone);
    CHECK(form.nodes[rating].type == "select_one");
    const Control& control = form.controls[form.nodes[rating].control];
    CHECK(form.text(control.label, 0).front().text == "Bạn đánh giá như thế nào về cổng thông tin này?");
    CHECK(control.appearance == std::vector<std::string>{"likert", "quick"});
    REQUIRE(control.itemset);
    CHECK(control.itemset->nodeset == "instance('danh_gia')/root/item");
    const Instance* list = form.find_instance("danh_gia");
    REQUIRE(list != nullptr);
    std::vector<std::string> names;
    for (const Element& element : list->elements) {
        if (list->name(element) == "name") names.push_back(element.value);
    }
    CHECK(names == std::vector<std::string>{"rat_tot", "tot", "binh_thuong", "kem"});
}

TEST_CASE("A visitor may answer the poll with one tap, or skip it") {
    const FormReading reading = read_form_at(kiosk::test_support::in_source_tree("assets/forms/portal_poll"));
    REQUIRE(reading.form != nullptr);
    VisitSettings settings;
    settings.now = [] { return kiosk::core::WallTime{}; };
    settings.instance_id = "uuid:1";
    auto visit = FormVisit::begin(reading.form, settings);
    REQUIRE(visit);
    CHECK(visit->page() == std::vector<std::string>{"/data/rating"});
    const NodeView rating = visit->node("/data/rating");
    REQUIRE(rating.choices.size() == 4);
    CHECK(rating.choices[0].label == "Rất tốt");
    CHECK(visit->at_last_page());
    REQUIRE(visit->set("/data/rating", "kem"));
    CHECK(visit->next());
    CHECK(visit->page() == std::vector<std::string>{"/data/follow_up/cap_nhat"});
    CHECK(visit->back());
    REQUIRE(visit->set("/data/rating", "tot"));
    CHECK(visit->at_last_page());
    REQUIRE(visit->set_language("en"));
    CHECK(visit->node("/data/rating").choices[1].label == "Good");
    REQUIRE(visit->finish());
    CHECK(visit->submission().find("<rating>tot</rating>") != std::string::npos);
}
