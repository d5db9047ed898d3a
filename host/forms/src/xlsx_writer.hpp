// Writes sheets of text as an .xlsx that Excel, LibreOffice and Google Sheets open.
//
// Pure: no clock, so that the same sheets give the same bytes. Any thread.
#pragma once

#include "sheets.hpp"

#include <kiosk/core/bytes.hpp>

#include <optional>

namespace kiosk::forms {

// Nothing if memory runs out.
std::optional<core::Bytes> write_xlsx(const Sheets& sheets);

}  // namespace kiosk::forms
