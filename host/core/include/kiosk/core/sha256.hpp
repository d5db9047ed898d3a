// SHA-256 (FIPS 180-4): the name of a bundle, of a definition, of a withdrawal code. Not for passwords. Any thread;
// nothing fails. Nettle's, which uses the processor's instructions for it.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/response.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::core {

// Of bytes that come piece by piece.
class Sha256Stream {
  public:
    Sha256Stream();
    ~Sha256Stream();
    void add(ByteView bytes);
    Sha256 finish();  // once; the stream is spent

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

Sha256 sha256_of(ByteView bytes);
Sha256 sha256_of(std::string_view text);

std::string to_hex(ByteView bytes);                             // lower case
std::optional<Sha256> sha256_from_hex(std::string_view hex);    // exactly 64 digits, either case

}  // namespace kiosk::core
