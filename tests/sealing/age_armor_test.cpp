// The rules of the text form.
#include <catch2/catch_test_macros.hpp>

#include "armor.hpp"
#include "forge.hpp"

using namespace kiosk;
using namespace kiosk::sealing;
using test::Forge;

namespace {

constexpr std::string_view kBegin = "-----BEGIN AGE ENCRYPTED FILE-----\n";
constexpr std::string_view kEnd = "-----END AGE ENCRYPTED FILE-----\n";

std::string armored(std::string_view binary) {
    std::string text;
    ArmorWriter writer;
    const Sink append = [&](core::ByteView bytes) -> core::Result<void> {
        text += as_text(bytes);
        return {};
    };
    REQUIRE(writer.write(as_bytes(binary), append));
    REQUIRE(writer.finish(append));
    return text;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

std::string with_crlf(const std::string& text) {
    std::string changed;
    for (const char letter : text) changed += letter == '\n' ? std::string("\r\n") : std::string(1, letter);
    return changed;
}

struct Armored {
    Forge forge;
    std::string text = armored(forge.file(forge.stanza_text()));
    std::string outcome(const std::string& changed) const { return forge.outcome(changed); }
    // Where the n-th line begins.
    std::size_t line(int n) const {
        std::size_t at = 0;
        for (; n > 0; --n) at = text.find('\n', at) + 1;
        return at;
    }
    std::size_t last_line() const { return text.rfind('\n', text.size() - kEnd.size() - 2) + 1; }
};

}  // namespace

TEST_CASE("armored files open, whichever line ends they got on their way") {
    const Armored file;
    CHECK(file.outcome(file.text) == "opened");
    CHECK(file.outcome(with_crlf(file.text)) == "opened");
    CHECK(file.outcome(file.text.substr(0, file.text.size() - 1)) == "opened");
}

TEST_CASE("blanks around the block are passed over, up to a limit") {
    const Armored file;
    CHECK(file.outcome("\n \t\r\n" + file.text + " \r\n\n\t") == "opened");
    CHECK(file.outcome(std::string(1024, '\n') + file.text + std::string(1024, ' ')) == "opened");
    CHECK(file.outcome(std::string(1025, '\n') + file.text) == "armor.begin");
    CHECK(file.outcome(file.text + std::string(1025, '\n')) == "armor.trailing");
}

TEST_CASE("nothing else may stand around the block") {
    const Armored file;
    CHECK(file.outcome("\nhello\n" + file.text) == "armor.begin");
    CHECK(file.outcome(file.text + "hello") == "armor.trailing");
    CHECK(file.outcome(file.text + "\n" + file.text) == "armor.trailing");
}

TEST_CASE("the first line must be the right one") {
    const Armored file;
    CHECK(file.outcome(replaced(file.text, "AGE", "age")) == "armor.begin");
    CHECK(file.outcome(replaced(file.text, "AGE ENCRYPTED FILE", "CERTIFICATE")) == "armor.begin");
    CHECK(file.outcome(replaced(file.text, "FILE-----\n", "FILE----- \n")) == "armor.begin");
    CHECK(file.outcome("-") == "armor.begin");
    CHECK(file.outcome("   ") == "armor.begin");
    CHECK(file.outcome(replaced(file.text, kBegin, std::string(kBegin) + "Version: 1\n\n")) == "armor.base64");
}

TEST_CASE("the last line must be the right one, and there") {
    const Armored file;
    CHECK(file.outcome(file.text.substr(0, file.text.size() - kEnd.size())) == "armor.end");
    CHECK(file.outcome(std::string(kBegin)) == "armor.end");
    CHECK(file.outcome(replaced(file.text, "END AGE", "END age")) == "armor.end");
    CHECK(file.outcome(replaced(file.text, "-----END", "----END")) != "opened");
    // A full line before the end is no short one.
    const Forge& forge = file.forge;
    std::string binary = forge.header(forge.stanza_text());
    const std::size_t rest = (48 - (binary.size() + 16 + 16) % 48) % 48;
    binary += forge.payload(core::Bytes(rest));
    REQUIRE(binary.size() % 48 == 0);
    const std::string full = armored(binary);
    CHECK(forge.outcome(full) == "opened");
    CHECK(forge.outcome(replaced(full, "-----END AGE", "-----END PGP")) == "armor.end");
    CHECK(forge.outcome(replaced(full, kEnd, "\n" + std::string(kEnd))) == "armor.line");
}

TEST_CASE("lines inside must be full, but for the last") {
    const Armored file;
    std::string text = file.text;
    CHECK(file.outcome(std::string(text).insert(file.line(1), "\n")) == "armor.line");
    CHECK(file.outcome(std::string(text).insert(file.text.size() - kEnd.size(), "\n")) == "armor.line");
    CHECK(file.outcome(std::string(text).insert(file.line(2) - 1, "AAAA")) == "armor.line");
    CHECK(file.outcome(std::string(text).insert(file.line(2) - 1, "A")) == "armor.line");
    CHECK(file.outcome(std::string(text).insert(file.line(1) + 8, "\n")) == "armor.line");
    CHECK(file.outcome(std::string(text).erase(file.line(2) - 1, 1)) == "armor.line");
    CHECK(file.outcome(std::string(text).erase(file.line(1), 4)) != "opened");
    CHECK(file.outcome(std::string(text).insert(file.text.size() - kEnd.size(), "=AAAA\n")) == "armor.line");
}

TEST_CASE("only canonical base64 with its padding is taken") {
    const Armored file;
    CHECK(file.outcome(std::string(file.text).replace(file.line(1), 1, "*")) == "armor.base64");
    CHECK(file.outcome(std::string(file.text).replace(file.line(1), 1, " ")) == "armor.base64");
    CHECK(file.outcome(std::string(file.text).replace(file.line(2) - 2, 1, " ")) == "armor.base64");
    // Make the last line end in one padding sign, then take it away, misplace it, or set a stray bit.
    const Forge& forge = file.forge;
    std::string binary = forge.header(forge.stanza_text());
    binary += forge.payload(core::Bytes(2 + (3 - (binary.size() + 32) % 3)));
    REQUIRE(binary.size() % 3 == 2);
    const std::string padded = armored(binary);
    REQUIRE(forge.outcome(padded) == "opened");
    const std::size_t sign = padded.rfind('=');
    CHECK(forge.outcome(std::string(padded).erase(sign, 1)) == "armor.base64");
    CHECK(forge.outcome(std::string(padded).insert(sign, "\n")) != "opened");
    CHECK(forge.outcome(std::string(padded).insert(sign + 1, "=")) == "armor.base64");
    CHECK(forge.outcome(std::string(padded).insert(sign + 1, " ")) == "armor.base64");
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string stray = padded;
    stray[sign - 1] = alphabet[alphabet.find(stray[sign - 1]) | 1];
    CHECK(forge.outcome(stray) == "armor.base64");
}

TEST_CASE("what is wrong inside the armor is told as without it") {
    const Forge forge;
    CHECK(forge.outcome(armored("hello")) == "age.not_age");
    CHECK(forge.outcome(armored("age-encryption.org/v2\n")) == "age.version");
    CHECK(forge.outcome(armored(forge.header(forge.stanza_text()))) == "age.nonce_cut");
    CHECK(forge.outcome(std::string(kBegin) + std::string(kEnd)) == "age.header_cut");
}
