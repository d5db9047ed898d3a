// Forms written in tests as tables of text, and what reading them gives.
#pragma once

#include <kiosk/forms/read_form.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms::testing {

using Files = std::map<std::string, std::string>;

core::Bytes bytes_of(std::string_view text);
ReadFile folder_of(Files files);

// CSV sheets from tables drawn as
//     | survey  |      |      |       |
//     |         | type | name | label |
//     |         | text | q    | Q     |
// A row with a first cell begins a sheet. \n in a cell is a line break.
Files sheets_of(std::string_view drawing);

FormReading read_drawing(std::string_view drawing, const Files& beside = {});
// The form, which must read without an error.
std::shared_ptr<const Form> good_form(std::string_view drawing, const Files& beside = {});
// "code cell" of each error, in order.
std::vector<std::string> errors_of(const FormReading& reading);
std::vector<std::string> warnings_of(const FormReading& reading);
std::vector<std::string> errors_of_drawing(std::string_view drawing);

const Node& node_at(const Form& form, std::string_view path);
const Control& control_at(const Form& form, std::string_view path);
// A label as text, outputs as ${path}.
std::string flat(const TextTemplate& pieces);
std::string label_at(const Form& form, std::string_view path, std::uint32_t language = 0);

// A zip of these parts, in this order.
core::Bytes zip_of(const std::vector<std::pair<std::string, std::string>>& parts);
core::Bytes encrypted_zip_of(const std::string& name, const std::string& content);  // with a password

// The parts of a workbook whose sheets' XML is written by the test. <sheetData> … </sheetData> is put around `rows`.
struct RawWorkbook {
    std::vector<std::pair<std::string, std::string>> sheets;  // name → rows
    std::string shared_strings;                               // the <si> elements
    std::string number_formats, cell_formats;                 // <numFmt …/> and <xf …/> elements
    std::string workbook_properties;                          // <workbookPr …/>
};
core::Bytes workbook_of(const RawWorkbook& raw);
FormReading read_workbook(const RawWorkbook& raw);

}  // namespace kiosk::forms::testing
