#include "code_letters.hpp"

namespace kiosk::core {
namespace {

std::optional<std::size_t> value_of(char letter) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 32);
    if (letter == 'O') letter = '0';
    if (letter == 'I' || letter == 'L') letter = '1';
    const std::size_t value = kCodeLetters.find(letter);
    return value == std::string_view::npos ? std::nullopt : std::optional(value);
}

}  // namespace

char check_letter(std::string_view letters) {
    std::size_t sum = 0;
    bool is_doubled = true;
    for (auto letter = letters.rbegin(); letter != letters.rend(); ++letter, is_doubled = !is_doubled) {
        const std::size_t value = value_of(*letter).value_or(0) * (is_doubled ? 2 : 1);
        sum += value / kCodeLetters.size() + value % kCodeLetters.size();
    }
    return kCodeLetters[(kCodeLetters.size() - sum % kCodeLetters.size()) % kCodeLetters.size()];
}

std::optional<std::string> read_code(std::string_view text, std::size_t letters) {
    std::string read;
    for (const char letter : text) {
        if (letter == '-' || letter == ' ') continue;
        const auto value = value_of(letter);
        if (!value) return std::nullopt;
        read += kCodeLetters[*value];
    }
    if (read.size() != letters || check_letter(std::string_view(read).substr(0, letters - 1)) != read.back()) return std::nullopt;
    return read;
}

}  // namespace kiosk::core
