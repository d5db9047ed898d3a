#include <kiosk/text/typing.hpp>

#include "typed_word.hpp"

#include <kiosk/text/unicode.hpp>

namespace kiosk::text {

namespace {

constexpr char32_t kBackspace = 8, kDelete = 127;

Edit replacement(std::string_view before, const std::string& after) { return {before.size(), after}; }

}  // namespace

void apply_edit(const Edit& edit, std::string& left_of_caret) {
    left_of_caret.resize(left_of_caret.size() - edit.erase_bytes);
    left_of_caret += edit.insert;
}

Composer::Composer(TypingOptions options) : word_(std::make_unique<TypedWord>(options)) {}
Composer::Composer(Composer&&) noexcept = default;
Composer& Composer::operator=(Composer&&) noexcept = default;
Composer::~Composer() = default;

Edit Composer::press(char32_t key, std::string_view left_of_caret) {
    if (!left_of_caret.ends_with(word_->text())) word_->clear();
    const std::string before = word_->text();
    if (word_->type(key)) return replacement(before, word_->text());
    word_->clear();
    Edit edit;
    append_utf8(edit.insert, key);
    return edit;
}

Edit Composer::tone(Tone tone, std::string_view left_of_caret) {
    if (word_->text().empty() || !left_of_caret.ends_with(word_->text())) word_->adopt(last_word(left_of_caret));
    const std::string before = word_->text();
    word_->toggle_tone(tone);
    return replacement(before, word_->text());
}

Edit Composer::short_sign(std::string_view left_of_caret) {
    if (word_->text().empty() || !left_of_caret.ends_with(word_->text())) word_->adopt(last_word(left_of_caret));
    const std::string before = word_->text();
    word_->toggle_short_sign();
    return replacement(before, word_->text());
}

Edit Composer::backspace(std::string_view left_of_caret) {
    if (word_->text().empty() || !left_of_caret.ends_with(word_->text())) {
        word_->clear();
        return {left_of_caret.size() - without_last_grapheme(left_of_caret).size(), {}};
    }
    const std::string before = word_->text();
    word_->remove_last_letter();
    return replacement(before, word_->text());
}

void Composer::reset() { word_->clear(); }

std::string type_line(std::string_view keys, const TypingOptions& options) {
    Composer composer(options);
    std::string field;
    for (const char32_t key : to_code_points(keys))
        apply_edit(key == kBackspace || key == kDelete ? composer.backspace(field) : composer.press(key, field), field);
    return nfc(field);
}

}  // namespace kiosk::text
