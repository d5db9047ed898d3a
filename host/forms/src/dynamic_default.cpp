#include "question_rules.hpp"

#include "unicode.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

// 2026-11-24, 08:30 or both: digits and what joins them.
bool is_date_or_time(std::string_view text) {
    return text.size() >= 5 && is_ascii_digit(text.front()) && text.find_first_not_of("0123456789-:.T+Z") == std::string_view::npos &&
           (std::count(text.begin(), text.end(), '-') == 2 || text.find(':') != std::string_view::npos);
}

}  // namespace

bool is_dynamic_default(std::string_view text, std::string_view type) {
    if (is_date_or_time(text)) return false;
    const bool holds_hyphens = type == "date" || type == "dateTime" || type == "time" || type == "image" || type == "barcode";
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const char before = i == 0 ? ' ' : text[i - 1];
        if (quote != 0) {
            if (c == quote) quote = 0;
            continue;
        }
        const auto is_name_byte = [](char b) {
            return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || is_ascii_digit(b) || b == '_' || b == '-' || b == '.' ||
                   static_cast<unsigned char>(b) >= 0x80;
        };
        switch (c) {
            case '\'':
            case '"':
                quote = c;
                break;
            case '$':
                if (text.substr(i, 2) == "${") return true;
                break;
            case '(':
                if (is_name_byte(before)) return true;  // a call: "có (một)" is text, "today()" is not
                break;
            case '[': case ']': case '|': case '*': case '+':
                return true;
            case '-':
                // A hyphen inside a word is part of it; before a digit it is a sign.
                if (!holds_hyphens && !(is_name_byte(before) && !is_ascii_digit(before)) &&
                    !(i + 1 < text.size() && is_ascii_digit(text[i + 1]))) return true;
                break;
            case ' ':
                if (text.substr(i, 5) == " div " || text.substr(i, 5) == " mod ") return true;
                break;
            default:
                break;
        }
    }
    return false;
}

}  // namespace kiosk::forms
