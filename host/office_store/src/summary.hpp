#pragma once

#include "database.hpp"

#include <kiosk/office_store/office_store.hpp>

namespace kiosk::office_store {

core::Result<StoreSummary> summarise_bundles(Database& database);  // all but the activities
core::Result<StoreSummary> summarise(Database& database);
core::Result<std::vector<std::string>> list_activities(Database& database);

}  // namespace kiosk::office_store
