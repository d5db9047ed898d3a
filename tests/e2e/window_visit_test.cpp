// Whole visits in the kiosk's real window, on an X server of the test's own, with pointer and key events of the X server.
#include "stand.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>
#include <unistd.h>

using namespace kiosk;
using namespace kiosk::e2e;
using namespace std::chrono_literals;
using raster::Picture;
using test_support::Point;

namespace {

constexpr raster::PixelRect kWholeScreen{0, 0, kScreenWidthPx, kScreenHeightPx};

const std::string kReviewAndSend = tap("action.next") + tap("action.next");

// The same page to the eye: letters may lie elsewhere in the font's texture by then, which moves an edge by a shade.
bool looks_like(const Picture& one, const Picture& other) {
    std::size_t differing = 0;
    for (std::size_t i = 0; i < one.pixels().size(); ++i) differing += one.pixels()[i] != other.pixels()[i];
    return differing <= one.pixels().size() / 1000;
}

long cpu_ticks(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    const std::string all{std::istreambuf_iterator<char>(file), {}};
    std::istringstream fields(all.substr(all.rfind(')') + 2));
    std::string field;
    for (int i = 0; i < 11; ++i) fields >> field;
    long user = 0, system = 0;
    fields >> user >> system;
    return user + system;
}

}  // namespace

TEST_CASE("in a real window, one tap on the poll's page is a whole answer") {
    const DataFolder data;
    Stand stand(data);
    stand.take(tap("action.start") + tap("tile.opinion_poll") + tap("choice.tot"));
    CHECK(stand.csv("opinion_poll").find("\ntot,") != std::string::npos);
}

TEST_CASE("in a real window, a form of thirty questions is filled in, its text typed on the keyboard on the glass") {
    const DataFolder data;
    std::string survey = "text,ten,Họ và tên,,yes\n";
    std::string answers = keys("shift n g u y ê tone_tilde n space shift a n") + tap("action.next");
    for (int number = 1; number < 30; ++number) {
        survey += "select_one muc,cau_" + std::to_string(number) + ",Câu hỏi số " + std::to_string(number) + ",quick,yes\n";
        answers += tap("choice.kha");
    }
    data.put_review(survey);
    Stand stand(data);
    stand.take(kToTheReview + answers + tap("action.next"));   // the last answer leads to the review
    const std::string csv = stand.csv("self_assessment");
    CHECK(csv.find("Nguyễn An") != std::string::npos);
    std::size_t chosen = 0;
    for (std::size_t at = csv.find(",kha"); at != std::string::npos; at = csv.find(",kha", at + 1)) ++chosen;
    CHECK(chosen == 29);
}

TEST_CASE("in a real window, a drag scrolls the page and presses nothing") {
    const DataFolder data;
    std::string choices;
    for (int number = 1; number <= 30; ++number)
        choices += "nhieu,so_" + std::to_string(number) + ",Lựa chọn số " + std::to_string(number) + "\n";
    data.put_review("select_one nhieu,chon,Chọn một,,no\n", choices);
    Stand stand(data);
    stand.take(kToTheReview);
    const std::string drags = "{\"drag_mm\":[[100,330],[100,130]],\"ms\":150}\n{\"drag_mm\":[[100,330],[100,130]],\"ms\":150}\n"
                              "{\"drag_mm\":[[100,330],[100,130]],\"ms\":150}\n{\"drag_mm\":[[100,330],[100,130]],\"ms\":150}\n";
    const float scale = static_cast<float>(kScreenWidthPx) / 268;
    const auto px = [&](float mm) { return static_cast<int>(mm * scale); };
    const Picture top = stand.visitor().picture();
    for (int drag = 0; drag < 4; ++drag) {
        stand.visitor().drag({px(100), px(330)}, {px(100), px(130)}, 150ms);
        stand.settle();
    }
    CHECK(stand.visitor().picture() != top);
    stand.take(tap("choice.so_30") + kReviewAndSend, kToTheReview + drags);
    CHECK(stand.csv("self_assessment").find("so_30") != std::string::npos);
}

