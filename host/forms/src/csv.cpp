#include "csv.hpp"

#include "unicode.hpp"

#include <algorithm>
#include <array>

namespace kiosk::forms {
namespace {

// Excel's "Unicode text": UTF-16 with a byte order mark.
std::string from_utf16(core::ByteView bytes, bool is_big_endian) {
    std::string text;
    const auto unit_at = [&](std::size_t at) {
        const auto a = static_cast<std::uint32_t>(bytes[at]);
        const auto b = static_cast<std::uint32_t>(bytes[at + 1]);
        return is_big_endian ? a << 8 | b : b << 8 | a;
    };
    for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
        std::uint32_t code = unit_at(at);
        if (code >= 0xd800 && code < 0xdc00 && at + 3 < bytes.size()) {
            code = 0x10000 + ((code - 0xd800) << 10) + ((unit_at(at + 2) - 0xdc00) & 0x3ff);
            at += 2;
        }
        if (code < 0x80) {
            text += static_cast<char>(code);
        } else if (code < 0x800) {
            text += {static_cast<char>(0xc0 | code >> 6), static_cast<char>(0x80 | (code & 0x3f))};
        } else if (code < 0x10000) {
            text += {static_cast<char>(0xe0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3f)),
                     static_cast<char>(0x80 | (code & 0x3f))};
        } else {
            text += {static_cast<char>(0xf0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 0x3f)),
                     static_cast<char>(0x80 | (code >> 6 & 0x3f)), static_cast<char>(0x80 | (code & 0x3f))};
        }
    }
    return text;
}

// Control characters have no place in a form's XML, and nobody sees them in a spreadsheet.
std::string without_controls(std::string text) {
    std::erase_if(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
    });
    return text;
}

std::string decoded(core::ByteView content) {
    if (content.size() >= 2 && content[0] == std::byte{0xff} && content[1] == std::byte{0xfe}) {
        return from_utf16(content, false);
    }
    if (content.size() >= 2 && content[0] == std::byte{0xfe} && content[1] == std::byte{0xff}) {
        return from_utf16(content, true);
    }
    std::string text(reinterpret_cast<const char*>(content.data()), content.size());
    if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
    return text;
}

