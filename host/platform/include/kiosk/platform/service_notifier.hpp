// ServiceNotifier: tells the service manager that the kiosk is ready and, every so often, that its main loop still turns
// (sd_notify(3)'s protocol: datagrams to $NOTIFY_SOCKET). Where nobody asked, it does nothing. Main thread.
// Failure: a datagram that cannot be sent is lost; the manager's watchdog then restarts the kiosk, as it should.
#pragma once

#include <kiosk/core/clock.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace kiosk::platform {

class ServiceNotifier {
  public:
    // From NOTIFY_SOCKET and WATCHDOG_USEC; both are taken out of the environment, so that no child speaks for us.
    static ServiceNotifier from_environment();
    ServiceNotifier(std::string socket, std::optional<core::SteadyTime> watchdog);

    void ready();
    void stopping();
    // Call whenever the loop turns: sends a heartbeat when half the watchdog's time is over.
    void beat(core::SteadyTime now);
    std::optional<core::SteadyTime> next_beat() const;   // wake the loop by then; nothing: nobody listens

  private:
    void send(std::string_view message) const;

    std::string socket_;
    std::optional<core::SteadyTime> interval_;
    core::SteadyTime next_{};
};

}  // namespace kiosk::platform
