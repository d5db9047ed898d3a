// JSON Lines: one object a row, with the columns' headings as names. Codes or labels as asked; numbers are numbers; what
// was not answered is left out. Formulas are no danger here, so text stays as it was given.
#include "text_table.hpp"

#include <cmath>

namespace kiosk::exporting {
namespace {

using Kind = core::AnswerCell::Kind;
using Shows = SheetColumn::Shows;

void add_json_text(TextBuffer& to, std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    to.add('"');
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        to.add(text.substr(start, i - start));
        start = i + 1;
        switch (c) {
            case '"': to.add("\\\""); break;
            case '\\': to.add("\\\\"); break;
            case '\n': to.add("\\n"); break;
            case '\r': to.add("\\r"); break;
            case '\t': to.add("\\t"); break;
            default:
                to.add("\\u00");
                to.add(kDigits[c >> 4]);
                to.add(kDigits[c & 15]);
        }
    }
    to.add(text.substr(start));
    to.add('"');
}

class JsonLinesFormat final : public RowFormat {
  public:
    explicit JsonLinesFormat(const Sheet& sheet) : sheet_(sheet) {
        TextBuffer name;
        for (const SheetColumn& column : sheet.columns) {
            name.clear();
            add_json_text(name, column.header);
            name.add(':');
            names_.emplace_back(name.view());
        }
    }

    void header(TextBuffer&) override {}

    void row(TextBuffer& text, const core::AnswerRow& row) override {
        text.add('{');
        is_first_ = true;
        for (std::size_t i = 0; i < sheet_.columns.size(); ++i) field(text, i, row);
        text.add("}\n");
    }

  private:
    void name(TextBuffer& text, std::size_t column) {
        if (!is_first_) text.add(',');
        is_first_ = false;
        text.add(names_[column]);
    }

    void value(TextBuffer& text, std::size_t column, std::string_view value) {
        if (value.empty()) return;
        name(text, column);
        add_json_text(text, value);
    }

    void field(TextBuffer& text, std::size_t at, const core::AnswerRow& row) {
        const SheetColumn& column = sheet_.columns[at];
        switch (column.shows) {
            case Shows::key: return value(text, at, row.key);
            case Shows::parent_key: return value(text, at, row.parent_key);
            case Shows::kiosk: return value(text, at, row.kiosk);
            case Shows::form_version: return value(text, at, row.form_version);
            case Shows::wave: return value(text, at, row.wave);
            case Shows::split: {
                const core::AnswerCell& cell = row.cells[column.cell];
                if (cell.kind != Kind::text) return;
                name(text, at);
                return text.add(is_selected(cell.text, column.choice) ? '1' : '0');
            }
            case Shows::cell: return answer(text, at, row.cells[column.cell]);
        }
    }

    void answer(TextBuffer& text, std::size_t at, const core::AnswerCell& cell) {
        if (cell.kind == Kind::empty || (cell.kind == Kind::decimal && !std::isfinite(cell.decimal))) return;
        name(text, at);
        if (cell.kind == Kind::integer) return text.add_number(cell.integer);
        if (cell.kind == Kind::decimal) return text.add_number(cell.decimal);
        const SheetColumn& column = sheet_.columns[at];
        if (!column.labelled) return add_json_text(text, cell.text);
        labels_.clear();
        append_labels(labels_, column, cell.text);
        add_json_text(text, labels_);
    }

    const Sheet& sheet_;
    std::vector<std::string> names_;  // "rating":
    std::string labels_;
    bool is_first_ = true;
};

}  // namespace

ExportResult write_json_lines(const ExportJob& job) {
    return write_text_tables(job, ".jsonl", [](const Sheet& sheet) { return std::make_unique<JsonLinesFormat>(sheet); });
}

}  // namespace kiosk::exporting
