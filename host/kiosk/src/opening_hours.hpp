// OpeningHours: when the kiosk takes answers. Pure; local time comes in as a value.
#pragma once

#include <array>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

struct OpeningHours {
    int opens_minute = 0, closes_minute = 24 * 60;                   // of the day; closes > opens
    std::array<bool, 7> days{true, true, true, true, true, true, true};   // Sunday first, as in std::tm

    bool is_open(const std::tm& local) const;
    // Until it opens or closes next, at least a minute and at most a day: then ask again.
    int minutes_to_change(const std::tm& local) const;
    std::string words() const;                                       // "07:30–17:00"
};

// "07:30"
std::optional<int> minute_of_day(std::string_view text);

}  // namespace kiosk
