#include "sheets.hpp"

namespace kiosk::forms {

std::string column_letters(std::uint32_t column) {
    std::string letters;
    for (std::uint64_t left = std::uint64_t{column} + 1; left > 0; left = (left - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
    }
    return letters;
}

std::string cell_name(std::uint32_t column, std::uint32_t row_number) {
    return column_letters(column) + std::to_string(row_number);
}

}  // namespace kiosk::forms
