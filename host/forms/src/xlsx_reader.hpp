// Reading an .xlsx as real programs write it, streaming: only filled cells are kept, however many styled blanks there are.
//
// Pure function of the bytes; any thread. Formulas are never computed: their cached values are taken.
#pragma once

#include "fault.hpp"
#include "sheets.hpp"

#include <kiosk/core/bytes.hpp>
#include <kiosk/forms/read_form.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

struct Workbook {
    Sheets sheets;                              // those wanted, in the workbook's order
    std::vector<std::string> other_sheets;      // names of those not read
    std::vector<Finding> findings;              // cells that hold an error or a formula without a value
};

OrFinding<Workbook> read_xlsx(core::ByteView content, const Limits& limits,
                              const std::function<bool(std::string_view sheet_name)>& wants);

}  // namespace kiosk::forms
