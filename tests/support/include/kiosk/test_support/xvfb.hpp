// Xvfb: an X server of one's own, on a free display, that ends with its owner. Its programs find it through DISPLAY,
// which this sets for the process and restores. Main thread. Fails when Xvfb is not installed.
#pragma once

#include <kiosk/core/result.hpp>

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>

namespace kiosk::test_support {

class Xvfb {
  public:
    static core::Result<std::unique_ptr<Xvfb>> start(int width_px, int height_px);
    ~Xvfb();
    Xvfb(const Xvfb&) = delete;
    Xvfb& operator=(const Xvfb&) = delete;

    const std::string& display() const { return display_; }  // ":1"

  private:
    Xvfb(pid_t pid, std::string display);

    pid_t pid_;
    std::string display_;
    std::optional<std::string> display_before_;
};

}  // namespace kiosk::test_support
