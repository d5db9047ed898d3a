#include <kiosk/sealing/minisign.hpp>

#include "sodium.hpp"

#include <kiosk/core/random.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sodium.h>

#include <algorithm>
#include <map>
#include <string>

using namespace kiosk;
using namespace kiosk::sealing;

namespace {

// Made by minisign 0.11 -G -W, with a signature by it over "a\nb" (prehashed) and one in the older direct form.
constexpr std::string_view kPublicFile =
    "untrusted comment: minisign public key AFEF608D9EC9E2C7\n"
    "RWTH4smejWDvr8Xeh2BF9BsNfHstbrHez7DPT2K4GwOls4MXDrTjmuvJ\n";
constexpr std::string_view kSignature =
    "untrusted comment: signature from minisign secret key\n"
    "RUTH4smejWDvr6A5RXFhbE36yPK9ED+R2s0BU93ef33T+BhlR3VUOczShz5HJTCXsvArjFBbP8Qs+ZmFcLqee21BMjj37WJvSg4=\n"
    "trusted comment: hello\n"
    "da+Rx6G9Xr7bZ1UzenxuLbc2+1N6KfXyKQllSkUTWPnkREvYwhwnGhvbTldLpczlcvb1VVMKzyYmnvkBFItMCg==\n";
constexpr std::string_view kMessage = "a\nb";

template <class Result>
std::string code(const Result& result) {
    return result ? "ok" : result.error().code;
}

Source source_of(std::string_view text, std::size_t piece = 1000) {
    return [text, piece](std::span<std::byte> out) mutable -> core::Result<std::size_t> {
        const std::size_t size = std::min({piece, out.size(), text.size()});
        std::ranges::copy(as_bytes(text.substr(0, size)), out.begin());
        text.remove_prefix(size);
        return size;
    };
}

const Source kBroken = [](std::span<std::byte>) -> core::Result<std::size_t> {
    return core::Error{"stick.gone", {"Mất USB.", "The stick is gone."}};
};

MinisignVerifier verifier_of(const MinisignPublicKey& key) { return MinisignVerifier::create({key}).value(); }

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
    std::string changed(text);
    return changed.replace(changed.find(what), what.size(), with);
}

}  // namespace

TEST_CASE("what minisign wrote is understood") {
    const MinisignPublicKey key = MinisignPublicKey::parse(kPublicFile).value();
    CHECK(to_string(key.id()) == "AFEF608D9EC9E2C7");
    CHECK(key.to_file() == kPublicFile);
    CHECK(MinisignPublicKey::parse(key.to_base64()).value() == key);
    const MinisignVerifier verifier = verifier_of(key);
    CHECK(verifier.verify(as_bytes(kMessage), kSignature).value() == "hello");
    CHECK(verifier.verify_stream(source_of(kMessage, 1), kSignature).value().trusted_comment == "hello");
    CHECK(verifier.verify_signer(as_bytes(kMessage), kSignature).value().signer == key.id());
    CHECK(claimed_signer(kSignature).value() == key.id());
    std::string crlf;
    for (const char letter : kSignature) crlf += letter == '\n' ? std::string("\r\n") : std::string(1, letter);
    CHECK(verifier.verify(as_bytes(kMessage), crlf).value() == "hello");
}

TEST_CASE("a signature is accepted for its message, its comment and its key only") {
    const MinisignSigner signer(MinisignSecretKey::generate());
    const MinisignVerifier verifier = verifier_of(signer.public_key());
    const std::string signature = signer.sign(as_bytes("tin"), "kiosk=K07 seq=12").value();
    CHECK(verifier.verify(as_bytes("tin"), signature).value() == "kiosk=K07 seq=12");
    CHECK(code(verifier.verify(as_bytes("tim"), signature)) == "minisign.message");
    CHECK(code(verifier.verify({}, signature)) == "minisign.message");
    CHECK(code(verifier.verify(as_bytes("tin"), replaced(signature, "seq=12", "seq=13"))) == "minisign.comment");
    CHECK(code(verifier_of(MinisignSecretKey::generate().public_key()).verify(as_bytes("tin"), signature)) ==
          "minisign.unknown_signer");
    // A key that claims the id of another is no help to a forger.
    const MinisignPublicKey impostor(signer.public_key().id(), MinisignSecretKey::generate().public_key().key());
    CHECK(code(verifier_of(impostor).verify(as_bytes("tin"), signature)) == "minisign.message");
    CHECK(code(MinisignVerifier::create({})) == "minisign.no_trusted_key");
}

TEST_CASE("one verifier may trust several kiosks and says which one signed") {
    const MinisignSigner first(MinisignSecretKey::generate()), second(MinisignSecretKey::generate());
    const auto verifier = MinisignVerifier::create({first.public_key(), second.public_key()}).value();
    CHECK(verifier.verify_signer({}, first.sign({}, "").value()).value().signer == first.public_key().id());
    CHECK(verifier.verify_signer({}, second.sign({}, "").value()).value().signer == second.public_key().id());
}

