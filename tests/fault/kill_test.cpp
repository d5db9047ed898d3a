#include "rounds.hpp"
#include "workload.hpp"

#include <catch2/catch_test_macros.hpp>

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <iostream>
#include <set>
#include <thread>

using namespace kiosk;
using namespace kiosk::test;

namespace {

namespace fs = std::filesystem;

storage::StoreOptions options() {
    storage::StoreOptions options;
    options.reserve_bytes = 0;
    options.poll_slots = 8;
    options.retention = {std::chrono::days(0), std::chrono::days(0)};
    options.rate_cap = {0, 0};
    return options;
}

// A kiosk in a process of its own, which tells through a pipe how many steps it has confirmed.
class Victim {
  public:
    // traced: it stops before the first step, and then at each system call.
    Victim(const std::string& directory, const std::vector<Step>& steps, std::uint64_t seed, bool traced) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        process_ = ::fork();
        if (process_ == 0) live(directory, steps, seed, traced, ends[1]);
        ::close(ends[1]);
        confirmations_ = ends[0];
    }
    ~Victim() { ::close(confirmations_); }
    Victim(const Victim&) = delete;
    Victim& operator=(const Victim&) = delete;

    // Kills it at the given system call after its start; false if it ended before.
    bool kill_at_system_call(int number) {
        int status = 0;
        ::waitpid(process_, &status, 0);
        if (!WIFSTOPPED(status)) return false;
        for (int stops = 0; stops < number; ++stops) {
            ::ptrace(PTRACE_SYSCALL, process_, nullptr, nullptr);
            ::waitpid(process_, &status, 0);
            if (WIFEXITED(status)) return false;
        }
        kill();
        return true;
    }

    void kill() {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }

    void wait_for_confirmations(std::size_t count) {
        for (char byte = 0; seen_ < count && ::read(confirmations_, &byte, 1) == 1;) ++seen_;
    }
    std::size_t confirmed() const {
        std::size_t count = seen_;
        for (char byte = 0; ::read(confirmations_, &byte, 1) == 1;) ++count;
        return count;
    }

  private:
    [[noreturn]] static void live(const std::string& directory, const std::vector<Step>& steps, std::uint64_t seed,
                                  bool traced, int confirmations) {
        const StoppedClock clock;
        core::SeededRandom random(seed);
        const FakeSealer sealer;
        auto store = storage::Store::open(directory, &sealer, clock, random, options());
        if (!store) ::_exit(3);
        if (traced) {
            ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
            ::raise(SIGSTOP);
        }
        for (const Step& step : steps) {
            if (!perform(step, **store)) ::_exit(4);
            if (::write(confirmations, "", 1) != 1) ::_exit(5);
        }
        ::_exit(0);
    }

    pid_t process_ = -1;
    int confirmations_ = -1;
    std::size_t seen_ = 0;   // confirmations
};

bool can_trace() {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0 ? 0 : 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// Restarts the kiosk: nothing confirmed is lost, and repeating the step that was interrupted makes everything as if it
// had never been.
void check_after_kill(const std::string& directory, const std::vector<Step>& steps, const Contents& at_start,
                      std::size_t confirmed) {
    const StoppedClock clock;
    core::SeededRandom random(confirmed + 1000);
    const FakeSealer sealer;
    auto store = storage::Store::open(directory, &sealer, clock, random, options());
    REQUIRE(store);
    CHECK((*store)->status()->set_aside.empty());
    const bool was_interrupted = confirmed < steps.size();
    const Contents& before = confirmed == 0 ? at_start : steps[confirmed - 1].after;
    const Contents& after = was_interrupted ? steps[confirmed].after : before;
    if (was_interrupted) {
        REQUIRE(perform(steps[confirmed], **store));
        const auto contents = contents_of(**store, sealer);
        REQUIRE(contents);
        CHECK(*contents == after);
    } else {
        CHECK(broken_promise(contents_of(**store, sealer).value(), before, after) == std::nullopt);
    }
}

constexpr int kAttackedSteps = 16;

// The first workload whose last steps are of every kind.
std::vector<Step> eventful_workload() {
    for (std::uint64_t seed = 1;; ++seed) {
        std::vector<Step> steps = make_workload(seed, 12 + kAttackedSteps);
        std::set<Step::Kind> kinds;
        for (auto step = steps.end() - kAttackedSteps; step != steps.end(); ++step) kinds.insert(step->kind);
        if (kinds.size() == 10) return steps;
    }
}

void copy_directory(const std::string& from, const std::string& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
}

}  // namespace

TEST_CASE("kill -9 at every system call of confirm, undo, withdraw, export and receipt loses nothing") {
    if (!can_trace()) SKIP("this machine does not allow ptrace");
    prefer_memory_for_temporary_files();
    const TemporaryDirectory scene;
    // A little life before, so that there is something to lose.
    const std::vector<Step> steps = eventful_workload();
    const std::vector<Step> before(steps.begin(), steps.end() - kAttackedSteps);
    const std::vector<Step> attacked(steps.end() - kAttackedSteps, steps.end());
    {
        Victim victim(scene.file("base"), before, 1, false);
        REQUIRE(victim.confirmed() == before.size());
    }
    const Contents at_start = before.back().after;
    int kills = 0;
    for (int number = 1;; number += 2) {  // entries: an exit is the next entry
        INFO("killed at stop " << number);
        copy_directory(scene.file("base"), scene.file("data"));
        Victim victim(scene.file("data"), attacked, 2, true);
        const bool was_killed = victim.kill_at_system_call(number);
        const std::size_t confirmed = victim.confirmed();
        check_after_kill(scene.file("data"), attacked, at_start, confirmed);
        if (!was_killed) break;
        ++kills;
    }
    std::cout << "kill -9 at " << kills << " system calls, 0 lost\n";
    CHECK(kills > 100);
}

TEST_CASE("kill -9 at random moments loses nothing, and a retry adds nothing") {
    prefer_memory_for_temporary_files();
    const TemporaryDirectory scene;
    const std::uint64_t kills = rounds("KIOSK_RANDOM_KILLS", 100);
    core::SeededRandom random(5);
    std::uint64_t interrupted = 0;
    for (std::uint64_t kill = 0; kill < kills; ++kill) {
        INFO("kill " << kill);
        const std::string directory = scene.file("data");
        fs::remove_all(directory);
        const std::vector<Step> steps = make_workload(kill, 60);
        Victim victim(directory, steps, kill, false);
        // At any time, the opening too; and somewhere in the middle, however slow the machine is.
        if (kill % 2 == 0) {
            std::this_thread::sleep_for(std::chrono::microseconds(random.below(60'000)));
        } else {
            victim.wait_for_confirmations(random.below(steps.size()));
            std::this_thread::sleep_for(std::chrono::microseconds(random.below(1'000)));
        }
        victim.kill();
        const std::size_t confirmed = victim.confirmed();
        interrupted += confirmed > 0 && confirmed < steps.size() ? 1 : 0;
        check_after_kill(directory, steps, {}, confirmed);
    }
    std::cout << "kill -9 at " << kills << " random moments (" << interrupted << " in the middle of the work), 0 lost\n";
    CHECK(interrupted > kills / 10);
}
