// Table: a sheet with its header row understood: which column holds what, in which language.
//
// Refers to the Sheet it was made from. Findings about headers go to the Report.
#pragma once

#include "report.hpp"
#include "sheets.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

struct Column {
    std::uint32_t index = 0;             // in the sheet
    std::string header;                  // as written, trimmed
    std::string key;                     // "label", "relevant", "bind::odk:length", "kiosk:icon"; unknown ones as written
    std::string language;                // "Tiếng Việt (vi)"; empty: none given
};

class Table {
  public:
    enum class Kind : std::uint8_t { survey = 1, choices, settings };

    // An empty table stands for a sheet that is not there.
    Table() = default;
    Table(Kind kind, const Sheet& sheet, Report& report);

    // Cells as they were typed, where the form asks for it (clean_text_values = no).
    void keep_spaces() { keeps_spaces_ = true; }

    const std::string& sheet_name() const { return name_; }
    bool is_present() const { return sheet_ != nullptr; }
    const std::vector<Column>& columns() const { return columns_; }
    const std::vector<SheetRow>& rows() const;             // below the header
    std::uint32_t header_row() const { return header_row_; }
    const Column* column(std::string_view key, std::string_view language = {}) const;
    bool has_key(std::string_view key) const;              // in whatever language

    // The cleaned text of a cell, empty if there is none.
    std::string value(const SheetRow& row, std::string_view key, std::string_view language = {}) const;
    std::string value(const SheetRow& row, const Column& column) const;
    Place place(const SheetRow& row, std::string_view key, std::string_view language = {}) const;
    Place place(const SheetRow& row, const Column& column) const;
    Place header_place(const Column& column) const;

  private:
    void read_headers(const SheetRow& row, Report& report);
    void report_column(const Column& column, Report& report) const;
    void report_two_ids(const Column& column, const Column& other, Report& report);

    Kind kind_ = Kind::survey;
    const Sheet* sheet_ = nullptr;
    std::string name_;
    bool keeps_spaces_ = false;
    std::uint32_t header_row_ = 1;
    std::vector<SheetRow> rows_;
    std::vector<Column> columns_;
};

// Surrounding spaces off, runs of spaces and no-break spaces made one space. Line breaks stay.
std::string cleaned(std::string_view text);

}  // namespace kiosk::forms
