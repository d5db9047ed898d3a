// The payload of an age file: chunks of 64 KiB, each encrypted under a counter and a "this is the last" flag (STREAM).
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/sealing/secret_bytes.hpp>
#include <kiosk/sealing/stream.hpp>

#include <array>
#include <cstdint>

namespace kiosk::sealing {

inline constexpr std::size_t kChunkSize = 64 * 1024;
inline constexpr std::size_t kChunkTagSize = 16;
inline constexpr std::size_t kPayloadNonceSize = 16;

SecretBytes payload_key(const SecretBytes& file_key, core::ByteView nonce);

class AgePayloadWriter {
  public:
    explicit AgePayloadWriter(SecretBytes key);

    core::Result<void> write(core::ByteView plaintext, const Sink& sealed);
    core::Result<void> finish(const Sink& sealed);

  private:
    core::Result<void> seal_chunk(bool is_last, const Sink& sealed);

    SecretBytes key_;
    SecretBytes chunk_;
    core::Bytes sealed_;
    std::size_t filled_ = 0;
    std::uint64_t counter_ = 0;
};

class AgePayloadReader {
  public:
    explicit AgePayloadReader(SecretBytes key);

    core::Result<void> write(core::ByteView sealed, const Sink& plaintext);
    core::Result<void> finish(const Sink& plaintext);

  private:
    bool opens(std::uint64_t counter, bool is_last);
    core::Result<void> open_chunk(bool is_last, const Sink& plaintext);
    core::Error why_not(bool is_last);

    SecretBytes key_;
    SecretBytes chunk_;
    core::Bytes sealed_;
    std::size_t filled_ = 0;
    std::uint64_t counter_ = 0;
};

}  // namespace kiosk::sealing