TEST_CASE("messages in pieces are signed as whole ones are") {
    const MinisignSigner signer(MinisignSecretKey::generate(), "gói của kiosk");
    const std::string message(200000, 'x');
    const std::string signature = signer.sign_stream(source_of(message), "c").value();
    CHECK(signature == signer.sign(as_bytes(message), "c").value());  // Ed25519 is deterministic
    CHECK(signature.starts_with("untrusted comment: gói của kiosk\n"));
    CHECK(verifier_of(signer.public_key()).verify_stream(source_of(message, 7777), signature).has_value());
    CHECK(code(verifier_of(signer.public_key()).verify_stream(source_of("y"), signature)) == "minisign.message");
    CHECK(code(signer.sign_stream(kBroken, "c")) == "stick.gone");
    CHECK(code(verifier_of(signer.public_key()).verify_stream(kBroken, signature)) == "stick.gone");
    CHECK(code(verifier_of(signer.public_key()).verify_stream(source_of("y"), "")) == "minisign.form");
}

TEST_CASE("every damaged letter and every truncation of a signature is refused") {
    const MinisignVerifier verifier = verifier_of(MinisignPublicKey::parse(kPublicFile).value());
    std::map<std::string, int> codes;
    for (std::size_t i = 0; i < kSignature.size(); ++i) {
        for (const int change : {1, 0x20, 0x80}) {
            std::string damaged(kSignature);
            damaged[i] = static_cast<char>(damaged[i] ^ change);
            const auto verified = verifier.verify(as_bytes(kMessage), damaged);
            // The first line is the untrusted comment: what it says after its prefix proves nothing.
            const bool is_untrusted = i > 18 && i < kSignature.find('\n');
            CAPTURE(i, change);
            CHECK(verified.has_value() == is_untrusted);
            if (!verified) ++codes[verified.error().code];
        }
    }
    for (const char* told : {"minisign.form", "minisign.message", "minisign.comment", "minisign.algorithm",
                             "minisign.unknown_signer"})
        CHECK(codes[told] > 0);
    for (std::size_t size = 0; size + 1 < kSignature.size(); ++size)
        CHECK(code(verifier.verify(as_bytes(kMessage), kSignature.substr(0, size))) == "minisign.form");
    const std::string whole(kSignature);
    CHECK(code(verifier.verify(as_bytes(kMessage), whole + "more\n")) == "minisign.trailing");
    CHECK(code(verifier.verify(as_bytes(kMessage), whole + "\n")) == "minisign.trailing");
    CHECK(code(claimed_signer("")) == "minisign.form");
}

TEST_CASE("the older direct form is verified, for whole messages") {
    SecretBytes secret(64);
    std::array<unsigned char, 32> public_key{};
    ensure_sodium();
    crypto_sign_keypair(public_key.data(), raw(secret.data()));
    MinisignPublicKey::Key key{};
    std::copy_n(reinterpret_cast<const std::byte*>(public_key.data()), 32, key.begin());
    const MinisignPublicKey trusted({}, key);
    const auto sign = [&](core::ByteView bytes) {
        std::array<std::byte, 64> signature{};
        crypto_sign_detached(raw(signature.data()), nullptr, raw(bytes.data()), bytes.size(), raw(secret.data()));
        return signature;
    };
    const auto file = [&](std::string_view algorithm) {
        const auto signature = sign(as_bytes("old"));
        core::Bytes all, commented(signature.begin(), signature.end());
        std::ranges::copy(as_bytes(algorithm), std::back_inserter(all));
        all.resize(10);
        std::ranges::copy(signature, std::back_inserter(all));
        std::ranges::copy(as_bytes("c"), std::back_inserter(commented));
        return "untrusted comment: \n" + to_base64(all, Padding::required) + "\ntrusted comment: c\n" +
               to_base64(sign(commented), Padding::required) + "\n";
    };
    const MinisignVerifier verifier = verifier_of(trusted);
    CHECK(verifier.verify(as_bytes("old"), file("Ed")).value() == "c");
    CHECK(code(verifier.verify(as_bytes("new"), file("Ed"))) == "minisign.message");
    CHECK(code(verifier.verify_stream(source_of("old"), file("Ed"))) == "minisign.legacy_stream");
    CHECK(code(verifier.verify(as_bytes("old"), file("ED"))) == "minisign.message");
    CHECK(code(verifier.verify(as_bytes("old"), file("EX"))) == "minisign.algorithm");
}

