#include <kiosk/core/sha256.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace kiosk::core;

TEST_CASE("SHA-256 gives the digests that FIPS 180-4 gives") {
    CHECK(to_hex(sha256_of("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(sha256_of("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(to_hex(sha256_of(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a hash is the same whole or piece by piece, at every length around a block") {
    const std::string text(200, 'x');
    for (std::size_t length = 0; length < text.size(); ++length) {
        Sha256Stream stream;
        const auto bytes = std::as_bytes(std::span(text.data(), length));
        stream.add(bytes.first(length / 3));
        stream.add(bytes.subspan(length / 3));
        CHECK(stream.finish() == sha256_of(std::string_view(text).substr(0, length)));
    }
}

TEST_CASE("a hash is read back from its hexadecimal digits, and nothing else is") {
    const Sha256 hash = sha256_of("abc");
    CHECK(sha256_from_hex(to_hex(hash)) == hash);
    CHECK_FALSE(sha256_from_hex(to_hex(hash).substr(1)));
    CHECK_FALSE(sha256_from_hex(std::string(64, 'g')));
}
