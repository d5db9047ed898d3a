// XLSX through libxlsxwriter, row by row in constant memory: one sheet a table, then the codebook and what the export was
// made of. Text is written as text, so that no cell is ever a formula.
#include "output_file.hpp"
#include "sheet.hpp"
#include "writers.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace kiosk::exporting {
namespace {

using Kind = core::AnswerCell::Kind;
using Shows = SheetColumn::Shows;

constexpr std::uint32_t kRowsAtMost = 1'048'576;   // of a sheet, its header included
constexpr std::size_t kCellBytesAtMost = 32'767;   // Excel counts characters; no text of so many bytes has more
constexpr std::size_t kColumnsAtMost = 16'384;

int two_digits(std::string_view text) {
    return text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9' ? (text[0] - '0') * 10 + text[1] - '0' : -1;
}

// "2026-03-02" as Excel keeps dates. Before 1 March 1900 its calendar is wrong: such dates stay text.
std::optional<lxw_datetime> excel_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int century = two_digits(text), year = two_digits(text.substr(2));
    const int month = two_digits(text.substr(5)), day = two_digits(text.substr(8));
    if (century < 0 || year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    if (century * 100 + year <= 1900) return std::nullopt;
    lxw_datetime date{};
    date.year = century * 100 + year;
    date.month = month;
    date.day = day;
    return date;
}

std::string part_of(const std::filesystem::path& path) { return path.string() + ".part"; }

class Workbook {
  public:
    static core::Result<Workbook> create(const std::filesystem::path& path) {
        lxw_workbook_options options{};
        std::string folder = path.parent_path().string();
        options.constant_memory = LXW_TRUE;
        options.tmpdir = folder.data();
        options.use_zip64 = LXW_TRUE;
        Workbook workbook(path, workbook_new_opt(part_of(path).c_str(), &options));
        if (!workbook.book_) return cannot_write(path, ENOMEM);
        return workbook;
    }

    lxw_worksheet* add_sheet(const std::string& wanted) {
        std::string name;
        for (const char c : wanted) name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : '_';
        name = cut(name, 24);
        std::string lower = name;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
        const int earlier = names_[lower]++;
        if (earlier > 0) name += " (" + std::to_string(earlier + 1) + ")";
        lxw_worksheet* sheet = workbook_add_worksheet(book_.get(), name.c_str());
        if (sheet == nullptr) failed_ = true;
        return sheet;
    }

    void text(lxw_worksheet* sheet, std::uint32_t row, std::size_t column, std::string_view value, lxw_format* format = nullptr) {
        if (value.empty()) return;
        if (value.size() > kCellBytesAtMost) ++cut_cells_;
        scratch_ = cut(value, kCellBytesAtMost);
        note(worksheet_write_string(sheet, row, static_cast<lxw_col_t>(column), scratch_.c_str(), format));
    }
    void number(lxw_worksheet* sheet, std::uint32_t row, std::size_t column, double value) {
        note(worksheet_write_number(sheet, row, static_cast<lxw_col_t>(column), value, nullptr));
    }
    void date(lxw_worksheet* sheet, std::uint32_t row, std::size_t column, lxw_datetime value) {
        note(worksheet_write_datetime(sheet, row, static_cast<lxw_col_t>(column), &value, date_));
    }
    // As wide as its heading, within reason; longer headings are wrapped and the row is made high enough for them.
    void header(lxw_worksheet* sheet, const std::vector<std::string>& names) {
        constexpr double kNarrowest = 12, kWidest = 34, kLine = 15, kMostLines = 6;
        double lines = 1;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const double length = static_cast<double>(characters(names[i])) + 3;  // bold, and room for the filter's button
            const double width = std::clamp(length, kNarrowest, kWidest);
            worksheet_set_column(sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), width, nullptr);
            lines = std::max(lines, std::min(std::ceil(length * 1.1 / width), kMostLines));
        }
        if (lines > 1) worksheet_set_row(sheet, 0, kLine * lines, nullptr);
        for (std::size_t i = 0; i < names.size(); ++i) text(sheet, 0, i, names[i], bold_);
        worksheet_freeze_panes(sheet, 1, 0);
    }
    void filter(lxw_worksheet* sheet, std::uint32_t last_row, std::size_t columns) {
        if (columns > 0) worksheet_autofilter(sheet, 0, 0, last_row, static_cast<lxw_col_t>(columns - 1));
    }

    bool failed() const { return failed_; }
    std::uint64_t cut_cells() const { return cut_cells_; }

    core::Result<void> finish() {
        const lxw_error closed = workbook_close(book_.release());
        const std::string part = part_of(path_);
        if (closed == LXW_NO_ERROR && !failed_ && std::rename(part.c_str(), path_.c_str()) == 0) return {};
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        return cannot_write(path_, closed == LXW_NO_ERROR ? EIO : errno == 0 ? EIO : errno);
    }

  private:
    // The library can only let go of a workbook by writing it.
    struct Discard {
        std::string part;
        void operator()(lxw_workbook* book) const {
            workbook_close(book);
            std::error_code ignored;
            std::filesystem::remove(part, ignored);
        }
    };
    Workbook(std::filesystem::path path, lxw_workbook* book) : path_(std::move(path)), book_(book, Discard{part_of(path_)}) {
        if (book == nullptr) return;
        bold_ = workbook_add_format(book);
        format_set_bold(bold_);
        format_set_text_wrap(bold_);
        format_set_align(bold_, LXW_ALIGN_VERTICAL_TOP);
        date_ = workbook_add_format(book);
        format_set_num_format(date_, "yyyy-mm-dd");
    }

    void note(lxw_error error) { failed_ = failed_ || error != LXW_NO_ERROR; }

    static std::size_t characters(std::string_view text) {
        return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
    }

    // At most so many bytes, never half a character.
    static std::string cut(std::string_view text, std::size_t bytes) {
        if (text.size() <= bytes) return std::string(text);
        while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) --bytes;
        return std::string(text.substr(0, bytes));
    }

    std::filesystem::path path_;
    std::unique_ptr<lxw_workbook, Discard> book_;
    lxw_format* bold_ = nullptr;
    lxw_format* date_ = nullptr;
    std::map<std::string, int> names_;
    std::string scratch_;
    std::uint64_t cut_cells_ = 0;  // whose text was longer than a cell can be
    bool failed_ = false;
};

