#include <kiosk/text/typing.hpp>
#include <kiosk/text/unicode.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace kiosk::text;

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

void check_all(const Pairs& pairs, TypingMethod method, ToneStyle style = ToneStyle::old_style) {
    for (const auto& [keys, expected] : pairs) {
        CAPTURE(keys);
        CHECK(type_line(keys, {method, style}) == expected);
    }
}

}  // namespace

TEST_CASE("Telex keys make the letters and tones") {
    check_all({{"as af ar ax aj a", "á à ả ã ạ a"},
               {"aa aw ee oo ow uw dd", "â ă ê ô ơ ư đ"},
               {"xin chaof Vieetj Nam", "xin chào Việt Nam"},
               {"Nguyeenx Thij Hoongf", "Nguyễn Thị Hồng"},
               {"ddoocj laapj tuwj do hanhj phucs", "độc lập tự do hạnh phúc"},
               {"hw thw nhw w W", "hư thư như ư Ư"},
               {"tw nhwng nwowcs", "tư nhưng nước"},
               {"asz toanz az", "a toanz az"},
               {"h[c t]", "hơc tư"},
               {"{ }", "Ơ Ư"}},
              TypingMethod::telex);
}

TEST_CASE("VNI digits make the letters and tones") {
    check_all({{"a1 a2 a3 a4 a5", "á à ả ã ạ"},
               {"a6 a8 e6 o6 o7 u7 d9", "â ă ê ô ơ ư đ"},
               {"Vie65t Nam Vie6t5 d9i di9", "Việt Nam Việt đi đi"},
               {"Nguye64n Thi5 Ho62ng", "Nguyễn Thị Hồng"},
               {"nguoi72 ngu7o7i2 nguo7i2", "người người người"},
               {"d9u7o7ng2 duong972 duo7ng29", "đường đường đường"},
               {"a10 a0 12 2026 so61 5", "a a0 12 2026 số 5"},
               {"thuo73 thuo7", "thuở thuơ"},
               {"mu7a mua7 qua81ng", "mưa mưa quắng"},
               {"tua6n1 tua61n khua61y", "tuấn tuấn khuấy"}},
              TypingMethod::vni);
}

TEST_CASE("a key pressed again gives the plain letter") {
    check_all({{"as ass asss assss", "á as ass asss"},
               {"aa aaa aaaa", "â aa aaa"},
               {"aw aww awww", "ă aw aww"},
               {"dd ddd dddd", "đ dd ddd"},
               {"hoaff tesst", "hoaf test"},
               {"w ww www hww", "ư w ww hw"},
               {"uww oww uoww", "uw ow uow"},
               {"tana tanaa", "tân tana"},
               {"did didd", "đi did"},
               {"boong booong xooong sooocs gooongf", "bông boong xoong soóc goòng"},
               {"[[ ]]", "[ ]"}},
              TypingMethod::telex);
    check_all({{"a11 a111 a66 d99 o77 a88", "a1 a11 a6 d9 o7 a8"}, {"toan11", "toan1"}}, TypingMethod::vni);
}

TEST_CASE("marks may come later than their letter") {
    check_all({{"nguoiwf nguwowif nguowif nguwoif", "người người người người"},
               {"duowcj dduowngf dduongwf dduofwng duowngfd", "dược đường đường đường đường"},
               {"tuana tienge tiesnge cuoocj cuocoj", "tuân tiêng tiếng cuộc cuộc"},
               {"ruouwj rwowuj huouw luuw", "rượu rượu hươu lưu"},
               {"dduwng ddanwgj", "đưng đặng"}},
              TypingMethod::telex);
}

TEST_CASE("uow stays open until a letter follows") {
    check_all({{"thuowr quow huow thuow", "thuở quơ huơ thuơ"},
               {"truowngf huowng thuowngj", "trường hương thượng"},
               {"muwonf mwonf thuwow", "mườn mườn thươ"}},
              TypingMethod::telex);
}

