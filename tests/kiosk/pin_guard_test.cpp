// How many guesses of the staff PIN are ever judged: by the rules, and by someone who pulls the plug after each.
#include "pin_guard.hpp"
#include "store_notes.hpp"

#include <kiosk/sealing/pin_hash.hpp>
#include <kiosk/storage/store.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <csignal>
#include <fcntl.h>
#include <map>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace kiosk;
using namespace std::chrono_literals;
using Verdict = app::PinAnswer::Verdict;

namespace {

class HandClock final : public core::Clock {
  public:
    core::WallTime wall_now() const override { return wall; }
    core::SteadyTime steady_now() const override { return steady; }
    core::WallTime wall{std::chrono::hours(24 * 365 * 56)};
    core::SteadyTime steady{1000};
};

class MemoryNotes final : public Notes {
  public:
    core::Result<std::optional<std::string>> read(std::string_view name) override {
        const auto found = values.find(std::string(name));
        return found == values.end() ? std::optional<std::string>{} : std::optional(found->second);
    }
    core::Result<void> write(std::string_view name, std::string_view value) override {
        if (is_full) return core::Error{"store.full", {"đầy", "full"}};
        values[std::string(name)] = std::string(value);
        return {};
    }
    std::map<std::string, std::string> values;
    bool is_full = false;
};

struct Guarded {
    HandClock clock;
    MemoryNotes notes;
    core::SeededRandom random{7};
    int judged = 0;
    PinGuard guard = make();

    Guarded() { REQUIRE(PinGuard::set(notes, "482913", random)); }
    PinGuard make() {
        return PinGuard([this](std::string_view pin, const std::string& hash) { return ++judged, pin == hash; }, clock);
    }
    app::PinAnswer guess(std::string_view pin) { return guard.judge(notes, pin); }
};

}  // namespace

TEST_CASE("the right PIN opens and forgets the failures before it") {
    Guarded kiosk;
    for (int wrong = 0; wrong < 4; ++wrong) CHECK(kiosk.guess("000000").verdict == Verdict::wrong);
    CHECK(kiosk.guess("482913").verdict == Verdict::right);
    CHECK(kiosk.guess("000000").tries_left == 9);
}

TEST_CASE("five guesses are free, then each waits longer, then none is judged") {
    Guarded kiosk;
    for (int wrong = 0; wrong < 4; ++wrong) CHECK(kiosk.guess("000000").wait == 0ms);
    CHECK(kiosk.guess("000000").wait == 60s);
    CHECK(kiosk.guess("482913").verdict == Verdict::waiting);
    CHECK(kiosk.judged == 5);
    for (const auto wait : {60s, 120s, 240s, 480s, 900s}) {
        kiosk.clock.steady += wait - 1s;
        CHECK(kiosk.guess("482913").verdict == Verdict::waiting);
        kiosk.clock.steady += 1s;
        kiosk.guess("000000");
    }
    CHECK(kiosk.judged == PinGuard::kTries);
    kiosk.clock.steady += 1000h;
    const app::PinAnswer locked = kiosk.guess("482913");
    CHECK(locked.verdict == Verdict::locked);
    CHECK(locked.unlock_code.size() == 10);
    CHECK(kiosk.judged == PinGuard::kTries);
}

TEST_CASE("setting the clock shortens no wait, and neither does a restart") {
    Guarded kiosk;
    for (int wrong = 0; wrong < 5; ++wrong) kiosk.guess("000000");
    kiosk.clock.wall += 1000h;
    CHECK(kiosk.guess("482913").verdict == Verdict::waiting);
    kiosk.clock.steady = 0ms;   // powered on again
    PinGuard restarted = kiosk.make();
    CHECK(restarted.judge(kiosk.notes, "482913").verdict == Verdict::waiting);
    kiosk.clock.steady += 60s;
    CHECK(restarted.judge(kiosk.notes, "482913").verdict == Verdict::right);
}

TEST_CASE("a guess that cannot be counted is not judged") {
    Guarded kiosk;
    kiosk.notes.is_full = true;
    CHECK(kiosk.guess("482913").verdict == Verdict::failed);
    CHECK(kiosk.judged == 0);
}

TEST_CASE("without a PIN, or with one that cannot be read, nothing opens") {
    Guarded kiosk;
    kiosk.notes.values.clear();
    CHECK(kiosk.guess("482913").verdict == Verdict::not_set);
    for (const char* damaged : {"", "x", "3", "3 CODE", "-1 CODE 482913", "x CODE 482913"}) {
        kiosk.notes.values["pin"] = damaged;
        INFO(damaged);
        CHECK(kiosk.guess("482913").verdict == Verdict::failed);
    }
    CHECK(kiosk.judged == 0);
}

TEST_CASE("a new PIN starts afresh, with another unlock code") {
    Guarded kiosk;
    const std::string before = kiosk.notes.values["pin"];
    for (int wrong = 0; wrong < 5; ++wrong) kiosk.guess("000000");
    REQUIRE(PinGuard::set(kiosk.notes, "111222", kiosk.random));
    CHECK(kiosk.guard.look(kiosk.notes).tries_left == PinGuard::kTries);
    CHECK(kiosk.notes.values["pin"].substr(2, 10) != before.substr(2, 10));
}

TEST_CASE("PINs come by chance and are no run or repetition") {
    core::SeededRandom random(3);
    std::set<std::string> pins;
    for (int made = 0; made < 2000; ++made) {
        const std::string pin = PinGuard::random_pin(random);
        CHECK(pin.size() == 6);
        pins.insert(pin);
    }
    CHECK(pins.size() > 1900);
    for (const char* weak : {"000000", "111111", "123456", "654321", "987654"}) CHECK_FALSE(pins.contains(weak));
}

TEST_CASE("the hash is Argon2id, salted, and knows its PIN from others") {
    const auto one = sealing::hash_pin("482913", sealing::PinCost::least), other = sealing::hash_pin("482913", sealing::PinCost::least);
    REQUIRE(one);
    CHECK(one->starts_with("$argon2id$"));
    CHECK(*one != *other);
    CHECK(sealing::is_pin("482913", *one));
    CHECK_FALSE(sealing::is_pin("482914", *one));
    CHECK_FALSE(sealing::is_pin("482913", "nonsense"));
}

TEST_CASE("a hundred guesses, each with the process killed the moment it is judged, never judge more than ten") {
    const test_support::TemporaryFolder folder;
    core::SeededRandom random(11);
    HandClock clock;
    storage::StoreOptions options;
    options.reserve_bytes = 0;
    {
        auto store = storage::Store::open(folder.path().string(), nullptr, clock, random, options);
        REQUIRE(store);
        StoreNotes notes(**store);
        REQUIRE(PinGuard::set(notes, "482913", random));
    }
    int judged = 0;
    for (int round = 0; round < 100; ++round) {
        const pid_t child = fork();
        if (child == 0) {
            auto store = storage::Store::open(folder.path().string(), nullptr, clock, random, options);
            if (!store) _exit(2);
            StoreNotes notes(**store);
            PinGuard guard([](std::string_view, const std::string&) -> bool {   // judged: the plug is pulled now
                kill(getpid(), SIGKILL);
                return false;
            }, clock);
            clock.steady += 16min;   // whoever guesses waits as long as it takes
            guard.judge(notes, "000000");
            _exit(0);
        }
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        if (WIFSIGNALED(status)) ++judged;
        else REQUIRE(WEXITSTATUS(status) == 0);
    }
    CHECK(judged == PinGuard::kTries);
}
