#include "age_header.hpp"

#include "refusals.hpp"
#include "sodium.hpp"

#include <algorithm>

namespace kiosk::sealing {

namespace {

constexpr std::string_view kVersionPrefix = "age-encryption.org/";
constexpr std::string_view kVersionLine = "age-encryption.org/v1";
constexpr std::string_view kMacMark = "---";
constexpr std::size_t kColumns = 64;
constexpr std::size_t kLineBytes = 48;             // what 64 columns of base64 hold
constexpr std::size_t kLargestHeader = 128 * 1024;  // hundreds of recipients; stops a file that is one endless line

bool is_argument(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char letter) { return letter > ' ' && letter < '\x7f'; });
}

}  // namespace

std::string encode_header(const std::vector<Stanza>& stanzas) {
    std::string header(kVersionLine);
    header += '\n';
    for (const Stanza& stanza : stanzas) {
        header += "->";
        for (const std::string& argument : stanza.arguments) header += ' ' + argument;
        header += '\n';
        const std::string body = to_base64(stanza.body, Padding::none);
        // The last line is shorter than the others, and empty if need be, so that a reader knows where it ends.
        for (std::size_t at = 0; at <= body.size(); at += kColumns) header += body.substr(at, kColumns) + '\n';
    }
    header += kMacMark;
    return header;
}

std::string encode_mac(const HeaderMac& mac) { return ' ' + to_base64(mac, Padding::none) + '\n'; }

core::Result<void> AgeHeaderReader::take(core::ByteView& bytes) {
    while (!bytes.empty() && !is_complete_) {
        const char letter = static_cast<char>(bytes.front());
        bytes = bytes.subspan(1);
        if (letter != '\n') {
            if (authenticated_.size() + line_.size() >= kLargestHeader) return refuse(Refusal::age_header_too_large);
            // A file of another kind is known at once, not at its first line end.
            if (!has_version_ && line_.size() < kVersionPrefix.size() && letter != kVersionPrefix[line_.size()])
                return refuse(Refusal::age_not_age);
            line_ += letter;
            continue;
        }
        if (core::Result<void> result = end_line(); !result) return result;
        line_.clear();
    }
    return {};
}

core::Result<void> AgeHeaderReader::end_line() {
    if (is_in_body_) {
        if (core::Result<void> result = read_body_line(line_); !result) return result;
    } else if (!has_version_) {
        if (line_.size() < kVersionPrefix.size()) return refuse(Refusal::age_not_age);
        if (line_ != kVersionLine) return refuse(Refusal::age_version);
        has_version_ = true;
    } else if (line_.starts_with(kMacMark)) {
        return read_mac(line_);
    } else if (core::Result<void> result = read_arguments(line_); !result) {
        return result;
    }
    authenticated_ += line_;
    authenticated_ += '\n';
    return {};
}

core::Result<void> AgeHeaderReader::read_arguments(std::string_view line) {
    if (!line.starts_with("->")) return refuse(Refusal::age_stanza_start);
    line.remove_prefix(2);
    Stanza stanza;
    while (!line.empty()) {
        const std::size_t end = std::min(line.find(' ', 1), line.size());
        if (line.front() != ' ' || !is_argument(line.substr(1, end - 1))) return refuse(Refusal::age_stanza_arguments);
        stanza.arguments.emplace_back(line.substr(1, end - 1));
        line.remove_prefix(end);
    }
    if (stanza.arguments.empty()) return refuse(Refusal::age_stanza_arguments);
    stanzas_.push_back(std::move(stanza));
    is_in_body_ = true;
    return {};
}

core::Result<void> AgeHeaderReader::read_body_line(std::string_view line) {
    if (line.size() > kColumns) return refuse(Refusal::age_stanza_body);
    std::array<std::byte, kLineBytes> decoded{};
    const std::optional<std::size_t> size = from_base64(line, Padding::none, decoded);
    if (!size) return refuse(Refusal::age_stanza_body);
    core::Bytes& body = stanzas_.back().body;
    body.insert(body.end(), decoded.begin(), decoded.begin() + static_cast<std::ptrdiff_t>(*size));
    is_in_body_ = line.size() == kColumns;
    return {};
}

core::Result<void> AgeHeaderReader::read_mac(std::string_view line) {
    if (stanzas_.empty()) return refuse(Refusal::age_no_stanza);
    line.remove_prefix(kMacMark.size());
    if (!line.starts_with(' ')) return refuse(Refusal::age_mac_line);
    if (from_base64(line.substr(1), Padding::none, mac_) != mac_.size()) return refuse(Refusal::age_mac_line);
    authenticated_ += kMacMark;
    is_complete_ = true;
    return {};
}

}  // namespace kiosk::sealing
