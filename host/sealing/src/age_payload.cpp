#include "age_payload.hpp"

#include "refusals.hpp"
#include "sodium.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace kiosk::sealing {

namespace {

constexpr std::size_t kSealedChunkSize = kChunkSize + kChunkTagSize;
constexpr std::uint64_t kReorderingSought = 1024;  // chunks searched to tell a reordered file from a damaged one

using ChunkNonce = std::array<unsigned char, crypto_aead_chacha20poly1305_ietf_NPUBBYTES>;

// Eleven bytes of big-endian counter, of which 2^64 chunks never fill more than eight, and the flag.
ChunkNonce chunk_nonce(std::uint64_t counter, bool is_last) {
    ChunkNonce nonce{};
    for (std::size_t i = 10; i >= 3; --i, counter >>= 8) nonce[i] = static_cast<unsigned char>(counter & 0xff);
    nonce[11] = is_last ? 1 : 0;
    return nonce;
}

}  // namespace

SecretBytes payload_key(const SecretBytes& file_key, core::ByteView nonce) {
    return hkdf_sha256(file_key.view(), nonce, "payload");
}

AgePayloadWriter::AgePayloadWriter(SecretBytes key)
    : key_(std::move(key)), chunk_(kChunkSize), sealed_(kSealedChunkSize) {}

core::Result<void> AgePayloadWriter::write(core::ByteView plaintext, const Sink& sealed) {
    while (!plaintext.empty()) {
        // A full chunk waits until more comes, because the last one is sealed differently.
        if (filled_ == kChunkSize)
            if (core::Result<void> result = seal_chunk(false, sealed); !result) return result;
        const std::size_t taken = std::min(plaintext.size(), kChunkSize - filled_);
        std::memcpy(chunk_.data() + filled_, plaintext.data(), taken);
        filled_ += taken;
        plaintext = plaintext.subspan(taken);
    }
    return {};
}

core::Result<void> AgePayloadWriter::finish(const Sink& sealed) { return seal_chunk(true, sealed); }

core::Result<void> AgePayloadWriter::seal_chunk(bool is_last, const Sink& sealed) {
    const ChunkNonce nonce = chunk_nonce(counter_++, is_last);
    crypto_aead_chacha20poly1305_ietf_encrypt(raw(sealed_.data()), nullptr, raw(chunk_.data()), filled_, nullptr, 0,
                                              nullptr, nonce.data(), raw(key_.data()));
    const std::size_t size = filled_ + kChunkTagSize;
    filled_ = 0;
    return sealed(core::ByteView(sealed_).first(size));
}

AgePayloadReader::AgePayloadReader(SecretBytes key)
    : key_(std::move(key)), chunk_(kChunkSize), sealed_(kSealedChunkSize) {}

core::Result<void> AgePayloadReader::write(core::ByteView sealed, const Sink& plaintext) {
    while (!sealed.empty()) {
        if (filled_ == kSealedChunkSize)
            if (core::Result<void> result = open_chunk(false, plaintext); !result) return result;
        const std::size_t taken = std::min(sealed.size(), kSealedChunkSize - filled_);
        std::memcpy(sealed_.data() + filled_, sealed.data(), taken);
        filled_ += taken;
        sealed = sealed.subspan(taken);
    }
    return {};
}

core::Result<void> AgePayloadReader::finish(const Sink& plaintext) {
    if (filled_ == 0) return refuse(Refusal::age_payload_cut);
    return open_chunk(true, plaintext);
}

bool AgePayloadReader::opens(std::uint64_t counter, bool is_last) {
    const ChunkNonce nonce = chunk_nonce(counter, is_last);
    return crypto_aead_chacha20poly1305_ietf_decrypt(raw(chunk_.data()), nullptr, nullptr, raw(sealed_.data()), filled_,
                                                     nullptr, 0, nonce.data(), raw(key_.data())) == 0;
}

core::Result<void> AgePayloadReader::open_chunk(bool is_last, const Sink& plaintext) {
    if (!opens(counter_, is_last)) return why_not(is_last);
    const std::size_t size = filled_ - kChunkTagSize;
    // Only a file with no content at all may end with an empty chunk.
    if (size == 0 && counter_ > 0) return refuse(Refusal::age_payload_empty_chunk);
    ++counter_;
    filled_ = 0;
    if (size == 0) return {};
    return plaintext(chunk_.view().first(size));
}

// Nothing of the chunk is handed out; what it might have been elsewhere only chooses the words.
core::Error AgePayloadReader::why_not(bool is_last) {
    if (opens(counter_, !is_last)) return refuse(is_last ? Refusal::age_payload_cut : Refusal::age_payload_trailing);
    const std::uint64_t first = counter_ - std::min(counter_, kReorderingSought);
    for (std::uint64_t other = first; other < counter_ + kReorderingSought; ++other)
        if (opens(other, false) || opens(other, true)) return refuse(Refusal::age_payload_reordered);
    return refuse(is_last ? Refusal::age_payload_end : Refusal::age_payload_damaged);
}

}  // namespace kiosk::sealing
