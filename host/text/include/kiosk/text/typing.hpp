// Typing Vietnamese: one engine for three ways at once: a visible tone row, Telex and VNI.
//
// A Composer follows one field. Each key is told with the text left of the caret, and the answer says what to put in its
// place. Telex and VNI keys change only the word being typed; the tone row also changes a word that was there before.
// Nothing is refused: a tone or mark goes to the nearest vowels whether the syllable is a known one or not, so that
// Alăng, Bhnướch and Arất can be written, and a key pressed once more gives the plain letter. Text is NFC.
// One thread; it remembers no more than the word being typed, until reset().
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace kiosk::text {

enum class Tone { level = 1, grave = 2, hook = 3, tilde = 4, acute = 5, dot = 6 };  // ngang huyền hỏi ngã sắc nặng

enum class TypingMethod {
    none = 1,          // letters as they are, for e-mail and foreign words; the tone row still works
    telex = 2,
    simple_telex = 3,  // w changes a letter that is there, never makes ư alone; brackets stay brackets
    vni = 4,
    telex_and_vni = 5,  // both at once: as -> á, a1 -> á
};

enum class ToneStyle { old_style = 1, new_style = 2 };  // hòa khỏe thúy, or hoà khoẻ thuý

struct TypingOptions {
    TypingMethod method = TypingMethod::telex;
    ToneStyle tone_style = ToneStyle::old_style;
};

// Replace this many bytes left of the caret by this text; the caret comes after it.
struct Edit {
    std::size_t erase_bytes = 0;
    std::string insert;

    bool operator==(const Edit&) const = default;
};

void apply_edit(const Edit& edit, std::string& left_of_caret);

class TypedWord;

class Composer {
  public:
    explicit Composer(TypingOptions options);
    Composer(Composer&&) noexcept;
    Composer& operator=(Composer&&) noexcept;
    ~Composer();

    Edit press(char32_t key, std::string_view left_of_caret);
    Edit tone(Tone tone, std::string_view left_of_caret);  // the tone row; the same tone again takes it off
    Edit short_sign(std::string_view left_of_caret);       // U+0306 of Cơ Tu; again takes it off
    Edit backspace(std::string_view left_of_caret);        // one visible letter, with its marks
    void reset();                                          // the caret moved, or the visit ended

  private:
    std::unique_ptr<TypedWord> word_;
};

// Types a line of keys into an empty field and returns what stands there, as `feedback-kiosk type` does. A backspace
// among the keys (U+0008) takes a letter back.
std::string type_line(std::string_view keys, const TypingOptions& options);

}  // namespace kiosk::text
