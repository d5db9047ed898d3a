// The office store's tables (host/office_store/SCHEMA.md describes them to those who query them).
#pragma once

#include "database.hpp"

namespace kiosk::office_store {

inline constexpr int kSchemaVersion = 1;

// Creates what is missing; refuses a store that a newer program made.
core::Result<void> ensure_schema(Database& database);

}  // namespace kiosk::office_store
