// Results for the kiosks' screens, as far as they may be told, and when they may move on.
#pragma once

#include "database.hpp"

#include <kiosk/office_store/office_store.hpp>

namespace kiosk::office_store {

core::Result<std::vector<PublishedCount>> publish_results(Database& database, const StoreSummary& summary);

}  // namespace kiosk::office_store
