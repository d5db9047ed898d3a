// A birth date as far as someone knows it. Pure.
#pragma once

#include <string_view>

namespace kiosk::office_store {

struct BirthDate {
    int year = 0, month = 0, day = 0;    // 0: not said

    bool is_whole() const { return year != 0 && month != 0 && day != 0; }
    bool operator==(const BirthDate&) const = default;
};

// "12/03/1998", "12-3-1998", "12.3.1998", "3/1998", "1998", "1998-03-12"; anything else says nothing.
BirthDate birth_date(std::string_view text);

// Nothing that both say differs.
bool agree(const BirthDate& a, const BirthDate& b);

}  // namespace kiosk::office_store
