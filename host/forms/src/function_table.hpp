// The functions an expression may call: XPath 1.0's core library and OpenRosa's, with how many arguments each takes.
#pragma once

#include <cstdint>
#include <string_view>

namespace kiosk::forms {

enum class Function : std::uint8_t {
    abs = 1, acos, area, asin, atan, atan2, base64_decode, boolean, boolean_from_string, ceiling, checklist, coalesce,
    concat, contains, cos, count, count_non_empty, count_selected, current, date, date_time, decimal_date_time,
    decimal_time, digest, distance, ends_with, exp, exp10, false_, floor, format_date, format_date_time,
    geofence, id, if_, indexed_repeat, instance, int_, intersects, join, choice_name, itext, lang, last, local_name, log,
    log10, max, min, name, namespace_uri, normalize_space, not_, now, number, once, pi, position, pow, pulldata, random,
    randomize, regex, round, selected, selected_at, sin, sqrt, starts_with, string, string_length, substr, substring,
    substring_after, substring_before, sum, tan, today, translate, true_, uuid, version, weighted_checklist,
    unknown,                               // of a call that is refused only when it is reached
};

struct FunctionEntry {
    std::string_view name;
    Function function;
    std::uint8_t minimum;
    std::uint8_t maximum;                  // kAnyNumber: no limit

    static constexpr std::uint8_t kAnyNumber = 255;
};

const FunctionEntry* find_function(std::string_view name);  // null: there is none

}  // namespace kiosk::forms
