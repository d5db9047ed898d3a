#include <kiosk/plugin_host/manifest.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace kiosk;
using plugin_host::read_manifest;

namespace {

const std::string kGood = R"({
  "id": "visitor_comments", "version": "1.2.3", "abi": "1.0",
  "name": {"vi": "Góp ý", "en": "Comments"},
  "reader": {"vi": "Văn phòng đọc.", "en": "The office reads them."},
  "storage": "sealed", "retention_days": 30, "minutes": 3, "icon": "pen",
  "languages": ["vi", "en"], "forms": ["comments"], "export_columns": ["topic", "comment"]})";

std::string with(const std::string& from, const std::string& to) {
    std::string text = kGood;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a good manifest gives the activity and no problems") {
    const auto reading = read_manifest(kGood);
    CHECK(reading.problems.empty());
    core::ActivityInfo expected;
    expected.id = "visitor_comments";
    expected.name = {"Góp ý", "Comments"};
    expected.reader = {"Văn phòng đọc.", "The office reads them."};
    expected.version = "1.2.3";
    expected.abi = "1.0";
    expected.storage = StoragePolicy::sealed;
    expected.retention_days = 30;
    expected.minutes = 3;
    expected.icon = "pen";
    expected.forms = {"comments"};
    expected.languages = {"vi", "en"};
    expected.export_columns = {"topic", "comment"};
    CHECK(reading.activity == expected);
}

TEST_CASE("each field that is not what it must be is named") {
    const struct {
        const char *from, *to, *field;
    } kChanges[] = {
        {"visitor_comments", "Visitor Comments", "\"id\""},
        {"visitor_comments", "", "\"id\""},
        {"1.2.3", "1.2", "\"version\""},
        {"1.2.3", "1.2.3-beta", "\"version\""},
        {"\"abi\": \"1.0\"", "\"abi\": 1.0", "\"abi\""},
        {"\"en\": \"Comments\"", "\"fr\": \"Commentaires\"", "\"name\""},
        {"\"en\": \"Comments\"", "\"en\": 7", "\"name\""},
        {"Văn phòng đọc.", "", "\"reader\""},
        {"sealed", "secret", "\"storage\""},
        {"30", "-1", "\"retention_days\""},
        {"30", "\"30\"", "\"retention_days\""},
        {"\"minutes\": 3", "\"minutes\": 0", "\"minutes\""},
        {"\"icon\": \"pen\"", "\"icon\": \"../pen\"", "\"icon\""},
        {"[\"vi\", \"en\"]", "[\"vi\"]", "\"languages\""},
        {"[\"vi\", \"en\"]", "\"vi\"", "\"languages\""},
        {"[\"comments\"]", "[\"../comments\"]", "\"forms\""},
        {"\"forms\"", "\"form\"", "\"forms\""},
        {"[\"topic\", \"comment\"]", "{}", "\"export_columns\""},
    };
    for (const auto& change : kChanges) {
        CAPTURE(change.from, change.to);
        const auto reading = read_manifest(with(change.from, change.to));
        REQUIRE_FALSE(reading.problems.empty());
        CHECK(reading.problems.front().code == "plugin.manifest_invalid");
        CHECK(reading.problems.front().message.en.find(change.field) != std::string::npos);
    }
}

TEST_CASE("every problem of a manifest is told at once") {
    CHECK(read_manifest("{}").problems.size() >= 10);
    std::string text = with("1.2.3", "one");
    text.replace(text.find("sealed"), 6, "hidden");
    CHECK(read_manifest(text).problems.size() == 2);
}

TEST_CASE("what is not a JSON object is no manifest") {
    for (const char* text : {"", "[]", "7", "{", "id: x", "\xff\xfe", "{\"id\": \"\xc3\x28\"}"}) {
        CAPTURE(text);
        const auto reading = read_manifest(text);
        REQUIRE(reading.problems.size() == 1);
        CHECK(reading.problems.front().code == "plugin.manifest_unreadable");
    }
}
