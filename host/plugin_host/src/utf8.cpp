#include "utf8.hpp"

#include <cstdint>

namespace kiosk::plugin_host {
namespace {

constexpr std::size_t kMaxMessageBytes = 200;

unsigned char byte_at(std::string_view text, std::size_t index) { return static_cast<unsigned char>(text[index]); }
bool is_continuation(unsigned char byte) { return (byte & 0xC0u) == 0x80u; }

// The length of the well-formed sequence at the start of text, or 0.
std::size_t sequence_length(std::string_view text) {
    const unsigned char lead = byte_at(text, 0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if (!is_continuation(byte_at(text, i))) return 0;
    const unsigned char second = byte_at(text, 1);
    if (lead == 0xE0 && second < 0xA0) return 0;  // overlong
    if (lead == 0xED && second > 0x9F) return 0;  // surrogates
    if (lead == 0xF0 && second < 0x90) return 0;  // overlong
    if (lead == 0xF4 && second > 0x8F) return 0;  // past U+10FFFF
    return length;
}

}  // namespace

bool is_clean_utf8(std::string_view text) {
    while (!text.empty()) {
        const unsigned char lead = byte_at(text, 0);
        if ((lead < 0x20 && lead != '\n' && lead != '\t') || lead == 0x7F) return false;
        const std::size_t length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string fit_for_message(std::string_view text) {
    if (!is_clean_utf8(text)) return {};
    if (text.size() <= kMaxMessageBytes) return std::string(text);
    std::size_t end = kMaxMessageBytes;
    while (is_continuation(byte_at(text, end))) --end;
    return std::string(text.substr(0, end)) + "…";
}

}  // namespace kiosk::plugin_host
