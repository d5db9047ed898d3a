// One line of the audit log, as it stands in state.db and travels in a bundle.
#pragma once

#include <kiosk/core/response.hpp>

#include <cstdint>
#include <string>

namespace kiosk::storage {

struct AuditLine {
    std::int64_t number = 0;  // 1, 2, 3, … without gaps
    std::int64_t unix_s = 0;  // by the kiosk's clock, which staff may set
    std::string event;        // "export.delivered"
    std::string detail;       // never an answer, never a response id
    core::Sha256 previous{};  // hash of the line before; zeros for the first
    core::Sha256 hash{};

    core::Sha256 expected_hash() const;
};

}  // namespace kiosk::storage
