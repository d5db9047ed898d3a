#include <kiosk/core/sha256.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace kiosk::core;

TEST_CASE("SHA-256 gives the digests of FIPS 180") {
    CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a digest does not depend on the pieces in which the bytes came") {
    const std::string text(300, 'x');
    for (std::size_t cut = 0; cut <= text.size(); ++cut)
        CHECK(Sha256Hasher().update(text.substr(0, cut)).update(text.substr(cut)).finish() == sha256(text));
}

TEST_CASE("a digest reads back from its hexadecimal form, and nothing else does") {
    const Sha256 digest = sha256("abc");
    CHECK(parse_sha256(to_hex(digest)) == digest);
    CHECK_FALSE(parse_sha256(""));
    CHECK_FALSE(parse_sha256(to_hex(digest).substr(1)));
    CHECK_FALSE(parse_sha256("BA" + to_hex(digest).substr(2)));
}
