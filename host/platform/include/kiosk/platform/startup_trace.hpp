// StartupTrace: when each stage of starting was reached, for `--trace-start`, so that what delays the first picture is
// seen and not guessed. Any thread marks; who reads does so when all have.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::platform {

class StartupTrace {
  public:
    struct Mark {
        std::string stage;
        std::chrono::microseconds since_start;
        std::uint64_t heap_kib;                 // in use then, of all threads together
    };
    using Instant = std::chrono::steady_clock::time_point;

    explicit StartupTrace(Instant start = std::chrono::steady_clock::now()) : start_(start) {}

    // When this program was started, first thing in main(); or, where it has replaced itself since (memory_privacy.hpp),
    // what it handed on in its environment before. Both before any thread is made.
    static Instant program_start();
    static void hand_on(Instant start);

    void mark(std::string_view stage);
    const std::vector<Mark>& marks() const { return marks_; }
    // One line a stage: milliseconds since the start, milliseconds since the stage before, KiB of heap, name.
    std::string table() const;

  private:
    Instant start_;
    std::mutex marking_;
    std::vector<Mark> marks_;
};

}  // namespace kiosk::platform
