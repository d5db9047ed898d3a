// A visitor answers, the office reads: the real programs, plugin, form, databases, bundle and store; only the glass and
// the finger are scripted.
#include "offices.hpp"

#include <kiosk/test_support/source_tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

constexpr const char* kOneTap = R"({"tap":"action.start"}
{"expect":{"page":"home"}}
{"tap":"tile.opinion_poll"}
{"tap":"choice.tot"}
{"expect":{"page":"thanks"}}
)";

int lines_of(const std::string& text) {
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

bool comes_true(auto condition) {
    for (int tries = 0; tries < 400; ++tries) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
}

}  // namespace

TEST_CASE("one tap on the poll becomes one row of the office's spreadsheet") {
    const Offices offices;
    REQUIRE(offices.kiosk(offices.play_arguments(kOneTap, "virtual")) == 0);
    const std::string csv = offices.csv("--labels vi");
    CHECK(csv.starts_with("\xEF\xBB\xBF" "Bạn đánh giá như thế nào về cổng thông tin này?,"));
    CHECK(csv.find("\nTốt,") != std::string::npos);
    CHECK(lines_of(csv) == 2);
}

TEST_CASE("an expectation that does not hold fails the script") {
    const Offices offices;
    CHECK(offices.kiosk(offices.play_arguments("{\"expect\":{\"page\":\"thanks\"}}\n", "virtual")) == 1);
}

TEST_CASE("a kiosk killed after “Đã ghi nhận” has lost nothing") {
    const Offices offices;
    const std::string command =
        "exec '" KIOSK_PROGRAM "' " + offices.play_arguments(std::string(kOneTap) + "{\"wait_ms\":60000}\n", "real");
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }
    const bool is_shown = comes_true([&] { return offices.content("dump.jsonl").find("Đã ghi nhận") != std::string::npos; });
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    REQUIRE(is_shown);
    const std::string csv = offices.csv("--codes");
    CHECK(csv.find("\ntot,") != std::string::npos);
    CHECK(lines_of(csv) == 2);
}

TEST_CASE("doctor misses no form where everything that was shipped is there, and says which one is damaged") {
    const Offices offices;
    static_cast<void>(offices.kiosk("doctor --json --data " + offices.at("data")));
    CHECK(offices.content("out.log").find("\"form ") == std::string::npos);
    std::ofstream(offices.path("data/forms/portal_poll.xlsx")) << "no workbook";
    static_cast<void>(offices.kiosk("doctor --json --data " + offices.at("data")));
    CHECK(offices.content("out.log").find("portal_poll.xlsx") != std::string::npos);
}

TEST_CASE("a workbook dropped into the data folder is what the visitor then sees") {
    const Offices offices;
    files::copy(kiosk::test_support::in_source_tree("assets/forms/portal_poll"), offices.path("edited"));
    std::ofstream(offices.path("edited/choices.csv"), std::ios::app) << "danh_gia,rat_kem,Rất kém,Very poor\n";
    REQUIRE(offices.office("form to-xlsx " + offices.at("edited") + " --out " + offices.at("data/forms/portal_poll.xlsx")) == 0);
    REQUIRE(offices.kiosk("render --page opinion_poll/rating --data " + offices.at("data") + " --dump " + offices.at("page.json")) == 0);
    const std::string page = offices.content("page.json");
    CHECK(page.find("choice.rat_kem") != std::string::npos);
    CHECK(page.find("Rất kém") != std::string::npos);
}

TEST_CASE("a second kiosk on the same data is refused, and the first goes on") {
    const Offices offices;
    const std::string first = "exec '" KIOSK_PROGRAM "' " + offices.play_arguments("{\"wait_ms\":20000}\n", "real");
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::execl("/bin/sh", "sh", "-c", first.c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }
    const bool is_open = comes_true([&] { return files::exists(offices.path("data/state.db")); });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    const int second = offices.kiosk("export --data " + offices.at("data") + " --to " + offices.at("stick"));
    const bool is_alive = ::kill(child, 0) == 0 && ::waitpid(child, nullptr, WNOHANG) == 0;
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    CHECK(is_open);
    CHECK(second == 1);
    CHECK(is_alive);
}

TEST_CASE("bad input is refused with its own words") {
    const Offices offices;
    std::ofstream(offices.path("not_a_workbook.xlsx")) << "xin chào";
    CHECK(offices.office("form check " + offices.at("not_a_workbook.xlsx")) == 1);
    CHECK(offices.office("form check " + offices.at("nowhere.xlsx")) == 1);
    CHECK(offices.kiosk("render --page nowhere --dump " + offices.at("page.json")) == 1);
    CHECK(offices.kiosk("render --page home --screen large --dump " + offices.at("page.json")) == 2);
}
