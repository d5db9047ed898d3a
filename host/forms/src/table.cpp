#include "table.hpp"

#include "suggestion.hpp"
#include "unicode.hpp"
#include "xlsform_vocabulary.hpp"

#include <algorithm>
#include <array>

namespace kiosk::forms {
namespace {

std::string_view kind_name(Table::Kind kind) {
    switch (kind) {
        case Table::Kind::survey: return "survey";
        case Table::Kind::choices: return "choices";
        case Table::Kind::settings: return "settings";
    }
    return {};
}

std::string snake_case(std::string_view text) {
    std::string joined;
    for (const std::string& word : split_words(text)) joined += (joined.empty() ? "" : "_") + ascii_lower(word);
    return joined;
}

std::vector<std::string> split_header(std::string_view header, bool by_double_colon) {
    std::vector<std::string> tokens;
    const std::string_view separator = by_double_colon ? "::" : ":";
    for (std::size_t at = 0; at <= header.size();) {
        const std::size_t end = std::min(header.find(separator, at), header.size());
        tokens.emplace_back(trimmed(header.substr(at, end - at)));
        at = end + separator.size();
    }
    if (by_double_colon) return tokens;
    // With single colons a prefix looks like a token of its own: put "jr:constraintMsg" and "kiosk:icon" together again.
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const std::string& prefix = tokens[i];
        if (prefix == "jr" || prefix == "odk" || prefix == "orx" || prefix == "kiosk") {
            tokens[i] += ":" + tokens[i + 1];
            tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        }
    }
    return tokens;
}

// Columns that name an attribute of the XForm directly stand for the ordinary column where there is one.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kSpelledOut = {{
    {"bind::relevant", "relevant"}, {"bind::constraint", "constraint"}, {"bind::required", "required"},
    {"bind::readonly", "read_only"}, {"bind::calculate", "calculation"},
    {"bind::jr:constraintMsg", "constraint_message"}, {"bind::jr:requiredMsg", "required_message"},
    {"bind::jr:noAppErrorString", "noAppErrorString"}, {"body::appearance", "appearance"},
    {"body::jr:count", "repeat_count"}, {"body::autoplay", "autoplay"}, {"body::rows", "rows"},
    {"bind::entities:saveto", "save_to"},
}};

Column understood(std::string_view sheet, std::string_view header, bool by_double_colon) {
    Column column;
    column.header = header;
    const std::string_view whole = find_column(sheet, snake_case(header));
    std::vector<std::string> tokens = split_header(header, by_double_colon || header.find("::") != std::string_view::npos);
    if (!whole.empty()) tokens = {std::string(header)};
    const std::string_view first = find_column(sheet, snake_case(tokens[0]));
    column.key = first.empty() ? tokens[0] : std::string(first);
    tokens.erase(tokens.begin());
    if (column.key == "media" && !tokens.empty()) {
        column.key = ascii_lower(tokens[0]);
        tokens.erase(tokens.begin());
    }
    const bool names_attribute = column.key == "bind" || column.key == "body" || column.key == "instance" || column.key == "attribute";
    if (names_attribute && !tokens.empty()) {
        column.key += "::" + tokens[0];
        tokens.erase(tokens.begin());
        for (const auto& [spelled, key] : kSpelledOut) {
            if (column.key == spelled) column.key = key;
        }
        // body::kiosk:icon and attribute::kiosk:idle_seconds are what other programs call kiosk:icon, kiosk:idle_seconds.
        const std::size_t kiosk = column.key.find("::kiosk:");
        if (kiosk != std::string::npos) column.key.erase(0, kiosk + 2);
    }
    for (const std::string& token : tokens) column.language += (column.language.empty() ? "" : "::") + token;
    return column;
}

bool is_translatable_here(const Column& column) { return is_translatable(column.key) || column.key.starts_with("kiosk:"); }

}  // namespace

std::string cleaned(std::string_view text) {
    std::string result;
    for (std::string_view rest = trimmed(text); !rest.empty();) {
        const bool is_no_break = rest.starts_with("\xc2\xa0");
        const char c = is_no_break ? ' ' : rest.front();
        rest.remove_prefix(is_no_break ? 2 : 1);
        if (c == '\r') continue;
        if (c == ' ' && !result.empty() && result.back() == ' ') continue;
        result += c;
    }
    return result;
}

Table::Table(Kind kind, const Sheet& sheet, Report& report) : kind_(kind), sheet_(&sheet), name_(sheet.name) {
    if (sheet.rows.empty()) return;
    rows_.assign(sheet.rows.begin() + 1, sheet.rows.end());
    header_row_ = sheet.rows.front().number;
    read_headers(sheet.rows.front(), report);
}

const std::vector<SheetRow>& Table::rows() const { return rows_; }