// One table, continued on further sheets where it is longer than a sheet can be.
class XlsxSheetWriter {
  public:
    XlsxSheetWriter(Workbook& book, const Sheet& sheet, std::string name) : book_(book), sheet_(sheet), name_(std::move(name)) {
        begin();
    }

    void row(const core::AnswerRow& row) {
        if (next_row_ == kRowsAtMost) {
            finish();
            begin();
        }
        for (std::size_t i = 0; i < sheet_.columns.size(); ++i) field(i, row);
        ++next_row_;
    }

    void finish() { book_.filter(at_, next_row_ - 1, sheet_.columns.size()); }

  private:
    void begin() {
        at_ = book_.add_sheet(name_);
        std::vector<std::string> names;
        for (const SheetColumn& column : sheet_.columns) names.push_back(column.header);
        book_.header(at_, names);
        next_row_ = 1;
    }

    void field(std::size_t i, const core::AnswerRow& row) {
        const SheetColumn& column = sheet_.columns[i];
        switch (column.shows) {
            case Shows::key: return book_.text(at_, next_row_, i, row.key);
            case Shows::parent_key: return book_.text(at_, next_row_, i, row.parent_key);
            case Shows::kiosk: return book_.text(at_, next_row_, i, row.kiosk);
            case Shows::form_version: return book_.text(at_, next_row_, i, row.form_version);
            case Shows::wave: return book_.text(at_, next_row_, i, row.wave);
            case Shows::split:
                if (row.cells[column.cell].kind == Kind::text)
                    book_.number(at_, next_row_, i, is_selected(row.cells[column.cell].text, column.choice) ? 1 : 0);
                return;
            case Shows::cell: return answer(i, column, row.cells[column.cell]);
        }
    }

    void answer(std::size_t i, const SheetColumn& column, const core::AnswerCell& cell) {
        switch (cell.kind) {
            case Kind::empty: return;
            case Kind::integer: return integer(i, cell.integer);
            case Kind::decimal: return book_.number(at_, next_row_, i, cell.decimal);
            case Kind::text: break;
        }
        if (column.labelled) {
            labels_.clear();
            append_labels(labels_, column, cell.text);
            return book_.text(at_, next_row_, i, labels_);
        }
        if (column.type == core::AnswerType::date)
            if (const auto date = excel_date(cell.text)) return book_.date(at_, next_row_, i, *date);
        book_.text(at_, next_row_, i, cell.text);
    }

