#include <kiosk/core/visit_secret.hpp>

#include "code_letters.hpp"

#include <kiosk/core/sha256.hpp>

#include <algorithm>
#include <utility>

namespace kiosk::core {

std::optional<WithdrawalCode> WithdrawalCode::parse(std::string_view text) {
    auto letters = read_code(text, kRandomLetters + 1);
    if (!letters) return std::nullopt;
    WithdrawalCode code;
    code.letters_ = std::move(*letters);
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
        code.letters_ += kCodeLetters[std::to_integer<std::size_t>(digest[i]) % kCodeLetters.size()];
    code.letters_ += check_letter(code.letters_);
    return code;
}

}  // namespace kiosk::core