TEST_CASE("in a real window, who walks away is warned, and then what they typed is gone from the glass") {
    const DataFolder data;
    data.put_review("text,ten,Họ và tên,,no\nselect_one muc,cau,Câu hỏi,,no\n");
    data.write("data/config.toml", "[seconds]\npersonal = 5\nbrowsing = 5\nwarning = 20\n");
    Stand stand(data);
    stand.take(kToTheReview + keys("b c d done"));
    const Picture typed = stand.visitor().picture();
    REQUIRE(stand.visitor().wait_for_change(kWholeScreen, typed, kPatience));   // the warning hides the page at once
    const auto end = std::chrono::steady_clock::now() + 60s;
    while (!looks_like(stand.visitor().picture(), stand.attract()) && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(500ms);
    CHECK(looks_like(stand.visitor().picture(), stand.attract()));
    stand.take(tap("action.start"));
    CHECK(stand.kiosk().is_running());
}

TEST_CASE("in a real window, a finger changes pixels within two frames, and a page at rest draws nothing") {
    const DataFolder data;
    Stand stand(data);
    stand.take(tap("action.start"));
    const Point tile = places_of_taps(data, tap("action.start") + tap("tile.opinion_poll")).back();
    auto fastest = std::chrono::microseconds(1'000'000);
    for (int i = 0; i < 20; ++i) {
        const raster::PixelRect part{tile.x_px - 60, tile.y_px - 30, tile.x_px + 60, tile.y_px + 30};
        const Picture before = stand.visitor().picture(part);
        stand.visitor().press(tile);
        const auto taken = stand.visitor().wait_for_change(part, before, 1000ms);
        REQUIRE(taken);
        fastest = std::min(fastest, *taken);
        stand.visitor().move({tile.x_px, 10});   // away from it: no press
        stand.visitor().release();
        stand.settle();
    }
    CHECK(fastest <= std::chrono::microseconds(33'400));
    const Picture resting = stand.visitor().picture();
    const long before = cpu_ticks(stand.kiosk().pid());
    CHECK_FALSE(stand.visitor().wait_for_change(kWholeScreen, resting, 2000ms));
    CHECK(cpu_ticks(stand.kiosk().pid()) - before <= 1);
}

TEST_CASE("in a real window, no page that does not move draws anything while nobody touches it") {
    const DataFolder data;
    data.put_review("text,ten,Họ và tên,,no\nselect_one muc,cau,Câu hỏi,,no\nselect_one muc,diem,Thang,likert,no\n");
    Stand stand(data);
    // The attract page, the tiles, the first page, a field with its keyboard, choices, a scale, the review, the question whether to leave.
    std::string before;
    for (const std::string& steps : {std::string{}, tap("action.start"), tap("tile.self_assessment"),
                                     kToTheReview.substr(kToTheReview.find("{\"key\"")) + keys("b c"), tap("action.next"), tap("choice.kha"),
                                     tap("action.next"), tap("action.next"), tap("action.end")}) {
        stand.take(steps, before);
        before += steps;
        CAPTURE(before);
        const long spent = cpu_ticks(stand.kiosk().pid());
        CHECK(stand.visitor().drawings_within(1500ms) == 0);
        CHECK(cpu_ticks(stand.kiosk().pid()) - spent <= 1);
    }
}

TEST_CASE("in a real window, a finger is felt while the kiosk still reads its forms, and is led on when it has") {
    const DataFolder data;
    std::string survey = "type,name,label\n";
    for (int question = 0; question < 5000; ++question) survey += "text,q" + std::to_string(question) + ",Câu hỏi\n";
    for (const std::string form : {"one", "two", "three"}) {
        data.write("data/forms/" + form + "/survey.csv", survey);
        data.write("data/forms/" + form + "/settings.csv", "form_title,form_id,version\nF," + form + ",1\n");
    }
    Picture led_to(1, 1);
    {
        const auto server = test_support::Xvfb::start(kScreenWidthPx, kScreenHeightPx);
        REQUIRE(server);
        auto visitor = test_support::XTestVisitor::create();
        REQUIRE(visitor);
        const Picture without_kiosk = (*visitor)->picture();
        KioskProgram kiosk({"run", "--data", data.path().string(), "--screen", kScreen, "--renderer", "raster"});
        REQUIRE((*visitor)->wait_for_change(kWholeScreen, without_kiosk, kPatience));
        const Picture first = (*visitor)->picture();
        (*visitor)->press({kScreenWidthPx / 2, kScreenHeightPx / 2});
        CHECK((*visitor)->wait_for_change(kWholeScreen, first, 1000ms));
        (*visitor)->release();
        CHECK(kiosk.wait_until_open());
        CHECK((*visitor)->wait_until_still(2000ms, kPatience));
        led_to = (*visitor)->picture();
    }
    Stand stand(data);   // the same kiosk, asked when all is there
    stand.take(tap("action.start"));
    CHECK(looks_like(stand.visitor().picture(), led_to));
}