TEST_CASE("comments are one line of bounded length") {
    const MinisignSecretKey key = MinisignSecretKey::generate();
    const MinisignSigner signer(MinisignSecretKey::parse(key.to_file().value().text()).value());
    for (const std::string& comment : {std::string("a\nb"), std::string("a\rb"), std::string("a\0b", 3), std::string(8001, 'x')})
        CHECK(code(signer.sign({}, comment)) == "minisign.comment_text");
    CHECK(code(signer.sign({}, std::string(8000, 'x'))) == "ok");
    CHECK(code(MinisignSigner(MinisignSecretKey::generate(), "a\nb").sign({}, "")) == "minisign.comment_text");
    const std::string signature = signer.sign({}, "here").value();
    CHECK(code(verifier_of(key.public_key()).verify({}, replaced(signature, "here", "he\rre"))) ==
          "minisign.comment_text");
}

TEST_CASE("public keys that are none are refused") {
    for (const std::string_view text : {"", "RWQ", "untrusted comment: minisign public key", "untrusted comment: x\n",
                                        "RWTH4smejWDvr8Xeh2BF9BsNfHstbrHez7DPT2K4GwOls4MXDrTjmuvK\nmore",
                                        "RUTH4smejWDvr8Xeh2BF9BsNfHstbrHez7DPT2K4GwOls4MXDrTjmuvJ",
                                        "RWTH4smejWDvr8Xeh2BF9BsNfHstbrHez7DPT2K4GwOls4MXDrTjmuvJAAAA"})
        CHECK(code(MinisignPublicKey::parse(text)) == "minisign.public_key");
}

TEST_CASE("key files may have got the line ends of Windows on their way") {
    const auto with_crlf = [](std::string_view file) {
        std::string changed;
        for (const char letter : file) changed += letter == '\n' ? std::string("\r\n") : std::string(1, letter);
        return changed;
    };
    const MinisignSecretKey key = MinisignSecretKey::generate();
    CHECK(MinisignPublicKey::parse(with_crlf(kPublicFile)).value() == MinisignPublicKey::parse(kPublicFile).value());
    CHECK(MinisignSecretKey::parse(with_crlf(key.to_file().value().text())).value().public_key() == key.public_key());
}

TEST_CASE("a secret key file without a password gives the key back") {
    const MinisignSecretKey key = MinisignSecretKey::generate();
    const SecretBytes file = key.to_file().value();
    CHECK(MinisignSecretKey::needs_password(file.text()).value() == false);
    CHECK(MinisignSecretKey::parse(file.text()).value().public_key() == key.public_key());
    CHECK(MinisignSecretKey::parse(file.text()).value().key().text() == key.key().text());
}

TEST_CASE("a secret key file with a password opens with it only") {
    const MinisignSecretKey key = MinisignSecretKey::generate();
    const SecretBytes file = key.to_file("đúng", PasswordCost::light).value();
    CHECK(MinisignSecretKey::needs_password(file.text()).value() == true);
    CHECK(MinisignSecretKey::parse(file.text(), "đúng").value().public_key() == key.public_key());
    CHECK(code(MinisignSecretKey::parse(file.text(), "sai")) == "minisign.password_wrong");
    CHECK(code(MinisignSecretKey::parse(file.text())) == "minisign.password_needed");
    CHECK(code(key.to_file("", PasswordCost::light)) == "minisign.password_needed");
}

TEST_CASE("damaged secret key files are refused, and so is one whose halves disagree") {
    const MinisignSecretKey key = MinisignSecretKey::generate();
    const std::string file(key.to_file().value().text());
    std::array<std::byte, 158> all{};
    const auto decode = [&](std::string_view text) {
        std::string_view line = text.substr(text.find('\n') + 1);
        line.remove_suffix(1);
        REQUIRE(from_base64(line, Padding::required, all) == all.size());
    };
    const auto encoded = [&] { return "untrusted comment: x\n" + to_base64(all, Padding::required) + "\n"; };
    for (const std::size_t byte : {0, 1, 2, 3, 4, 5, 62, 93, 94, 125}) {
        decode(file);
        all[byte] ^= std::byte{1};
        CAPTURE(byte);
        CHECK(code(MinisignSecretKey::parse(encoded(), "x")) == "minisign.secret_key");
    }
    CHECK(code(MinisignSecretKey::parse("")) == "minisign.secret_key");
    CHECK(code(MinisignSecretKey::parse(kPublicFile)) == "minisign.secret_key");
    CHECK(code(MinisignSecretKey::needs_password("")) == "minisign.secret_key");
    CHECK(code(MinisignSecretKey::parse(file.substr(0, file.size() - 3))) == "minisign.secret_key");

    // A file that asks for terabytes, or years, is refused before any are spent.
    const std::string with_password(key.to_file("x", PasswordCost::light).value().text());
    for (const std::size_t limit : {38 + 5, 46 + 5}) {
        decode(with_password);
        all[limit] = std::byte{1};
        CHECK(code(MinisignSecretKey::parse(encoded(), "x")) == "minisign.cost");
    }
    decode(with_password);
    all[70] ^= std::byte{1};
    CHECK(code(MinisignSecretKey::parse(encoded(), "x")) == "minisign.password_wrong");
}
