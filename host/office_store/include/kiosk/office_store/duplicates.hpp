// People who may have been referred twice: found at the office, after decryption, and only shown; nothing is ever merged.
//
// A table counts when its form asks for a name (ho_ten, …) and a birth date or year (ngay_sinh, nam_sinh, …). Names are
// compared folded: no tones or marks, đ as d, no spaces, y as i, and one letter more, less or other in longer ones. Birth
// dates may be partial ("1998", "3/1998", "12/03/1998"): what both say must agree. Where a year is all that agrees, places
// must not differ. One thread.
#pragma once

#include <kiosk/core/answer_tables.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::office_store {

struct ReferredPerson {
    std::string key, kiosk, form;          // where the answer is found
    std::string name, born, place;         // as they were answered

    bool operator==(const ReferredPerson&) const = default;
};

struct PossibleDuplicates {
    bool is_likely = false;                // the same folded name and the same whole birth date; else it may be chance
    std::vector<ReferredPerson> people;    // two or more, by name and key
};

// Likely groups first.
core::Result<std::vector<PossibleDuplicates>> possible_duplicates(const core::AnswerTables& tables, std::string_view activity);

}  // namespace kiosk::office_store
