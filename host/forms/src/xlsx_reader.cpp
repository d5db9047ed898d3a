#include "xlsx_reader.hpp"

#include "unicode.hpp"
#include "xlsx_values.hpp"
#include "xml_reader.hpp"
#include "zip_archive.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace kiosk::forms {
namespace {

using Event = XmlReader::Event;

Finding broken_part(std::string_view part) {
    return file_fault("file.broken_workbook", std::string(part),
                      {"Tệp .xlsx thiếu hoặc hỏng phần “" + std::string(part) + "”.",
                       "The part “" + std::string(part) + "” of the .xlsx file is missing or broken."},
                      {"Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx.",
                       "Open it in Excel or LibreOffice and save it again as .xlsx."});
}

std::uint32_t to_number(std::string_view text, std::uint32_t otherwise) {
    std::uint32_t value = 0;
    return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc() ? value : otherwise;
}

// "B7" → column 1, row 7. Rows and columns beyond Excel's own grid count as not given.
struct CellReference {
    std::optional<std::uint32_t> column, row;
};

CellReference parse_reference(std::string_view text) {
    CellReference reference;
    std::uint32_t column = 0;
    std::size_t at = 0;
    for (; at < text.size() && at < 4; ++at) {
        const char c = text[at];
        if (c >= 'A' && c <= 'Z') column = column * 26 + static_cast<std::uint32_t>(c - 'A') + 1;
        else if (c >= 'a' && c <= 'z') column = column * 26 + static_cast<std::uint32_t>(c - 'a') + 1;
        else break;
    }
    if (column >= 1 && column <= 16384) reference.column = column - 1;
    const std::uint32_t row = to_number(text.substr(at), 0);
    if (row >= 1 && row <= 1048576) reference.row = row;
    return reference;
}

std::string directory_of(std::string_view path) { return std::string(path.substr(0, path.rfind('/') + 1)); }

// A relationship's target is relative to the part's folder, or absolute from the package root.
std::string resolved(std::string_view base_directory, std::string_view target) {
    std::string path = target.starts_with('/') ? std::string(target.substr(1)) : std::string(base_directory) + std::string(target);
    for (std::size_t up; (up = path.find("/../")) != std::string::npos;) {
        const std::size_t start = up == 0 ? std::string::npos : path.rfind('/', up - 1);
        path.erase(start == std::string::npos ? 0 : start + 1, up + 4 - (start == std::string::npos ? 0 : start + 1));
    }
    return path;
}

class XlsxReader {
  public:
    XlsxReader(ZipArchive zip, const Limits& limits) : zip_(std::move(zip)), limits_(limits) {}

    OrFinding<Workbook> read(const std::function<bool(std::string_view)>& wants) {
        if (!find_workbook() || !read_workbook_part() || !read_styles()) return *std::move(fault_);
        bool needs_shared_strings = true;
        for (const SheetEntry& entry : entries_) {
            if (!wants(entry.name)) {
                workbook_.other_sheets.push_back(entry.name);
                continue;
            }
            if (needs_shared_strings && !read_shared_strings()) return *std::move(fault_);
            needs_shared_strings = false;
            if (!read_sheet(entry)) return *std::move(fault_);
        }
        return std::move(workbook_);
    }

  private:
    struct SheetEntry {
        std::string name, relation;
    };
    struct Relation {
        std::string type, target;
    };

    bool fail(Finding finding) {
        // A fault of the zip explains the XML fault it causes.
        fault_ = zip_.fault() ? *zip_.fault() : std::move(finding);
        return false;
    }

    // Calls visit for each event of a part until it is over; false, with fault_ set, if it cannot be read.
    template <class Visit>
    bool walk(const std::string& part, Visit&& visit) {
        ZipArchive::Source source = zip_.part(part);
        if (!source) return fail(broken_part(part));
        XmlReader reader(std::move(source), part, limits_);
        for (;;) {
            const Event event = reader.next();
            if (event == Event::finished) return true;
            if (event == Event::fault) return fail(reader.fault());
            if (!visit(reader, event)) return false;
        }
    }

    bool read_relations(const std::string& part, std::map<std::string, Relation>& relations) {
        return walk(part, [&](XmlReader& reader, Event event) {
            if (event == Event::start && reader.name() == "Relationship") {
                relations[reader.attribute("Id").value_or("")] = {reader.attribute("Type").value_or(""),
                                                                  reader.attribute("Target").value_or("")};
            }
            return true;
        });
    }

    bool find_workbook() {
        workbook_part_ = "xl/workbook.xml";
        std::map<std::string, Relation> package;
        if (zip_.has("_rels/.rels")) {
            if (!read_relations("_rels/.rels", package)) return false;
            for (const auto& [id, relation] : package) {
                if (relation.type.ends_with("/officeDocument")) workbook_part_ = resolved("", relation.target);
            }
        }
        const std::string directory = directory_of(workbook_part_);
        const std::string rels = directory + "_rels/" + workbook_part_.substr(directory.size()) + ".rels";
        return read_relations(rels, relations_);
    }