TEST_CASE("the tone stands where the rules of old and new style put it") {
    const Pairs same{{"hoanf tuaans quyeens", "hoàn tuấn quyến"},
                     {"mias cuar luawr tafi mefo chasu", "mía của lửa tài mèo cháu"},
                     {"ngoaif ruoojt nguowif khuyur khuyar", "ngoài ruột người khuỷu khuỷa"},
                     {"quys quaf quocs quoocs quyr quaof quays", "quý quà quóc quốc quỷ quào quáy"},
                     {"gif gias giawtj giuwx giowf gieengs giangr giaos", "gì giá giặt giữ giờ giếng giảng giáo"},
                     {"yeeus ys uwngs awn", "yếu ý ứng ăn"},
                     {"hoacs hoef n", "hoác hoè n"}};
    check_all({{"hoaf khoer thuys hofa thusy hoef", "hòa khỏe thúy hòa thúy hòe"}, {"tuyj", "tụy"}}, TypingMethod::telex);
    check_all({{"hoaf khoer thuys hofa thusy", "hoà khoẻ thuý hoà thuý"}, {"tuyj", "tuỵ"}}, TypingMethod::telex,
              ToneStyle::new_style);
    check_all({same.begin(), same.end() - 1}, TypingMethod::telex);
    check_all(same, TypingMethod::telex, ToneStyle::new_style);
}

TEST_CASE("the tone moves when later letters change the syllable") {
    Composer composer({TypingMethod::telex, ToneStyle::old_style});
    std::string field;
    const std::vector<std::pair<char32_t, std::string>> steps{{U'h', "h"}, {U'o', "ho"}, {U'f', "hò"},
                                                              {U'a', "hòa"}, {U'n', "hoàn"}, {U'g', "hoàng"}};
    for (const auto& [key, expected] : steps) {
        apply_edit(composer.press(key, field), field);
        CHECK(field == expected);
    }
}

TEST_CASE("capitals follow the letter that was typed") {
    check_all({{"THUYR Nguyeenx Dd dD DD", "THỦY Nguyễn Đ đ Đ"},
               {"AA Aa aA", "Â Â â"},
               {"UOW Uow UW uW", "UƠ Uơ Ư ư"},
               {"NGUOIWF DDAAT", "NGƯỜI ĐÂT"},
               {"ASS ass aSS", "AS as aS"}},
              TypingMethod::telex);
    check_all({{"D9A61T TRU7O7NG2", "ĐẤT TRƯỜNG"}}, TypingMethod::vni);
}

TEST_CASE("names of the Cơ Tu and their neighbours can be written") {
    check_all({{"Alawng Arraats Brius Kriu", "Alăng Arất Bríu Kriu"},
               {"Bhnuowsch Bhnuowchs Bhuooch Bhluops", "Bhnướch Bhnướch Bhuôch Bhluóp"},
               {"Zow Raam Hooih Zuooih Rias Riash Chowm", "Zơ Râm Hôih Zuôih Ría Ríah Chơm"},
               {"Powlooong Ating Tow Ngool", "Pơloong Ating Tơ Ngôl"},
               {"Cooorr Ch'owm Bh'riu Tr'hy", "Coor Ch'ơm Bh'riu Tr'hy"},
               {"EEddee Krông Ddawks Jrai", "Êđê Krông Đắk Jrai"}},
              TypingMethod::telex);
    check_all({{"A la8ng Po7loong Po7o7 Coor De6e6", "A lăng Pơloong Pơơ Coor Dêê"}, {"Bhnuo71ch Ara61t", "Bhnướch Arất"}},
              TypingMethod::vni);
}

TEST_CASE("Simple Telex leaves w and brackets alone where there is nothing to change") {
    check_all({{"web w [1] tw view", "web w [1] tw view"}, {"nguowif awn tuwf", "người ăn từ"}, {"uww", "uw"}},
              TypingMethod::simple_telex);
    check_all({{"web view", "ưeb view"}}, TypingMethod::telex);
}

