#include <kiosk/core/visit_secret.hpp>

#include <kiosk/core/sha256.hpp>

#include <algorithm>

namespace kiosk::core {
namespace {

constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::optional<std::size_t> value_of(char letter) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 32);
    if (letter == 'O') letter = '0';
    if (letter == 'I' || letter == 'L') letter = '1';
    const std::size_t value = kLetters.find(letter);
    return value == std::string_view::npos ? std::nullopt : std::optional(value);
}

// Luhn's check in base 32: tells one wrong letter, and nearly every two that changed places.
char check_letter(std::string_view letters) {
    std::size_t sum = 0;
    bool is_doubled = true;
    for (auto letter = letters.rbegin(); letter != letters.rend(); ++letter, is_doubled = !is_doubled) {
        const std::size_t value = value_of(*letter).value_or(0) * (is_doubled ? 2 : 1);
        sum += value / kLetters.size() + value % kLetters.size();
    }
    return kLetters[(kLetters.size() - sum % kLetters.size()) % kLetters.size()];
}

}  // namespace

std::optional<WithdrawalCode> WithdrawalCode::parse(std::string_view text) {
    WithdrawalCode code;
    for (const char letter : text) {
        if (letter == '-' || letter == ' ') continue;
        const auto value = value_of(letter);
        if (!value) return std::nullopt;
        code.letters_ += kLetters[*value];
    }
    if (code.letters_.size() != kRandomLetters + 1) return std::nullopt;
    if (check_letter(std::string_view(code.letters_).substr(0, kRandomLetters)) != code.letters_.back()) return std::nullopt;
    return code;
}

std::string WithdrawalCode::to_string() const {
    return letters_.substr(0, 5) + "-" + letters_.substr(5, 5) + "-" + letters_.substr(10);
}

Sha256 WithdrawalCode::tag() const { return sha256_of(letters_); }

VisitSecret VisitSecret::make(Random& random) {
    VisitSecret secret;
    random.fill(secret.bytes_);
    return secret;
}

Sha256 VisitSecret::derive(std::string_view what, std::size_t record) const {
    Sha256Stream stream;
    stream.add(bytes_);
    const std::string rest = std::string(what) + " " + std::to_string(record);
    stream.add(std::as_bytes(std::span(rest.data(), rest.size())));
    return stream.finish();
}

ResponseId VisitSecret::response_id(std::size_t record) const {
    const Sha256 digest = derive("response", record);
    std::array<std::byte, 16> bytes{};
    std::copy_n(digest.begin(), bytes.size(), bytes.begin());
    bytes[6] = (bytes[6] & std::byte{0x0f}) | std::byte{0x40};  // a version 4 UUID, as ResponseId::make() gives
    bytes[8] = (bytes[8] & std::byte{0x3f}) | std::byte{0x80};
    return ResponseId::of(bytes);
}

WithdrawalCode VisitSecret::withdrawal_code(std::size_t record) const {
    const Sha256 digest = derive("withdrawal", record);
    WithdrawalCode code;
    for (std::size_t i = 0; i < WithdrawalCode::kRandomLetters; ++i)
        code.letters_ += kLetters[std::to_integer<std::size_t>(digest[i]) % kLetters.size()];
    code.letters_ += check_letter(code.letters_);
    return code;
}

}  // namespace kiosk::core
