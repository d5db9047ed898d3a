#include "date_time.hpp"

#include <date/tz.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

namespace kiosk::forms {
namespace {

using Milliseconds = std::chrono::milliseconds;

const date::time_zone& zone_of(const void* zone) { return *static_cast<const date::time_zone*>(zone); }

std::string padded(long long value, std::size_t width) {
    std::string digits = std::to_string(value < 0 ? -value : value);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return value < 0 ? "-" + digits : digits;
}

// Reads digits, between minimum and maximum of them.
std::optional<int> take_digits(std::string_view& text, std::size_t minimum, std::size_t maximum) {
    std::size_t count = 0;
    while (count < text.size() && count < maximum && text[count] >= '0' && text[count] <= '9') ++count;
    if (count < minimum) return std::nullopt;
    int value = 0;
    std::from_chars(text.data(), text.data() + count, value);
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

// "Z", "+07", "+07:00": minutes east of UTC. Fails on anything else; `given` stays false if there is none.
bool take_offset(std::string_view& text, int& minutes, bool& given) {
    if (text.empty()) return true;
    given = true;
    if (take(text, 'Z')) return text.empty();
    const bool west = text.front() == '-';
    if (!west && text.front() != '+') return false;
    text.remove_prefix(1);
    const std::optional<int> hours = take_digits(text, 2, 2);
    if (!hours || *hours > 23) return false;
    int extra = 0;
    if (!text.empty()) {
        take(text, ':');
        const std::optional<int> rest = take_digits(text, 2, 2);
        if (!rest || *rest > 59) return false;
        extra = *rest;
    }
    minutes = (*hours * 60 + extra) * (west ? -1 : 1);
    return text.empty();
}

// "HH:MM[:SS[.fraction]]" in milliseconds of the day.
std::optional<std::int64_t> take_time(std::string_view& text) {
    const std::optional<int> hour = take_digits(text, 2, 2);
    if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
    const std::optional<int> minute = take_digits(text, 2, 2);
    if (!minute || *minute > 59) return std::nullopt;
    std::int64_t total = (*hour * 60LL + *minute) * 60'000;
    if (!take(text, ':')) return total;
    const std::optional<int> second = take_digits(text, 2, 2);
    if (!second || *second > 59) return std::nullopt;
    total += *second * 1000LL;
    if (!take(text, '.')) return total;
    std::int64_t scale = 100;
    std::size_t digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        total += (text.front() - '0') * scale;
        scale /= 10;
        ++digits;
        text.remove_prefix(1);
    }
    return digits > 0 ? std::optional(total) : std::nullopt;
}

std::string offset_text(std::int64_t offset_ms) {
    const std::int64_t minutes = std::abs(offset_ms) / 60'000;
    return (offset_ms < 0 ? "-" : "+") + padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2);
}

std::string clock_text(const CivilTime& time) {
    return padded(time.hour, 2) + ":" + padded(time.minute, 2) + ":" + padded(time.second, 2) + "." +
           padded(time.millisecond, 3);
}

std::string month_name(unsigned month, std::string_view language) {
    static constexpr std::string_view english[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (language.starts_with("vi")) return "Thg " + std::to_string(month);
    return std::string(english[month - 1]);
}

std::string day_name(unsigned weekday, std::string_view language) {
    static constexpr std::string_view english[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    if (language.starts_with("vi")) return weekday == 0 ? "CN" : "Th " + std::to_string(weekday + 1);
    return std::string(english[weekday]);
}

}  // namespace

core::Result<TimeZone> TimeZone::find(const std::string& iana_name) {
    try {
        return TimeZone(date::locate_zone(iana_name));
    } catch (const std::exception&) {
        return core::Error{"timezone.unknown",
                           {"Không có múi giờ “" + iana_name + "”; hãy dùng tên như Asia/Ho_Chi_Minh.",
                            "There is no time zone \"" + iana_name + "\"; use a name such as Asia/Ho_Chi_Minh."}};
    }
}

std::int64_t TimeZone::to_local(std::int64_t utc_ms) const {
    const date::sys_info info = zone_of(zone_).get_info(date::sys_time<Milliseconds>(Milliseconds(utc_ms)));
    return utc_ms + std::chrono::duration_cast<Milliseconds>(info.offset).count();
}

std::int64_t TimeZone::to_utc(std::int64_t local_ms) const {
    const date::local_info info = zone_of(zone_).get_info(date::local_time<Milliseconds>(Milliseconds(local_ms)));
    return local_ms - std::chrono::duration_cast<Milliseconds>(info.first.offset).count();
}

CivilTime civil_time(std::int64_t local_ms) {
    const auto point = date::local_time<Milliseconds>(Milliseconds(local_ms));
    const auto day = date::floor<date::days>(point);
    const date::year_month_day date(day);
    const std::int64_t rest = (point - day).count();
    CivilTime time;
    time.year = static_cast<int>(date.year());
    time.month = static_cast<unsigned>(date.month());
    time.day = static_cast<unsigned>(date.day());
    time.hour = static_cast<unsigned>(rest / 3'600'000);
    time.minute = static_cast<unsigned>(rest / 60'000 % 60);
    time.second = static_cast<unsigned>(rest / 1000 % 60);
    time.millisecond = static_cast<unsigned>(rest % 1000);
    time.weekday = date::weekday(day).c_encoding();
    return time;
}

std::optional<std::int64_t> days_from_civil(int year, unsigned month, unsigned day) {
    const date::year_month_day date{date::year(year), date::month(month), date::day(day)};
    if (!date.ok()) return std::nullopt;
    return date::sys_days(date).time_since_epoch().count();
}

Instant parse_date_time(std::string_view text, const TimeZone& zone) {
    const std::optional<int> year = take_digits(text, 4, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const std::optional<int> month = take_digits(text, 1, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const std::optional<int> day = take_digits(text, 1, 2);
    if (!day) return std::nullopt;
    const std::optional<std::int64_t> days =
        days_from_civil(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
    if (!days) return std::nullopt;
    std::int64_t local = *days * kDayMilliseconds;
    if (text.empty()) return zone.to_utc(local);
    if (!take(text, 'T')) return std::nullopt;
    const std::optional<std::int64_t> time = take_time(text);
    int offset_minutes = 0;
    bool has_offset = false;
    if (!time || !take_offset(text, offset_minutes, has_offset)) return std::nullopt;
    local += *time;
    return has_offset ? local - offset_minutes * 60'000LL : zone.to_utc(local);
}

std::optional<double> parse_time_of_day(std::string_view text, const TimeZone& zone, std::int64_t near_utc_ms) {
    const std::optional<std::int64_t> time = take_time(text);
    int offset_minutes = 0;
    bool has_offset = false;
    if (!time || !take_offset(text, offset_minutes, has_offset)) return std::nullopt;
    std::int64_t local = *time;
    if (has_offset) local += zone.to_local(near_utc_ms) - near_utc_ms - offset_minutes * 60'000LL;
    local = (local % kDayMilliseconds + kDayMilliseconds) % kDayMilliseconds;
    return static_cast<double>(local) / kDayMilliseconds;
}

std::string date_text(std::int64_t utc_ms, const TimeZone& zone) {
    const CivilTime time = civil_time(zone.to_local(utc_ms));
    return padded(time.year, 4) + "-" + padded(time.month, 2) + "-" + padded(time.day, 2);
}

std::string time_text(std::int64_t utc_ms, const TimeZone& zone) {
    const std::int64_t local = zone.to_local(utc_ms);
    return clock_text(civil_time(local)) + offset_text(local - utc_ms);
}

std::string date_time_text(std::int64_t utc_ms, const TimeZone& zone) {
    return date_text(utc_ms, zone) + "T" + time_text(utc_ms, zone);
}

std::string date_or_date_time_text(std::int64_t utc_ms, const TimeZone& zone) {
    return zone.to_local(utc_ms) % kDayMilliseconds == 0 ? date_text(utc_ms, zone) : date_time_text(utc_ms, zone);
}

std::optional<std::string> format_date(std::int64_t utc_ms, std::string_view format, std::string_view language,
                                       const TimeZone& zone) {
    const CivilTime time = civil_time(zone.to_local(utc_ms));
    std::string result;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') {
            result += format[i];
            continue;
        }
        if (++i == format.size()) return std::nullopt;
        switch (format[i]) {
            case '%': result += '%'; break;
            case 'Y': result += padded(time.year, 4); break;
            case 'y': result += padded(time.year % 100, 2); break;
            case 'm': result += padded(time.month, 2); break;
            case 'n': result += std::to_string(time.month); break;
            case 'b': result += month_name(time.month, language); break;
            case 'd': result += padded(time.day, 2); break;
            case 'e': result += std::to_string(time.day); break;
            case 'a': result += day_name(time.weekday, language); break;
            case 'H': result += padded(time.hour, 2); break;
            case 'h': result += std::to_string(time.hour); break;
            case 'M': result += padded(time.minute, 2); break;
            case 'S': result += padded(time.second, 2); break;
            case '3': result += padded(time.millisecond, 3); break;
            default: return std::nullopt;
        }
    }
    return result;
}

}  // namespace kiosk::forms
