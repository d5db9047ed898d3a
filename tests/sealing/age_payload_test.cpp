// The rules of the payload: chunks, their order, and where the file ends.
#include <catch2/catch_test_macros.hpp>

#include "forge.hpp"

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
