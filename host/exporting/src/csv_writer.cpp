// CSV as RFC 4180 has it: CR LF, quotes doubled, a field quoted only where it must be.
#include "text_table.hpp"

#include <array>

namespace kiosk::exporting {
namespace {

using Kind = core::AnswerCell::Kind;
using Shows = SheetColumn::Shows;

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// Bytes that make a field need quotes.
constexpr std::array<bool, 256> kNeedsQuotes = [] {
    std::array<bool, 256> table{};
    for (const unsigned char c : {'"', ',', '\r', '\n'}) table[c] = true;
    return table;
}();

void add_text(TextBuffer& to, std::string_view text) {
    // The apostrophe is what spreadsheets themselves use for "this is text"; a field that begins so is text to all.
    const bool disarm = looks_like_a_formula(text);
    bool quote = disarm;
    for (const char c : text) quote = quote || kNeedsQuotes[static_cast<unsigned char>(c)];
    if (!quote) return to.add(text);
    to.add('"');
    if (disarm) to.add('\'');
    for (std::size_t mark; (mark = text.find('"')) != std::string_view::npos; text.remove_prefix(mark + 1)) {
        to.add(text.substr(0, mark));
        to.add("\"\"");
    }
    to.add(text);
    to.add('"');
}

class CsvFormat final : public RowFormat {
  public:
    CsvFormat(const Sheet& sheet, bool byte_order_mark) : sheet_(sheet), byte_order_mark_(byte_order_mark) {}

    void header(TextBuffer& text) override {
        if (byte_order_mark_) text.add(kByteOrderMark);
        bool is_first = true;
        for (const SheetColumn& column : sheet_.columns) {
            if (!is_first) text.add(',');
            is_first = false;
            add_text(text, column.header);
        }
        text.add("\r\n");
    }

    void row(TextBuffer& text, const core::AnswerRow& row) override {
        bool is_first = true;
        for (const SheetColumn& column : sheet_.columns) {
            if (!is_first) text.add(',');
            is_first = false;
            field(text, column, row);
        }
        text.add("\r\n");
    }

  private:
    void field(TextBuffer& text, const SheetColumn& column, const core::AnswerRow& row) {
        switch (column.shows) {
            case Shows::key: return text.add(row.key);
            case Shows::parent_key: return text.add(row.parent_key);
            case Shows::kiosk: return add_text(text, row.kiosk);
            case Shows::form_version: return add_text(text, row.form_version);
            case Shows::wave: return add_text(text, row.wave);
            case Shows::split: {
                const core::AnswerCell& cell = row.cells[column.cell];
                if (cell.kind == Kind::text) text.add(is_selected(cell.text, column.choice) ? '1' : '0');
                return;
            }
            case Shows::cell: return answer(text, column, row.cells[column.cell]);
        }
    }

    void answer(TextBuffer& text, const SheetColumn& column, const core::AnswerCell& cell) {
        switch (cell.kind) {
            case Kind::empty: return;
            case Kind::integer: return text.add_number(cell.integer);
            case Kind::decimal: return text.add_number(cell.decimal);
            case Kind::text: break;
        }
        if (!column.labelled) return add_text(text, cell.text);
        labels_.clear();
        append_labels(labels_, column, cell.text);
        add_text(text, labels_);
    }

    const Sheet& sheet_;
    bool byte_order_mark_;
    std::string labels_;
};

}  // namespace

ExportResult write_csv(const ExportJob& job) {
    return write_text_tables(job, ".csv", [&](const Sheet& sheet) {
        return std::make_unique<CsvFormat>(sheet, job.options.byte_order_mark);
    });
}

}  // namespace kiosk::exporting
