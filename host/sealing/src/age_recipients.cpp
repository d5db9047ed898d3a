#include "age_recipients.hpp"

#include "refusals.hpp"
#include "sodium.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace kiosk::sealing {

namespace {

constexpr std::string_view kX25519 = "X25519";
constexpr std::string_view kScrypt = "scrypt";
constexpr std::string_view kX25519Info = "age-encryption.org/v1/X25519";
constexpr std::string_view kScryptLabel = "age-encryption.org/v1/scrypt";
constexpr std::size_t kTagSize = crypto_aead_chacha20poly1305_ietf_ABYTES;
constexpr std::size_t kBodySize = kFileKeySize + kTagSize;
constexpr std::size_t kSaltSize = 16;

// Each wrapping key is used once, so the format fixes the nonce.
constexpr std::array<unsigned char, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> kZeroNonce{};

core::Bytes wrap_file_key(const SecretBytes& wrap_key, const SecretBytes& file_key) {
    core::Bytes body(kBodySize);
    crypto_aead_chacha20poly1305_ietf_encrypt(raw(body.data()), nullptr, raw(file_key.data()), file_key.size(), nullptr,
                                              0, nullptr, kZeroNonce.data(), raw(wrap_key.data()));
    return body;
}

std::optional<SecretBytes> unwrap_file_key(const SecretBytes& wrap_key, const core::Bytes& body) {
    SecretBytes file_key(kFileKeySize);
    if (crypto_aead_chacha20poly1305_ietf_decrypt(raw(file_key.data()), nullptr, nullptr, raw(body.data()), body.size(),
                                                  nullptr, 0, kZeroNonce.data(), raw(wrap_key.data())) != 0)
        return std::nullopt;
    return file_key;
}

// Nothing if `point` has low order: then the shared secret would be the same for everyone.
std::optional<SecretBytes> x25519_wrap_key(const SecretBytes& secret, const AgeRecipient::Key& point,
                                           const AgeRecipient::Key& share, const AgeRecipient::Key& recipient) {
    SecretBytes shared(crypto_scalarmult_BYTES);
    if (crypto_scalarmult(raw(shared.data()), raw(secret.data()), raw(point.data())) != 0) return std::nullopt;
    std::array<std::byte, 64> salt{};
    std::ranges::copy(share, salt.begin());
    std::ranges::copy(recipient, salt.begin() + 32);
    return hkdf_sha256(shared.view(), salt, kX25519Info);
}

SecretBytes scrypt_wrap_key(std::string_view passphrase, core::ByteView salt, int work_factor) {
    core::Bytes labelled;
    labelled.reserve(kScryptLabel.size() + salt.size());
    std::ranges::copy(as_bytes(kScryptLabel), std::back_inserter(labelled));
    std::ranges::copy(salt, std::back_inserter(labelled));
    SecretBytes key(32);
    constexpr std::uint32_t kBlockSize = 8, kParallelism = 1;
    if (crypto_pwhash_scryptsalsa208sha256_ll(raw(as_bytes(passphrase).data()), passphrase.size(), raw(labelled.data()),
                                              labelled.size(), std::uint64_t{1} << work_factor, kBlockSize,
                                              kParallelism, raw(key.data()), key.size()) != 0)
        throw std::bad_alloc();  // its only failure with these parameters
    return key;
}

core::Result<AgeRecipient::Key> share_of(const Stanza& stanza) {
    AgeRecipient::Key share{};
    if (stanza.arguments.size() != 2 || from_base64(stanza.arguments[1], Padding::none, share) != share.size() ||
        stanza.body.size() != kBodySize)
        return refuse(Refusal::age_x25519_stanza);
    return share;
}

struct ScryptStanza {
    std::array<std::byte, kSaltSize> salt{};
    int work_factor = 0;
};

core::Result<ScryptStanza> scrypt_of(const Stanza& stanza) {
    ScryptStanza scrypt;
    if (stanza.arguments.size() != 3 || from_base64(stanza.arguments[1], Padding::none, scrypt.salt) != kSaltSize ||
        stanza.body.size() != kBodySize)
        return refuse(Refusal::age_scrypt_stanza);
    const std::string& digits = stanza.arguments[2];
    const bool is_decimal = std::ranges::all_of(digits, [](char digit) { return digit >= '0' && digit <= '9'; });
    if (!is_decimal || digits.front() == '0') return refuse(Refusal::age_scrypt_stanza);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), scrypt.work_factor);
    if (error != std::errc{} || scrypt.work_factor > kLargestWorkFactor) return refuse(Refusal::age_scrypt_work);
    return scrypt;
}

