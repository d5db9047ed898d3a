// After every end of a visit nothing of what the visitor typed or signed is in the kiosk's memory: looked for in
// /proc/PID/mem of the real program, whole and in pieces of eight letters.
#include "kiosk_program.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstdint>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace kiosk::e2e;

namespace {

// No vowels, so that no key changes a letter; in the script they stand one by one, so that it holds no piece of them.
constexpr std::string_view kLong = "bckhgmlnqpvtbgkcmhtqnlpv";
constexpr std::string_view kShort = "mqkhvtcbn";   // short strings live elsewhere than long ones
constexpr std::size_t kPiece = 8;
constexpr int kEntered = 18;   // more pieces than one copy of the long text has
constexpr std::string_view kSigned = "stroke-linejoin=\"round\" d=\"M";   // in the program's text no M follows

std::vector<std::string> pieces() {
    std::vector<std::string> all{std::string(kSigned)};
    for (const std::string_view text : {kLong, kShort})
        for (std::size_t at = 0; at + kPiece <= text.size(); ++at) all.emplace_back(text.substr(at, kPiece));
    return all;
}

// How many pieces lie in the memory of the process.
int found_in(pid_t pid) {
    const std::vector<std::string> wanted = pieces();
    std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
    const int memory = open(("/proc/" + std::to_string(pid) + "/mem").c_str(), O_RDONLY);
    REQUIRE(memory >= 0);
    int found = 0;
    for (std::string line; std::getline(maps, line);) {
        std::uint64_t begin = 0, end = 0;
        char dash = 0;
        std::string access;
        std::istringstream fields(line);
        fields >> std::hex >> begin >> dash >> end >> access;
        if (!access.starts_with("rw") || line.find("[v") != std::string::npos) continue;
        std::string content(static_cast<std::size_t>(end - begin), '\0');
        const ssize_t got = pread(memory, content.data(), content.size(), static_cast<off_t>(begin));
        if (got <= 0) continue;
        content.resize(static_cast<std::size_t>(got));
        for (const std::string& piece : wanted)
            for (std::size_t at = content.find(piece); at != std::string::npos; at = content.find(piece, at + 1)) ++found;
    }
    close(memory);
    return found;
}

std::string taps(std::string_view letters) {
    std::string steps;
    for (const char letter : letters) steps += std::string("{\"tap\":\"key.") + letter + "\"}\n";
    return steps;
}

std::string typed(std::string_view letters) {
    std::string steps;
    for (const char letter : letters) steps += std::string("{\"type\":\"") + letter + "\"}\n";
    return steps;
}

const std::string kToTheForm = kToTheReview + "{\"expect\":{\"page\":\"question\",\"item\":\"field.viec\"}}\n";
const std::string kAnswers = taps(kLong) + "{\"tap\":\"action.next\"}\n{\"expect\":{\"item\":\"field.ten\"}}\n" + typed(kShort) +
                             "{\"tap\":\"action.next\"}\n{\"expect\":{\"item\":\"field.ky\"}}\n"
                             "{\"drag_mm\":[[40,200],[160,215]],\"ms\":200}\n{\"drag_mm\":[[60,220],[150,205]],\"ms\":200}\n";

struct Kiosk {
    DataFolder data;

    Kiosk() { data.put_review("text,viec,Việc đã làm,multiline,no\ntext,ten,Họ và tên,,no\nimage,ky,Chữ ký,signature,no\n"); }

    // Plays a visit, then stands still; returns the pieces found before its end and after.
    std::pair<int, int> residue_after(const std::string& end) const {
        data.write("script.jsonl", kToTheForm + kAnswers + "{\"hold_ms\":4000}\n" + end + "{\"expect\":{\"page\":\"attract\"}}\n{\"hold_ms\":120000}\n");
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
            most = std::max(most, found_in(kiosk.pid()));
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return most;
    }
    static int least_within(KioskProgram& kiosk, std::chrono::seconds time) {
        const auto until = std::chrono::steady_clock::now() + time;
        int least = 1;
        while (least > 0 && kiosk.is_running() && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds(500));
            least = found_in(kiosk.pid());
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
