// Signatures in the minisign format, so that the program minisign verifies what we sign and the reverse. Signs the way
// minisign ≥ 0.9 does (Ed25519 over BLAKE2b-512, "ED"); verifies the older direct form ("Ed") too.
//
// Keys are values, immutable once made. Signers and verifiers may be shared between threads.
#pragma once

#include <kiosk/core/sealer.hpp>
#include <kiosk/sealing/secret_bytes.hpp>
#include <kiosk/sealing/stream.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::sealing {

using MinisignKeyId = std::array<std::byte, 8>;

std::string to_string(const MinisignKeyId& id);  // as minisign prints it: "AFEF608D9EC9E2C7"

class MinisignPublicKey {
  public:
    using Key = std::array<std::byte, 32>;

    MinisignPublicKey(const MinisignKeyId& id, const Key& key) : id_(id), key_(key) {}
    static core::Result<MinisignPublicKey> parse(std::string_view text);  // a .pub file, or its base64 line alone

    std::string to_base64() const;
    std::string to_file() const;
    const MinisignKeyId& id() const { return id_; }
    const Key& key() const { return key_; }

    auto operator<=>(const MinisignPublicKey&) const = default;

  private:
    MinisignKeyId id_;
    Key key_;
};

// How much work a password costs whoever guesses it. `minisign` is what that program writes: 1 GiB, some seconds.
enum class PasswordCost { minisign = 1, light = 2 };

class MinisignSecretKey {
  public:
    static MinisignSecretKey generate();
    // A secret key file. `password` is needed when the file is protected, and ignored when it is not.
    static core::Result<MinisignSecretKey> parse(std::string_view file, std::string_view password = {});
    static core::Result<bool> needs_password(std::string_view file);

    core::Result<SecretBytes> to_file() const;  // unprotected, as minisign -W writes it
    core::Result<SecretBytes> to_file(std::string_view password, PasswordCost cost = PasswordCost::minisign) const;
    const MinisignPublicKey& public_key() const { return public_key_; }
    const SecretBytes& key() const { return key_; }  // 64 bytes: seed and public key

  private:
    MinisignSecretKey(const MinisignKeyId& id, SecretBytes key);

    SecretBytes key_;
    MinisignPublicKey public_key_;
};

class MinisignSigner final : public core::Signer {
  public:
    explicit MinisignSigner(MinisignSecretKey key,
                            std::string untrusted_comment = "signature from feedback-kiosk");

    // The trusted comment is one line of at most 8,000 bytes.
    core::Result<std::string> sign(core::ByteView message, std::string_view trusted_comment) const override;
    core::Result<std::string> sign_stream(const Source& message, std::string_view trusted_comment) const;
    const MinisignPublicKey& public_key() const { return key_.public_key(); }

  private:
    MinisignSecretKey key_;
    std::string untrusted_comment_;
};

class MinisignVerifier final : public core::Verifier {
  public:
    struct Verified {
        std::string trusted_comment;
        MinisignKeyId signer{};
    };

    // The keys that are trusted; at least one.
    static core::Result<MinisignVerifier> create(std::vector<MinisignPublicKey> trusted);

    core::Result<std::string> verify(core::ByteView message, std::string_view minisig) const override;
    core::Result<Verified> verify_signer(core::ByteView message, std::string_view minisig) const;
    // Cannot verify the older direct form, which needs the whole message at once.
    core::Result<Verified> verify_stream(const Source& message, std::string_view minisig) const;

  private:
    explicit MinisignVerifier(std::vector<MinisignPublicKey> trusted) : trusted_(std::move(trusted)) {}

    std::vector<MinisignPublicKey> trusted_;
};

// Which key a signature claims to be by, before any trust: to look its kiosk up, never to accept it.
core::Result<MinisignKeyId> claimed_signer(std::string_view minisig);

}  // namespace kiosk::sealing
