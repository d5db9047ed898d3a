// The tables of the kiosk's three databases, as numbered migrations. A released migration is never edited: a change is a
// new one at the end.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace kiosk::storage {

struct Schema {
    const char* file;                         // also its kind
    std::int32_t application_id;
    int page_bytes;
    std::span<const char* const> migrations;  // the first makes version 1 of an empty database

    std::int64_t version() const { return static_cast<std::int64_t>(migrations.size()); }
};

// One slot of poll.db fills a page of 4 KiB: overwriting it touches no other answer. 4000 bytes of sealed answer leave
// room for the rest of the row.
inline constexpr int kSlotBytes = 4000;

extern const Schema kAnswersSchema;
extern const Schema kPollSchema;
extern const Schema kStateSchema;

}  // namespace kiosk::storage
