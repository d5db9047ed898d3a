#include <kiosk/sealing/minisign.hpp>

#include "memory_sink.hpp"
#include "refusals.hpp"
#include "sodium.hpp"

#include <sodium.h>

#include <algorithm>

namespace kiosk::sealing {

namespace {

constexpr std::string_view kUntrustedPrefix = "untrusted comment: ";
constexpr std::string_view kTrustedPrefix = "trusted comment: ";
constexpr std::string_view kDirect = "Ed";
constexpr std::string_view kPrehashed = "ED";
constexpr std::size_t kLongestComment = 8000;  // minisign's own buffer is 8,192 bytes with the prefix

using Signature = std::array<std::byte, crypto_sign_BYTES>;
using Hash = std::array<std::byte, crypto_generichash_BYTES_MAX>;

class Blake2b {
  public:
    Blake2b() {
        ensure_sodium();
        crypto_generichash_init(&state_, nullptr, 0, std::tuple_size_v<Hash>);
    }

    void add(core::ByteView bytes) { crypto_generichash_update(&state_, raw(bytes.data()), bytes.size()); }

    Hash finish() {
        Hash hash{};
        crypto_generichash_final(&state_, raw(hash.data()), hash.size());
        return hash;
    }

  private:
    crypto_generichash_state state_;
};

Hash hash_of(core::ByteView message) {
    Blake2b hash;
    hash.add(message);
    return hash.finish();
}

core::Result<Hash> hash_of(const Source& message) {
    return guarded([&]() -> core::Result<Hash> {
        Blake2b hash;
        const core::Result<void> result = for_each_piece(message, [&](core::ByteView piece) -> core::Result<void> {
            hash.add(piece);
            return {};
        });
        if (!result) return result.error();
        return hash.finish();
    });
}

// What the second signature covers: the first, and the trusted comment.
core::Bytes commented(const Signature& signature, std::string_view comment) {
    core::Bytes bytes(signature.begin(), signature.end());
    std::ranges::copy(as_bytes(comment), std::back_inserter(bytes));
    return bytes;
}

bool is_one_line(std::string_view comment) {
    return comment.size() <= kLongestComment && comment.find_first_of(std::string_view("\n\r\0", 3)) == comment.npos;
}

struct SignatureFile {
    bool is_prehashed = true;
    MinisignKeyId signer{};
    Signature signature{};
    Signature comment_signature{};
    std::string trusted_comment;
};

std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

core::Result<SignatureFile> parse_signature(std::string_view text) {
    SignatureFile file;
    const std::string_view untrusted_line = take_line(text);
    const std::string_view signature_line = take_line(text);
    const std::string_view trusted_line = take_line(text);
    const std::string_view comment_signature_line = take_line(text);

    std::array<std::byte, 2 + sizeof file.signer + sizeof file.signature> all{};
    if (!untrusted_line.starts_with(kUntrustedPrefix) || !trusted_line.starts_with(kTrustedPrefix) ||
        from_base64(signature_line, Padding::required, all) != all.size() ||
        from_base64(comment_signature_line, Padding::required, file.comment_signature) != file.comment_signature.size())
        return refuse(Refusal::minisign_form);
    if (!text.empty()) return refuse(Refusal::minisign_trailing);

    const std::string_view algorithm = as_text(core::ByteView(all).first(2));
    if (algorithm != kPrehashed && algorithm != kDirect) return refuse(Refusal::minisign_algorithm);
    file.is_prehashed = algorithm == kPrehashed;
    std::copy_n(all.begin() + 2, file.signer.size(), file.signer.begin());
    std::copy_n(all.begin() + 10, file.signature.size(), file.signature.begin());
    file.trusted_comment = trusted_line.substr(kTrustedPrefix.size());
    if (!is_one_line(file.trusted_comment)) return refuse(Refusal::minisign_comment_text);
    return file;
}

bool is_signed(const Signature& signature, core::ByteView message, const MinisignPublicKey& key) {
    return crypto_sign_verify_detached(raw(signature.data()), raw(message.data()), message.size(),
                                       raw(key.key().data())) == 0;
}

core::Result<MinisignVerifier::Verified> check(const SignatureFile& file, core::ByteView signed_bytes,
                                               const std::vector<MinisignPublicKey>& trusted) {
    const auto key = std::ranges::find(trusted, file.signer, &MinisignPublicKey::id);
    if (key == trusted.end()) return refuse(Refusal::minisign_unknown_signer);
    if (!is_signed(file.signature, signed_bytes, *key)) return refuse(Refusal::minisign_message);
    if (!is_signed(file.comment_signature, commented(file.signature, file.trusted_comment), *key))
        return refuse(Refusal::minisign_comment);
    return MinisignVerifier::Verified{file.trusted_comment, file.signer};
}

core::Result<std::string> sign_hash(const MinisignSecretKey& key, const Hash& hash, std::string_view untrusted_comment,
                                    std::string_view trusted_comment) {
    if (!is_one_line(trusted_comment) || !is_one_line(untrusted_comment))
        return refuse(Refusal::minisign_comment_text);
    const auto sign = [&](core::ByteView bytes) {
        Signature signature{};
        crypto_sign_detached(raw(signature.data()), nullptr, raw(bytes.data()), bytes.size(), raw(key.key().data()));
        return signature;
    };
    const Signature signature = sign(hash);
    const Signature comment_signature = sign(commented(signature, trusted_comment));

    core::Bytes all;
    std::ranges::copy(as_bytes(kPrehashed), std::back_inserter(all));
    std::ranges::copy(key.public_key().id(), std::back_inserter(all));
    std::ranges::copy(signature, std::back_inserter(all));
    std::string file(kUntrustedPrefix);
    file.append(untrusted_comment).append("\n").append(to_base64(all, Padding::required)).append("\n");
    file.append(kTrustedPrefix).append(trusted_comment).append("\n");
    file.append(to_base64(comment_signature, Padding::required)).append("\n");
    return file;
}

}  // namespace

MinisignSigner::MinisignSigner(MinisignSecretKey key, std::string untrusted_comment)
    : key_(std::move(key)), untrusted_comment_(std::move(untrusted_comment)) {}

core::Result<std::string> MinisignSigner::sign(core::ByteView message, std::string_view trusted_comment) const {
    return guarded([&] { return sign_hash(key_, hash_of(message), untrusted_comment_, trusted_comment); });
}

core::Result<std::string> MinisignSigner::sign_stream(const Source& message, std::string_view trusted_comment) const {
    return guarded([&]() -> core::Result<std::string> {
        const core::Result<Hash> hash = hash_of(message);
        if (!hash) return hash.error();
        return sign_hash(key_, *hash, untrusted_comment_, trusted_comment);
    });
}

core::Result<MinisignVerifier> MinisignVerifier::create(std::vector<MinisignPublicKey> trusted) {
    if (trusted.empty()) return refuse(Refusal::minisign_no_trusted_key);
    return MinisignVerifier(std::move(trusted));
}

core::Result<std::string> MinisignVerifier::verify(core::ByteView message, std::string_view minisig) const {
    core::Result<Verified> verified = verify_signer(message, minisig);
    if (!verified) return verified.error();
    return std::move(verified->trusted_comment);
}

core::Result<MinisignVerifier::Verified> MinisignVerifier::verify_signer(core::ByteView message,
                                                                         std::string_view minisig) const {
    return guarded([&]() -> core::Result<Verified> {
        const core::Result<SignatureFile> file = parse_signature(minisig);
        if (!file) return file.error();
        if (!file->is_prehashed) return check(*file, message, trusted_);
        return check(*file, hash_of(message), trusted_);
    });
}

core::Result<MinisignVerifier::Verified> MinisignVerifier::verify_stream(const Source& message,
                                                                         std::string_view minisig) const {
    return guarded([&]() -> core::Result<Verified> {
        const core::Result<SignatureFile> file = parse_signature(minisig);
        if (!file) return file.error();
        if (!file->is_prehashed) return refuse(Refusal::minisign_legacy_stream);
        const core::Result<Hash> hash = hash_of(message);
        if (!hash) return hash.error();
        return check(*file, *hash, trusted_);
    });
}

core::Result<MinisignKeyId> claimed_signer(std::string_view minisig) {
    return guarded([&]() -> core::Result<MinisignKeyId> {
        const core::Result<SignatureFile> file = parse_signature(minisig);
        if (!file) return file.error();
        return file->signer;
    });
}

}  // namespace kiosk::sealing
