// StartupTrace: when each stage of starting was reached, for `--trace-start`, so that what delays the first picture is
// seen and not guessed. Main thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::platform {

class StartupTrace {
  public:
    struct Mark {
        std::string stage;
        std::chrono::microseconds since_start;  // since this trace was made: first thing in main()
    };

    StartupTrace() : start_(std::chrono::steady_clock::now()) {}

    void mark(std::string_view stage);
    const std::vector<Mark>& marks() const { return marks_; }
    // One line a stage: milliseconds since the start, milliseconds since the stage before, name.
    std::string table() const;

  private:
    std::chrono::steady_clock::time_point start_;
    std::vector<Mark> marks_;
};

}  // namespace kiosk::platform
