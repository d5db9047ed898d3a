// Reads ODK XForm XML into a Form. The one way a Form is made: workbooks are written as XForm XML first.
//
// Pure but for ReadFile, through which external instances come. Findings carry the line; those of a workbook are put
// back to their cells by the caller.
#pragma once

#include "parsed_expressions.hpp"
#include "report.hpp"

#include <kiosk/forms/form.hpp>
#include <kiosk/forms/read_form.hpp>

#include <optional>
#include <string>

namespace kiosk::forms {

// check_expressions: false where they have been checked already, with better positions.
std::optional<Form> read_xform(std::string definition, const ReadFile& beside, const Limits& limits, bool check_expressions,
                               ParsedExpressions& expressions, Report& report);

}  // namespace kiosk::forms
