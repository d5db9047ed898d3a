// StopSignals: a polite end. While it lives, SIGTERM, SIGINT and SIGHUP no longer kill the process but call back, on a
// thread of its own, so that the loop can end between two frames and what is being stored is stored.
//
// Make it before any other thread is started: threads inherit that these signals are blocked. At most one.
#pragma once

#include <functional>
#include <thread>

namespace kiosk::platform {

class StopSignals {
  public:
    // Called once for each signal received; must be safe to call from another thread (set an atomic, Window::wake()).
    explicit StopSignals(std::function<void()> on_stop);
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

  private:
    void watch();

    std::function<void()> on_stop_;
    int signals_fd_ = -1;
    int end_fd_ = -1;
    std::thread watcher_;
};

}  // namespace kiosk::platform
