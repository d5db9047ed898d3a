// The rules of the format's header, one case each; what the public test vectors of the format ask is all here.
#include <catch2/catch_test_macros.hpp>

#include "forge.hpp"

using namespace kiosk;
using namespace kiosk::sealing;
using namespace std::string_literals;
using test::Forge;

namespace {

constexpr const char* kArguments = "age.stanza_arguments";
constexpr const char* kBody = "age.stanza_body";
constexpr const char* kMacLine = "age.mac_line";

std::string mac_text(const Forge& forge, const std::string& stanzas) {
    const std::string header = forge.header(stanzas);
    return header.substr(header.rfind("--- ") + 4, 43);
}

}  // namespace

TEST_CASE("a well-made file opens") {
    const Forge forge;
    CHECK(forge.outcome(forge.file(forge.stanza_text())) == "opened");
}

TEST_CASE("only the version line of age v1 is taken") {
    const Forge forge;
    const std::string rest = forge.payload({});
    const std::string stanza = forge.stanza_text();
    CHECK(forge.outcome(forge.header(stanza, "age-encryption.org/v1234\n") + rest) == "age.version");
    CHECK(forge.outcome(forge.header(stanza, "age-encryption.org/v1\r\n") + rest) == "age.version");
    CHECK(forge.outcome(forge.header(stanza, "age-encryption.org/\n") + rest) == "age.version");
    CHECK(forge.outcome(forge.header(stanza, "age-encryption\n") + rest) == "age.not_age");
    CHECK(forge.outcome("PK\x03\x04 a zip") == "age.not_age");
    CHECK(forge.outcome("") == "age.not_age");
    CHECK(forge.outcome("\n") == "armor.begin");
    CHECK(forge.outcome("age-encryption.org/v1") == "age.header_cut");
    CHECK(forge.outcome("age-encryption.org/v1\n") == "age.header_cut");
}

TEST_CASE("a header without a stanza is refused") {
    const Forge forge;
    CHECK(forge.outcome(forge.file("")) == "age.no_stanza");
}

TEST_CASE("a header of endless length is refused before it fills the memory") {
    const Forge forge;
    CHECK(forge.outcome("age-encryption.org/v1\n-> " + std::string(1 << 20, 'x')) == "age.header_too_large");
    std::string many;
    for (int i = 0; i < 3000; ++i) many += "-> grease " + std::to_string(i) + "\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n";
    CHECK(forge.outcome(forge.file(many + forge.stanza_text())) == "age.header_too_large");
}

TEST_CASE("stanzas of unknown kinds are passed over") {
    const Forge forge;
    const std::string grease = "-> grease-4 9 !\"#$%&'()*+,-./:;<=>?@[]^_`{|}~ \\\nAAAA\n-> empty\n\n";
    CHECK(forge.outcome(forge.file(grease + forge.stanza_text())) == "opened");
    CHECK(forge.outcome(forge.file(forge.stanza_text() + grease)) == "opened");
    CHECK(forge.outcome(forge.file(grease)) == "age.no_match");
    // The kind is compared letter by letter.
    Stanza small = forge.stanza();
    small.arguments[0] = "x25519";
    CHECK(forge.outcome(forge.file(Forge::text_of(small))) == "age.no_match");
}

TEST_CASE("a stanza's lines must be exactly in form") {
    const Forge forge;
    const std::string good = forge.stanza_text();
    const auto outcome = [&](const std::string& stanza) { return forge.outcome(forge.file(good + stanza)); };
    CHECK(outcome("- > stanza\n\n") == "age.stanza_start");
    CHECK(outcome("stanza\n\n") == "age.stanza_start");
    CHECK(outcome("\n") == "age.stanza_start");
    CHECK(outcome("->\n\n") == kArguments);
    CHECK(outcome("-> \n\n") == kArguments);
    CHECK(outcome("->stanza\n\n") == kArguments);
    CHECK(outcome("-> stanza  two\n\n") == kArguments);
    CHECK(outcome("-> stanza \n\n") == kArguments);
    CHECK(outcome("-> st\xc3\xa8nza\n\n") == kArguments);
    CHECK(outcome("-> sta\tnza\n\n") == kArguments);
    CHECK(outcome("-> stanza\r\n\n") == kArguments);
    CHECK(outcome("-> sta\x7fnza\n\n") == kArguments);
}

