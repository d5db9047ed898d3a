// A workbook as plain text: sheets of rows of filled cells, whatever file they came from.
//
// Values; text is UTF-8 in NFC as the cell shows it (numbers as XLSForm wants them, booleans TRUE and FALSE).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

struct SheetCell {
    std::uint32_t column = 0;            // 0-based
    std::string text;

    bool operator==(const SheetCell&) const = default;
};

struct SheetRow {
    std::uint32_t number = 0;            // 1-based, as the spreadsheet shows it
    std::vector<SheetCell> cells;        // filled ones only, by column

    const std::string* at(std::uint32_t column) const {
        for (const SheetCell& cell : cells) {
            if (cell.column == column) return &cell.text;
        }
        return nullptr;
    }
    bool operator==(const SheetRow&) const = default;
};

struct Sheet {
    std::string name;
    std::vector<SheetRow> rows;          // those with a filled cell, by number

    bool operator==(const Sheet&) const = default;
};

using Sheets = std::vector<Sheet>;

std::string column_letters(std::uint32_t column);                       // 0 → "A", 26 → "AA"
std::string cell_name(std::uint32_t column, std::uint32_t row_number);  // (1, 7) → "B7"

}  // namespace kiosk::forms
