// Staff mode through the shipped programs: the installer's PIN, the clerk's taps, a folder for the stick, the office.
#include <kiosk/test_support/source_tree.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string>
#include <sys/wait.h>

namespace files = std::filesystem;
using kiosk::test_support::TemporaryFolder;

namespace {

class Village {
  public:
    Village() {
        for (const char* name : {"data", "stick", "trust", "pack/forms"}) files::create_directories(folder_.path() / name);
        std::ofstream(folder_.path() / "data/config.toml") << "kiosk_id = \"K07\"\ntakes_loose_files = false\n";
        REQUIRE(office("keygen --out keys") == 0);
        REQUIRE(kiosk("import keys/office.enrolment --data data") == 0);
    }

    int kiosk(const std::string& arguments) const { return run(KIOSK_PROGRAM, arguments); }
    int office(const std::string& arguments) const { return run(OFFICE_PROGRAM, arguments); }
    std::string output() const {
        std::ifstream file(folder_.path() / "out");
        return {std::istreambuf_iterator<char>(file), {}};
    }
    files::path path(const std::string& name) const { return folder_.path() / name; }

    std::string new_pin() const {
        REQUIRE(kiosk("pin --data data") == 0);
        return output().substr(0, 6);
    }
    int play(const std::string& script) const {
        std::ofstream(folder_.path() / "script.jsonl") << script;
        return kiosk("play script.jsonl --data data --stick stick --clock virtual --dump dump.jsonl");
    }
    std::string dump() const {
        std::ifstream file(folder_.path() / "dump.jsonl");
        return {std::istreambuf_iterator<char>(file), {}};
    }

