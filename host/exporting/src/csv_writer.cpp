// CSV as RFC 4180 has it: CR LF, quotes doubled, a field quoted only where it must be.
#include "output_file.hpp"
#include "sheet.hpp"
#include "writers.hpp"

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

void add_text(OutputFile& file, std::string_view text) {
    // The apostrophe is what spreadsheets themselves use for "this is text"; a field that begins so is text to all.
    const bool disarm = looks_like_a_formula(text);
    bool quote = disarm;
    for (const char c : text) quote = quote || kNeedsQuotes[static_cast<unsigned char>(c)];
    if (!quote) return file.add(text);
    file.add('"');
    if (disarm) file.add('\'');
    for (std::size_t mark; (mark = text.find('"')) != std::string_view::npos; text.remove_prefix(mark + 1)) {
        file.add(text.substr(0, mark));
        file.add("\"\"");
    }
    file.add(text);
    file.add('"');
}

class CsvSheetWriter {
  public:
    CsvSheetWriter(OutputFile& file, const Sheet& sheet) : file_(file), sheet_(sheet) {}

    void header(bool byte_order_mark) {
        if (byte_order_mark) file_.add(kByteOrderMark);
        bool is_first = true;
        for (const SheetColumn& column : sheet_.columns) {
            if (!is_first) file_.add(',');
            is_first = false;
            add_text(file_, column.header);
        }
        file_.add("\r\n");
    }

    void row(const core::AnswerRow& row) {
        bool is_first = true;
        for (const SheetColumn& column : sheet_.columns) {
            if (!is_first) file_.add(',');
            is_first = false;
            field(column, row);
        }
        file_.add("\r\n");
    }

  private:
    void field(const SheetColumn& column, const core::AnswerRow& row) {
        switch (column.shows) {
            case Shows::key: return file_.add(row.key);
            case Shows::parent_key: return file_.add(row.parent_key);
            case Shows::kiosk: return add_text(file_, row.kiosk);
            case Shows::form_version: return add_text(file_, row.form_version);
            case Shows::wave: return add_text(file_, row.wave);
            case Shows::split: {
                const core::AnswerCell& cell = row.cells[column.cell];
                if (cell.kind == Kind::text) file_.add(is_selected(cell.text, column.choice) ? '1' : '0');
                return;
            }
            case Shows::cell: return answer(column, row.cells[column.cell]);
        }
    }

    void answer(const SheetColumn& column, const core::AnswerCell& cell) {
        switch (cell.kind) {
            case Kind::empty: return;
            case Kind::integer: return file_.add_number(cell.integer);
            case Kind::decimal: return file_.add_number(cell.decimal);
            case Kind::text: break;
        }
        if (!column.labelled) return add_text(file_, cell.text);
        labels_.clear();
        append_labels(labels_, column, cell.text);
        add_text(file_, labels_);
    }

    OutputFile& file_;
    const Sheet& sheet_;
    std::string labels_;
};

core::Result<ExportedFile> write_table(const ExportJob& job, std::size_t table) {
    const Sheet sheet = sheet_of(job.form, table, job.options);
    ExportedFile exported{job.path(sheet.name, ".csv"), 0};
    auto file = OutputFile::create(exported.path);
    if (!file) return file.error();
    CsvSheetWriter writer(*file, sheet);
    writer.header(job.options.byte_order_mark);
    auto read = job.tables.for_each_row(job.form, table, job.options.filter,
                                        [&](const core::AnswerRow& row) -> core::Result<void> {
                                            writer.row(row);
                                            job.tell_progress(++exported.rows);
                                            if (file->failed()) return file->finish();
                                            return {};
                                        });
    if (!read) return read.error();
    if (auto finished = file->finish(); !finished) return finished.error();
    return exported;
}

}  // namespace

ExportResult write_csv(const ExportJob& job) {
    std::vector<ExportedFile> files;
    for (std::size_t table = 0; table < job.form.tables.size(); ++table) {
        auto written = write_table(job, table);
        if (!written) return written.error();
        files.push_back(std::move(*written));
    }
    return files;
}

}  // namespace kiosk::exporting