    // Excel's numbers are doubles: a larger integer (an identity number) would lose its last digits.
    void integer(std::size_t i, std::int64_t value) {
        constexpr std::int64_t kExact = std::int64_t{1} << 53;
        if (value >= -kExact && value <= kExact) return book_.number(at_, next_row_, i, static_cast<double>(value));
        book_.text(at_, next_row_, i, std::to_string(value));
    }

    Workbook& book_;
    const Sheet& sheet_;
    std::string name_;
    lxw_worksheet* at_ = nullptr;
    std::uint32_t next_row_ = 1;
    std::string labels_;
};

void write_codebook(Workbook& book, const core::AnswerForm& form) {
    lxw_worksheet* sheet = book.add_sheet("codebook");
    std::vector<std::string> header{"table", "column", "path", "type", "code"};
    for (const std::string& language : form.languages) header.push_back("label" + (language.empty() ? "" : "::" + language));
    book.header(sheet, header);
    std::uint32_t row = 1;
    const auto write = [&](const core::AnswerTable& table, const core::AnswerColumn& column, std::string_view code,
                           const std::vector<std::string>& labels) {
        if (row == kRowsAtMost) return;
        const std::string_view cells[]{table.name, column.header, column.path, column.question_type, code};
        for (std::size_t i = 0; i < std::size(cells); ++i) book.text(sheet, row, i, cells[i]);
        for (std::size_t i = 0; i < labels.size(); ++i) book.text(sheet, row, std::size(cells) + i, labels[i]);
        ++row;
    };
    for (const core::AnswerTable& table : form.tables)
        for (const core::AnswerColumn& column : table.columns) {
            write(table, column, "", column.labels);
            for (const core::AnswerChoice& choice : column.choices) write(table, column, choice.name, choice.labels);
        }
    book.filter(sheet, row - 1, header.size());
}

void write_meta(Workbook& book, const ExportJob& job, std::uint64_t rows) {
    lxw_worksheet* sheet = book.add_sheet("meta");
    book.header(sheet, {"name", "value"});
    std::string versions;
    for (const std::string& version : job.form.versions) versions += (versions.empty() ? "" : ", ") + version;
    const std::pair<std::string_view, std::string> lines[]{
        {"activity", job.form.activity},
        {"form", job.form.id},
        {"versions", versions},
        {"responses", std::to_string(rows)},
        {"storage", job.form.storage == StoragePolicy::anonymous ? "anonymous" : "sealed"},
        {"labels", job.options.labels.empty() ? "codes" : job.options.labels},
        {"texts cut to the length of a cell (whole in CSV)", std::to_string(book.cut_cells())},
        {"kiosk", job.options.filter.kiosk},
        {"bundle", job.options.filter.bundle ? std::to_string(*job.options.filter.bundle) : ""},
    };
    std::uint32_t row = 1;
    for (const auto& [name, value] : lines) {
        book.text(sheet, row, 0, name);
        book.text(sheet, row++, 1, value);
    }
}

}  // namespace

ExportResult write_xlsx(const ExportJob& job) {
    const std::filesystem::path path = job.path("", ".xlsx");
    auto book = Workbook::create(path);
    if (!book) return book.error();
    ExportedFile exported{path, 0};
    for (std::size_t table = 0; table < job.form.tables.size(); ++table) {
        const Sheet sheet = sheet_of(job.form, table, job.options);
        if (sheet.columns.size() > kColumnsAtMost)
            return core::Error{"export.too_many_columns",
                               {"Một trang Excel chỉ có 16.384 cột. Hãy xuất dạng CSV, hoặc dùng --multi single.",
                                "An Excel sheet has only 16,384 columns. Export as CSV, or use --multi single."}};
        XlsxSheetWriter writer(*book, sheet, sheet.name.empty() ? job.form.id : sheet.name);
        std::uint64_t rows = 0;
        auto reader = job.tables.reader(job.form, table, job.options.filter);
        if (!reader) return reader.error();
        auto read = (*reader)->read({}, [&](const core::AnswerRow& row) -> core::Result<void> {
            writer.row(row);
            job.tell_progress(++rows, row.key);
            return book->failed() ? cannot_write(path, EIO) : core::Result<void>();
        });
        if (!read) return read.error();
        writer.finish();
        if (table == 0) exported.rows = rows;
    }
    write_codebook(*book, job.form);
    write_meta(*book, job, exported.rows);
    if (auto finished = book->finish(); !finished) return finished.error();
    return std::vector{exported};
}

}  // namespace kiosk::exporting
