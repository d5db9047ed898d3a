#include "age_header.hpp"
#include "age_payload.hpp"
#include "age_recipients.hpp"
#include "armor.hpp"
#include "memory_sink.hpp"
#include "refusals.hpp"
#include "sodium.hpp"

#include <kiosk/sealing/age.hpp>

#include <sodium.h>

#include <algorithm>
#include <optional>

namespace kiosk::sealing {

class AgeDecryptor::Implementation {
  public:
    Implementation(const AgeKeyring& keys, Sink plaintext) : keys_(keys), plaintext_(std::move(plaintext)) {}

    core::Result<void> write(core::ByteView sealed) {
        return remembered([&]() -> core::Result<void> {
            if (sealed.empty()) return {};
            if (!format_) decide_format(static_cast<char>(sealed.front()));
            if (*format_ == AgeFormat::binary) return read(sealed);
            return armor_.write(sealed, binary_);
        });
    }

    core::Result<void> finish() {
        return remembered([&]() -> core::Result<void> {
            if (!format_) return refuse(Refusal::age_not_age);  // an empty file
            if (*format_ == AgeFormat::armored)
                if (core::Result<void> result = armor_.finish(binary_); !result) return result;
            if (!header_.is_complete()) return refuse(Refusal::age_header_cut);
            if (!payload_) return refuse(Refusal::age_nonce_cut);
            return payload_->finish(plaintext_);
        });
    }

  private:
    // A binary file begins with a letter; armor with a dash, or blanks before it.
    void decide_format(char first) {
        constexpr std::string_view kArmorBegins = "- \t\r\n";
        const bool is_armored = kArmorBegins.find(first) != std::string_view::npos;
        format_ = is_armored ? AgeFormat::armored : AgeFormat::binary;
    }

    core::Result<void> read(core::ByteView bytes) {
        if (!header_.is_complete()) {
            if (core::Result<void> result = header_.take(bytes); !result) return result;
            if (!header_.is_complete()) return {};
            if (core::Result<void> result = accept_header(); !result) return result;
        }
        if (!payload_) {
            const std::size_t taken = std::min(bytes.size(), nonce_.size() - nonce_filled_);
            std::ranges::copy(bytes.first(taken), nonce_.begin() + static_cast<std::ptrdiff_t>(nonce_filled_));
            nonce_filled_ += taken;
            if (nonce_filled_ < nonce_.size()) return {};
            bytes = bytes.subspan(taken);
            payload_.emplace(payload_key(file_key_, nonce_));
            file_key_ = {};
        }
        return payload_->write(bytes, plaintext_);
    }

    core::Result<void> accept_header() {
        core::Result<SecretBytes> file_key = unwrap(header_.stanzas(), keys_);
        if (!file_key) return file_key.error();
        const HeaderMac expected = header_mac(*file_key, header_.authenticated());
        if (sodium_memcmp(expected.data(), header_.mac().data(), expected.size()) != 0)
            return refuse(Refusal::age_header_mac);
        file_key_ = std::move(file_key).value();
        return {};
    }

    template <class Step>
    core::Result<void> remembered(Step step) {
        if (!failed_)
            if (core::Result<void> result = guarded(step); !result) failed_ = result.error();
        if (failed_) return *failed_;
        return {};
    }

    const AgeKeyring& keys_;
    Sink plaintext_;
    Sink binary_ = [this](core::ByteView bytes) { return read(bytes); };
    std::optional<AgeFormat> format_;
    ArmorReader armor_;
    AgeHeaderReader header_;
    SecretBytes file_key_;
    std::array<std::byte, kPayloadNonceSize> nonce_{};
    std::size_t nonce_filled_ = 0;
    std::optional<AgePayloadReader> payload_;
    std::optional<core::Error> failed_;
};

AgeDecryptor::AgeDecryptor(const AgeKeyring& keys, Sink plaintext)
    : implementation_(std::make_unique<Implementation>(keys, std::move(plaintext))) {}
AgeDecryptor::AgeDecryptor(AgeDecryptor&&) noexcept = default;
AgeDecryptor& AgeDecryptor::operator=(AgeDecryptor&&) noexcept = default;
AgeDecryptor::~AgeDecryptor() = default;

core::Result<void> AgeDecryptor::write(core::ByteView sealed) { return implementation_->write(sealed); }

core::Result<void> AgeDecryptor::finish() { return implementation_->finish(); }

core::Result<AgeOpener> AgeOpener::create(AgeKeyring keys) {
    if (keys.identities.empty() && !keys.passphrase) return refuse(Refusal::age_no_identity);
    return AgeOpener(std::move(keys));
}

core::Result<core::Bytes> AgeOpener::open(core::ByteView sealed) const {
    return guarded([&]() -> core::Result<core::Bytes> {
        const core::Result<SecretBytes> plaintext = open_secret(sealed);
        if (!plaintext) return plaintext.error();
        return core::Bytes(plaintext->view().begin(), plaintext->view().end());
    });
}

core::Result<SecretBytes> AgeOpener::open_secret(core::ByteView sealed) const {
    return guarded([&]() -> core::Result<SecretBytes> {
        MemorySink plaintext(sealed.size());  // never larger than what was sealed
        AgeDecryptor decryptor(keys_, plaintext.sink());
        if (core::Result<void> result = decryptor.write(sealed); !result) return result.error();
        if (core::Result<void> result = decryptor.finish(); !result) return result.error();
        return plaintext.take();
    });
}

core::Result<void> open_stream(const AgeKeyring& keys, const Source& sealed, Sink plaintext) {
    return guarded([&]() -> core::Result<void> {
        AgeDecryptor decryptor(keys, std::move(plaintext));
        const core::Result<void> result =
            for_each_piece(sealed, [&](core::ByteView piece) { return decryptor.write(piece); });
        return result ? decryptor.finish() : result;
    });
}

core::Result<std::vector<AgeIdentity>> read_identity_file(core::ByteView file, std::string_view passphrase) {
    return guarded([&]() -> core::Result<std::vector<AgeIdentity>> {
        const std::string_view text = as_text(file);
        const bool is_sealed = text.starts_with("age-encryption.org/") || text.starts_with("-----BEGIN AGE");
        if (!is_sealed) return parse_identities(text);
        if (passphrase.empty()) return refuse(Refusal::age_passphrase_needed);
        const core::Result<AgeOpener> opener = AgeOpener::create({{}, SecretBytes::copy_of(passphrase)});
        if (!opener) return opener.error();
        const core::Result<SecretBytes> plain = opener->open_secret(file);
        if (!plain) return plain.error();
        return parse_identities(plain->text());
    });
}

}  // namespace kiosk::sealing
