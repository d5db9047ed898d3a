// Tables as lines of text: what CSV and JSON Lines share. Where the store can be read by several threads at once, the key
// space is cut into equal parts, each thread formats one part at a time, and the parts are written in their order. Private.
#pragma once

#include "sheet.hpp"
#include "text_buffer.hpp"
#include "writers.hpp"

#include <functional>
#include <memory>
#include <string_view>

namespace kiosk::exporting {

// How one format writes a row. One thread each.
class RowFormat {
  public:
    virtual ~RowFormat() = default;
    virtual void header(TextBuffer& text) = 0;
    virtual void row(TextBuffer& text, const core::AnswerRow& row) = 0;
};

using MakeRowFormat = std::function<std::unique_ptr<RowFormat>(const Sheet& sheet)>;

// Every table of the form, each into a file of its own.
ExportResult write_text_tables(const ExportJob& job, std::string_view extension, const MakeRowFormat& make_format);

}  // namespace kiosk::exporting