TEST_CASE("a stanza's body is canonical base64 in lines of 64 and a shorter last one") {
    const Forge forge;
    const std::string good = forge.stanza_text();
    const std::string full(64, 'A');
    const auto outcome = [&](const std::string& body) { return forge.outcome(forge.file("-> s\n" + body + good)); };
    CHECK(outcome("\n") == "opened");
    CHECK(outcome(full + "\n\n") == "opened");
    CHECK(outcome(full + "\n" + full + "\nAAAA\n") == "opened");
    CHECK(outcome(full + "\n") == kBody);                 // the short last line is missing
    CHECK(outcome("") == kBody);                          // no body at all
    CHECK(outcome(full + "A\n\n") == kBody);              // a line too long
    CHECK(outcome("AAAA\nAAAA\n") == "age.stanza_start");  // a second short line belongs to nothing
    CHECK(outcome("A\n") == kBody);
    CHECK(outcome("AA==\n") == kBody);                    // padding
    CHECK(outcome("AB\n") == kBody);                      // stray bits
    CHECK(outcome("A-_A\n") == kBody);                    // the other alphabet
    CHECK(outcome("AA A\n") == kBody);
    CHECK(outcome("AAAA\r\n") == kBody);
    CHECK(outcome("AA\0A\n"s) == kBody);
}

TEST_CASE("an X25519 stanza has one share of 32 bytes and a body of 32 bytes") {
    const Forge forge;
    const auto outcome = [&](const Stanza& stanza) { return forge.outcome(forge.file(Forge::text_of(stanza))); };
    constexpr const char* kShape = "age.x25519_stanza";
    const Stanza good = forge.stanza();
    Stanza stanza = good;
    stanza.arguments.push_back("extra");
    CHECK(outcome(stanza) == kShape);
    stanza = good;
    stanza.arguments.pop_back();
    CHECK(outcome(stanza) == kShape);
    stanza = good;
    stanza.arguments[1].resize(42);
    CHECK(outcome(stanza) == kShape);
    stanza.arguments[1] = good.arguments[1] + "A";
    CHECK(outcome(stanza) == kShape);
    stanza.arguments[1] = to_base64(core::Bytes(33), Padding::none);
    CHECK(outcome(stanza) == kShape);
    stanza.arguments[1] = good.arguments[1] + "=";
    CHECK(outcome(stanza) == kShape);
    stanza = good;
    stanza.body.push_back({});
    CHECK(outcome(stanza) == kShape);
    stanza.body.resize(31);
    CHECK(outcome(stanza) == kShape);

    // The share's last letter holds two bits that must be zero.
    stanza = good;
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    stanza.arguments[1].back() = alphabet[alphabet.find(good.arguments[1].back()) | 1];
    CHECK(outcome(stanza) == kShape);

    // A longer file key, wrapped as it should be, makes a longer body.
    SecretBytes long_key(24);
    stanza = wrap_for(forge.identity().recipient(), long_key).value();
    stanza.body.resize(40);
    CHECK(outcome(stanza) == kShape);

    // A malformed stanza is refused even where another one fits.
    stanza = good;
    stanza.arguments.push_back("extra");
    CHECK(forge.outcome(forge.file(forge.stanza_text() + Forge::text_of(stanza))) == kShape);
}

TEST_CASE("shares of low order are refused, whatever their writing") {
    const Forge forge;
    const auto outcome = [&](const core::Bytes& share) {
        Stanza stanza = forge.stanza();
        stanza.arguments[1] = to_base64(share, Padding::none);
        return forge.outcome(forge.file(Forge::text_of(stanza)));
    };
    core::Bytes share(32);
    CHECK(outcome(share) == "age.weak_share");  // zero
    share[0] = std::byte{1};
    CHECK(outcome(share) == "age.weak_share");  // one
    // p - 1, p and p + 1, of orders 2, 4 and 1
    for (const int last : {0xec, 0xed, 0xee}) {
        share.assign(32, std::byte{0xff});
        share[0] = static_cast<std::byte>(last);
        share[31] = std::byte{0x7f};
        CHECK(outcome(share) == "age.weak_share");
    }
}

TEST_CASE("any of several stanzas may fit, and a stanza for others does not disturb") {
    const Forge forge;
    const AgeIdentity other = AgeIdentity::generate();
    const std::string foreign = Forge::text_of(wrap_for(other.recipient(), forge.file_key()).value());
    CHECK(forge.outcome(forge.file(foreign + forge.stanza_text())) == "opened");
    CHECK(forge.outcome(forge.file(foreign)) == "age.no_match");
    // A body that was tampered with fits no key.
    Stanza stanza = forge.stanza();
    stanza.body[3] ^= std::byte{4};
    CHECK(forge.outcome(forge.file(Forge::text_of(stanza))) == "age.no_match");
}

