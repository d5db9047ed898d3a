// PinGuard: judges guesses of the staff PIN. The failure is counted and durable before the guess is compared, so that
// pulling the plug never buys a guess; waits are counted in powered-on time and begin anew when the kiosk starts, so that
// neither the clock nor a restart shortens one. Five guesses are free, then each waits 60 s, 120 s, … up to 15 minutes;
// after ten only the office's unlock file helps (exporting: unlock.hpp).
//
// Borrows the notes and the clock. One thread, that of the store its notes are in. Failures of the notes come back.
#pragma once

#include <kiosk/app/staff.hpp>
#include <kiosk/core/random.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace kiosk {

// Durable facts by name. write() returns when the fact is on the disk.
class Notes {
  public:
    virtual ~Notes() = default;
    virtual core::Result<std::optional<std::string>> read(std::string_view name) = 0;
    virtual core::Result<void> write(std::string_view name, std::string_view value) = 0;
};

class PinGuard {
  public:
    static constexpr int kFreeTries = 5, kTries = 10;
    using Compare = std::function<bool(std::string_view pin, const std::string& hash)>;

    // began: when this process began to count powered-on time.
    PinGuard(Compare compare, const core::Clock& clock);

    app::PinAnswer judge(Notes& notes, std::string_view pin);
    app::PinAnswer look(Notes& notes);   // what a guess would meet now

    // A new PIN, whose failures start at none; unlock files for the one before are of no use any more.
    static core::Result<void> set(Notes& notes, std::string_view hash, core::Random& random);
    static core::Result<bool> is_set(Notes& notes);

    // Six digits that are neither a run nor a repetition.
    static std::string random_pin(core::Random& random);

    static core::SteadyTime wait_after(int failures);

  private:
    struct Record;
    core::SteadyTime wait_left(int failures) const;

    Compare compare_;
    const core::Clock& clock_;
    core::SteadyTime last_failure_;
};

}  // namespace kiosk
