#include <kiosk/sealing/age_keys.hpp>

#include "bech32.hpp"
#include "refusals.hpp"
#include "sodium.hpp"

#include <sodium.h>

#include <algorithm>

namespace kiosk::sealing {

namespace {

constexpr std::string_view kRecipientPrefix = "age";
constexpr std::string_view kIdentityPrefix = "age-secret-key-";

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

bool begins_with(std::string_view text, std::string_view lower_prefix) {
    return std::ranges::equal(text.substr(0, lower_prefix.size()), lower_prefix, {}, lower_ascii);
}

AgeRecipient recipient_of(const SecretBytes& key) {
    AgeRecipient::Key recipient{};
    crypto_scalarmult_base(raw(recipient.data()), raw(key.data()));
    return AgeRecipient(recipient);
}

// Every key of a file that has one a line, or the first refusal.
template <class Key>
core::Result<std::vector<Key>> parse_lines(std::string_view file) {
    std::vector<Key> keys;
    while (!file.empty()) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        const std::string_view line = trimmed(file.substr(0, end));
        file.remove_prefix(std::min(end + 1, file.size()));
        if (line.empty() || line.front() == '#') continue;
        core::Result<Key> key = Key::parse(line);
        if (!key) return key.error();
        keys.push_back(std::move(key).value());
    }
    if (keys.empty()) return refuse(Refusal::age_keys_empty);
    return keys;
}

}  // namespace

core::Result<AgeRecipient> AgeRecipient::parse(std::string_view text) {
    return guarded([&]() -> core::Result<AgeRecipient> {
        const std::string_view line = trimmed(text);
        if (begins_with(line, kIdentityPrefix)) return refuse(Refusal::age_identity_given_as_recipient);
        const std::optional<SecretBytes> key = from_bech32(kRecipientPrefix, line);
        // age itself writes and reads recipients in lower case only.
        if (!key || line.front() != 'a') return refuse(Refusal::age_recipient_malformed);
        Key bytes{};
        std::ranges::copy(key->view(), bytes.begin());
        return AgeRecipient(bytes);
    });
}

std::string AgeRecipient::to_string() const { return std::string(to_bech32(kRecipientPrefix, key_).text()); }

AgeIdentity::AgeIdentity(SecretBytes key) : key_(std::move(key)), recipient_(recipient_of(key_)) {}

AgeIdentity AgeIdentity::generate() {
    SecretBytes key(32);
    fill_randomly(key.span());
    return AgeIdentity(std::move(key));
}

core::Result<AgeIdentity> AgeIdentity::parse(std::string_view text) {
    return guarded([&]() -> core::Result<AgeIdentity> {
        const std::string_view line = trimmed(text);
        std::optional<SecretBytes> key = from_bech32(kIdentityPrefix, line);
        if (key && line.front() == 'A') return AgeIdentity(std::move(*key));
        const bool is_recipient = begins_with(line, "age1");
        return refuse(is_recipient ? Refusal::age_recipient_given_as_identity : Refusal::age_identity_malformed);
    });
}

SecretBytes AgeIdentity::to_text() const {
    SecretBytes text = to_bech32(kIdentityPrefix, key_.view());
    for (std::byte& letter : text.span())
        if (letter >= std::byte{'a'} && letter <= std::byte{'z'}) letter &= std::byte{0xdf};
    return text;
}

core::Result<std::vector<AgeRecipient>> parse_recipients(std::string_view file) {
    return parse_lines<AgeRecipient>(file);
}

core::Result<std::vector<AgeIdentity>> parse_identities(std::string_view file) {
    return parse_lines<AgeIdentity>(file);
}

}  // namespace kiosk::sealing
