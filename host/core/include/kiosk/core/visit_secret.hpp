// VisitSecret: random bytes made when a visit opens and gone when it ends, from which everything the visit must name
// follows: the ids of its records and the codes to withdraw them with. So a retry names the same records, and nobody who
// has one code or id can tell another. A value; any thread; nothing fails.
#pragma once

#include <kiosk/core/random.hpp>
#include <kiosk/core/response.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::core {

// What a visitor takes home to withdraw a record with: 70 random bits and a check letter, as "7KQ2M-9XP4H-RT3VC". Its
// letters are Crockford's base 32, which has no I, L, O or U to confuse with 1, 0 or V.
class WithdrawalCode {
  public:
    // In any case, with or without hyphens and blanks, O for 0, I or L for 1. Nothing: mistyped.
    static std::optional<WithdrawalCode> parse(std::string_view text);

    std::string to_string() const;
    Sha256 tag() const;                  // what stands beside the record in its place

    bool operator==(const WithdrawalCode&) const = default;

  private:
    friend class VisitSecret;
    static constexpr std::size_t kRandomLetters = 14;
    std::string letters_;                // 15, no hyphens
};

class VisitSecret {
  public:
    static VisitSecret make(Random& random);

    // Of the visit's record number 0, 1, …
    ResponseId response_id(std::size_t record) const;
    WithdrawalCode withdrawal_code(std::size_t record) const;

  private:
    Sha256 derive(std::string_view what, std::size_t record) const;

    std::array<std::byte, 32> bytes_{};
};

}  // namespace kiosk::core
