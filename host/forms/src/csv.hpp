// CSV as spreadsheets write it: RFC 4180, in UTF-8 or UTF-16 with a byte order mark, separated by comma, semicolon or tab.
//
// Pure functions; any thread. Text comes out in NFC.
#pragma once

#include "fault.hpp"
#include "sheets.hpp"

#include <kiosk/core/bytes.hpp>
#include <kiosk/forms/read_form.hpp>

#include <string>
#include <string_view>

namespace kiosk::forms {

// name: the sheet's. Rows are numbered by record, as a spreadsheet shows them.
OrFinding<Sheet> read_csv(core::ByteView content, std::string_view name, const Limits& limits);

// All records of the sheet from row 1 on, comma separated, CRLF, quoted where needed; blank rows stay blank lines.
std::string write_csv(const Sheet& sheet);

}  // namespace kiosk::forms
