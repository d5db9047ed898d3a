#include "report.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace kiosk::forms {

namespace {

// What is read once for each choice of a loop is found wrong as often. Findings of one row stand together.
void remove_repeated(std::vector<Finding>& findings) {
    std::vector<Finding> kept;
    std::size_t row_start = 0;
    for (Finding& finding : findings) {
        if (!kept.empty() && (kept.back().row != finding.row || kept.back().sheet != finding.sheet)) row_start = kept.size();
        const auto begin = kept.begin() + static_cast<std::ptrdiff_t>(row_start);
        if (std::find(begin, kept.end(), finding) == kept.end()) kept.push_back(std::move(finding));
    }
    findings = std::move(kept);
}

}  // namespace

std::string in_quotes(std::string_view name) { return "“" + std::string(name) + "”"; }

core::Words did_you_mean(const std::string& suggestion, core::Words otherwise) {
    if (suggestion.empty()) return otherwise;
    return {"Có phải ý bạn là " + in_quotes(suggestion) + "? Nếu đúng, sửa ô này thành " + in_quotes(suggestion) + ".",
            "Did you mean " + in_quotes(suggestion) + "? If so, write " + in_quotes(suggestion) + " in this cell."};
}

Finding Report::made(std::string code, const Place& place, std::string text, core::Words message, core::Words repair) {
    // The whole of a runaway cell helps nobody; where it was cut falls between characters.
    constexpr std::size_t kLongest = 400;
    if (text.size() > kLongest) {
        std::size_t end = kLongest;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
        text = text.substr(0, end) + "…";
    }
    return {std::move(code), place.sheet, place.row, place.column, place.cell,
            std::move(text), std::move(message), std::move(repair)};
}

void Report::put_back(const XFormPlaces& places) {
    for (auto* findings : {&diagnosis_.errors, &diagnosis_.warnings}) {
        for (Finding& finding : *findings) {
            if (!finding.sheet.empty() || finding.row == 0) continue;
            const auto found = places.find({finding.row, finding.column});
            const Place place = found == places.end() ? Place{"", 0, "", ""} : found->second;
            finding.sheet = place.sheet;
            finding.row = place.row;
            finding.column = place.column;
            finding.cell = place.cell;
        }
    }
}

Diagnosis Report::take() {
    const auto sheet_rank = [](const std::string& sheet) {
        if (sheet.empty()) return 0;
        if (sheet == "survey") return 1;
        return sheet == "choices" ? 2 : sheet == "settings" ? 3 : 4;
    };
    for (auto* findings : {&diagnosis_.errors, &diagnosis_.warnings}) {
        std::stable_sort(findings->begin(), findings->end(), [&](const Finding& a, const Finding& b) {
            return std::tuple(sheet_rank(a.sheet), a.row) < std::tuple(sheet_rank(b.sheet), b.row);
        });
        remove_repeated(*findings);
    }
    if (left_out_ > 0) {
        const std::string count = std::to_string(left_out_);
        diagnosis_.errors.push_back(made("report.more", {}, count, {"Còn " + count + " lỗi nữa không liệt kê.", "There are " + count + " more errors that are not listed."},
                                         {"Sửa các lỗi trên rồi kiểm tra lại.", "Mend those above and check again."}));
    }
    return std::move(diagnosis_);
}

}  // namespace kiosk::forms
