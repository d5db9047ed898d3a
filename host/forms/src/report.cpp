#include "report.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace kiosk::forms {

std::string quoted(std::string_view name) { return "“" + std::string(name) + "”"; }

core::Words did_you_mean(const std::string& suggestion, core::Words otherwise) {
    if (suggestion.empty()) return otherwise;
    return {"Có phải ý bạn là " + quoted(suggestion) + "? Nếu đúng, sửa ô này thành " + quoted(suggestion) + ".",
            "Did you mean " + quoted(suggestion) + "? If so, write " + quoted(suggestion) + " in this cell."};
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
        findings->erase(std::unique(findings->begin(), findings->end()), findings->end());
    }
    return std::move(diagnosis_);
}

}  // namespace kiosk::forms
