// The report as one HTML file that needs nothing else: tables, bars in SVG, for the screen and for printing. Pure.
#pragma once

#include <kiosk/office_store/office_store.hpp>

#include <string>
#include <string_view>

namespace kiosk::office {

// date: of the report, as it is to be shown.
std::string report_page(const office_store::StoreSummary& summary, std::string_view language, std::string_view date);

}  // namespace kiosk::office
