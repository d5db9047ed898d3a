#include <kiosk/sealing/secret_bytes.hpp>

#include "sodium.hpp"

#include <kiosk/core/assert.hpp>

#include <sodium.h>

#include <array>
#include <cstring>
#include <new>
#include <utility>

namespace kiosk::sealing {
namespace {

// A thread's last few blocks that nobody uses: wiped, locked and between their guard pages still. To make a block is a dozen
// system calls that stop every thread; to open one answer takes a dozen blocks, of the same few sizes each time.
class SpareBlocks {
  public:
    ~SpareBlocks() {
        for (const Block& block : blocks_) sodium_free(block.data);
        are_gone = true;
    }
    // Of zeros, or null: there is none of just this size.
    std::byte* take(std::size_t size) {
        for (Block& block : blocks_)
            if (block.size == size) return std::exchange(block, {}).data;
        return nullptr;
    }
    void keep(std::byte* data, std::size_t size) {
        sodium_memzero(data, size);
        sodium_free(std::exchange(blocks_[next_], {data, size}).data);
        next_ = (next_ + 1) % blocks_.size();
    }

    static constexpr std::size_t kLargest = 80 * 1024;   // a chunk of an age file, and its seal
    static thread_local constinit bool are_gone;         // at the end of the thread, before the last secrets of its statics

  private:
    struct Block {
        std::byte* data = nullptr;
        std::size_t size = 0;
    };
    std::array<Block, 16> blocks_{};
    std::size_t next_ = 0;
};

thread_local constinit bool SpareBlocks::are_gone = false;
thread_local SpareBlocks spare_blocks;

std::byte* allocate(std::size_t size) {
    if (!SpareBlocks::are_gone)
        if (std::byte* const spare = spare_blocks.take(size)) return spare;
    auto* const data = static_cast<std::byte*>(sodium_malloc(size));
    if (data == nullptr) throw std::bad_alloc();
    std::memset(data, 0, size);
    return data;
}

void release(std::byte* data, std::size_t size) {
    if (data == nullptr) return;
    if (SpareBlocks::are_gone || size > SpareBlocks::kLargest) return sodium_free(data);   // wipes first
    spare_blocks.keep(data, size);
}

}  // namespace

SecretBytes::SecretBytes(std::size_t size) : size_(size), allocated_(size) {
    ensure_sodium();
    if (size > 0) data_ = allocate(size);
}

SecretBytes SecretBytes::copy_of(core::ByteView bytes) {
    SecretBytes copy(bytes.size());
    if (!bytes.empty()) std::memcpy(copy.data_, bytes.data(), bytes.size());
    return copy;
}

SecretBytes SecretBytes::copy_of(std::string_view text) { return copy_of(as_bytes(text)); }

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)), allocated_(std::exchange(other.allocated_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(allocated_, other.allocated_);
    return *this;
}

SecretBytes::~SecretBytes() { release(data_, allocated_); }

void SecretBytes::shrink_to(std::size_t size) {
    KIOSK_ASSERT(size <= size_);
    if (size < size_) sodium_memzero(data_ + size, size_ - size);
    size_ = size;
}

}  // namespace kiosk::sealing
