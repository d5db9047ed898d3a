#include <kiosk/text/unicode.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace kiosk;
using namespace std::string_literals;

TEST_CASE("decomposed Vietnamese becomes the precomposed letters") {
    CHECK(text::nfc("Nguye\u0302\u0303n") == "Nguyễn");
    CHECK(text::nfc("Nguyê\u0303n") == "Nguyễn");
    CHECK(text::nfc("e\u0323\u0302") == "ệ");
    CHECK(text::nfc("e\u0302\u0323") == "ệ");
    CHECK(text::nfc("o\u031b\u0301") == "ớ");
    CHECK(text::nfc("plain ascii") == "plain ascii");
    CHECK(text::nfc("").empty());
    CHECK(text::nfc("a\0b"s) == "a\0b"s);
}

TEST_CASE("Cơ Tu letters with a breve stay two code points where no single one exists") {
    CHECK(text::nfc("e\u0306") == "ĕ");
    for (const char* letter : {"ơ\u0306", "ư\u0306", "ê\u0306", "ô\u0306", "â\u0306"}) {
        CHECK(text::nfc(letter) == letter);
        CHECK(text::grapheme_count(letter) == 1);
    }
}

TEST_CASE("what is taken for composed without asking is what normalisation leaves alone, beside any other letter") {
    for (char32_t letter = 1; letter < 0x20d0; ++letter) {
        std::string alone, beside = "\u3400";   // a letter that has to be asked about
        text::append_utf8(alone, letter);
        text::append_utf8(beside, letter);
        if (text::nfc(beside) != "\u3400" + text::nfc(alone)) FAIL_CHECK("U+" << std::hex << static_cast<unsigned>(letter));
    }
}

TEST_CASE("bytes that are not UTF-8 are seen, and become one replacement character a run") {
    const std::vector<std::string> ill_formed{"\xff", "a\x80", "\xc3", "\xe1\xba", "\xc0\xaf", "\xed\xa0\x80",
                                              "\xf4\x90\x80\x80"};
    for (const std::string& bytes : ill_formed) {
        CAPTURE(bytes);
        CHECK_FALSE(text::is_utf8(bytes));
        CHECK(text::is_utf8(text::nfc(bytes)));
        CHECK(text::nfc(bytes).ends_with("\ufffd"));
        CHECK(text::is_utf8(text::fold(bytes)));
    }
    CHECK(text::is_utf8("Đắc Pring"));
    CHECK(text::nfc("L\xff\u1ec7") == "L\ufffdệ");
    std::string utf8;
    text::append_utf8(utf8, char32_t{0xd800});
    text::append_utf8(utf8, char32_t{0x110000});
    CHECK(utf8 == "\ufffd\ufffd");
}

TEST_CASE("search without tones finds what a person would take for the same") {
    const std::vector<std::pair<std::string, std::string>> pairs{
        {"Nguyễn Thị Hồng", "nguyen thi hong"}, {"ĐẮC PRING", "dac pring"},
        {"Bh'riu", "bhriu"},                    {"Bh’riu", "BHRIU"},
        {"hoà", "hòa"},                         {"Nam-Giang", "namgiang"},
        {"  Cơ \t Tu ", "co tu"},               {"Thu\u031b\u0309", "thư"},
        {"Pơ\u0306loong", "poloong"},           {"Ðà Nẵng", "da nang"},
        {"ƀah", "bah"},                         {"Thạnh\u00a0Mỹ", "thanh my"},
    };
    for (const auto& [left, right] : pairs) {
        CAPTURE(left, right);
        CHECK(text::fold(left) == text::fold(right));
    }
    CHECK(text::fold("Nguyễn Thị Hồng") == "nguyen thi hong");
    CHECK(text::fold("Hồng") != text::fold("Hông Hà"));
    CHECK(text::fold("").empty());
    CHECK(text::fold(" - ").empty());
}

TEST_CASE("case maps without a locale") {
    CHECK(text::upper("nguyễn đắc ơ\u0306") == "NGUYỄN ĐẮC Ơ\u0306");
    CHECK(text::lower("THỦY ĐÔNG") == "thủy đông");
}

TEST_CASE("backspace takes one visible letter with its marks") {
    CHECK(text::without_last_grapheme("Hồng") == "Hồn");
    CHECK(text::without_last_grapheme("He\u0302\u0323") == "H");
    CHECK(text::without_last_grapheme("ơ\u0306").empty());
    CHECK(text::without_last_grapheme("").empty());
    CHECK(text::without_last_grapheme("a👩‍👩‍👧") == "a");
    CHECK(text::grapheme_bounds("aễ") == std::vector<std::size_t>{0, 1, 4});
    CHECK(text::grapheme_bounds("") == std::vector<std::size_t>{0});
    CHECK(text::grapheme_count("Nguyễn") == 6);
}

TEST_CASE("code points and UTF-8 are two writings of the same text") {
    for (const std::string& utf8 : {"Bhnướch"s, "👍🏽 tốt"s, ""s, "a\0b"s})
        CHECK(text::to_utf8(text::to_code_points(utf8)) == utf8);
}