// The separator that stands most often in the first record, outside quotes. A comma unless another one wins.
char separator_of(std::string_view text) {
    constexpr std::array<char, 3> kCandidates = {',', ';', '\t'};
    std::array<std::size_t, 3> counts{};
    bool is_quoted = false;
    for (const char c : text) {
        if (c == '"') is_quoted = !is_quoted;
        if (is_quoted) continue;
        if (c == '\n' || c == '\r') break;
        for (std::size_t i = 0; i < kCandidates.size(); ++i) counts[i] += c == kCandidates[i];
    }
    return kCandidates[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

Finding at_row(Finding finding, std::string_view sheet, std::uint32_t row) {
    finding.sheet = sheet;
    finding.row = row;
    return finding;
}

// One pass over the text; fields and records are closed as their ends are met.
class CsvParser {
  public:
    CsvParser(std::string_view text, std::string_view name, const Limits& limits)
        : text_(text), limits_(limits), separator_(separator_of(text)) {
        sheet_.name = name;
    }

    OrFinding<Sheet> parse() {
        skip_separator_line();
        while (at_ < text_.size() && !fault_) step();
        if (fault_) return at_row(*std::move(fault_), sheet_.name, row_);
        end_record();
        return std::move(sheet_);
    }

  private:
    // Excel may be told its separator by a first line "sep=;", which is no row of the sheet.
    void skip_separator_line() {
        if (text_.size() < 5 || ascii_lower(text_.substr(0, 4)) != "sep=") return;
        const std::size_t end = text_.find_first_not_of("\r\n", 5);
        if (text_.find_first_of("\r\n") != 5) return;
        separator_ = text_[4];
        at_ = std::min(end, text_.size());
    }

    void step() {
        const char c = text_[at_];
        if (c == '"' && field_.empty() && !was_quoted_) {
            read_quoted();
        } else if (c == separator_) {
            end_field();
            ++at_;
        } else if (c == '\r' || c == '\n') {
            at_ += c == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
            end_record();
        } else {
            field_ += c;
            ++at_;
        }
    }

    void read_quoted() {
        was_quoted_ = true;
        for (++at_;; ++at_) {
            if (at_ >= text_.size()) {
                fault_ = file_fault("csv.open_quote", field_.substr(0, 80),
                                    {"Dấu nháy kép mở ra ở hàng này nhưng không đóng lại.",
                                     "A quotation mark opens in this row and never closes."},
                                    {"Thêm dấu \" ở cuối ô, hoặc viết dấu nháy trong ô thành \"\".",
                                     "Add the \" at the end of the cell, or double a quotation mark inside it."});
                return;
            }
            if (text_[at_] == '"') {
                if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                    ++at_;
                } else {
                    ++at_;
                    return;
                }
            }
            field_ += text_[at_];
            if (field_.size() > limits_.cell_bytes) return;  // end_field() reports it
        }
    }

    void end_field() {
        if (field_.size() > limits_.cell_bytes) {
            fault_ = limit_fault("cell_bytes", limits_.cell_bytes, {"Độ dài một ô", "The length of a cell"});
            return;
        }
        if (!trimmed(field_).empty()) {
            if (++filled_ > limits_.filled_cells) {
                fault_ = limit_fault("filled_cells", limits_.filled_cells, {"Số ô có dữ liệu", "The number of filled cells"});
                return;
            }
            record_.cells.push_back({column_, nfc(field_)});
        }
        field_.clear();
        was_quoted_ = false;
        ++column_;
    }

    void end_record() {
        end_field();
        record_.number = row_++;
        if (!record_.cells.empty()) sheet_.rows.push_back(std::move(record_));
        record_ = {};
        column_ = 0;
    }

    std::string_view text_;
    const Limits& limits_;
    char separator_;
    std::size_t at_ = 0;
    std::uint32_t row_ = 1;
    std::uint32_t column_ = 0;
    std::size_t filled_ = 0;
    bool was_quoted_ = false;
    std::string field_;
    SheetRow record_;
    Sheet sheet_;
    std::optional<Finding> fault_;
};

std::string quoted_where_needed(const std::string& text) {
    const bool has_edge_space = !text.empty() && (text.front() == ' ' || text.back() == ' ');
    if (text.find_first_of(",;\t\"\r\n") == std::string::npos && !has_edge_space) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace

OrFinding<Sheet> read_csv(core::ByteView content, std::string_view name, const Limits& limits) {
    if (content.size() > limits.file_bytes) {
        return at_row(limit_fault("file_bytes", limits.file_bytes, {"Dung lượng tệp", "The size of the file"}), name, 0);
    }
    const std::string text = without_controls(decoded(content));
    if (!is_utf8(text) || text.find('\0') != std::string::npos) {
        return at_row(file_fault("csv.not_utf8", "",
                                 {"Tệp CSV “" + std::string(name) + "” không ở bảng mã UTF-8 nên chữ tiếng Việt sẽ sai.",
                                  "The CSV file “" + std::string(name) + "” is not UTF-8, so Vietnamese letters would be wrong."},
                                 {"Trong Excel chọn Lưu thành › “CSV UTF-8 (phân cách bằng dấu phẩy)”.",
                                  "In Excel choose Save as › “CSV UTF-8 (Comma delimited)”."}),
                      name, 0);
    }
    return CsvParser(text, name, limits).parse();
}

std::string write_csv(const Sheet& sheet) {
    std::uint32_t width = 0;
    for (const SheetRow& row : sheet.rows) {
        if (!row.cells.empty()) width = std::max(width, row.cells.back().column + 1);
    }
    std::string csv;
    std::uint32_t next = 1;
    for (const SheetRow& row : sheet.rows) {
        for (; next < row.number; ++next) csv += "\r\n";
        for (std::uint32_t column = 0; column < width; ++column) {
            if (column > 0) csv += ',';
            if (const std::string* text = row.at(column)) csv += quoted_where_needed(*text);
        }
        csv += "\r\n";
        ++next;
    }
    return csv;
}

}  // namespace kiosk::forms
