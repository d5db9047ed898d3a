#include "refusals.hpp"
#include "sodium.hpp"

#include <kiosk/sealing/minisign.hpp>

#include <sodium.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace kiosk::sealing {

namespace {

constexpr std::string_view kCommentPrefix = "untrusted comment: ";
constexpr std::string_view kAlgorithm = "Ed";
constexpr std::string_view kScrypt = "Sc";
constexpr std::string_view kNoPassword{"\0\0", 2};
constexpr std::string_view kBlake2b = "B2";

// The bytes of a public key, and of a secret key file: what minisign keeps behind the base64.
constexpr std::size_t kPublicSize = 2 + 8 + 32;
constexpr std::size_t kKeyPartSize = 8 + 64 + 32;  // id, key, checksum: what a password encrypts
constexpr std::size_t kSecretSize = 2 + 2 + 2 + 32 + 8 + 8 + kKeyPartSize;
static_assert(std::endian::native == std::endian::little, "limits are stored little-endian");

struct SecretFields {
    explicit SecretFields(std::span<std::byte> all)
        : signature_algorithm(all.subspan(0, 2)), kdf_algorithm(all.subspan(2, 2)),
          checksum_algorithm(all.subspan(4, 2)), salt(all.subspan(6, 32)), operations(all.subspan(38, 8)),
          memory(all.subspan(46, 8)), key_part(all.subspan(54)), id(all.subspan(54, 8)), key(all.subspan(62, 64)),
          checksum(all.subspan(126, 32)) {}

    std::span<std::byte> signature_algorithm, kdf_algorithm, checksum_algorithm, salt, operations, memory;
    std::span<std::byte> key_part, id, key, checksum;
};

// The second line of a key file (the first is a comment), or the only line.
std::string_view base64_line(std::string_view file) {
    if (file.starts_with(kCommentPrefix)) file.remove_prefix(std::min(file.find('\n'), file.size() - 1) + 1);
    while (!file.empty() && (file.back() == '\n' || file.back() == '\r')) file.remove_suffix(1);
    return file;
}

std::array<std::byte, 32> checksum_of(const SecretFields& fields) {
    std::array<std::byte, 32> sum{};
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, sum.size());
    crypto_generichash_update(&state, raw(fields.signature_algorithm.data()), fields.signature_algorithm.size());
    crypto_generichash_update(&state, raw(fields.id.data()), fields.id.size());
    crypto_generichash_update(&state, raw(fields.key.data()), fields.key.size());
    crypto_generichash_final(&state, raw(sum.data()), sum.size());
    sodium_memzero(&state, sizeof state);
    return sum;
}

std::uint64_t number(std::span<const std::byte> field) {
    std::uint64_t value = 0;
    std::memcpy(&value, field.data(), sizeof value);
    return value;
}

void put(std::span<std::byte> field, std::string_view text) { std::ranges::copy(as_bytes(text), field.begin()); }

void put_number(std::span<std::byte> field, std::uint64_t value) {
    std::memcpy(field.data(), &value, sizeof value);
}

// Encrypts and decrypts alike: the password's key stream over the key part.
void xor_key_stream(const SecretFields& fields, std::string_view password) {
    SecretBytes stream(kKeyPartSize);
    if (crypto_pwhash_scryptsalsa208sha256(raw(stream.data()), stream.size(), password.data(), password.size(),
                                           raw(fields.salt.data()), number(fields.operations),
                                           number(fields.memory)) != 0)
        throw std::bad_alloc();  // its only failure with limits that were checked
    for (std::size_t i = 0; i < kKeyPartSize; ++i) fields.key_part[i] ^= stream.data()[i];
}

core::Result<SecretBytes> decode_secret(std::string_view file) {
    SecretBytes all(kSecretSize);
    if (from_base64(base64_line(file), Padding::required, all.span()) != kSecretSize)
        return refuse(Refusal::minisign_secret_key);
    const SecretFields fields(all.span());
    const std::string_view kdf = as_text(fields.kdf_algorithm);
    if (as_text(fields.signature_algorithm) != kAlgorithm || as_text(fields.checksum_algorithm) != kBlake2b ||
        (kdf != kScrypt && kdf != kNoPassword))
        return refuse(Refusal::minisign_secret_key);
    return all;
}

bool is_protected(const SecretFields& fields) { return as_text(fields.kdf_algorithm) == kScrypt; }

core::Result<void> unlock(const SecretFields& fields, std::string_view password) {
    if (password.empty()) return refuse(Refusal::minisign_password_needed);
    if (number(fields.memory) > crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE ||
        number(fields.operations) > crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE)
        return refuse(Refusal::minisign_cost);
    xor_key_stream(fields, password);
    if (!std::ranges::equal(checksum_of(fields), fields.checksum)) return refuse(Refusal::minisign_password_wrong);
    return {};
}

SecretBytes secret_file(std::string_view comment, const SecretBytes& all) {
    constexpr std::size_t kBase64Size = (kSecretSize + 2) / 3 * 4;
    SecretBytes file(kCommentPrefix.size() + comment.size() + 1 + kBase64Size + 1);
    std::byte* next = file.data();
    const auto append = [&](std::string_view text) { next = std::ranges::copy(as_bytes(text), next).out; };
    append(kCommentPrefix);
    append(comment);
    append("\n");
    // The C string's end lands where the line's end goes.
    sodium_bin2base64(reinterpret_cast<char*>(next), kBase64Size + 1, raw(all.data()), all.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    next += kBase64Size;
    append("\n");
    return file;
}

}  // namespace

