#include "armor.hpp"

#include "refusals.hpp"
#include "sodium.hpp"

#include <algorithm>

namespace kiosk::sealing {

namespace {

constexpr std::string_view kBegin = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view kEnd = "-----END AGE ENCRYPTED FILE-----";
constexpr std::size_t kColumns = 64;
constexpr std::size_t kMostBlanks = 1024;

bool is_blank(char letter) { return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n'; }

}  // namespace

core::Result<void> ArmorWriter::write(core::ByteView bytes, const Sink& text) {
    while (!bytes.empty()) {
        const std::size_t taken = std::min(bytes.size(), kLineBytes - filled_);
        std::ranges::copy(bytes.first(taken), line_.begin() + static_cast<std::ptrdiff_t>(filled_));
        filled_ += taken;
        bytes = bytes.subspan(taken);
        if (filled_ == kLineBytes)
            if (core::Result<void> result = put_line(text); !result) return result;
    }
    return {};
}

core::Result<void> ArmorWriter::finish(const Sink& text) {
    if (filled_ > 0)
        if (core::Result<void> result = put_line(text); !result) return result;
    return text(as_bytes(std::string(kEnd) + '\n'));
}

core::Result<void> ArmorWriter::put_line(const Sink& text) {
    std::string line = has_begun_ ? std::string{} : std::string(kBegin) + '\n';
    has_begun_ = true;
    line += to_base64(core::ByteView(line_).first(filled_), Padding::required) + '\n';
    filled_ = 0;
    return text(as_bytes(line));
}

core::Result<void> ArmorReader::write(core::ByteView text, const Sink& bytes) {
    for (const char letter : as_text(text)) {
        const bool is_outside = place_ == Place::before || place_ == Place::after;
        if (is_outside && line_.empty() && is_blank(letter)) {
            if (++blanks_ > kMostBlanks) break;
            continue;
        }
        if (place_ == Place::after) return refuse(Refusal::armor_trailing);
        if (letter != '\n') {
            // One more than a full line, for the CR of a CRLF.
            if (line_.size() > kColumns) return refuse(Refusal::armor_line);
            line_ += letter;
            continue;
        }
        if (core::Result<void> result = end_line(bytes); !result) return result;
        line_.clear();
    }
    if (blanks_ > kMostBlanks) return refuse(place_ == Place::after ? Refusal::armor_trailing : Refusal::armor_begin);
    return {};
}

core::Result<void> ArmorReader::finish(const Sink& bytes) {
    // The last line may lack its end.
    if (!line_.empty())
        if (core::Result<void> result = end_line(bytes); !result) return result;
    if (place_ == Place::before) return refuse(Refusal::armor_begin);
    if (place_ != Place::after) return refuse(Refusal::armor_end);
    return {};
}

core::Result<void> ArmorReader::end_line(const Sink& bytes) {
    std::string_view line = line_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (place_ == Place::before) {
        if (line != kBegin) return refuse(Refusal::armor_begin);
        place_ = Place::inside;
        blanks_ = 0;
        return {};
    }
    if (line == kEnd) {
        place_ = Place::after;
        return {};
    }
    if (place_ == Place::last_line) return refuse(line.starts_with("-----") ? Refusal::armor_end : Refusal::armor_line);
    return read_content(line, bytes);
}

core::Result<void> ArmorReader::read_content(std::string_view line, const Sink& bytes) {
    if (line.starts_with("-----")) return refuse(Refusal::armor_end);
    if (line.empty() || line.size() > kColumns) return refuse(Refusal::armor_line);
    std::array<std::byte, kColumns / 4 * 3> decoded{};
    const std::optional<std::size_t> size = from_base64(line, Padding::required, decoded);
    if (!size) return refuse(Refusal::armor_base64);
    if (*size < decoded.size()) place_ = Place::last_line;
    return bytes(core::ByteView(decoded).first(*size));
}

}  // namespace kiosk::sealing
