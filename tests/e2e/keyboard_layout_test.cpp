// The keyboard on the glass on every screen and at every text size: keys that fingers hit, apart from each other, that
// never cover the field they write in (UX-08, 09, 44).
#include "kiosk_program.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace kiosk::e2e;

namespace {

using Json = nlohmann::json;

constexpr const char* kScreens[] = {"1080x1920@268x476", "1920x1080@476x268", "1280x800@217x136"};
constexpr const char* kSizes[] = {"M", "L", "XL"};
constexpr double kTolerance = 0.3;   // keys end on whole pixels

struct Box {
    std::string id;
    double x, y, width, height;
};

Box box_of(const Json& item) {
    const Json& rect = item.at("rect_mm");
    return {item.at("id"), rect[0].get<double>(), rect[1].get<double>(), rect[2].get<double>(), rect[3].get<double>()};
}

double gap_between(const Box& a, const Box& b) {
    const double across = std::max(a.x, b.x) - std::min(a.x + a.width, b.x + b.width);
    const double along = std::max(a.y, b.y) - std::min(a.y + a.height, b.y + b.height);
    return std::max(across, along);
}

void check_page(const Json& page) {
    const double width = page["screen"]["mm"][0], height = page["screen"]["mm"][1];
    std::vector<Box> keys;
    Box field{};
    for (const Json& item : page["items"]) {
        if (item["role"] == "key") keys.push_back(box_of(item));
        if (item["role"] == "field") field = box_of(item);
    }
    REQUIRE(keys.size() > 10);
    REQUIRE(field.width > 0);
    const double top = std::min_element(keys.begin(), keys.end(), [](const Box& a, const Box& b) { return a.y < b.y; })->y;
    CHECK(field.y >= 0);
    CHECK(field.y + field.height <= top);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        INFO(keys[i].id);
        CHECK(keys[i].width >= 12.7 - kTolerance);
        CHECK(keys[i].height >= 12.7 - kTolerance);
        CHECK((keys[i].x >= 0 && keys[i].x + keys[i].width <= width));
        CHECK((keys[i].y >= 0 && keys[i].y + keys[i].height <= height));
        for (std::size_t other = i + 1; other < keys.size(); ++other) CHECK(gap_between(keys[i], keys[other]) >= 2.54 - kTolerance);
        // Letters are as large as the screen allows: 22 × 16 mm where it is wide enough.
        if (keys[i].id == "key.g" && width >= 260) CHECK((keys[i].width >= 21.7 && keys[i].height >= 15.7));
        if (keys[i].id == "key.g") CHECK(keys[i].width <= 25.3);
    }
    double bottom = 0;
    for (const Box& key : keys) bottom = std::max(bottom, key.y + key.height);
    if (height > width) CHECK(bottom - top <= 0.45 * height);
}

}  // namespace

TEST_CASE("keys are large and apart on every screen at every size, and never cover their field") {
    const DataFolder data;
    data.put_review("text,ten,Họ và tên người được giới thiệu,,no\ninteger,tuoi,Tuổi,,no\ntext,thu,Thư điện tử,,no\n");
    for (const char* screen : kScreens)
        for (const char* size : kSizes)
            for (const char* question : {"ten", "tuoi"}) {
                CAPTURE(screen, size, question);
                REQUIRE(run(KIOSK_PROGRAM, {"render", "--page", std::string("self_assessment/") + question, "--data", data.path().string(), "--screen",
                                            screen, "--size", size, "--dump", data.path("page.json").string()}) == 0);
                check_page(Json::parse(data.read("page.json")));
            }
}
