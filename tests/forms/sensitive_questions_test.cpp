// Questions the law keeps off a kiosk are named, whatever the tones; innocent ones are not.
#include "form_builder.hpp"

#include <kiosk/forms/form_files.hpp>
#include <kiosk/forms/form_visit.hpp>
#include <kiosk/forms/sensitive_questions.hpp>
#include <kiosk/test_support/source_tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>

using namespace kiosk;
using namespace kiosk::forms;
using forms::testing::FormBuilder;
using forms::testing::words;

namespace {

std::vector<SensitiveQuestion> asked(const std::string& name, const std::string& label, const std::string& type = "text") {
    FormBuilder builder;
    builder.question("/data/" + name, type);
    builder.control("/data/" + name).label = words({label});
    return sensitive_questions(*builder.build());
}

std::string topic(const std::string& name, const std::string& label, const std::string& type = "text") {
    const auto found = asked(name, label, type);
    return found.empty() ? std::string{} : found.front().topic.en;
}

}  // namespace

TEST_CASE("what the law keeps off a kiosk is found by a question's label or its name") {
    CHECK(topic("q1", "Tôn giáo của ông/bà") == "religion");
    CHECK(topic("ton_giao", "Câu 1") == "religion");
    CHECK(topic("q1", "Ton giao") == "religion");
    CHECK(topic("q1", "Dân tộc") == "ethnic origin");
    CHECK(topic("q1", "Tình trạng sức khỏe hiện nay?") == "health");
    CHECK(topic("q1", "Tình trạng sức khoẻ") == "health");   // the newer tones
    CHECK(topic("q1", "Số CCCD (12 số)") == "identity card numbers");
    CHECK(topic("q1", "Số căn cước công dân") == "identity card numbers");
    CHECK(topic("q1", "Lý lịch ba đời") == "family history");
    CHECK(topic("q1", "Có tiền án, tiền sự không?") == "convictions and discipline");
    CHECK(topic("q1", "Tên những người không tán thành") == "names of those against");
    CHECK(topic("q1", "Passport number") == "identity card numbers");
    CHECK(topic("anh", "Chụp người được giới thiệu", "image") == "pictures and recordings of people");
    CHECK(topic("o_dau", "Vị trí", "geopoint") == "where the visitor is");
}

TEST_CASE("innocent questions are not found, and a note asks nothing") {
    CHECK(asked("q1", "Ý thức tổ chức kỷ luật").empty());
    CHECK(asked("q1", "Trách nhiệm nêu gương của bản thân và gia đình").empty());
    CHECK(asked("q1", "Họ và tên").empty());
    CHECK(asked("q1", "Chỉ nêu việc làm; không nêu tôn giáo, gia đình", "note").empty());
}

TEST_CASE("no form shipped asks what should not be asked") {
    for (const auto& entry : std::filesystem::directory_iterator(kiosk::test_support::in_source_tree("assets/forms"))) {
        CAPTURE(entry.path().string());
        const auto reading = read_form_at(entry.path());
        REQUIRE(reading.form);
        CHECK(sensitive_questions(*reading.form).empty());
    }
}

TEST_CASE("a question with a column that this kiosk leaves out is not asked, nor in what is kept") {
    FormBuilder builder;
    builder.question("/data/code", "text");
    builder.control("/data/code").kiosk = {{"kiosk:vouches", "chi_bo"}};
    builder.question("/data/name", "text");
    const auto form = builder.build();
    VisitSettings settings;
    settings.instance_id = "uuid:00000000-0000-4000-8000-000000000000";
    auto asking = FormVisit::begin(form, settings);
    REQUIRE(asking);
    CHECK(asking->page_count() == 2);
    settings.left_out = {"kiosk:vouches"};
    auto visit = FormVisit::begin(form, settings);
    REQUIRE(visit);
    CHECK(visit->page_count() == 1);
    CHECK_FALSE(visit->set("/data/code", "x"));
    REQUIRE(visit->set("/data/name", "Lê"));
    REQUIRE(visit->finish());
    CHECK(visit->submission().find("code") == std::string::npos);
}