core::Result<SecretBytes> unwrap_with_passphrase(const Stanza& stanza, const std::optional<SecretBytes>& passphrase) {
    const core::Result<ScryptStanza> scrypt = scrypt_of(stanza);
    if (!scrypt) return scrypt.error();
    if (!passphrase) return refuse(Refusal::age_passphrase_needed);
    const SecretBytes wrap_key = scrypt_wrap_key(passphrase->text(), scrypt->salt, scrypt->work_factor);
    std::optional<SecretBytes> file_key = unwrap_file_key(wrap_key, stanza.body);
    if (!file_key) return refuse(Refusal::age_passphrase_wrong);
    return std::move(*file_key);
}

}  // namespace

core::Result<Stanza> wrap_for(const AgeRecipient& recipient, const SecretBytes& file_key) {
    const AgeIdentity ephemeral = AgeIdentity::generate();
    const AgeRecipient::Key& share = ephemeral.recipient().key();
    const std::optional<SecretBytes> wrap_key =
        x25519_wrap_key(ephemeral.key(), recipient.key(), share, recipient.key());
    if (!wrap_key) return refuse(Refusal::age_recipient_weak);
    return Stanza{{std::string(kX25519), to_base64(share, Padding::none)}, wrap_file_key(*wrap_key, file_key)};
}

core::Result<Stanza> wrap_with_passphrase(std::string_view passphrase, int work_factor, const SecretBytes& file_key) {
    if (passphrase.empty()) return refuse(Refusal::age_passphrase_needed);
    if (work_factor < 1 || work_factor > kLargestWorkFactor) return refuse(Refusal::age_scrypt_work);
    std::array<std::byte, kSaltSize> salt{};
    fill_randomly(salt);
    const SecretBytes wrap_key = scrypt_wrap_key(passphrase, salt, work_factor);
    return Stanza{{std::string(kScrypt), to_base64(salt, Padding::none), std::to_string(work_factor)},
                  wrap_file_key(wrap_key, file_key)};
}

core::Result<SecretBytes> unwrap(const std::vector<Stanza>& stanzas, const AgeKeyring& keys) {
    std::vector<AgeRecipient::Key> shares(stanzas.size());
    for (std::size_t i = 0; i < stanzas.size(); ++i) {
        const std::string& kind = stanzas[i].arguments.front();
        if (kind == kScrypt) {
            if (stanzas.size() > 1) return refuse(Refusal::age_scrypt_not_alone);
            return unwrap_with_passphrase(stanzas[i], keys.passphrase);
        }
        if (kind != kX25519) continue;
        const core::Result<AgeRecipient::Key> share = share_of(stanzas[i]);
        if (!share) return share.error();
        shares[i] = *share;
    }
    for (std::size_t i = 0; i < stanzas.size(); ++i) {
        if (stanzas[i].arguments.front() != kX25519) continue;
        for (const AgeIdentity& identity : keys.identities) {
            const std::optional<SecretBytes> wrap_key =
                x25519_wrap_key(identity.key(), shares[i], shares[i], identity.recipient().key());
            if (!wrap_key) return refuse(Refusal::age_weak_share);
            std::optional<SecretBytes> file_key = unwrap_file_key(*wrap_key, stanzas[i].body);
            if (file_key) return std::move(*file_key);
        }
    }
    return refuse(Refusal::age_no_match);
}

HeaderMac header_mac(const SecretBytes& file_key, std::string_view authenticated) {
    const SecretBytes key = hkdf_sha256(file_key.view(), {}, "header");
    HeaderMac mac{};
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, raw(key.data()), key.size());
    crypto_auth_hmacsha256_update(&state, raw(as_bytes(authenticated).data()), authenticated.size());
    crypto_auth_hmacsha256_final(&state, raw(mac.data()));
    sodium_memzero(&state, sizeof state);
    return mac;
}

}  // namespace kiosk::sealing
