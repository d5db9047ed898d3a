// Markdown and the little HTML that ODK allows in labels, taken away for speech, lists and exports.

#include <kiosk/forms/form_visit.hpp>

namespace kiosk::forms {
namespace {

bool is_markup_tag(std::string_view tag) {
    for (std::string_view name : {"span", "/span", "p", "/p", "b", "/b", "i", "/i", "u", "/u", "br", "em", "/em", "strong", "/strong"})
        if (tag.starts_with(name) && (tag.size() == name.size() || tag[name.size()] == ' ' || tag[name.size()] == '/')) return true;
    return false;
}

bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// One line: its heading or list mark, then emphasis and tags inside it.
void append_line(std::string& result, std::string_view line) {
    std::size_t hashes = 0;
    while (hashes < line.size() && line[hashes] == '#' && hashes < 6) ++hashes;
    if (hashes > 0 && hashes < line.size() && line[hashes] == ' ') line.remove_prefix(hashes + 1);
    const bool is_bullet = line.size() > 1 && (line[0] == '*' || line[0] == '-') && line[1] == ' ';
    if (is_bullet) {
        result += "- ";
        line.remove_prefix(2);
    }
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '\\' && i + 1 < line.size() && std::string_view("\\`*_{}[]()#+-.!<>").find(line[i + 1]) != std::string_view::npos) {
            result += line[++i];
            continue;
        }
        if (c == '<') {
            const std::size_t close = line.find('>', i);
            if (close != std::string_view::npos && is_markup_tag(line.substr(i + 1, close - i - 1))) {
                i = close;
                continue;
            }
        }
        if (c == '*' || c == '_') {
            // Emphasis clings to a word on exactly one side; a * or _ between words or inside one stays.
            std::size_t end = i;
            while (end < line.size() && line[end] == c) ++end;
            const bool before = i > 0 && is_word(line[i - 1]);
            const bool after = end < line.size() && is_word(line[end]);
            const bool is_lone = (i == 0 || line[i - 1] == ' ') && (end == line.size() || line[end] == ' ');
            if (!is_lone && !(c == '_' && before && after)) {
                i = end - 1;
                continue;
            }
        }
        result += c;
    }
}

}  // namespace

std::string without_markup(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        append_line(result, text.substr(at, end - at));
        if (end < text.size()) result += '\n';
        at = end + 1;
    }
    return result;
}

}  // namespace kiosk::forms
