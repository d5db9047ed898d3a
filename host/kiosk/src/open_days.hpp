// OpenDays: the first and last days that staff set for activities and polls, over what the workbooks say. Pure values, kept
// as lines "ID FIRST LAST" with "-" for a day that is not set.
#pragma once

#include <kiosk/core/result.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

struct Days {
    std::string first, last;             // "2026-12-01"; empty: no end

    bool operator==(const Days&) const = default;
};

// "from 01/12/2026 to 31/12/2026"; empty where there is no end at all.
core::Words in_words(const Days& days);

class OpenDays {
  public:
    // Lines that cannot be meant are left out.
    static OpenDays read(std::string_view text);
    std::string to_text() const;

    // line: "ID FIRST LAST". False: it cannot be meant, and nothing changes.
    bool set(std::string_view line);
    Days of(std::string_view id) const;
    // Why it is not open on that day; nothing: it is.
    std::optional<core::Error> closed(std::string_view id, std::string_view today) const;

  private:
    std::map<std::string, Days, std::less<>> days_;
};

}  // namespace kiosk
