// Console: how a command of feedback-office speaks: people's words in one language, on standard error where standard output
// carries JSON. Exit statuses as COMMANDS says: 0 done, 1 the input was refused, 2 wrong usage. One thread.
#pragma once

#include <kiosk/core/result.hpp>

#include <string>
#include <string_view>

namespace kiosk::office {

inline constexpr int kDone = 0, kRefused = 1, kWrongUsage = 2;

class Console {
  public:
    Console(std::string language, bool json) : language_(std::move(language)), json_(json) {}

    const std::string& language() const { return language_; }
    bool json() const { return json_; }

    void say(const core::Words& words) const;                     // standard output, or error with --json
    void say(std::string_view line) const;
    int refuse(const core::Error& error) const;                   // tells it; gives kRefused
    void warn(const core::Words& words) const;                    // standard error
    void print_json(std::string_view document) const;

    // A line that overwrites itself, on a terminal only.
    void show_progress(std::string_view line) const;
    void end_progress() const;

  private:
    std::string language_;
    bool json_;
};

// "[######----]" of a share from 0 to 1.
std::string progress_bar(double share);

std::string today();  // "24/11/2026"

// "vi" or "en": what the environment prefers, else "vi".
std::string environment_language();

}  // namespace kiosk::office
