// Text being put together, quickly: characters, pieces and numbers appended to one growing piece of memory.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace kiosk::exporting {

class TextBuffer {
  public:
    void add(std::string_view text) {
        reserve(text.size());
        std::memcpy(bytes_.get() + size_, text.data(), text.size());
        size_ += text.size();
    }
    void add(char c) {
        reserve(1);
        bytes_[size_++] = c;
    }
    template <class Number>
    void add_number(Number value) {
        constexpr std::size_t kLongestNumber = 32;
        reserve(kLongestNumber);
        char* const end = std::to_chars(bytes_.get() + size_, bytes_.get() + capacity_, value).ptr;
        size_ = static_cast<std::size_t>(end - bytes_.get());
    }
    void clear() { size_ = 0; }
    std::size_t size() const { return size_; }
    std::string_view view() const { return {bytes_.get(), size_}; }

  private:
    void reserve(std::size_t more) {
        if (capacity_ - size_ >= more) return;
        const std::size_t larger = std::max(capacity_ * 2, size_ + more);
        auto bytes = std::make_unique_for_overwrite<char[]>(larger);
        if (size_ > 0) std::memcpy(bytes.get(), bytes_.get(), size_);
        bytes_ = std::move(bytes);
        capacity_ = larger;
    }

    std::size_t size_ = 0, capacity_ = 1 << 16;
    std::unique_ptr<char[]> bytes_ = std::make_unique_for_overwrite<char[]>(1 << 16);
};

}  // namespace kiosk::exporting
