#include "rehearsal.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <sstream>

namespace kiosk::e2e {
namespace {

using Json = nlohmann::json;

test_support::Point middle_of(const Json& page, const std::string& id) {
    for (const Json& item : page.at("items")) {
        if (item.at("id") != id) continue;
        const Json& rect = item.at("rect_px");
        return {static_cast<int>(rect[0].get<double>() + rect[2].get<double>() / 2),
                static_cast<int>(rect[1].get<double>() + rect[3].get<double>() / 2)};
    }
    FAIL("no item " << id << " on page " << page.at("page"));
    return {};
}

}  // namespace

std::vector<test_support::Point> places_of_taps(const DataFolder& data, const std::string& steps) {
    // On data of its own: a rehearsal leaves nothing behind.
    std::filesystem::remove_all(data.path("rehearsal"));
    std::filesystem::copy(data.path(), data.path("rehearsal"), std::filesystem::copy_options::recursive);
    data.write("rehearsal.jsonl", "{\"dump\":\"start\"}\n" + steps);
    REQUIRE(run(KIOSK_PROGRAM, {"play", data.path("rehearsal.jsonl").string(), "--data", data.path("rehearsal").string(), "--screen", kScreen,
                                "--clock", "virtual", "--dump", data.path("rehearsal.dump").string()}) == 0);
    std::istringstream pages(data.read("rehearsal.dump")), lines(steps);
    std::vector<test_support::Point> places;
    std::string page, line;
    while (std::getline(lines, line)) {
        REQUIRE(std::getline(pages, page));   // as it stood before this step
        if (const Json step = Json::parse(line); step.contains("tap")) places.push_back(middle_of(Json::parse(page), step.at("tap")));
    }
    return places;
}

}  // namespace kiosk::e2e
