// The JSON that commands print with --json, in COMMANDS' shapes.
#pragma once

#include "collector.hpp"

#include <kiosk/exporting/answers_export.hpp>
#include <kiosk/office_store/duplicates.hpp>
#include <kiosk/office_store/office_store.hpp>

#include <string>
#include <vector>

namespace kiosk::office {

std::string collect_json(const std::vector<CollectedBundle>& bundles, const office_store::StoreSummary& summary);
std::string report_json(const office_store::StoreSummary& summary);
std::string duplicates_json(const std::string& activity, const std::vector<office_store::PossibleDuplicates>& groups);
std::string export_json(const std::vector<exporting::ExportedFile>& files);

}  // namespace kiosk::office
