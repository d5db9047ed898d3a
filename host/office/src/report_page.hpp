// The report as one HTML file that needs nothing else: tables, bars in SVG, for the screen and for printing. Pure.
#pragma once

#include <kiosk/office_store/office_store.hpp>

#include <string>
#include <string_view>

namespace kiosk::office {

std::string report_page(const office_store::StoreSummary& summary, std::string_view language);

}  // namespace kiosk::office
