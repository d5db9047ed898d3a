// Keys of the age format: a recipient (public, "age1…") and an identity (secret, "AGE-SECRET-KEY-1…"), both X25519.
//
// Values; immutable once made, so any thread may read them. Text that is no such key is refused in words that say which
// of the two was expected.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/sealing/secret_bytes.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::sealing {

class AgeRecipient {
  public:
    using Key = std::array<std::byte, 32>;

    explicit AgeRecipient(const Key& key) : key_(key) {}
    static core::Result<AgeRecipient> parse(std::string_view text);

    std::string to_string() const;
    const Key& key() const { return key_; }

    auto operator<=>(const AgeRecipient&) const = default;

  private:
    Key key_;
};

class AgeIdentity {
  public:
    static AgeIdentity generate();
    static core::Result<AgeIdentity> parse(std::string_view text);

    SecretBytes to_text() const;  // in capitals, without a line end
    const SecretBytes& key() const { return key_; }
    const AgeRecipient& recipient() const { return recipient_; }

  private:
    explicit AgeIdentity(SecretBytes key);

    SecretBytes key_;
    AgeRecipient recipient_;
};

// The files age itself reads with -R and -i: one key a line; blank lines and lines that begin with # are passed over.
core::Result<std::vector<AgeRecipient>> parse_recipients(std::string_view file);
core::Result<std::vector<AgeIdentity>> parse_identities(std::string_view file);

// What opens age files: identities, and a passphrase for files sealed with one (age -p).
struct AgeKeyring {
    std::vector<AgeIdentity> identities;
    std::optional<SecretBytes> passphrase;
};

}  // namespace kiosk::sealing
