#include <kiosk/platform/supervisor.hpp>
#include <kiosk/platform/system.hpp>

#include <catch2/catch_test_macros.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

using namespace kiosk::platform;
using namespace std::chrono_literals;

namespace {

const SystemClock kClock;
constexpr SupervisionLimits kQuick{.start = 2s, .hang = 300ms, .starved = 3s, .restarts = 3, .within = 60s};

// A counter that lives through the deaths of children.
class Lives {
  public:
    Lives()
        : count_(static_cast<std::atomic<int>*>(
              mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {}
    ~Lives() { munmap(count_, sizeof *count_); }
    int next() { return ++*count_; }
    int count() const { return *count_; }

  private:
    std::atomic<int>* count_;
};

struct Outcome {
    int code = 0;
    std::vector<ChildFault> faults;
};

Outcome run(const std::function<int(Heartbeat&)>& serve, const SupervisionLimits& limits = kQuick) {
    Outcome outcome;
    const auto child = [&](Heartbeat& heartbeat) {
        for (const int fatal : {SIGTERM, SIGSEGV, SIGABRT}) signal(fatal, SIG_DFL);  // not the test program's handlers
        return serve(heartbeat);
    };
    outcome.code = supervise(limits, kClock, child,
                             [&](const ChildFault& fault) { outcome.faults.push_back(fault); });
    return outcome;
}

}  // namespace

TEST_CASE("a kiosk that ends by itself has ended, with its code") {
    CHECK(run([](Heartbeat&) { return 0; }).code == 0);
    const Outcome refused = run([](Heartbeat&) { return 3; });
    CHECK(refused.code == 3);
    CHECK(refused.faults.empty());
}

TEST_CASE("a crash, an abort or a plugin's exit() is followed by a new start") {
    Lives lives;
    const Outcome outcome = run([&](Heartbeat& heartbeat) {
        heartbeat.waiting();
        switch (lives.next()) {
            case 1: raise(SIGSEGV); break;
            case 2: raise(SIGABRT); break;
            case 3: _exit(0);
        }
        return 0;
    });
    CHECK(outcome.code == 0);
    REQUIRE(outcome.faults.size() == 3);
    CHECK(outcome.faults[0].kind == ChildFault::Kind::crashed);
    CHECK(outcome.faults[0].signal == SIGSEGV);
    CHECK(outcome.faults[1].signal == SIGABRT);
    CHECK(outcome.faults[2].kind == ChildFault::Kind::left);
}

TEST_CASE("a kiosk that spins or is stuck is ended within the limit and started again") {
    for (const bool spins : {true, false}) {
        Lives lives;
        const auto start = kClock.steady_now();
        const Outcome outcome = run([&](Heartbeat& heartbeat) {
            heartbeat.waiting();
            if (lives.next() > 1) return 0;
            heartbeat.working(kClock.steady_now());
            for (volatile bool forever = true; forever;)
                if (!spins) pause();
            return 1;
        });
        CHECK(outcome.code == 0);
        REQUIRE(outcome.faults.size() == 1);
        CHECK(outcome.faults[0].kind == ChildFault::Kind::hung);
        CHECK(kClock.steady_now() - start < 3500ms);
    }
}

TEST_CASE("a kiosk that waits for visitors as long as they like is left alone") {
    const Outcome outcome = run([](Heartbeat& heartbeat) {
        heartbeat.waiting();
        usleep(700'000);  // longer than a hang
        for (int i = 0; i < 5; ++i) {
            heartbeat.working(kClock.steady_now());
            usleep(20'000);
            heartbeat.waiting();
            usleep(100'000);
        }
        usleep(700'000);
        return 0;
    });
    CHECK(outcome.code == 0);
    CHECK(outcome.faults.empty());
}

TEST_CASE("a kiosk that hangs while it starts is given longer, but not for ever") {
    Lives lives;
    SupervisionLimits limits = kQuick;
    limits.start = 600ms;
    const Outcome outcome = run([&](Heartbeat&) {
        if (lives.next() == 1)
            for (;;) pause();
        usleep(400'000);
        return 0;
    }, limits);
    CHECK(outcome.code == 0);
    CHECK(outcome.faults.size() == 1);
}

TEST_CASE("one that was stopped from outside is not taken to hang") {
    const Outcome outcome = run([](Heartbeat& heartbeat) {
        heartbeat.waiting();
        heartbeat.working(kClock.steady_now());
        const pid_t stopped = getpid();
        if (fork() == 0) {
            usleep(700'000);
            kill(stopped, SIGCONT);
            _exit(0);
        }
        raise(SIGSTOP);
        heartbeat.waiting();
        wait(nullptr);
        return 0;
    });
    CHECK(outcome.code == 0);
    CHECK(outcome.faults.empty());
}

TEST_CASE("one that dies again and again is given up") {
    Lives lives;
    const Outcome outcome = run([&](Heartbeat&) -> int {
        lives.next();
        _exit(1);
    });
    CHECK(outcome.code == kGaveUp);
    CHECK(lives.count() == 4);
    CHECK(outcome.faults.size() == 4);
}

TEST_CASE("a request to end reaches the kiosk, and nothing is started again") {
    Lives lives;
    const Outcome outcome = run([&](Heartbeat& heartbeat) {
        heartbeat.waiting();
        lives.next();
        kill(getppid(), SIGTERM);
        for (;;) pause();  // SIGTERM ends it
        return 1;
    });
    CHECK(outcome.code == 0);
    CHECK(lives.count() == 1);
    CHECK(outcome.faults.empty());
}
