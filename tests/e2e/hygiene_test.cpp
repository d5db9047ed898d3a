// After every end of a visit nothing of what the visitor typed or signed is in the kiosk's memory: looked for in
// /proc/PID/mem of the real program, whole and in pieces of eight letters.
#include "memory_search.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace kiosk::e2e;

namespace {

struct Kiosk {
    DataFolder data;

    Kiosk() { ask_for_words_and_a_signature(data); }

    // Plays a visit, then stands still; returns the pieces found before its end and after.
    std::pair<int, int> residue_after(const std::string& end) const {
        data.write("script.jsonl", typed_and_signed() + "{\"hold_ms\":4000}\n" + end + "{\"expect\":{\"page\":\"attract\"}}\n{\"hold_ms\":120000}\n");
        KioskProgram kiosk({"play", data.path("script.jsonl").string(), "--data", data.path().string(), "--clock", "virtual"});
        const int before = found_within(kiosk, std::chrono::seconds(60));
        const int after = least_within(kiosk, std::chrono::seconds(60));
        CHECK(kiosk.is_running());
        return {before, after};
    }

    // That the search finds what is there.
    static int found_within(KioskProgram& kiosk, std::chrono::seconds time) {
        const auto until = std::chrono::steady_clock::now() + time;
        int most = 0;
        while (most <= kEntered && kiosk.is_running() && std::chrono::steady_clock::now() < until) {
            most = std::max(most, found_in_family(kiosk.pid()));
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return most;
    }
    static int least_within(KioskProgram& kiosk, std::chrono::seconds time) {
        const auto until = std::chrono::steady_clock::now() + time;
        int least = 1;
        while (least > 0 && kiosk.is_running() && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds(500));
            least = found_in_family(kiosk.pid());
        }
        return least;
    }
};

}  // namespace

TEST_CASE("nothing typed or signed is in memory after a visit that was finished") {
    const Kiosk kiosk;
    const auto [before, after] = kiosk.residue_after(
        "{\"tap\":\"action.next\"}\n{\"expect\":{\"page\":\"review\"}}\n{\"tap\":\"action.next\"}\n{\"expect\":{\"page\":\"thanks\"}}\n{\"tap\":\"action.next\"}\n");
    CHECK(before > kEntered);
    CHECK(after == 0);
}

TEST_CASE("nothing typed or signed is in memory after a visit that was broken off") {
    const Kiosk kiosk;
    const auto [before, after] =
        kiosk.residue_after("{\"tap\":\"action.end\"}\n{\"expect\":{\"page\":\"end\"}}\n{\"tap\":\"action.end\"}\n");
    CHECK(before > kEntered);
    CHECK(after == 0);
}

TEST_CASE("nothing typed or signed is in memory after the visitor has walked away") {
    const Kiosk kiosk;
    const auto [before, after] = kiosk.residue_after("{\"wait_ms\":61000}\n{\"expect\":{\"page\":\"idle\"}}\n{\"wait_ms\":60000}\n");
    CHECK(before > kEntered);
    CHECK(after == 0);
}

TEST_CASE("the next visitor finds the aids as the office set them") {
    const Kiosk kiosk;
    kiosk.data.write("script.jsonl",
                     "{\"tap\":\"action.start\"}\n{\"tap\":\"aid.size\"}\n{\"tap\":\"aid.contrast\"}\n{\"tap\":\"aid.lower\"}\n"
                     "{\"expect\":{\"item\":\"aid.size\",\"selected\":true}}\n{\"tap\":\"action.end\"}\n{\"tap\":\"action.start\"}\n"
                     "{\"expect\":{\"item\":\"aid.size\",\"selected\":false}}\n{\"expect\":{\"item\":\"aid.contrast\",\"selected\":false}}\n"
                     "{\"expect\":{\"item\":\"aid.lower\",\"selected\":false}}\n");
    CHECK(run(KIOSK_PROGRAM, {"play", kiosk.data.path("script.jsonl").string(), "--data", kiosk.data.path().string(), "--clock", "virtual"}) == 0);
}
