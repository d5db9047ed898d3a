// From whatever holds a form's sheets to the sheets themselves, and from the sheets to a Form.
#pragma once

#include "fault.hpp"
#include "parsed_expressions.hpp"
#include "report.hpp"
#include "sheets.hpp"

#include <kiosk/core/bytes.hpp>
#include <kiosk/forms/read_form.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

// The sheets of XLSForm the engine knows: "survey", "choices", "settings", "external_choices", "entities"; empty: none.
std::string canonical_sheet_name(std::string_view name);

struct FormSheets {
    Sheets sheets;                          // by canonical name
    std::vector<std::string> other_sheets;  // names of those left alone
    std::vector<Finding> findings;
};

OrFinding<FormSheets> sheets_of_workbook(core::ByteView content, const Limits& limits);
OrFinding<FormSheets> sheets_of_folder(const ReadFile& folder, const Limits& limits);

// Compiles the expressions and puts the form into the reading, or reports what does not compile. places: of a workbook.
void finish_form(Form form, const XFormPlaces* places, ParsedExpressions& expressions, Report& report, FormReading& reading);

FormReading read_form_sheets(const FormSheets& sheets, std::string_view name, const ReadFile& beside, const Limits& limits);

}  // namespace kiosk::forms