std::string to_string(const MinisignKeyId& id) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string text;
    for (std::size_t i = id.size(); i-- > 0;) {  // a little-endian number
        text += kDigits[static_cast<std::size_t>(id[i] >> 4)];
        text += kDigits[static_cast<std::size_t>(id[i] & std::byte{15})];
    }
    return text;
}

core::Result<MinisignPublicKey> MinisignPublicKey::parse(std::string_view text) {
    ensure_sodium();
    std::array<std::byte, kPublicSize> all{};
    if (from_base64(base64_line(text), Padding::required, all) != kPublicSize ||
        as_text(core::ByteView(all).first(2)) != kAlgorithm)
        return refuse(Refusal::minisign_public_key);
    MinisignKeyId id{};
    Key key{};
    std::copy_n(all.begin() + 2, id.size(), id.begin());
    std::copy_n(all.begin() + 10, key.size(), key.begin());
    return MinisignPublicKey(id, key);
}

std::string MinisignPublicKey::to_base64() const {
    core::Bytes all;
    std::ranges::copy(as_bytes(kAlgorithm), std::back_inserter(all));
    std::ranges::copy(id_, std::back_inserter(all));
    std::ranges::copy(key_, std::back_inserter(all));
    return sealing::to_base64(all, Padding::required);
}

std::string MinisignPublicKey::to_file() const {
    return std::string(kCommentPrefix) + "minisign public key " + to_string(id_) + '\n' + to_base64() + '\n';
}

MinisignSecretKey::MinisignSecretKey(const MinisignKeyId& id, SecretBytes key)
    : key_(std::move(key)), public_key_(id, [&] {
          MinisignPublicKey::Key public_key{};
          std::ranges::copy(key_.view().last(public_key.size()), public_key.begin());
          return public_key;
      }()) {}

MinisignSecretKey MinisignSecretKey::generate() {
    SecretBytes key(crypto_sign_SECRETKEYBYTES);
    MinisignPublicKey::Key public_key{};
    crypto_sign_keypair(raw(public_key.data()), raw(key.data()));
    MinisignKeyId id{};
    fill_randomly(id);
    return MinisignSecretKey(id, std::move(key));
}

core::Result<bool> MinisignSecretKey::needs_password(std::string_view file) {
    return guarded([&]() -> core::Result<bool> {
        core::Result<SecretBytes> all = decode_secret(file);
        if (!all) return all.error();
        return is_protected(SecretFields(all->span()));
    });
}

core::Result<MinisignSecretKey> MinisignSecretKey::parse(std::string_view file, std::string_view password) {
    return guarded([&]() -> core::Result<MinisignSecretKey> {
        core::Result<SecretBytes> all = decode_secret(file);
        if (!all) return all.error();
        const SecretFields fields(all->span());
        if (is_protected(fields))
            if (core::Result<void> result = unlock(fields, password); !result) return result.error();

        // The public half is stored, so it could disagree with the seed; signing with such a pair gives the seed away.
        SecretBytes key(crypto_sign_SECRETKEYBYTES);
        MinisignPublicKey::Key public_key{};
        crypto_sign_seed_keypair(raw(public_key.data()), raw(key.data()), raw(fields.key.data()));
        if (sodium_memcmp(key.data(), fields.key.data(), key.size()) != 0) return refuse(Refusal::minisign_secret_key);
        MinisignKeyId id{};
        std::ranges::copy(fields.id, id.begin());
        return MinisignSecretKey(id, std::move(key));
    });
}

core::Result<SecretBytes> MinisignSecretKey::to_file() const {
    return guarded([&]() -> core::Result<SecretBytes> {
        SecretBytes all(kSecretSize);
        const SecretFields fields(all.span());
        put(fields.signature_algorithm, kAlgorithm);
        put(fields.checksum_algorithm, kBlake2b);
        std::ranges::copy(public_key_.id(), fields.id.begin());
        std::ranges::copy(key_.view(), fields.key.begin());
        return secret_file("minisign secret key without a password", all);  // the checksum stays zero, as -W leaves it
    });
}

core::Result<SecretBytes> MinisignSecretKey::to_file(std::string_view password, PasswordCost cost) const {
    return guarded([&]() -> core::Result<SecretBytes> {
        if (password.empty()) return refuse(Refusal::minisign_password_needed);
        SecretBytes all(kSecretSize);
        const SecretFields fields(all.span());
        put(fields.signature_algorithm, kAlgorithm);
        put(fields.kdf_algorithm, kScrypt);
        put(fields.checksum_algorithm, kBlake2b);
        fill_randomly(fields.salt);
        const bool is_light = cost == PasswordCost::light;
        put_number(fields.operations, is_light ? crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_INTERACTIVE
                                               : crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE);
        put_number(fields.memory, is_light ? crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_INTERACTIVE
                                           : crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE);
        std::ranges::copy(public_key_.id(), fields.id.begin());
        std::ranges::copy(key_.view(), fields.key.begin());
        std::ranges::copy(checksum_of(fields), fields.checksum.begin());
        xor_key_stream(fields, password);
        return secret_file("minisign encrypted secret key", all);
    });
}

}  // namespace kiosk::sealing
