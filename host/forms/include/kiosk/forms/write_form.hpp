// Between the two shapes a workbook has: an .xlsx for Excel, and a folder of CSV sheets that can be reviewed and compared.
//
// Lossless for the sheets of XLSForm, cell for cell and row for row; nothing is judged. Bytes in, bytes out; any thread.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/forms/diagnosis.hpp>
#include <kiosk/forms/read_form.hpp>

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace kiosk::forms {

// An .xlsx of the folder's survey.csv, choices.csv, settings.csv, …; or why it cannot be made. The same sheets give the
// same bytes.
std::variant<core::Bytes, Finding> write_workbook(const ReadFile& folder, const Limits& limits = {});

using NamedFiles = std::vector<std::pair<std::string, core::Bytes>>;

// The CSV files of a workbook's sheets: "survey.csv", …
std::variant<NamedFiles, Finding> write_folder(core::ByteView workbook, const Limits& limits = {});

}  // namespace kiosk::forms
