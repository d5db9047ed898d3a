#include <kiosk/sealing/secret_bytes.hpp>

#include "sodium.hpp"

#include <kiosk/core/assert.hpp>

#include <sodium.h>

#include <cstring>
#include <new>
#include <utility>

namespace kiosk::sealing {

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
    ensure_sodium();
    if (size == 0) return;
    data_ = static_cast<std::byte*>(sodium_malloc(size));
    if (data_ == nullptr) throw std::bad_alloc();
    std::memset(data_, 0, size);
}

SecretBytes SecretBytes::copy_of(core::ByteView bytes) {
    SecretBytes copy(bytes.size());
    if (!bytes.empty()) std::memcpy(copy.data_, bytes.data(), bytes.size());
    return copy;
}

SecretBytes SecretBytes::copy_of(std::string_view text) { return copy_of(as_bytes(text)); }

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

SecretBytes::~SecretBytes() { sodium_free(data_); }  // wipes first

void SecretBytes::shrink_to(std::size_t size) {
    KIOSK_ASSERT(size <= size_);
    if (size < size_) sodium_memzero(data_ + size, size_ - size);
    size_ = size;
}

}  // namespace kiosk::sealing