    std::string part_of_type(std::string_view type) const {
        for (const auto& [id, relation] : relations_) {
            if (relation.type.ends_with(type)) return resolved(directory_of(workbook_part_), relation.target);
        }
        return {};
    }

    bool read_workbook_part() {
        return walk(workbook_part_, [&](XmlReader& reader, Event event) {
            if (event != Event::start) return true;
            if (reader.name() == "workbookPr") {
                const std::string flag = reader.attribute("date1904").value_or("0");
                epoch_is_1904_ = flag == "1" || flag == "true";
            } else if (reader.name() == "sheet") {
                SheetEntry entry{nfc(reader.attribute("name").value_or("")), {}};
                for (const XmlAttribute& attribute : reader.attributes()) {
                    if (attribute.name == "id" && !attribute.prefix.empty()) entry.relation = attribute.value;
                }
                entries_.push_back(std::move(entry));
            }
            return true;
        });
    }

    bool read_styles() {
        const std::string part = part_of_type("/styles");
        if (part.empty() || !zip_.has(part)) return true;
        std::map<std::uint32_t, bool> custom;
        bool is_in_cell_formats = false;
        return walk(part, [&](XmlReader& reader, Event event) {
            if (event == Event::text) return true;
            if (reader.name() == "cellXfs") is_in_cell_formats = event == Event::start;
            if (event != Event::start) return true;
            if (reader.name() == "numFmt") {
                custom[to_number(reader.attribute("numFmtId").value_or(""), 0)] =
                    is_date_format_code(reader.attribute("formatCode").value_or(""));
            } else if (reader.name() == "xf" && is_in_cell_formats) {
                const std::uint32_t id = to_number(reader.attribute("numFmtId").value_or("0"), 0);
                const auto found = custom.find(id);
                style_is_date_.push_back(found != custom.end() ? found->second : is_date_format(id));
            }
            return true;
        });
    }

    bool read_shared_strings() {
        const std::string part = part_of_type("/sharedStrings");
        if (part.empty() || !zip_.has(part)) return true;
        std::string text;
        std::size_t total = 0;
        bool is_text = false;
        int phonetic_depth = 0;
        return walk(part, [&](XmlReader& reader, Event event) {
            if (event == Event::text) {
                if (is_text && phonetic_depth == 0) text += reader.text();
                return true;
            }
            const bool is_start = event == Event::start;
            if (reader.name() == "rPh") phonetic_depth += is_start ? 1 : -1;
            if (reader.name() == "t") is_text = is_start;
            if (reader.name() == "si") {
                if (is_start) {
                    text.clear();
                } else {
                    total += text.size();
                    if (total > limits_.text_bytes) {
                        return fail(limit_fault("text_bytes", limits_.text_bytes, {"Tổng độ dài chữ", "The text altogether"}));
                    }
                    if (shared_strings_.size() >= limits_.filled_cells) return fail(too_many_cells());
                    shared_strings_.push_back(nfc(without_escapes(text)));
                }
            }
            return true;
        });
    }

    Finding too_many_cells() const {
        return limit_fault("filled_cells", limits_.filled_cells, {"Số ô có dữ liệu", "The number of filled cells"});
    }

    struct CellState {
        std::string type, value, inline_text;
        std::uint32_t style = 0, column = 0, row = 0;
        bool has_formula = false, has_value = false;
    };

    bool read_sheet(const SheetEntry& entry) {
        const auto relation = relations_.find(entry.relation);
        if (relation == relations_.end()) return fail(broken_part(entry.name));
        sheet_ = {};
        sheet_.name = entry.name;
        row_ = {};
        next_row_ = 1;
        next_column_ = 0;
        const std::string part = resolved(directory_of(workbook_part_), relation->second.target);
        std::string* target = nullptr;
        int phonetic_depth = 0;
        bool is_in_data = false;
        const bool done = walk(part, [&](XmlReader& reader, Event event) {
            if (event == Event::text) {
                if (target != nullptr && phonetic_depth == 0) {
                    *target += reader.text();
                    if (target->size() > limits_.cell_bytes) {
                        return fail(located(limit_fault("cell_bytes", limits_.cell_bytes, {"Độ dài một ô", "The length of a cell"})));
                    }
                }
                return true;
            }
            const bool is_start = event == Event::start;
            const std::string_view name = reader.name();
            if (name == "sheetData") is_in_data = is_start;
            if (!is_in_data) return true;
            if (name == "row") return is_start ? begin_row(reader) : end_row();
            if (name == "c") return is_start ? begin_cell(reader) : end_cell();
            if (name == "rPh") phonetic_depth += is_start ? 1 : -1;
            if (name == "f" && is_start) cell_.has_formula = true;
            if (name == "v") {
                target = is_start ? &cell_.value : nullptr;
                cell_.has_value = true;
            }
            if (name == "t") target = is_start ? &cell_.inline_text : nullptr;
            return true;
        });
        if (!done) return false;
        workbook_.sheets.push_back(std::move(sheet_));
        return true;
    }

