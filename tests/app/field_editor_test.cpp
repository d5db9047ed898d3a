// Typing into one field: the visible row of marks, Telex and VNI together, one letter a backspace, the caret.
#include <kiosk/app/field_editor.hpp>
#include <kiosk/app/keyboards.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::app;

namespace {

constexpr text::TypingOptions kBoth{text::TypingMethod::telex_and_vni, text::ToneStyle::old_style};

FieldEditor field(Layout layout = Layout::vietnamese, std::string value = {}) { return {"/data/q", std::move(value), layout, kBoth}; }

text::Key key(std::string letter) { return {text::KeyAction::text, std::move(letter), 1}; }
text::Key key(text::KeyAction action) { return {action, {}, 1}; }

std::string typed(Layout layout, std::string_view keys) {
    FieldEditor editor = field(layout);
    editor.type(keys);
    return editor.text();
}

}  // namespace

TEST_CASE("the row of marks, Telex and VNI write the same name") {
    FieldEditor editor = field();
    for (const char* letter : {"H", "ô", "n", "g"}) editor.press(key(letter));
    editor.press(key(text::KeyAction::tone_grave));
    CHECK(editor.text() == "Hồng");
    CHECK(typed(Layout::vietnamese, "Hoongf") == "Hồng");
    CHECK(typed(Layout::vietnamese, "Ho6ng2") == "Hồng");
    CHECK(typed(Layout::vietnamese, "Ho6ngf nguwowi2") == "Hồng người");
    CHECK(typed(Layout::vietnamese, "d9i ddi") == "đi đi");
}

TEST_CASE("figures stay figures where they make no letter") {
    CHECK(typed(Layout::vietnamese, "thôn 2, QL14, 0905 123 456") == "thôn 2, QL14, 0905 123 456");
    CHECK(typed(Layout::vietnamese, "A11") == "A1");
}

TEST_CASE("other keyboards write letters as they are, and numbers take no letters") {
    CHECK(typed(Layout::english, "test as dd a1") == "test as dd a1");
    CHECK(typed(Layout::email, "hoas@vidu.vn") == "hoas@vidu.vn");
    CHECK(typed(Layout::number, "12a,3") == "123");
    CHECK(typed(Layout::decimal, "1,5x") == "1,5");
    CHECK(typed(Layout::phone, "+84 905b") == "+84 905");
    CHECK(typed(Layout::date, "27/3 1985a") == "27/3 1985");
}

TEST_CASE("a backspace takes one visible letter with its marks, wherever the caret is") {
    FieldEditor editor = field(Layout::vietnamese, "Nguyễn");
    editor.move_left();
    editor.backspace();
    CHECK(editor.text() == "Nguyn");
    CHECK(editor.caret() == 4);
    FieldEditor katu = field(Layout::katu, "Pơ\u0306");
    katu.backspace();
    CHECK(katu.text() == "P");
    katu.backspace();
    katu.backspace();
    CHECK(katu.text().empty());
}

TEST_CASE("the caret stands between letters only, and typing goes on there") {
    FieldEditor editor = field(Layout::vietnamese, "Thị Hồng");
    editor.place_caret(4);   // in the middle of ị: before it
    CHECK(editor.caret() == 2);
    editor.place_caret(1000);
    CHECK(editor.caret() == editor.text().size());
    editor.place_caret(0);
    for (const char letter : std::string("Leef ")) editor.type(std::string(1, letter));
    CHECK(editor.text() == "Lề Thị Hồng");
    editor.remove();
    CHECK(editor.text() == "Lề hị Hồng");
}

TEST_CASE("a tone key changes the word before the caret though it was typed before") {
    FieldEditor editor = field(Layout::vietnamese, "Hong Lan");
    editor.place_caret(4);
    editor.press(key(text::KeyAction::tone_grave));
    CHECK(editor.text() == "Hòng Lan");
    editor.press(key(text::KeyAction::tone_grave));
    CHECK(editor.text() == "Hong Lan");
}

TEST_CASE("shift is for one letter, pressed twice for all, pressed thrice for none") {
    FieldEditor editor = field();
    editor.press(key(text::KeyAction::shift));
    CHECK(editor.is_shifted());
    editor.press(key("đ"));
    editor.press(key("a"));
    CHECK(editor.text() == "Đa");
    editor.press(key(text::KeyAction::shift));
    editor.press(key(text::KeyAction::shift));
    CHECK(editor.is_locked());
    editor.press(key("b"));
    editor.press(key("c"));
    editor.press(key(text::KeyAction::shift));
    editor.press(key("m"));
    CHECK(editor.text() == "ĐaBCm");
}

TEST_CASE("names begin their words with capitals by themselves") {
    FieldEditor editor = field();
    editor.begin_words_with_capitals();
    CHECK(editor.is_shifted());
    for (const char* letter : {"l", "ê", " ", "t", "h", "i"}) editor.press(key(letter));
    editor.type(" ddinhs");
    CHECK(editor.text() == "Lê Thi Đính");
}

TEST_CASE("a suggestion takes the place of the word before the caret") {
    Keyboards keyboards;
    keyboards.words = text::Suggestions({"Hồng", "Hông", "Hoa", "Hòa"});
    FieldEditor editor = field();
    editor.type("Lê hong");
    CHECK(keyboards.suggestions_for(editor) == std::vector<std::string>{"Hồng", "Hông"});
    editor.complete("Hồng");
    CHECK(editor.text() == "Lê Hồng ");
    CHECK(keyboards.suggestions_for(editor).empty());
    FieldEditor english = field(Layout::english);
    english.type("hong");
    CHECK(keyboards.suggestions_for(english).empty());
}

TEST_CASE("the keyboard changes to figures, to English and back to what the question asks for") {
    FieldEditor editor = field(Layout::katu);
    CHECK(editor.keyboard() == "katu");
    editor.press(key(text::KeyAction::symbols));
    CHECK(editor.keyboard() == "symbols");
    editor.press(key(text::KeyAction::letters));
    editor.press(key(text::KeyAction::layout));
    CHECK(editor.keyboard() == "english");
    editor.type("as");
    editor.press(key(text::KeyAction::layout));
    CHECK(editor.keyboard() == "katu");
    editor.type(" as");
    CHECK(editor.text() == "as á");
}

TEST_CASE("what is typed is NFC, whatever comes in") {
    CHECK(field(Layout::vietnamese, "e\u0302\u0301").text() == "ế");
    CHECK(typed(Layout::vietnamese, "e\u0302\u0301") == "ế");
}

TEST_CASE("UX-48: what was cleared can be had back until something else is typed") {
    FieldEditor editor = field();
    editor.type("Hồ Thị Nghĩa");
    editor.press(key(text::KeyAction::clear));
    CHECK(editor.text().empty());
    REQUIRE(editor.can_restore());
    editor.press(key(text::KeyAction::clear));
    CHECK(editor.text() == "Hồ Thị Nghĩa");
    CHECK(editor.caret() == editor.text().size());
    CHECK_FALSE(editor.can_restore());
    editor.press(key(text::KeyAction::clear));
    editor.type("b");
    CHECK_FALSE(editor.can_restore());
    editor.press(key(text::KeyAction::clear));
    editor.forget_cleared();
    CHECK_FALSE(editor.can_restore());
    editor.press(key(text::KeyAction::clear));   // nothing to clear, nothing to have back
    CHECK_FALSE(editor.can_restore());
}