void Table::read_headers(const SheetRow& row, Report& report) {
    const bool by_double_colon = std::any_of(row.cells.begin(), row.cells.end(), [](const SheetCell& cell) {
        return cell.text.find("::") != std::string::npos;
    });
    for (const SheetCell& cell : row.cells) {
        Column column = understood(kind_name(kind_), single_spaced(cell.text), by_double_colon);
        column.index = cell.column;
        const Column* other = this->column(column.key, column.language);
        if (other != nullptr && kind_ == Kind::settings && column.key == "form_id") {
            report_two_ids(column, *other, report);
            continue;
        }
        if (other != nullptr) {
            report.error("column.duplicate", header_place(column), column.header,
                         {"Cột " + in_quotes(column.header) + " trùng với cột " + in_quotes(other->header) + " (" +
                              cell_name(other->index, header_row_) + ").",
                          "The column " + in_quotes(column.header) + " is the same as the column " + in_quotes(other->header) +
                              " (" + cell_name(other->index, header_row_) + ")."},
                         {"Xoá hoặc đổi tên một trong hai cột.", "Remove or rename one of the two columns."});
            continue;
        }
        report_column(column, report);
        columns_.push_back(std::move(column));
    }
    for (const SheetRow& data : rows_) {
        for (const SheetCell& cell : data.cells) {
            if (row.at(cell.column) != nullptr) continue;
            report.warning("column.no_header", {name_, data.number, "", cell_name(cell.column, data.number)}, cell.text,
                           {"Ô này nằm ở cột không có tiêu đề nên bị bỏ qua.",
                            "This cell is in a column without a header, so it is ignored."},
                           {"Đặt tiêu đề cho cột ở hàng " + std::to_string(header_row_) + ", hoặc xoá ô.",
                            "Give the column a header in row " + std::to_string(header_row_) + ", or clear the cell."});
            return;  // one such warning says it all
        }
    }
}

// Old forms have id_string beside form_id, usually with the same value.
void Table::report_two_ids(const Column& column, const Column& other, Report& report) {
    report.warning("column.two_ids", header_place(column), column.header,
                   {"Trang settings có cả form_id và id_string; chỉ dùng form_id.", "The sheet settings has both form_id and id_string; only form_id is used."},
                   {"Xoá cột id_string.", "Remove the column id_string."});
    if (snake_case(column.header) == "form_id") columns_[static_cast<std::size_t>(&other - columns_.data())] = column;
}

void Table::report_column(const Column& column, Report& report) const {
    const bool is_known = !find_column(kind_name(kind_), column.key).empty() || column.key.starts_with("bind::") ||
                          column.key.starts_with("body::") || column.key.starts_with("instance::") ||
                          column.key.starts_with("attribute::") || column.key.starts_with("kiosk:") ||
                          is_translatable(column.key);
    const bool has_values = std::any_of(rows_.begin(), rows_.end(),
                                        [&](const SheetRow& row) { return row.at(column.index) != nullptr; });
    if (is_known && !column.language.empty() && !is_translatable_here(column)) {
        report.warning("column.not_translatable", header_place(column), column.header,
                       {"Cột " + in_quotes(column.key) + " không dịch được; cột này bị bỏ qua.",
                        "The column " + in_quotes(column.key) + " cannot be translated; this one is ignored."},
                       {"Chỉ dùng một cột " + in_quotes(column.key) + ".", "Use a single column " + in_quotes(column.key) + "."});
    }
    // In choices any further column is data for choice_filter.
    if (is_known || kind_ == Kind::choices || column.key.starts_with("_")) return;
    const std::string suggestion = nearest(column.key, column_names(kind_name(kind_)));
    const std::size_t distance = suggestion.empty() ? 9 : edit_distance(fold(column.key), suggestion, 3);
    // A plural, or a short word, is more likely a note of the author's own than a slip of the hand.
    const bool is_surely_meant = has_values && suggestion.size() >= 4 && column.key != suggestion + "s" &&
                                 distance <= (suggestion.size() >= 8 ? 2u : 1u);
    const core::Words message = {"Không có cột nào tên " + in_quotes(column.header) + ".",
                                 "There is no column named " + in_quotes(column.header) + "."};
    if (is_surely_meant) {
        report.error("column.unknown", header_place(column), column.header, message, did_you_mean(suggestion, {}));
    } else {
        report.warning("column.unknown", header_place(column), column.header, message,
                       did_you_mean(suggestion, {"Cột này bị bỏ qua. Đặt dấu _ trước tên nếu là cột ghi chú riêng.",
                                                 "It is ignored. Put a _ before the name if it is a note of your own."}));
    }
}

const Column* Table::column(std::string_view key, std::string_view language) const {
    for (const Column& column : columns_) {
        if (column.key == key && column.language == language) return &column;
    }
    return nullptr;
}

bool Table::has_key(std::string_view key) const {
    return std::any_of(columns_.begin(), columns_.end(), [&](const Column& column) { return column.key == key; });
}

std::string Table::value(const SheetRow& row, const Column& column) const {
    const std::string* text = row.at(column.index);
    if (text == nullptr) return {};
    return keeps_spaces_ ? *text : cleaned(*text);
}

std::string Table::value(const SheetRow& row, std::string_view key, std::string_view language) const {
    const Column* found = column(key, language);
    return found == nullptr ? std::string() : value(row, *found);
}

Place Table::place(const SheetRow& row, const Column& column) const {
    return {name_, row.number, column.header, cell_name(column.index, row.number)};
}

Place Table::place(const SheetRow& row, std::string_view key, std::string_view language) const {
    const Column* found = column(key, language);
    return found == nullptr ? Place{name_, row.number, std::string(key), ""} : place(row, *found);
}

Place Table::header_place(const Column& column) const {
    return {name_, header_row_, column.header, cell_name(column.index, header_row_)};
}

}  // namespace kiosk::forms
