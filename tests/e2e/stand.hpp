// The kiosk in its real window on an X server of the test's own, and a visitor before it who taps, types and looks.
#pragma once

#include "rehearsal.hpp"

#include <kiosk/test_support/xtest_visitor.hpp>
#include <kiosk/test_support/xvfb.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace kiosk::e2e {

inline constexpr std::chrono::seconds kPatience{20};

inline std::string tap(const std::string& item) { return "{\"tap\":\"" + item + "\"}\n"; }

inline std::string keys(const std::string& names) {
    std::istringstream list(names);
    std::string steps;
    for (std::string name; list >> name;) steps += tap("key." + name);
    return steps;
}

// The kiosk in its window, and the visitor before it.
class Stand {
  public:
    explicit Stand(const DataFolder& data) : data_(data) {
        auto server = test_support::Xvfb::start(kScreenWidthPx, kScreenHeightPx);
        REQUIRE(server);
        server_ = std::move(*server);
        auto visitor = test_support::XTestVisitor::create();
        REQUIRE(visitor);
        visitor_ = std::move(*visitor);
        const raster::Picture without_kiosk = visitor_->picture();
        kiosk_ = std::make_unique<KioskProgram>(std::vector<std::string>{"run", "--data", data.path().string(), "--screen", kScreen, "--renderer", "raster"});
        REQUIRE(kiosk_->wait_until_open());
        attract_ = first_page(without_kiosk);
    }
    ~Stand() {
        kiosk_.reset();
        visitor_.reset();
    }

    test_support::XTestVisitor& visitor() { return *visitor_; }
    KioskProgram& kiosk() { return *kiosk_; }
    const raster::Picture& attract() const { return attract_; }
    void settle() { REQUIRE(visitor_->wait_until_still(std::chrono::milliseconds(250), kPatience)); }

    // The taps and keys of the steps, each tap where its item lies; `before` was done already.
    void take(const std::string& steps, const std::string& before = {}) {
        const std::vector<test_support::Point> places = places_of_taps(data_, before + steps);
        auto place = places.begin() + static_cast<std::ptrdiff_t>(count_taps(before));
        std::istringstream lines(steps);
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("{\"tap\":")) tap_at(*place++);
            else if (line == "{\"key\":\"Tab\"}") press_key("Tab");
            else if (line == "{\"key\":\"Space\"}") press_key("space");
            else if (line.starts_with("{\"type\":")) press_key(line.substr(9, 1));   // one letter
            else if (line.starts_with("{\"drag_mm\":")) drag(line);
        }
    }
    // "{"drag_mm":[[40,200],[160,215]],"ms":200}"
    void drag(const std::string& step) {
        float x = 0, y = 0, to_x = 0, to_y = 0;
        REQUIRE(std::sscanf(step.c_str(), "{\"drag_mm\":[[%f,%f],[%f,%f]]", &x, &y, &to_x, &to_y) == 4);
        const float scale = static_cast<float>(kScreenWidthPx) / 268;
        const auto px = [&](float mm) { return static_cast<int>(mm * scale); };
        visitor_->drag({px(x), px(y)}, {px(to_x), px(to_y)}, std::chrono::milliseconds(200));
        settle();
    }
    void press_key(const std::string& name) {
        REQUIRE(visitor_->key(name));
        settle();
    }
    void tap_at(test_support::Point place) {
        visitor_->tap(place, std::chrono::milliseconds(40));
        std::this_thread::sleep_for(std::chrono::milliseconds(300));   // a page that just came takes no tap for a quarter of a second
        settle();
    }
    // The office's CSV, after the kiosk has ended.
    std::string csv(const std::string& activity) {
        kill(kiosk_->pid(), SIGTERM);
        CHECK(kiosk_->wait() == 0);
        REQUIRE(run(KIOSK_PROGRAM, {"export", "--data", data_.path().string(), "--to", data_.path("stick").string()}) == 0);
        REQUIRE(run(OFFICE_PROGRAM, {"kiosk", "add", data_.path("stick/kiosk.enrolment").string(), "--trust", data_.path("trust").string()}) == 0);
        REQUIRE(run(OFFICE_PROGRAM, {"collect", data_.path("stick").string(), "--key", data_.path("keys/office-key.txt").string(), "--trust",
                                     data_.path("trust").string(), "--into", data_.path("office.db").string()}) == 0);
        REQUIRE(run(OFFICE_PROGRAM, {"export", data_.path("office.db").string(), "--activity", activity, "--format", "csv", "--codes", "--out",
                                     data_.path("out").string()}) == 0);
        return data_.read("out/" + activity + ".csv");
    }

  private:
    // A window that has not drawn yet is of one colour.
    raster::Picture first_page(const raster::Picture& without_kiosk) {
        const auto end = std::chrono::steady_clock::now() + kPatience;
        for (;;) {
            settle();
            raster::Picture picture = visitor_->picture();
            const raster::Pixel* const pixels = picture.surface().row(kScreenHeightPx / 2);
            const bool has_drawn = std::any_of(pixels, pixels + kScreenWidthPx, [&](raster::Pixel pixel) { return pixel != pixels[0]; });
            if (has_drawn && picture != without_kiosk) return picture;
            REQUIRE(std::chrono::steady_clock::now() < end);
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }
    static std::size_t count_taps(const std::string& steps) {
        std::istringstream lines(steps);
        std::size_t count = 0;
        for (std::string line; std::getline(lines, line);) count += line.starts_with("{\"tap\":");
        return count;
    }

    const DataFolder& data_;
    std::unique_ptr<test_support::Xvfb> server_;
    std::unique_ptr<test_support::XTestVisitor> visitor_;
    std::unique_ptr<KioskProgram> kiosk_;
    raster::Picture attract_{1, 1};
};

}  // namespace kiosk::e2e
