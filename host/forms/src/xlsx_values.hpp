// How the text of a number cell reads in a form: dates as ISO 8601, whole numbers without a decimal point.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kiosk::forms {

// A number as it stands in the file ("1E+2", "0.30000000000000004") → "100", "0.3"; other text is returned as it is.
std::string number_text(std::string_view written);

// Whether a number format shows a date or a time: a built-in id, or the code of a custom format.
bool is_date_format(std::uint32_t built_in_id);
bool is_date_format_code(std::string_view code);

// Days since the workbook's epoch → "2026-11-24", "2026-11-24T08:30:00", or "08:30:00" below one day.
std::string date_text(std::string_view written, bool epoch_is_1904);

// Excel writes characters that XML cannot hold as _x000D_ and an underscore before such a text as _x005F_.
std::string without_escapes(std::string_view text);

}  // namespace kiosk::forms
