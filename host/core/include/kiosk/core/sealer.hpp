// Ports of encryption and signing, implemented by sealing (age v1 and minisign formats over libsodium).
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/result.hpp>

#include <string>
#include <string_view>

namespace kiosk::core {

// Encrypts to the office's recipients. The kiosk holds no key that opens what this makes. Any thread.
class Sealer {
  public:
    virtual ~Sealer() = default;
    virtual Result<Bytes> seal(ByteView plaintext) const = 0;  // one whole age file
};

// Opens what a Sealer made, at the office.
class Opener {
  public:
    virtual ~Opener() = default;
    virtual Result<Bytes> open(ByteView sealed) const = 0;
};

// Signs bundles, packs and receipts.
class Signer {
  public:
    virtual ~Signer() = default;
    virtual Result<std::string> sign(ByteView message, std::string_view trusted_comment) const = 0;  // a .minisig file
};

class Verifier {
  public:
    virtual ~Verifier() = default;
    // The trusted comment of a valid signature.
    virtual Result<std::string> verify(ByteView message, std::string_view minisig) const = 0;
};

}  // namespace kiosk::core