TEST_CASE("a stanza taken out, put twice or put elsewhere breaks the header's MAC") {
    const Forge forge;
    const std::string one = forge.stanza_text(), two = forge.stanza_text();
    const std::string mac = mac_text(forge, one + two);
    const auto outcome = [&](const std::string& stanzas) {
        return forge.outcome("age-encryption.org/v1\n" + stanzas + "--- " + mac + "\n" + forge.payload({}));
    };
    CHECK(outcome(one + two) == "opened");
    CHECK(outcome(one) == "age.header_mac");
    CHECK(outcome(two) == "age.header_mac");
    CHECK(outcome(one + two + two) == "age.header_mac");
    CHECK(outcome(two + one) == "age.header_mac");
    CHECK(outcome("-> added\n\n" + one + two) == "age.header_mac");
}

TEST_CASE("the MAC line must be exactly in form, and its MAC right") {
    const Forge forge;
    const std::string stanza = forge.stanza_text();
    const std::string mac = mac_text(forge, stanza);
    const auto outcome = [&](const std::string& line) {
        return forge.outcome("age-encryption.org/v1\n" + stanza + line + forge.payload({}));
    };
    CHECK(outcome("--- " + mac + "\n") == "opened");
    std::string wrong = mac;
    wrong[0] = wrong[0] == 'A' ? 'B' : 'A';
    CHECK(outcome("--- " + wrong + "\n") == "age.header_mac");
    CHECK(outcome("---\n") == kMacLine);
    CHECK(outcome("--- \n") == kMacLine);
    CHECK(outcome("---" + mac + "\n") == kMacLine);
    CHECK(outcome("---  " + mac + "\n") == kMacLine);
    CHECK(outcome("--- " + mac + " \n") == kMacLine);
    CHECK(outcome("--- " + mac + "\r\n") == kMacLine);
    CHECK(outcome("--- " + mac + "=\n") == kMacLine);
    CHECK(outcome("--- " + mac + "AAA\n") == kMacLine);
    CHECK(outcome("--- " + mac.substr(0, 42) + "\n") == kMacLine);
    CHECK(outcome("--- " + mac + " junk\n") == kMacLine);
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string stray = mac;
    stray.back() = alphabet[alphabet.find(mac.back()) | 1];
    CHECK(outcome("--- " + stray + "\n") == kMacLine);
}

TEST_CASE("a passphrase stanza stands alone and is exactly in form") {
    const Forge forge;
    const SecretBytes& file_key = forge.file_key();
    const Stanza good = wrap_with_passphrase("pass", 2, file_key).value();
    const auto outcome = [&](const std::string& stanzas) {
        return Forge::outcome(forge.file(stanzas), {{}, SecretBytes::copy_of("pass")});
    };
    const auto changed = [&](auto change) {
        Stanza stanza = good;
        change(stanza);
        return outcome(Forge::text_of(stanza));
    };
    constexpr const char* kShape = "age.scrypt_stanza";
    CHECK(outcome(Forge::text_of(good)) == "opened");
    CHECK(outcome(Forge::text_of(good) + forge.stanza_text()) == "age.scrypt_not_alone");
    CHECK(outcome(forge.stanza_text() + Forge::text_of(good)) == "age.scrypt_not_alone");
    CHECK(outcome(Forge::text_of(good) + Forge::text_of(good)) == "age.scrypt_not_alone");
    CHECK(changed([](Stanza& stanza) { stanza.arguments.push_back("x"); }) == kShape);
    CHECK(changed([](Stanza& stanza) { stanza.arguments.pop_back(); }) == kShape);
    CHECK(changed([](Stanza& stanza) { stanza.arguments[1].pop_back(); }) == kShape);
    CHECK(changed([](Stanza& stanza) { stanza.arguments[1] += "AA"; }) == kShape);
    CHECK(changed([](Stanza& stanza) { stanza.body.push_back({}); }) == kShape);
    CHECK(changed([](Stanza& stanza) { stanza.body[0] ^= std::byte{1}; }) == "age.passphrase_wrong");
    CHECK(changed([](Stanza& stanza) { stanza.arguments[2] = "3"; }) == "age.passphrase_wrong");
    for (const char* work : {"0", "02", "+2", "-2", "0x2", "2x", "x2", "a", "2.0"})
        CHECK(changed([&](Stanza& stanza) { stanza.arguments[2] = work; }) == kShape);
    for (const char* work : {"23", "64", "9999999999999999999999"})
        CHECK(changed([&](Stanza& stanza) { stanza.arguments[2] = work; }) == "age.scrypt_work");
    CHECK(changed([](Stanza& stanza) { stanza.arguments[0] = "Scrypt"; }) == "age.no_match");
}
