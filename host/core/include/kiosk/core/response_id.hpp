// ResponseId: the random name of one response, made when its form opens, so that a retry is the same response.
// Written as a UUID version 4 (RFC 9562), which is what an ODK instanceID holds after "uuid:".
#pragma once

#include <kiosk/core/random.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::core {

class ResponseId {
  public:
    static ResponseId make(Random& random);
    static std::optional<ResponseId> parse(std::string_view uuid);
    static ResponseId of(const std::array<std::byte, 16>& bytes);

    std::string to_string() const;
    const std::array<std::byte, 16>& bytes() const { return bytes_; }

    auto operator<=>(const ResponseId&) const = default;

  private:
    std::array<std::byte, 16> bytes_{};
};

}  // namespace kiosk::core
