// xtest-visitor: performs a visit on $DISPLAY with real pointer and key events. One JSON object a line on standard
// input, in order:
//   {"tap_px":[x,y]}  {"tap_px":[x,y],"held_ms":200}  {"drag_px":[[x,y],[x,y]],"ms":200}  {"key":"Return"}
//   {"type":"text"}  {"wait_ms":500}  {"wait_still_ms":200}  {"shot":"screen.png"}
// Ends 0 when every step was taken, 1 at the first that could not be, 2 for a line that is no step; says which.
#include <kiosk/raster/png.hpp>
#include <kiosk/test_support/xtest_visitor.hpp>

#include <nlohmann/json.hpp>

#include <iostream>
#include <string>
#include <thread>

using namespace kiosk;
using test_support::Point;
using std::chrono::milliseconds;
using Json = nlohmann::json;

namespace {

constexpr milliseconds kPatience{10000};

Point point_from(const Json& json) { return {json.at(0).get<int>(), json.at(1).get<int>()}; }

// Empty: taken. Else why not.
std::string take(test_support::XTestVisitor& visitor, const Json& step) {
    if (step.contains("tap_px")) {
        visitor.tap(point_from(step.at("tap_px")), milliseconds(step.value("held_ms", 60)));
    } else if (step.contains("drag_px")) {
        const Json& way = step.at("drag_px");
        visitor.drag(point_from(way.at(0)), point_from(way.at(1)), milliseconds(step.value("ms", 200)));
    } else if (step.contains("key")) {
        if (!visitor.key(step.at("key").get<std::string>())) return "no such key";
    } else if (step.contains("type")) {
        if (!visitor.type(step.at("type").get<std::string>())) return "a character without a key";
    } else if (step.contains("wait_ms")) {
        std::this_thread::sleep_for(milliseconds(step.at("wait_ms").get<int>()));
    } else if (step.contains("wait_still_ms")) {
        if (!visitor.wait_until_still(milliseconds(step.at("wait_still_ms").get<int>()), kPatience))
            return "the screen never came to rest";
    } else if (step.contains("shot")) {
        const auto written = raster::write_png(visitor.picture(), step.at("shot").get<std::string>());
        if (!written) return written.error().message.en;
    } else {
        throw std::invalid_argument("not a step");
    }
    return {};
}

}  // namespace

int main() {
    const auto visitor = test_support::XTestVisitor::create();
    if (!visitor) {
        std::cerr << "xtest-visitor: " << visitor.error().message.en << '\n';
        return 1;
    }
    int number = 0;
    for (std::string line; std::getline(std::cin, line);) {
        ++number;
        if (line.empty()) continue;
        try {
            const std::string problem = take(**visitor, Json::parse(line));
            if (problem.empty()) continue;
            std::cerr << "xtest-visitor: line " << number << ": " << problem << '\n';
            return 1;
        } catch (const std::exception& problem) {
            std::cerr << "xtest-visitor: line " << number << ": " << problem.what() << '\n';
            return 2;
        }
    }
    return 0;
}
