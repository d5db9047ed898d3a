// `form check`, `dump`, `to-xlsx`, `to-folder` as programs see them.
#include "reading_helpers.hpp"

#include "form_commands.hpp"

#include <kiosk/test_support/source_tree.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace fs = std::filesystem;
using namespace kiosk;
using namespace kiosk::office;
using nlohmann::json;
using test_support::TemporaryFolder;

namespace {

void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

const fs::path kPoll = kiosk::test_support::in_source_tree("assets/forms/portal_poll");

FormCommandOptions options_for(const fs::path& form) {
    FormCommandOptions options;
    options.form = form;
    options.as_json = true;
    return options;
}

}  // namespace

TEST_CASE("check prints one JSON document whether the form is good or not") {
    std::ostringstream output, errors;
    CHECK(run_form_check(options_for(kPoll), output, errors) == 0);
    const json good = json::parse(output.str());
    CHECK(good == json{{"ok", true},
                       {"form", {{"id", "portal_poll"}, {"version", "2026112401"}, {"title", "Đánh giá cổng thông tin"}}},
                       {"errors", json::array()},
                       {"warnings", json::array()}});

    const TemporaryFolder folder;
    write(folder.path() / "bad/survey.csv", "type,name,label\nintger,tuoi,Tuổi\n");
    output.str("");
    CHECK(run_form_check(options_for(folder.path() / "bad"), output, errors) == 1);
    const json bad = json::parse(output.str());
    CHECK(bad["ok"] == false);
    CHECK(bad["form"]["id"] == "bad");
    REQUIRE(bad["errors"].size() == 1);
    CHECK(bad["errors"][0] == json{{"code", "type.unknown"}, {"sheet", "survey"}, {"row", 2}, {"column", "type"}, {"cell", "A2"},
                                   {"text", "intger"}, {"message", "Không có loại câu hỏi “intger”."},
                                   {"repair", "Có phải ý bạn là “integer”? Nếu đúng, sửa ô này thành “integer”."}});
    CHECK(errors.str().find("survey!A2: Không có loại câu hỏi “intger”.") != std::string::npos);
}

TEST_CASE("check speaks English when asked, and says so of a file that is not there") {
    FormCommandOptions options = options_for("/nowhere/f.xlsx");
    options.message_language = "en";
    std::ostringstream output, errors;
    CHECK(run_form_check(options, output, errors) == 1);
    const json document = json::parse(output.str());
    CHECK(document["errors"][0]["code"] == "file.unreadable");
    CHECK(document["errors"][0]["sheet"] == nullptr);
    CHECK(document["errors"][0]["row"] == nullptr);
    CHECK(document["errors"][0]["message"] == "There is no “/nowhere/f.xlsx”.");
}

TEST_CASE("check names the pictures that are not there or that no kiosk draws, and the sounds it does not play") {
    const TemporaryFolder folder;
    write(folder.path() / "form/survey.csv", "type,name,label,image,audio\nselect_one noi,a,Nơi,here.png,a.mp3\nnote,b,Nhìn,gone.jpg,\n");
    write(folder.path() / "form/choices.csv", "list_name,name,label,image\nnoi,cau,Cầu,moving.gif\nnoi,nha,Nhà,here.png\n");
    write(folder.path() / "form/here.png", "\x89PNG\r\n…");
    write(folder.path() / "form/moving.gif", "GIF89a…");
    std::ostringstream output, errors;
    CHECK(run_form_check(options_for(folder.path() / "form"), output, errors) == 0);
    const json warnings = json::parse(output.str())["warnings"];
    const auto has = [&](const char* code, const char* text) {
        for (const json& warning : warnings)
            if (warning["code"] == code && warning["text"] == text) return true;
        return false;
    };
    CHECK(has("media.missing", "gone.jpg"));
    CHECK(has("media.other_format", "moving.gif"));
    CHECK(has("media.not_used", "a.mp3"));
    CHECK(warnings.size() == 3);
}

TEST_CASE("dump shows every node and list") {
    std::ostringstream output, errors;
    CHECK(run_form_dump(options_for(kPoll), output, errors) == 0);
    const json form = json::parse(output.str());
    CHECK(form["id"] == "portal_poll");
    CHECK(form["languages"][0] == json{{"name", "Tiếng Việt (vi)"}, {"code", "vi"}, {"default", true}});
    CHECK(form["nodes"][1]["path"] == "/data/rating");
    CHECK(form["nodes"][1]["label"]["English (en)"] == "How do you rate this portal?");
    CHECK(form["lists"][0]["id"] == "danh_gia");
    CHECK(form["lists"][0]["items"][3] == json{{"label", {{"Tiếng Việt (vi)", "Kém"}, {"English (en)", "Poor"}}}, {"name", "kem"}});
}

TEST_CASE("to-xlsx and to-folder undo each other") {
    const TemporaryFolder folder;
    FormCommandOptions options;
    options.form = kPoll;
    options.out = folder.path() / "portal_poll.xlsx";
    std::ostringstream output, errors;
    REQUIRE(run_form_to_xlsx(options, errors) == 0);
    options.form = options.out;
    options.out = folder.path() / "back";
    REQUIRE(run_form_to_folder(options, errors) == 0);
    // Blank rows and all: the repository's files use LF, spreadsheets CRLF.
    for (const char* name : {"survey.csv", "choices.csv", "settings.csv"}) {
        std::string back = contents(folder.path() / "back" / name);
        std::erase(back, '\r');
        std::string original = contents(kPoll / name);
        for (std::size_t at; (at = original.find("\n,,,\n")) != std::string::npos;) original.replace(at, 5, "\n\n");
        CHECK(back == original);
    }
    output.str("");
    CHECK(run_form_check(options_for(folder.path() / "portal_poll.xlsx"), output, errors) == 0);
}

TEST_CASE("What cannot be converted or written is refused with reasons") {
    const TemporaryFolder folder;
    FormCommandOptions options;
    options.form = folder.path();
    options.out = folder.path() / "f.xlsx";
    std::ostringstream errors;
    CHECK(run_form_to_xlsx(options, errors) == 1);
    CHECK(errors.str().find("folder.no_sheets") != std::string::npos);
    options.form = kPoll;
    options.out = folder.path() / "no/such/f.xlsx";
    CHECK(run_form_to_xlsx(options, errors) == 1);
    options.form = folder.path() / "missing.xlsx";
    CHECK(run_form_to_folder(options, errors) == 1);
    write(folder.path() / "csv.xlsx", "a,b\n1,2\n");
    options.form = folder.path() / "csv.xlsx";
    CHECK(run_form_to_folder(options, errors) == 1);
    CHECK(errors.str().find("file.csv") != std::string::npos);
}