    bool begin_row(XmlReader& reader) {
        row_.number = to_number(reader.attribute("r").value_or(""), next_row_);
        // Each row once, in order: a writer that does otherwise would have rows overwrite each other.
        if (row_.number < next_row_ || row_.number > 1048576) return fail(broken_part(sheet_.name));
        row_.cells.clear();
        next_column_ = 0;
        return true;
    }

    bool end_row() {
        next_row_ = row_.number + 1;
        if (!row_.cells.empty()) {
            std::stable_sort(row_.cells.begin(), row_.cells.end(),
                             [](const SheetCell& a, const SheetCell& b) { return a.column < b.column; });
            sheet_.rows.push_back(std::move(row_));
            row_ = {};
        }
        return true;
    }

    bool begin_cell(XmlReader& reader) {
        const CellReference reference = parse_reference(reader.attribute("r").value_or(""));
        cell_ = {};
        cell_.column = reference.column.value_or(next_column_);
        cell_.row = row_.number;
        cell_.type = reader.attribute("t").value_or("n");
        cell_.style = to_number(reader.attribute("s").value_or("0"), 0);
        next_column_ = cell_.column + 1;
        return true;
    }

    Finding located(Finding finding) const {
        finding.sheet = sheet_.name;
        finding.row = cell_.row;
        finding.cell = cell_name(cell_.column, cell_.row);
        return finding;
    }

    bool end_cell() {
        std::string text;
        if (cell_.type == "s") {
            if (!cell_.has_value) return true;
            const std::uint32_t index = to_number(trimmed(cell_.value), kNone);
            if (index >= shared_strings_.size()) return fail(broken_part("sharedStrings.xml"));
            text = shared_strings_[index];
        } else if (cell_.type == "inlineStr") {
            text = nfc(without_escapes(cell_.inline_text.empty() ? cell_.value : cell_.inline_text));
        } else if (cell_.type == "str") {
            text = nfc(without_escapes(cell_.value));
        } else if (cell_.type == "b") {
            const std::string_view flag = trimmed(cell_.value);
            if (!flag.empty()) text = flag == "1" || flag == "true" ? "TRUE" : "FALSE";
        } else if (cell_.type == "d") {
            text = cell_.value;
        } else if (cell_.type == "e") {
            report_error_cell();
            return true;
        } else if (cell_.has_value) {
            const bool is_date = cell_.style < style_is_date_.size() && style_is_date_[cell_.style];
            text = is_date ? date_text(cell_.value, epoch_is_1904_) : number_text(cell_.value);
        }
        if (cell_.has_formula && text.empty() && cell_.type != "str") report_formula_without_value();
        return keep(std::move(text));
    }

    bool keep(std::string text) {
        if (trimmed(text).empty()) return true;
        text_bytes_ += text.size();
        if (text_bytes_ > limits_.text_bytes) {
            return fail(located(limit_fault("text_bytes", limits_.text_bytes, {"Tổng độ dài chữ", "The text altogether"})));
        }
        if (++filled_cells_ > limits_.filled_cells) return fail(located(too_many_cells()));
        row_.cells.push_back({cell_.column, std::move(text)});
        return true;
    }

    void report_error_cell() {
        workbook_.findings.push_back(located(file_fault(
            "cell.formula_error", cell_.value,
            {"Ô chứa lỗi công thức “" + cell_.value + "”.", "The cell holds the formula error “" + cell_.value + "”."},
            {"Sửa công thức, hoặc thay bằng chữ hay số.", "Mend the formula, or replace it by text or a number."})));
    }

    void report_formula_without_value() {
        workbook_.findings.push_back(located(file_fault(
            "cell.formula_without_value", "",
            {"Ô chứa công thức chưa được tính.", "The cell holds a formula that was never computed."},
            {"Mở tệp bằng Excel hoặc LibreOffice, để chương trình tính rồi lưu lại.",
             "Open the file in Excel or LibreOffice, let it compute, and save it."})));
    }

    ZipArchive zip_;
    const Limits& limits_;
    Workbook workbook_;
    std::optional<Finding> fault_;
    std::string workbook_part_;
    std::map<std::string, Relation> relations_;
    std::vector<SheetEntry> entries_;
    std::vector<bool> style_is_date_;
    std::vector<std::string> shared_strings_;
    bool epoch_is_1904_ = false;
    Sheet sheet_;
    SheetRow row_;
    CellState cell_;
    std::uint32_t next_row_ = 1, next_column_ = 0;
    std::size_t filled_cells_ = 0, text_bytes_ = 0;
};

}  // namespace

OrFinding<Workbook> read_xlsx(core::ByteView content, const Limits& limits,
                              const std::function<bool(std::string_view)>& wants) {
    auto opened = ZipArchive::open(content, limits);
    if (auto* fault = std::get_if<Finding>(&opened)) return std::move(*fault);
    return XlsxReader(std::get<ZipArchive>(std::move(opened)), limits).read(wants);
}

}  // namespace kiosk::forms
