// Whatever keys are pressed, the field holds NFC text, and each key's edit stays within the field.
#include "fuzz_target.hpp"

#include <kiosk/text/typing.hpp>
#include <kiosk/text/unicode.hpp>

using namespace kiosk::text;

std::vector<std::string> fuzz_seeds() {
    return {"nguowif dduowngf hoaf quyeenr asss", "Vie65t Nam d9uo7ng2 a11", "ơ\u0306\u0301 đ\b\b Bh'riu [w]ww", "👩‍👩‍👧 ñaf"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view keys(reinterpret_cast<const char*>(data), size);
    for (const TypingMethod method : {TypingMethod::telex, TypingMethod::simple_telex, TypingMethod::vni, TypingMethod::none}) {
        const std::string line = type_line(keys, {method});
        KIOSK_ASSERT(is_utf8(line) && nfc(line) == line);
        Composer composer({method});
        std::string field;
        std::size_t pressed = 0;
        for (const char32_t key : to_code_points(keys)) {
            Edit edit = composer.press(key, field);
            KIOSK_ASSERT(edit.erase_bytes <= field.size());
            apply_edit(edit, field);
            if (++pressed % 5 != 0) continue;
            edit = pressed % 2 == 0 ? composer.tone(Tone::acute, field) : composer.short_sign(field);
            KIOSK_ASSERT(edit.erase_bytes <= field.size());
            apply_edit(edit, field);
            KIOSK_ASSERT(is_utf8(field));
        }
        while (!field.empty()) {
            const std::size_t before = field.size();
            apply_edit(composer.backspace(field), field);
            KIOSK_ASSERT(field.size() < before);
        }
    }
    return 0;
}
