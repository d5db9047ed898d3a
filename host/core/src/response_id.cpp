#include <kiosk/core/response_id.hpp>

namespace kiosk::core {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::size_t kUuidLength = 36;

bool is_dash_position(std::size_t position) {
    return position == 8 || position == 13 || position == 18 || position == 23;
}

}  // namespace

ResponseId ResponseId::make(Random& random) {
    ResponseId id;
    random.fill(id.bytes_);
    id.bytes_[6] = (id.bytes_[6] & std::byte{0x0f}) | std::byte{0x40};  // version 4
    id.bytes_[8] = (id.bytes_[8] & std::byte{0x3f}) | std::byte{0x80};  // variant 10
    return id;
}

std::optional<ResponseId> ResponseId::parse(std::string_view uuid) {
    if (uuid.size() != kUuidLength) return std::nullopt;
    ResponseId id;
    std::size_t nibble = 0;
    for (std::size_t position = 0; position < uuid.size(); ++position) {
        if (is_dash_position(position)) {
            if (uuid[position] != '-') return std::nullopt;
            continue;
        }
        const char lower = uuid[position] >= 'A' && uuid[position] <= 'F' ? static_cast<char>(uuid[position] + 32) : uuid[position];
        const std::size_t value = kHexDigits.find(lower);
        if (value == std::string_view::npos) return std::nullopt;
        std::byte& byte = id.bytes_[nibble / 2];
        byte = (byte << 4) | static_cast<std::byte>(value);
        ++nibble;
    }
    return id;
}

ResponseId ResponseId::of(const std::array<std::byte, 16>& bytes) {
    ResponseId id;
    id.bytes_ = bytes;
    return id;
}

std::string ResponseId::to_string() const {
    std::string uuid;
    uuid.reserve(kUuidLength);
    for (std::size_t index = 0; index < bytes_.size(); ++index) {
        if (index == 4 || index == 6 || index == 8 || index == 10) uuid += '-';
        uuid += kHexDigits[std::to_integer<unsigned>(bytes_[index] >> 4)];
        uuid += kHexDigits[std::to_integer<unsigned>(bytes_[index] & std::byte{0x0f})];
    }
    return uuid;
}

}  // namespace kiosk::core
