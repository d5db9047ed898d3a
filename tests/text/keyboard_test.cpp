#include <kiosk/test_support/source_tree.hpp>
#include <kiosk/text/keyboard.hpp>
#include <kiosk/text/unicode.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

using namespace kiosk::text;

namespace {

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string refusal(std::string_view file) {
    const auto keyboard = parse_keyboard(file);
    return keyboard ? "" : keyboard.error().message.en;
}

}  // namespace

TEST_CASE("a keyboard file gives rows of keys with their actions and widths") {
    const Keyboard keyboard = parse_keyboard("# two rows\r\n\ntall 1 2\nrow {shift}*1.5 ơ {space}*4 {star} {gap} .vn # end\n").value();
    REQUIRE(keyboard.rows.size() == 2);
    CHECK(keyboard.rows[0].is_only_on_tall);
    const KeyRow& row = keyboard.rows[1];
    CHECK(row.keys == std::vector<Key>{{KeyAction::shift, "", 1.5F}, {KeyAction::text, "ơ", 1}, {KeyAction::text, " ", 4},
                                       {KeyAction::text, "*", 1},    {KeyAction::gap, "", 1},   {KeyAction::text, ".vn", 1}});
    CHECK(row.width() == 9.5F);
    CHECK(keyboard.width() == 9.5F);
}

TEST_CASE("keys have names for scripts and faces for people") {
    CHECK(name_of({KeyAction::text, "ă", 1}) == "ă");
    CHECK(name_of({KeyAction::text, " ", 4}) == "space");
    CHECK(name_of({KeyAction::text, "*", 1}) == "star");
    CHECK(name_of({KeyAction::tone_grave, "", 1}) == "tone_grave");
    CHECK(typed_by({KeyAction::text, "ơ", 1}, true) == "Ơ");
    CHECK(typed_by({KeyAction::text, "ơ", 1}, false) == "ơ");
    CHECK(tone_of(KeyAction::tone_level) == Tone::level);
    CHECK(tone_of(KeyAction::tone_grave) == Tone::grave);
    CHECK(tone_of(KeyAction::tone_hook) == Tone::hook);
    CHECK(tone_of(KeyAction::tone_tilde) == Tone::tilde);
    CHECK(tone_of(KeyAction::tone_acute) == Tone::acute);
    CHECK(tone_of(KeyAction::tone_dot) == Tone::dot);
    CHECK(tone_of(KeyAction::shift) == std::nullopt);
}

TEST_CASE("a keyboard file that is wrong is refused with its line") {
    CHECK(refusal("row a\ncolumn b\n").find("line 2: \"column\"") != std::string::npos);
    for (const char* bad : {"row {nothing}", "row {shift", "row a*", "row a*0", "row a*-1", "row a*99", "row a*1x", "row a*nan",
                            "row *2", "row", "row # only a comment", "row a\nrow \xff", ""}) {
        CAPTURE(bad);
        CHECK_FALSE(refusal(bad).empty());
    }
}

TEST_CASE("every shipped keyboard can be read, fits its width and lets people finish and correct") {
    std::set<std::string> seen;
    for (const auto& entry : std::filesystem::directory_iterator(kiosk::test_support::in_source_tree("assets/keyboards"))) {
        CAPTURE(entry.path().string());
        const auto keyboard = parse_keyboard(read(entry.path()));
        REQUIRE(keyboard);
        seen.insert(entry.path().stem().string());
        std::set<std::string> names;
        for (const KeyRow& row : keyboard->rows) {
            CHECK(row.width() <= 13.5F);
            for (const Key& key : row.keys) {
                CHECK(nfc(key.text) == key.text);
                CHECK((key.action == KeyAction::gap || names.insert(name_of(key)).second));
            }
        }
        CHECK(names.contains("done"));
        CHECK(names.contains("backspace"));
    }
    for (const char* needed : {"vietnamese", "english", "symbols", "number", "decimal", "phone", "date", "email"})
        CHECK(seen.contains(needed));
}

TEST_CASE("with the Vietnamese keyboard every marked letter and tone has a key of its own") {
    const Keyboard keyboard = parse_keyboard(read(kiosk::test_support::in_source_tree("assets/keyboards/vietnamese.keys"))).value();
    std::string written;
    int tones = 0;
    for (const KeyRow& row : keyboard.rows)
        for (const Key& key : row.keys) {
            written += key.text;
            tones += tone_of(key.action).has_value();
        }
    for (const char* letter : {"ă", "â", "đ", "ê", "ô", "ơ", "ư", "a", "z", "w"}) CHECK(written.find(letter) != std::string::npos);
    CHECK(tones == 6);
}
