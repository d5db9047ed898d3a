// Dates, times and time zones of expressions: what "2026-11-24" means as an instant in the visit's time zone, and back.
// A date is midnight there, as in Enketo and ODK Web Forms. Howard Hinnant's library stays behind this header. Any thread.
#pragma once

#include <kiosk/core/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::forms {

inline constexpr std::int64_t kDayMilliseconds = 86'400'000;

class TimeZone {
  public:
    static core::Result<TimeZone> find(const std::string& iana_name);

    std::int64_t to_local(std::int64_t utc_ms) const;
    std::int64_t to_utc(std::int64_t local_ms) const;      // where the clock jumps, the earlier meaning

  private:
    explicit TimeZone(const void* zone) : zone_(zone) {}
    const void* zone_;                                     // the library's, which never goes away
};

// An instant; empty: "Invalid Date".
using Instant = std::optional<std::int64_t>;               // milliseconds since 1970-01-01T00:00Z

struct CivilTime {
    int year = 1970;
    unsigned month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0;
    unsigned weekday = 0;                                  // 0: Sunday
};

CivilTime civil_time(std::int64_t local_ms);
std::optional<std::int64_t> days_from_civil(int year, unsigned month, unsigned day);  // empty: no such day

// "2026-11-24", "2026-1-2", "2026-11-24T08:30[:00[.000]][Z|+07:00|+07]"; anything else is not a date.
Instant parse_date_time(std::string_view text, const TimeZone& zone);
// "08:30[:00[.000]][Z|+07:00]" as a fraction of the local day, with the zone's offset as it is at that moment.
std::optional<double> parse_time_of_day(std::string_view text, const TimeZone& zone, std::int64_t near_utc_ms);

std::string date_text(std::int64_t utc_ms, const TimeZone& zone);           // 2026-11-24
std::string date_time_text(std::int64_t utc_ms, const TimeZone& zone);      // 2026-11-24T08:30:00.000+07:00
std::string time_text(std::int64_t utc_ms, const TimeZone& zone);           // 08:30:00.000+07:00
std::string date_or_date_time_text(std::int64_t utc_ms, const TimeZone& zone);  // the date alone at midnight

// The escapes of format-date() and format-date-time(); empty if there is one that ODK does not have.
std::optional<std::string> format_date(std::int64_t utc_ms, std::string_view format, std::string_view language,
                                       const TimeZone& zone);

}  // namespace kiosk::forms
