// Answers as they stand in the form (ISO dates, points in decimals) and as a visitor types and reads them. Pure.
#pragma once

#include <kiosk/core/clock.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::app {

// "1985-03-27" → "27/03/1985", "2.5" → "2,5"; anything else as it is.
std::string typed_from_value(std::string_view type, std::string_view value);
// "27 3 1985", "27/3/1985" and "27031985" → "1985-03-27"; what is no date stays as typed, and the form refuses it.
// Spaces around it go.
std::string value_from_typed(std::string_view type, std::string_view typed);

// What the − and + of a date or a time change.
enum class MomentPart { day = 1, month, year, hour, minute };

struct Moment {
    int year = 0, month = 1, day = 1, hour = 8, minute = 0;

    static std::optional<Moment> read(std::string_view type, std::string_view value);
    static Moment near(core::WallTime now);
    std::string value(std::string_view type) const;
    std::string in_words(MomentPart part) const;   // "07"
    // Days beyond the month's end come back to it; months and minutes turn over without touching what is above them.
    void step(MomentPart part, int by);
    void step_minutes(int by);                     // to the minute, where step() goes by five

    bool operator==(const Moment&) const = default;
};

std::optional<MomentPart> moment_part_named(std::string_view name);   // "day" …
std::string_view name_of(MomentPart part);

// A range's or a counter's next value: from `start` in steps of `step`, within both ends. Empty value: the start.
struct Range {
    double start = 0, end = 10, step = 1;
    bool has_end = true;

    std::string stepped(std::string_view value, int by) const;
    std::string end_value() const;
    double share(std::string_view value) const;   // of the way from start to end, 0 to 1
    std::size_t steps() const;
};

// "choice" put in or taken out of an order; once one alone has no place, it gets the last.
std::string with_place_switched(std::string_view order, std::string_view choice, const std::vector<std::string>& all);
std::size_t place_in(std::string_view order, std::string_view choice);   // from 1; 0: none

}  // namespace kiosk::app
