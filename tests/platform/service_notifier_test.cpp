// What the service manager hears of the kiosk.
#include <kiosk/platform/service_notifier.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using kiosk::core::SteadyTime;
using kiosk::platform::ServiceNotifier;

namespace {

class Manager {
  public:
    Manager() : path_("/tmp/notify-test-" + std::to_string(getpid())), file_(socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path_.copy(address.sun_path, sizeof address.sun_path - 1);
        unlink(path_.c_str());
        REQUIRE(bind(file_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    }
    ~Manager() {
        close(file_);
        unlink(path_.c_str());
    }
    const std::string& path() const { return path_; }
    std::string heard() {
        char text[64];
        const ssize_t got = recv(file_, text, sizeof text, 0);
        return got > 0 ? std::string(text, static_cast<std::size_t>(got)) : "";
    }

  private:
    std::string path_;
    int file_;
};

}  // namespace

TEST_CASE("the manager hears when the kiosk is ready and when it stops") {
    Manager manager;
    ServiceNotifier notifier(manager.path(), {});
    notifier.ready();
    CHECK(manager.heard() == "READY=1");
    notifier.stopping();
    CHECK(manager.heard() == "STOPPING=1");
    notifier.beat(SteadyTime(60'000));
    CHECK(manager.heard().empty());   // no watchdog was asked for
    CHECK_FALSE(notifier.next_beat());
}

TEST_CASE("a heartbeat goes out twice in the watchdog's time, however often the loop turns") {
    Manager manager;
    ServiceNotifier notifier(manager.path(), SteadyTime(30'000));
    notifier.beat(SteadyTime(1'000));
    CHECK(manager.heard() == "WATCHDOG=1");
    notifier.beat(SteadyTime(15'999));
    CHECK(manager.heard().empty());
    CHECK(notifier.next_beat() == SteadyTime(16'000));
    notifier.beat(SteadyTime(16'000));
    CHECK(manager.heard() == "WATCHDOG=1");
}

TEST_CASE("without a manager nothing is sent, and a manager that is gone does no harm") {
    unsetenv("NOTIFY_SOCKET");
    ServiceNotifier nobody = ServiceNotifier::from_environment();
    nobody.ready();
    CHECK_FALSE(nobody.next_beat());
    ServiceNotifier gone("/tmp/no-such-socket", SteadyTime(30'000));
    gone.beat(SteadyTime(1));
}

TEST_CASE("the environment is taken, and no child inherits it") {
    Manager manager;
    setenv("NOTIFY_SOCKET", manager.path().c_str(), 1);
    setenv("WATCHDOG_USEC", "30000000", 1);
    ServiceNotifier notifier = ServiceNotifier::from_environment();
    CHECK(std::getenv("NOTIFY_SOCKET") == nullptr);
    CHECK(std::getenv("WATCHDOG_USEC") == nullptr);
    notifier.beat(SteadyTime(1));
    CHECK(manager.heard() == "WATCHDOG=1");
    CHECK(notifier.next_beat() == SteadyTime(15'001));
}
