// SecretBytes: a fixed-size buffer for keys and plaintext, between guard pages, kept from swap and core dumps as far as
// the system allows, and overwritten with zeros when it goes. Its thread keeps the emptied memory for the next of its size.
//
// Owns its memory; movable, not copyable, so that no copy is made unseen. One thread at a time. The constructor throws
// std::bad_alloc when memory is out; every Result function of this library turns that into a refusal.
#pragma once

#include <kiosk/core/bytes.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace kiosk::sealing {

class SecretBytes {
  public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size);  // all zeros
    static SecretBytes copy_of(core::ByteView bytes);
    static SecretBytes copy_of(std::string_view text);
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    ~SecretBytes();

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    std::byte* data() { return data_; }
    const std::byte* data() const { return data_; }
    std::span<std::byte> span() { return {data_, size_}; }
    core::ByteView view() const { return {data_, size_}; }
    std::string_view text() const { return {reinterpret_cast<const char*>(data_), size_}; }

    void shrink_to(std::size_t size);  // forgets the bytes beyond; size ≤ size()

  private:
    std::byte* data_ = nullptr;
    std::size_t size_ = 0, allocated_ = 0;
};

}  // namespace kiosk::sealing
