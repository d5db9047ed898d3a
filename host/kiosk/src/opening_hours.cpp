#include "opening_hours.hpp"

#include <algorithm>
#include <cstdio>

namespace kiosk {
namespace {

constexpr int kDay = 24 * 60;

}  // namespace

std::optional<int> minute_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (const std::size_t place : {0U, 1U, 3U, 4U})
        if (text[place] < '0' || text[place] > '9') return std::nullopt;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0'), minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour > 24 || minute > 59 || hour * 60 + minute > kDay) return std::nullopt;
    return hour * 60 + minute;
}

bool OpeningHours::is_open(const std::tm& local) const {
    const int now = local.tm_hour * 60 + local.tm_min;
    return days[static_cast<std::size_t>(local.tm_wday) % days.size()] && now >= opens_minute && now < closes_minute;
}

int OpeningHours::minutes_to_change(const std::tm& local) const {
    const int now = local.tm_hour * 60 + local.tm_min;
    const int next = now < opens_minute ? opens_minute : now < closes_minute ? closes_minute : kDay;
    return std::clamp(next - now, 1, kDay);
}

std::string OpeningHours::words() const {
    char text[32];
    std::snprintf(text, sizeof text, "%02d:%02d–%02d:%02d", opens_minute / 60, opens_minute % 60, closes_minute / 60, closes_minute % 60);
    return text;
}

}  // namespace kiosk
