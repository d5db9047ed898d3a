// The rules of the payload: chunks, their order, and where the file ends.
#include <catch2/catch_test_macros.hpp>

#include "forge.hpp"

#include <kiosk/core/sha256.hpp>

using namespace kiosk;
using namespace kiosk::sealing;
using test::Forge;

namespace {

constexpr std::size_t kSealed = kChunkSize + kChunkTagSize;

// A file of whole chunks and a rest, and its pieces.
struct Parts {
    explicit Parts(const Forge& forge, std::size_t size) {
        head = forge.header(forge.stanza_text());
        std::string payload = forge.payload(test::sample(size));
        head += payload.substr(0, kPayloadNonceSize);
        payload.erase(0, kPayloadNonceSize);
        for (std::size_t at = 0; at < payload.size(); at += kSealed) chunks.push_back(payload.substr(at, kSealed));
    }

    std::string with(const std::vector<std::size_t>& order, const std::string& tail = "") const {
        std::string file = head;
        for (const std::size_t i : order) file += chunks.at(i);
        return file + tail;
    }

    std::string head;
    std::vector<std::string> chunks;
};

}  // namespace

TEST_CASE("keys are derived as RFC 5869 does it, from an absent salt and for no purpose too") {
    const core::Bytes material(22, std::byte{0x0b});
    core::Bytes salt, purpose;
    for (int byte = 0; byte <= 0x0c; ++byte) salt.push_back(static_cast<std::byte>(byte));
    for (int byte = 0xf0; byte <= 0xf9; ++byte) purpose.push_back(static_cast<std::byte>(byte));
    CHECK(core::to_hex(hkdf_sha256(material, salt, as_text(purpose)).view()) ==
          "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    CHECK(core::to_hex(hkdf_sha256(material, {}, "").view()) == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

TEST_CASE("chunks open in their order only") {
    const Forge forge;
    const Parts three(forge, 2 * kChunkSize + 100);
    CHECK(forge.outcome(three.with({0, 1, 2})) == "opened");
    CHECK(forge.outcome(three.with({1, 0, 2})) == "age.payload_reordered");
    CHECK(forge.outcome(three.with({0, 0, 1, 2})) == "age.payload_reordered");
    CHECK(forge.outcome(three.with({1, 2})) == "age.payload_reordered");
    CHECK(forge.outcome(three.with({0, 2})) == "age.payload_reordered");
    CHECK(forge.outcome(three.with({0, 2, 1})) == "age.payload_damaged");  // the short one moves all that follows
}

TEST_CASE("a missing end is told from a damaged one") {
    const Forge forge;
    const Parts three(forge, 2 * kChunkSize + 100);
    CHECK(forge.outcome(three.with({0, 1})) == "age.payload_cut");
    CHECK(forge.outcome(three.with({0})) == "age.payload_cut");
    CHECK(forge.outcome(three.with({})) == "age.payload_cut");
    CHECK(forge.outcome(three.head.substr(0, three.head.size() - 1)) == "age.nonce_cut");
    CHECK(forge.outcome(three.head.substr(0, three.head.size() - kPayloadNonceSize)) == "age.nonce_cut");
    const std::string whole = three.with({0, 1, 2});
    CHECK(forge.outcome(whole.substr(0, whole.size() - 1)) == "age.payload_end");
    CHECK(forge.outcome(whole.substr(0, whole.size() - 110)) == "age.payload_end");  // shorter than a tag
    CHECK(forge.outcome(three.with({0, 1}, "x")) == "age.payload_end");
    const Parts empty(forge, 0);
    CHECK(forge.outcome(empty.with({0})) == "opened");
    CHECK(forge.outcome(empty.with({})) == "age.payload_cut");
}

TEST_CASE("damage in the middle is told") {
    const Forge forge;
    Parts three(forge, 2 * kChunkSize + 100);
    three.chunks[1][1000] ^= 1;
    CHECK(forge.outcome(three.with({0, 1, 2})) == "age.payload_damaged");
    std::string bad_nonce = three.with({0, 1, 2});
    bad_nonce[three.head.size() - 1] ^= 1;
    CHECK(forge.outcome(bad_nonce) == "age.payload_damaged");
}

TEST_CASE("data after the end is refused, wherever the end is") {
    const Forge forge;
    const Parts full(forge, 2 * kChunkSize);
    CHECK(forge.outcome(full.with({0, 1})) == "opened");
    CHECK(forge.outcome(full.with({0, 1}, "x")) == "age.payload_trailing");
    CHECK(forge.outcome(full.with({0, 1}, std::string(kSealed + 1, 'x'))) == "age.payload_trailing");
    CHECK(forge.outcome(full.with({0, 1, 1})) == "age.payload_trailing");
    const Parts two(forge, kChunkSize + 5);
    CHECK(forge.outcome(two.with({0, 1}, "x")) == "age.payload_end");
}

TEST_CASE("a file that is not empty must not end with an empty chunk") {
    const Forge forge;
    const std::string nonce(kPayloadNonceSize, 'n');
    const std::string head = forge.header(forge.stanza_text()) + nonce;
    const core::Bytes chunk = test::sample(kChunkSize);
    CHECK(forge.outcome(head + forge.chunk(nonce, 0, true, chunk)) == "opened");
    CHECK(forge.outcome(head + forge.chunk(nonce, 0, false, chunk) + forge.chunk(nonce, 1, true, {})) ==
          "age.payload_empty_chunk");
    CHECK(forge.outcome(head + forge.chunk(nonce, 0, true, {})) == "opened");
}

TEST_CASE("a short chunk before the last is refused, though each opens") {
    const Forge forge;
    const std::string nonce(kPayloadNonceSize, 'n');
    const std::string head = forge.header(forge.stanza_text()) + nonce;
    const core::Bytes some = test::sample(100);
    CHECK(forge.outcome(head + forge.chunk(nonce, 0, false, some) + forge.chunk(nonce, 1, true, some)) ==
          "age.payload_end");
    CHECK(forge.outcome(head + forge.chunk(nonce, 0, true, some) + forge.chunk(nonce, 1, true, some)) ==
          "age.payload_end");
    CHECK(forge.outcome(head + forge.chunk(nonce, 0, false, some)) == "age.payload_cut");
    CHECK(forge.outcome(head + forge.chunk(nonce, 0, false, {})) == "age.payload_cut");
}

TEST_CASE("the counter of the chunks is written big-endian beyond its first byte") {
    const Forge forge;
    const std::string nonce(kPayloadNonceSize, 'n');
    std::string file = forge.header(forge.stanza_text()) + nonce;
    const core::Bytes chunk = test::sample(kChunkSize);
    for (std::uint64_t i = 0; i < 257; ++i) file += forge.chunk(nonce, i, i == 256, chunk);
    CHECK(forge.outcome(file) == "opened");
}

TEST_CASE("a part moved from far away is refused as damaged: the order is looked for nearby only, however large the file") {
    constexpr std::size_t kFar = 1030;  // more than are searched
    const SecretBytes file_key(16);
    core::Bytes first;
    std::size_t opened = 0, parts = 0;
    const Sink count = [&](core::ByteView plaintext) -> core::Result<void> {
        opened += plaintext.size();
        return {};
    };
    AgePayloadReader reader(payload_key(file_key, {}));
    const Sink read = [&](core::ByteView sealed) -> core::Result<void> {
        if (parts == 0) first.assign(sealed.begin(), sealed.end());
        return parts++ < kFar ? reader.write(sealed, count) : core::Result<void>{};
    };
    AgePayloadWriter writer(payload_key(file_key, {}));
    const core::Bytes plaintext = test::sample(kChunkSize);
    for (std::size_t part = 0; part <= kFar; ++part) REQUIRE(writer.write(plaintext, read));
    REQUIRE(reader.write(first, count));  // held back until more comes
    const auto refused = reader.write(core::ByteView(first).first(1), count);
    CHECK(refused.error().code == "age.payload_damaged");
    CHECK(opened == kFar * kChunkSize);
}
