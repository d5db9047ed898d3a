#include "catalogue_check.hpp"

#include <cstdint>
#include <cstring>
#include <string_view>

namespace kiosk::plugin_host {
namespace {

constexpr std::uint32_t kMagic = 0x950412deu;  // in this machine's byte order, which is what msgfmt writes for it
constexpr std::size_t kHeaderBytes = 28;
constexpr std::uint32_t kMaxMessages = 10'000;

std::uint32_t word_at(core::ByteView bytes, std::size_t offset) {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes.data() + offset, sizeof(word));
    return word;
}

// The string that entry `index` of the table at `table` points to.
std::optional<std::string> string_at(core::ByteView bytes, std::uint64_t table, std::uint32_t index) {
    const std::uint64_t entry = table + std::uint64_t{index} * 8;
    if (entry + 8 > bytes.size()) return std::nullopt;
    const std::uint64_t length = word_at(bytes, entry);
    const std::uint64_t offset = word_at(bytes, entry + 4);
    if (offset + length > bytes.size()) return std::nullopt;
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + offset, length);
    return std::string(text.substr(0, text.find('\0')));
}

}  // namespace

std::optional<std::map<std::string, std::string>> read_catalogue(core::ByteView bytes) {
    if (bytes.size() < kHeaderBytes || word_at(bytes, 0) != kMagic) return std::nullopt;
    const std::uint32_t count = word_at(bytes, 8);
    if (count > kMaxMessages) return std::nullopt;
    std::map<std::string, std::string> messages;
    for (std::uint32_t i = 0; i < count; ++i) {
        auto id = string_at(bytes, word_at(bytes, 12), i);
        auto words = string_at(bytes, word_at(bytes, 16), i);
        if (!id || !words) return std::nullopt;
        if (!id->empty()) messages.emplace(std::move(*id), std::move(*words));
    }
    return messages;
}

}  // namespace kiosk::plugin_host
