// The textual header of an age file: version line, one stanza a recipient, and a MAC over it all.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/result.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::sealing {

struct Stanza {
    std::vector<std::string> arguments;  // at least one; the first names the kind of recipient
    core::Bytes body;
};

using HeaderMac = std::array<std::byte, 32>;

// The header up to and including the "---" that the MAC covers.
std::string encode_header(const std::vector<Stanza>& stanzas);

// What follows it: the MAC and the line's end.
std::string encode_mac(const HeaderMac& mac);

// Takes a header in pieces of any size and tells when it is complete.
class AgeHeaderReader {
  public:
    // Takes bytes from the front of `bytes` until the header ends; the rest is payload.
    core::Result<void> take(core::ByteView& bytes);

    bool is_complete() const { return is_complete_; }
    const std::vector<Stanza>& stanzas() const { return stanzas_; }
    std::string_view authenticated() const { return authenticated_; }  // what the MAC covers
    const HeaderMac& mac() const { return mac_; }

  private:
    core::Result<void> end_line();
    core::Result<void> read_arguments(std::string_view line);
    core::Result<void> read_body_line(std::string_view line);
    core::Result<void> read_mac(std::string_view line);

    std::string line_;
    std::string authenticated_;
    std::vector<Stanza> stanzas_;
    HeaderMac mac_{};
    bool has_version_ = false;
    bool is_in_body_ = false;
    bool is_complete_ = false;
};

}  // namespace kiosk::sealing
