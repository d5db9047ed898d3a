// A sink into memory of a known largest size, and a source's bytes into a function.
#pragma once

#include "sodium.hpp"

#include <kiosk/core/assert.hpp>
#include <kiosk/sealing/stream.hpp>

#include <cstring>

namespace kiosk::sealing {

class MemorySink {
  public:
    explicit MemorySink(std::size_t capacity) : bytes_(capacity) {}
    MemorySink(const MemorySink&) = delete;  // sinks hold its address

    Sink sink() {
        return [this](core::ByteView more) -> core::Result<void> {
            KIOSK_ASSERT(more.size() <= bytes_.size() - filled_);
            std::memcpy(bytes_.data() + filled_, more.data(), more.size());
            filled_ += more.size();
            return {};
        };
    }

    core::ByteView view() const { return bytes_.view().first(filled_); }

    SecretBytes take() {
        bytes_.shrink_to(filled_);
        return std::move(bytes_);
    }

  private:
    SecretBytes bytes_;
    std::size_t filled_ = 0;
};

template <class Take>
core::Result<void> for_each_piece(const Source& source, Take take) {
    constexpr std::size_t kPieceSize = 64 * 1024;
    SecretBytes buffer(kPieceSize);
    for (;;) {
        const core::Result<std::size_t> size = source(buffer.span());
        if (!size) return size.error();
        if (*size == 0) return {};
        if (core::Result<void> result = take(buffer.view().first(*size)); !result) return result;
    }
}

}  // namespace kiosk::sealing
