#include "survey.hpp"

#include "unicode.hpp"

#include <algorithm>
#include <array>

namespace kiosk::forms {
namespace {

// What the XForm says there itself.
constexpr std::array<std::string_view, 8> kTaken = {"bind::nodeset", "bind::ref", "bind::id", "body::ref", "body::nodeset", "body::bind",
                                                    "attribute::id", "attribute::xmlns"};
constexpr std::array<std::string_view, 7> kPrefixes = {"h", "ev", "jr", "odk", "orx", "xsd", "xml"};

// The attribute a column names: "odk:length" of bind::odk:length; empty if it names none.
std::string_view attribute_of(std::string_view key) {
    for (const std::string_view part : {"bind::", "body::", "instance::", "attribute::"}) {
        if (key.starts_with(part)) return key.substr(part.size());
    }
    return key.starts_with("kiosk:") ? key : std::string_view();
}

void check(const Table& table, const Column& column, const SurveySettings& settings, Report& report) {
    const std::string_view name = attribute_of(column.key);
    if (name.empty()) return;
    const std::size_t colon = name.find(':');
    const std::string prefix(colon == std::string_view::npos ? std::string_view() : name.substr(0, colon));
    if (!is_xml_name(name) || prefix == "xmlns" || name == "xmlns" || std::ranges::find(kTaken, column.key) != kTaken.end()) {
        report.error("column.bad_attribute", table.header_place(column), column.header,
                     {"Cột " + in_quotes(column.header) + " không thể thành thuộc tính của XForm.", "The column " + in_quotes(column.header) + " cannot become an attribute of the XForm."},
                     {"Sửa phần sau dấu ::, chỉ dùng chữ, số, _ - . và không có dấu cách; hoặc xoá cột.",
                      "Mend what follows ::, using only letters, digits, _ - . and no spaces; or remove the column."});
    } else if (!prefix.empty() && !is_declared_prefix(prefix, settings)) {
        report.error("column.undeclared_prefix", table.header_place(column), column.header,
                     {"Tiền tố " + in_quotes(prefix) + " của cột này chưa được khai báo.", "The prefix " + in_quotes(prefix) + " of this column is not declared."},
                     {"Thêm " + prefix + "=\"http://…\" vào cột namespaces của trang settings.",
                      "Add " + prefix + "=\"http://…\" to the column namespaces of the sheet settings."});
    }
}

}  // namespace

bool is_declared_prefix(std::string_view prefix, const SurveySettings& settings) {
    return std::ranges::find(kPrefixes, prefix) != kPrefixes.end() ||
           std::ranges::any_of(settings.namespaces, [&](const auto& one) { return one.first == prefix; });
}

void check_attribute_columns(const Table& table, const SurveySettings& settings, Report& report) {
    for (const Column& column : table.columns()) check(table, column, settings, report);
}

}  // namespace kiosk::forms
