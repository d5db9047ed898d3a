// Age files made to order, well or badly: any header lines, MAC'ed with a known file key, and any payload.
#pragma once

#include "age_header.hpp"
#include "age_payload.hpp"
#include "age_recipients.hpp"
#include "sodium.hpp"

#include <kiosk/sealing/age.hpp>

#include <kiosk/core/random.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::test {

inline core::Bytes bytes_of(std::string_view text) {
    const core::ByteView view = sealing::as_bytes(text);
    return {view.begin(), view.end()};
}

// Bytes that differ everywhere, so that a lost or moved chunk shows.
inline core::Bytes sample(std::size_t size) {
    core::Bytes bytes(size);
    core::SeededRandom(size + 1).fill(bytes);
    return bytes;
}

class Forge {
  public:
    Forge() { sealing::fill_randomly(file_key_.span()); }

    static sealing::AgeKeyring keyring(const sealing::AgeIdentity& identity) {
        sealing::AgeKeyring keys;
        keys.identities.push_back(sealing::AgeIdentity::parse(identity.to_text().text()).value());
        return keys;
    }

    const sealing::AgeIdentity& identity() const { return identity_; }
    sealing::AgeOpener opener() const { return sealing::AgeOpener::create(keyring(identity_)).value(); }

    sealing::Stanza stanza() const { return sealing::wrap_for(identity_.recipient(), file_key_).value(); }

    // The lines of a stanza, without the version line and the MAC.
    static std::string text_of(const sealing::Stanza& stanza) {
        std::string text = sealing::encode_header({stanza});
        text.erase(0, text.find('\n') + 1);
        text.resize(text.size() - 3);
        return text;
    }

    std::string stanza_text() const { return text_of(stanza()); }

    // A header of these lines (each with its end), with a right MAC.
    std::string header(const std::string& stanza_lines, const std::string& version = "age-encryption.org/v1\n") const {
        const std::string authenticated = version + stanza_lines + "---";
        return authenticated + sealing::encode_mac(sealing::header_mac(file_key_, authenticated));
    }

    std::string payload(core::ByteView plaintext) const {
        std::string text(16, 'n');
        sealing::AgePayloadWriter writer(sealing::payload_key(file_key_, sealing::as_bytes(text)));
        const sealing::Sink append = [&](core::ByteView bytes) -> core::Result<void> {
            text += sealing::as_text(bytes);
            return {};
        };
        REQUIRE(writer.write(plaintext, append));
        REQUIRE(writer.finish(append));
        return text;
    }

    // One chunk, sealed here and not by the library.
    std::string chunk(std::string_view nonce, std::uint64_t counter, bool is_last, core::ByteView plaintext) const {
        const sealing::SecretBytes key = sealing::payload_key(file_key_, sealing::as_bytes(nonce));
        std::array<unsigned char, 12> chunk_nonce{};
        for (int i = 0; i < 8; ++i) chunk_nonce[static_cast<std::size_t>(10 - i)] = static_cast<unsigned char>(counter >> 8 * i);
        chunk_nonce[11] = is_last;
        std::string sealed(plaintext.size() + 16, '\0');
        crypto_aead_chacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(sealed.data()), nullptr,
                                                  sealing::raw(plaintext.data()), plaintext.size(), nullptr, 0, nullptr,
                                                  chunk_nonce.data(), sealing::raw(key.data()));
        return sealed;
    }

    std::string file(const std::string& stanza_lines) const { return header(stanza_lines) + payload(bytes_of("hello")); }

    // The code it is refused with, or "opened".
    std::string outcome(std::string_view file) const { return outcome(file, keyring(identity_)); }

    static std::string outcome(std::string_view file, sealing::AgeKeyring keys) {
        const auto opener = sealing::AgeOpener::create(std::move(keys)).value();
        const auto opened = opener.open(sealing::as_bytes(file));
        return opened ? "opened" : opened.error().code;
    }

    const sealing::SecretBytes& file_key() const { return file_key_; }

  private:
    sealing::AgeIdentity identity_ = sealing::AgeIdentity::generate();
    sealing::SecretBytes file_key_{16};
};

}  // namespace kiosk::test