  private:
    int run(const std::string& program, const std::string& arguments) const {
        const std::string command = "cd '" + folder_.path().string() + "' && LC_ALL=C.UTF-8 '" + program + "' " + arguments + " >out 2>err </dev/null";
        const int status = std::system(command.c_str());
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    TemporaryFolder folder_;
};

std::string tap(const std::string& item) { return "{\"tap\":\"" + item + "\"}\n"; }
std::string expect(const std::string& page) { return "{\"expect\":{\"page\":\"" + page + "\"}}\n"; }

std::string type_pin(const std::string& pin) {
    std::string steps;
    for (const char digit : pin) steps += tap(std::string("digit.") + digit);
    return steps + tap("digit.ok");
}
std::string enter(const std::string& pin) { return tap("action.staff") + expect("staff_pin") + type_pin(pin) + expect("staff_home"); }

std::string wrong_for(const std::string& pin) { return pin == "135790" ? "135791" : "135790"; }

}  // namespace

TEST_CASE("a clerk exports by the screen alone, and the office's receipt comes back the same way") {
    const Village village;
    const std::string pin = village.new_pin();
    REQUIRE(village.kiosk("simulate --activity opinion_poll --responses 12 --data data") == 0);
    REQUIRE(village.play(enter(pin) + tap("go.give") + expect("staff_export") + tap("act.export") + expect("staff_working") +
                         "{\"expect\":{\"item\":\"action.done\"}}\n" + tap("action.done") + expect("staff_home")) == 0);
    CHECK(village.dump().find("K07-000001.kbx") != std::string::npos);
    REQUIRE(files::exists(village.path("stick/K07-000001.kbx")));
    CHECK(files::exists(village.path("stick/K07-readiness.txt")));
    REQUIRE(village.office("kiosk add stick/K07.enrolment --trust trust") == 0);
    REQUIRE(village.office("collect stick --key keys/office-key.txt --trust trust --into store.db --receipt stick") == 0);
    REQUIRE(village.office("export store.db --activity opinion_poll --format csv --out tables") == 0);
    std::ifstream csv(village.path("tables/opinion_poll.csv"));
    std::size_t lines = 0;
    for (std::string line; std::getline(csv, line);) ++lines;
    CHECK(lines == 13);
    REQUIRE(village.play(enter(pin) + tap("go.take") + tap("file.K07.receipt") + expect("staff_import") + tap("act.take_file.K07.receipt") +
                         expect("staff_working") + tap("action.done") + expect("staff_home") + "{\"expect\":{\"absent\":\"state.receipt\"}}\n") == 0);
}

TEST_CASE("a wrong PIN opens nothing, and waits count only while the kiosk runs") {
    const Village village;
    const std::string pin = village.new_pin();
    std::string script = tap("action.staff");
    for (int guess = 0; guess < 5; ++guess) script += type_pin(wrong_for(pin)) + expect("staff_pin");
    script += type_pin(pin) + expect("staff_pin");   // right, but not judged
    REQUIRE(village.play(script) == 0);
    REQUIRE(village.play(tap("action.staff") + type_pin(pin) + expect("staff_pin")) == 0);   // a restart is no way round
    REQUIRE(village.play("{\"wait_ms\":61000}\n" + tap("action.staff") + type_pin(pin) + expect("staff_home")) == 0);
}

TEST_CASE("a locked kiosk opens with the office's file for its code, once") {
    const Village village;
    const std::string pin = village.new_pin();
    std::string script;
    for (int guess = 0; guess < 10; ++guess)
        script += "{\"wait_ms\":901000}\n" + tap("action.staff") + type_pin(wrong_for(pin)) + (guess < 9 ? tap("action.end") : "");
    REQUIRE(village.play(script + "{\"expect\":{\"item\":\"act.unlock\"}}\n") == 0);
    const std::string dump = village.dump();
    const std::size_t code = dump.find("code.unlock", dump.rfind("\"staff_pin\""));
    REQUIRE(code != std::string::npos);
    const std::string label = "\"label\":\"";
    const std::string shown = dump.substr(dump.find(label, code) + label.size(), 10);
    REQUIRE(village.office("unlock --kiosk K07 --code " + shown + " --key keys/office-sign.key --out stick") == 0);
    REQUIRE(village.play(tap("action.staff") + tap("act.unlock") + expect("staff_working") + tap("action.done") + expect("staff_pin") +
                         "{\"expect\":{\"absent\":\"act.unlock\"}}\n") == 0);
    const std::string told = village.dump();
    const std::size_t place = told.find("Mã PIN mới: ");
    REQUIRE(place != std::string::npos);
    const std::string words = told.substr(place + std::string("Mã PIN mới: ").size(), 7);
    const std::string fresh = words.substr(0, 3) + words.substr(4);
    REQUIRE(village.play(enter(fresh)) == 0);
    REQUIRE(village.play(tap("action.staff") + type_pin(pin) + expect("staff_pin")) == 0);   // the old one is worth nothing
}

TEST_CASE("a pack from the stick is previewed, taken, used, and given up again") {
    const Village village;
    const std::string pin = village.new_pin();
    files::copy(kiosk::test_support::in_source_tree("packaging/manual/examples/khao_sat_dich_vu.xlsx"), village.path("pack/forms/khao_sat_dich_vu.xlsx"));
    for (const char* version : {"1", "2"}) {
        std::ofstream(village.path("pack/pack.json")) << R"({"name":"xa","version":)" << version << R"(,"title":{"vi":"Gói xã"}})";
        REQUIRE(village.office("pack pack --out stick/xa-" + std::string(version) + ".kpk --key keys/office-sign.key") == 0);
    }
    REQUIRE(village.play(enter(pin) + tap("go.take") + tap("file.xa-1.kpk") + tap("act.take_file.xa-1.kpk") + tap("action.done") + tap("go.take") +
                         tap("file.xa-2.kpk") + tap("act.take_file.xa-2.kpk") + tap("action.done")) == 0);
    CHECK(files::read_symlink(village.path("data/packs/current")) == "xa-2");
    REQUIRE(village.play(enter(pin) + tap("go.take") + tap("file.xa-1.kpk") + "{\"expect\":{\"absent\":\"act.take_file.xa-1.kpk\"}}\n" +
                         tap("action.back") + tap("act.previous_pack") + expect("staff_confirm") + type_pin(pin) + expect("staff_working")) == 0);
    CHECK(files::read_symlink(village.path("data/packs/current")) == "xa-1");
}

TEST_CASE("a closed activity is closed after a restart too, and opens again") {
    const Village village;
    const std::string pin = village.new_pin();
    REQUIRE(village.play(enter(pin) + tap("go.activities") + tap("act.close.opinion_poll") + "{\"expect\":{\"item\":\"act.open.opinion_poll\"}}\n") == 0);
    REQUIRE(village.play("{\"wait_ms\":100}\n" + tap("action.start") + "{\"dump\":\"home\"}\n") == 0);
    CHECK(village.dump().find("Tạm dừng") != std::string::npos);
    REQUIRE(village.play(enter(pin) + tap("go.activities") + tap("act.open.opinion_poll") + tap("action.back") + tap("action.end") +
                         tap("action.start") + tap("tile.opinion_poll")) == 0);
}

TEST_CASE("rules that no office signed are taken for trying out only; those of a signed pack are") {
    const Village village;
    const std::string rules = "name_vi = \"Của xã\"\nname_en = \"Of the commune\"\neffective_from = \"2026-01-01\"\n";
    files::create_directories(village.path("data/packs"));
    std::ofstream(village.path("data/packs/xa.toml")) << rules;
    const std::string look = "{\"wait_ms\":100}\n";
    std::ofstream(village.path("data/config.toml")) << "kiosk_id = \"K07\"\npack = \"xa\"\ntakes_loose_files = true\n";
    CHECK(village.play(look) == 0);
    std::ofstream(village.path("data/config.toml")) << "kiosk_id = \"K07\"\npack = \"xa\"\ntakes_loose_files = false\n";
    CHECK(village.play(look) == 1);

    files::remove(village.path("data/packs/xa.toml"));
    files::create_directories(village.path("pack/data"));
    std::ofstream(village.path("pack/data/xa.toml")) << rules;
    std::ofstream(village.path("pack/pack.json")) << R"({"name":"xa","version":1,"title":{"vi":"Gói xã"}})";
    REQUIRE(village.office("pack pack --out stick/xa-1.kpk --key keys/office-sign.key") == 0);
    REQUIRE(village.kiosk("import stick/xa-1.kpk --data data") == 0);
    CHECK(village.play(look) == 0);
}

TEST_CASE("an activity opens by itself on the day that staff set, and after a restart too") {
    const Village village;
    const std::string pin = village.new_pin();
    const std::time_t now = std::time(nullptr);
    const std::string in_a_month = tap("step.opens.month.1") + (std::localtime(&now)->tm_mon == 11 ? tap("step.opens.year.1") : "");   // it turns over
    REQUIRE(village.play(enter(pin) + tap("go.activities") + tap("dates.opinion_poll") + expect("staff_dates") + tap("date.opens.set") +
                         in_a_month + tap("act.dates") + expect("staff_working") + tap("action.done") + tap("go.activities") +
                         "{\"dump\":\"activities\"}\n") == 0);
    CHECK(village.dump().find("\"detail\":\"từ ") != std::string::npos);
    const std::string home = tap("action.start") + "{\"dump\":\"home\"}\n";
    REQUIRE(village.play("{\"wait_ms\":100}\n" + home) == 0);
    CHECK(village.dump().find("Tạm dừng") != std::string::npos);
    REQUIRE(village.play("{\"wait_ms\":100}\n" + tap("action.start") + tap("action.end") + "{\"wait_ms\":2764800000}\n" + home) == 0);   // 32 days
    const std::string dump = village.dump();
    CHECK(dump.find("Tạm dừng", dump.rfind("\"name\":\"home\"")) == std::string::npos);
}

TEST_CASE("a poll is closed by staff while the activity goes on") {
    const Village village;
    const std::string pin = village.new_pin();
    REQUIRE(village.play(enter(pin) + tap("go.activities") + tap("act.close.form:portal_poll") + "{\"expect\":{\"item\":\"act.open.form:portal_poll\"}}\n" +
                         tap("action.back") + tap("action.end") + tap("action.start") + tap("tile.opinion_poll") +
                         "{\"expect\":{\"absent\":\"choice.tot\"}}\n") == 0);
    REQUIRE(village.play(enter(pin) + tap("go.activities") + tap("act.open.form:portal_poll") + tap("action.back") + tap("action.end") +
                         tap("action.start") + tap("tile.opinion_poll") + "{\"expect\":{\"item\":\"choice.tot\"}}\n") == 0);
}

TEST_CASE("the kiosk checks itself once a day, and when it is told to") {
    const Village village;
    const std::string pin = village.new_pin();
    const auto tests_told = [&] {   // as the log's page had them
        const std::string dump = village.dump();
        const std::size_t name = dump.find("\"name\":\"log\""), begin = dump.rfind('\n', name) + 1;
        const std::string page = dump.substr(begin, dump.find('\n', name) - begin);
        const std::regex line("\"label\":\"[^\"]*Tự kiểm tra, số lỗi: 0\"");
        return std::distance(std::sregex_iterator(page.begin(), page.end(), line), std::sregex_iterator());
    };
    const std::string awake = "{\"wait_ms\":100}\n{\"wait_ms\":100}\n";   // it knows the day of the last one, then looks
    const std::string log = enter(pin) + "{\"dump\":\"state\"}\n" + tap("go.log") + "{\"dump\":\"log\"}\n" + tap("action.back") + tap("action.end");
    REQUIRE(village.play(awake + log) == 0);
    CHECK(village.dump().find("mọi thứ tốt") != std::string::npos);
    CHECK(village.dump().find("Đang tạm dừng vì lỗi") == std::string::npos);
    CHECK(tests_told() == 1);
    REQUIRE(village.play(awake + log) == 0);   // not again the same day
    CHECK(tests_told() == 1);
    REQUIRE(village.play(awake + enter(pin) + tap("act.self_test") + expect("staff_working") + tap("action.done") + tap("action.end") + log) == 0);
    CHECK(tests_told() == 2);
    REQUIRE(village.play(awake + "{\"wait_ms\":86400000}\n" + awake + log) == 0);
    CHECK(tests_told() == 3);
}

TEST_CASE("without the helper, setting the clock says what a technician types, and nothing is claimed") {
    const Village village;
    const std::string pin = village.new_pin();
    REQUIRE(village.play(enter(pin) + tap("go.clock") + expect("staff_clock") + tap("step.clock.hour.1") + tap("act.clock") + expect("staff_confirm") +
                         type_pin(pin) + expect("staff_working") + "{\"dump\":\"clock\"}\n") == 0);
    CHECK(village.dump().find("timedatectl set-time '20") != std::string::npos);
}

TEST_CASE("the state of the kiosk is printed, which tests the printer") {
    const Village village;
    const std::string pin = village.new_pin();
    std::ofstream(village.path("data/config.toml"), std::ios::app) << "[printing]\nqueue = \"folder:" << village.path("printed").string() << "\"\n";
    REQUIRE(village.play(enter(pin) + tap("go.sound") + tap("act.print") + expect("staff_working") + tap("action.done") + expect("staff_home")) == 0);
    REQUIRE(files::exists(village.path("printed/page-1.pdf")));
    if (std::system("command -v pdftotext >/dev/null") == 0) {
        REQUIRE(std::system(("pdftotext '" + village.path("printed/page-1.pdf").string() + "' '" + village.path("page.txt").string() + "'").c_str()) == 0);
        std::ifstream page(village.path("page.txt"));
        const std::string text{std::istreambuf_iterator<char>(page), {}};
        CHECK(text.find("K07") != std::string::npos);
        CHECK(text.find("Ặ") != std::string::npos);
    }
}

TEST_CASE("the sample configuration is in order, as it is and with every explained key put in force") {
    const Village village;
    REQUIRE(village.kiosk("config check '" + kiosk::test_support::in_source_tree("packaging/session/config.toml").string() + "'") == 0);
    std::ifstream sample(kiosk::test_support::in_source_tree("packaging/session/config.toml"));
    std::ofstream all(village.path("all.toml"));
    std::size_t keys = 0;
    for (std::string line; std::getline(sample, line);) {   // "#key = value" and "#[table]" are values; "# words" are words
        const bool is_value = line.size() > 1 && line[0] == '#' && line[1] != ' ';
        keys += is_value ? 1 : 0;
        all << (is_value ? line.substr(1) : line) << '\n';
    }
    all.close();
    CHECK(keys > 10);
    REQUIRE(village.kiosk("config check all.toml") == 0);

    // What the program reads is explained: each key its source compares with stands in the sample.
    std::ifstream put(village.path("all.toml"));
    const std::string text{std::istreambuf_iterator<char>(put), {}};
    std::ifstream source(kiosk::test_support::in_source_tree("host/kiosk/src/config.cpp"));
    static const std::regex comparison("name == \"([a-z_]+)\"\\) read_");
    std::size_t compared = 0;
    for (std::string line; std::getline(source, line);) {
        std::smatch match;
        if (!std::regex_search(line, match, comparison)) continue;
        ++compared;
        const std::string key = match[1];
        INFO(key);
        CHECK((text.find("\n" + key + " = ") != std::string::npos || text.find("\n[" + key + "]") != std::string::npos));
    }
    CHECK(compared > 15);
}

TEST_CASE("the manuals' commands all run") {
    const std::string bin = files::path(KIOSK_PROGRAM).parent_path().string();
    const int status = std::system(("'" + kiosk::test_support::in_source_tree("packaging/manual/check").string() + "' '" + bin + "' >/dev/null").c_str());
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}

TEST_CASE("the manuals' workbooks are what their folders say") {
    const Village village;
    for (const std::string example : {"khao_sat_dich_vu", "dang_ky_lop_hoc"}) {
        const std::string place = kiosk::test_support::in_source_tree("packaging/manual/examples/" + example).string();
        REQUIRE(village.office("form to-folder '" + place + ".xlsx' --out " + example) == 0);
        REQUIRE(village.office("form dump " + example + " --json") == 0);
        const std::string of_workbook = village.output();
        REQUIRE(village.office("form dump '" + place + "' --json") == 0);
        CHECK(village.output() == of_workbook);
    }
}
