// JSON Lines: one object a row, with the columns' headings as names. Codes or labels as asked; numbers are numbers; what
// was not answered is left out. Formulas are no danger here, so text stays as it was given.
#include "output_file.hpp"
#include "sheet.hpp"
#include "writers.hpp"

#include <cmath>

namespace kiosk::exporting {
namespace {

using Kind = core::AnswerCell::Kind;
using Shows = SheetColumn::Shows;

void add_json_text(OutputFile& file, std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    file.add('"');
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        file.add(text.substr(start, i - start));
        start = i + 1;
        switch (c) {
            case '"': file.add("\\\""); break;
            case '\\': file.add("\\\\"); break;
            case '\n': file.add("\\n"); break;
            case '\r': file.add("\\r"); break;
            case '\t': file.add("\\t"); break;
            default:
                file.add("\\u00");
                file.add(kDigits[c >> 4]);
                file.add(kDigits[c & 15]);
        }
    }
    file.add(text.substr(start));
    file.add('"');
}

class JsonSheetWriter {
  public:
    JsonSheetWriter(OutputFile& file, const Sheet& sheet) : file_(file), sheet_(sheet) {}

    void row(const core::AnswerRow& row) {
        separator_ = '{';
        for (const SheetColumn& column : sheet_.columns) field(column, row);
        if (separator_ == '{') file_.add('{');
        file_.add("}\n");
    }

  private:
    void name(const SheetColumn& column) {
        file_.add(separator_);
        separator_ = ',';
        add_json_text(file_, column.header);
        file_.add(':');
    }

    void text(const SheetColumn& column, std::string_view value) {
        if (value.empty()) return;
        name(column);
        add_json_text(file_, value);
    }

    void field(const SheetColumn& column, const core::AnswerRow& row) {
        switch (column.shows) {
            case Shows::key: return text(column, row.key);
            case Shows::parent_key: return text(column, row.parent_key);
            case Shows::kiosk: return text(column, row.kiosk);
            case Shows::form_version: return text(column, row.form_version);
            case Shows::wave: return text(column, row.wave);
            case Shows::split: {
                const core::AnswerCell& cell = row.cells[column.cell];
                if (cell.kind != Kind::text) return;
                name(column);
                file_.add(is_selected(cell.text, column.choice) ? '1' : '0');
                return;
            }
            case Shows::cell: return answer(column, row.cells[column.cell]);
        }
    }

    void answer(const SheetColumn& column, const core::AnswerCell& cell) {
        if (cell.kind == Kind::empty || (cell.kind == Kind::decimal && !std::isfinite(cell.decimal))) return;
        name(column);
        if (cell.kind == Kind::integer) return file_.add_number(cell.integer);
        if (cell.kind == Kind::decimal) return file_.add_number(cell.decimal);
        if (!column.labelled) return add_json_text(file_, cell.text);
        labels_.clear();
        append_labels(labels_, column, cell.text);
        add_json_text(file_, labels_);
    }

    OutputFile& file_;
    const Sheet& sheet_;
    char separator_ = '{';
    std::string labels_;
};

core::Result<ExportedFile> write_table(const ExportJob& job, std::size_t table) {
    const Sheet sheet = sheet_of(job.form, table, job.options);
    ExportedFile exported{job.path(sheet.name, ".jsonl"), 0};
    auto file = OutputFile::create(exported.path);
    if (!file) return file.error();
    JsonSheetWriter writer(*file, sheet);
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

ExportResult write_json_lines(const ExportJob& job) {
    std::vector<ExportedFile> files;
    for (std::size_t table = 0; table < job.form.tables.size(); ++table) {
        auto written = write_table(job, table);
        if (!written) return written.error();
        files.push_back(std::move(*written));
    }
    return files;
}

}  // namespace kiosk::exporting
