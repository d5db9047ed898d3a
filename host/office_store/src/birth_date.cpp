#include "birth_date.hpp"

#include <charconv>
#include <vector>

namespace kiosk::office_store {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

BirthDate birth_date(std::string_view text) {
    std::vector<int> numbers;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_digit(text[i])) {
            if (std::string_view("/-. ").find(text[i++]) == std::string_view::npos) return {};
            continue;
        }
        int value = 0;
        const char* const end = std::from_chars(text.data() + i, text.data() + text.size(), value).ptr;
        i = static_cast<std::size_t>(end - text.data());
        numbers.push_back(value);
    }
    if (numbers.size() == 3 && numbers[0] >= 1000) return {numbers[0], numbers[1], numbers[2]};
    if (numbers.size() == 3 && numbers[2] >= 1000) return {numbers[2], numbers[1], numbers[0]};
    if (numbers.size() == 2 && numbers[1] >= 1000) return {numbers[1], numbers[0], 0};
    if (numbers.size() == 2 && numbers[0] >= 1000) return {numbers[0], numbers[1], 0};
    if (numbers.size() == 1 && numbers[0] >= 1000) return {numbers[0], 0, 0};
    return {};
}

bool agree(const BirthDate& a, const BirthDate& b) {
    const auto same = [](int x, int y) { return x == 0 || y == 0 || x == y; };
    return same(a.year, b.year) && same(a.month, b.month) && same(a.day, b.day);
}

}  // namespace kiosk::office_store