TEST_CASE("without a method letters are as they are") {
    check_all({{"aas dd w1 ten@thu.vn", "aas dd w1 ten@thu.vn"}}, TypingMethod::none);
}

TEST_CASE("a letter key of the visible row is a letter like any other") {
    check_all({{"đươnf đi ăns", "đườn đi ắn"}, {"ơ\u0301", "ớ"}, {"a\u0302\u0301", "ấ"}, {"thuơng", "thương"}},
              TypingMethod::telex);
    CHECK(type_line("\u0301a", {TypingMethod::telex}) == "\u0301a");
}

TEST_CASE("backspace takes a visible letter and the word goes on") {
    check_all({{"toans\bn", "toán"}, {"as\b", ""}, {"hoafn\b", "hoà"}, {"hoafn\bn", "hoàn"}, {"ass\bs", "á"},
               {"u늬\b", "u"}, {"a b\b\b", "a"}, {"\b", ""}, {"xin\x7f", "xi"}},
              TypingMethod::telex);
}

TEST_CASE("old words are not opened again by letter keys, only by the tone row") {
    Composer composer({});
    std::string field = "Hoa";
    apply_edit(composer.press(U'f', field), field);
    CHECK(field == "Hoaf");

    field = "Hong";
    apply_edit(composer.tone(Tone::grave, field), field);
    CHECK(field == "Hòng");
    field = "Hông";
    apply_edit(composer.tone(Tone::grave, field), field);
    CHECK(field == "Hồng");
    apply_edit(composer.tone(Tone::acute, field), field);
    CHECK(field == "Hống");
    apply_edit(composer.tone(Tone::acute, field), field);
    CHECK(field == "Hông");
    apply_edit(composer.tone(Tone::level, field), field);
    CHECK(field == "Hông");
    field = "ng ";
    CHECK(composer.tone(Tone::acute, field) == Edit{});
    field = "ng";
    apply_edit(composer.tone(Tone::acute, field), field);
    CHECK(field == "ng");
}

TEST_CASE("the short sign of Cơ Tu goes over marked vowels too") {
    Composer composer({});
    const std::vector<std::pair<std::string, std::string>> pairs{
        {"ơ", "ơ\u0306"}, {"ư", "ư\u0306"}, {"ê", "ê\u0306"}, {"ô", "ô\u0306"}, {"â", "â\u0306"},
        {"e", "ĕ"},       {"i", "ĭ"},       {"o", "ŏ"},       {"u", "ŭ"},       {"a", "ă"},
        {"Pơl", "Pơ\u0306l"}, {"O", "Ŏ"},  {"ớ", "ơ\u0306\u0301"}};
    for (const auto& [before, after] : pairs) {
        CAPTURE(before);
        std::string field = before;
        apply_edit(composer.short_sign(field), field);
        CHECK(field == after);
        CHECK(nfc(field) == field);
        apply_edit(composer.short_sign(field), field);
        CHECK(field == before);
        composer.reset();
    }
    std::string field = "b";
    apply_edit(composer.short_sign(field), field);
    CHECK(field == "b");
    field = "ơ";
    apply_edit(composer.short_sign(field), field);
    apply_edit(composer.tone(Tone::grave, field), field);
    CHECK(field == "ơ\u0306\u0300");
    apply_edit(composer.backspace(field), field);
    CHECK(field.empty());
}

TEST_CASE("marks of other scripts and letters outlive typing beside them") {
    check_all({{"čas ñaf ƀas", "čá ñà ƀá"}}, TypingMethod::telex);
    Composer composer({});
    std::string field = "жa";
    apply_edit(composer.tone(Tone::acute, field), field);
    CHECK(field == "жá");
}

TEST_CASE("a composer can be moved with its word") {
    Composer first({});
    std::string field;
    apply_edit(first.press(U'a', field), field);
    Composer second(std::move(first));
    apply_edit(second.press(U's', field), field);
    CHECK(field == "á");
    Composer third({TypingMethod::vni});
    third = std::move(second);
    apply_edit(third.press(U'f', field), field);
    CHECK(field == "à");
}
