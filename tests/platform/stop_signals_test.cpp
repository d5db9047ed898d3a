#include <kiosk/platform/stop_signals.hpp>

#include <catch2/catch_test_macros.hpp>

#include <signal.h>
#include <unistd.h>

#include <future>

TEST_CASE("a request to end calls back instead of killing the process") {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        std::promise<void> called;
        kiosk::platform::StopSignals signals([&] { called.set_value(); });
        kill(getpid(), signal);
        REQUIRE(called.get_future().wait_for(std::chrono::seconds(10)) == std::future_status::ready);
    }
}

TEST_CASE("waiting for signals ends with its owner though none came") {
    bool was_called = false;
    { kiosk::platform::StopSignals signals([&] { was_called = true; }); }
    CHECK_FALSE(was_called);
}
