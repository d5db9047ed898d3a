// How the answers of an activity are kept. The values are those of the C ABI and of the databases.
#pragma once

#include <cstdint>

namespace kiosk {

enum class StoragePolicy : std::uint32_t {
    anonymous = 1,   // no time, no order, no link to anything
    sealed = 2,      // encrypted to the office's keys the moment it is confirmed
    not_stored = 3,  // printed or shown, then gone
};

}  // namespace kiosk
