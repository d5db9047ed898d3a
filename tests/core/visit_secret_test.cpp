#include <kiosk/core/visit_secret.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace kiosk::core;

namespace {

VisitSecret secret_of(std::uint64_t seed) {
    SeededRandom random(seed);
    return VisitSecret::make(random);
}

}  // namespace

TEST_CASE("a visit names its records the same every time, and no two alike") {
    std::set<std::string> names;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const VisitSecret secret = secret_of(seed);
        for (std::size_t record = 0; record < 4; ++record) {
            CHECK(secret.response_id(record) == secret.response_id(record));
            CHECK(secret.response_id(record).to_string()[14] == '4');  // a UUID of random bits
            CHECK(names.insert(secret.response_id(record).to_string()).second);
            CHECK(names.insert(secret.withdrawal_code(record).to_string()).second);
        }
    }
}

TEST_CASE("a withdrawal code is read back however it is typed") {
    const WithdrawalCode code = secret_of(7).withdrawal_code(0);
    const std::string text = code.to_string();
    REQUIRE(text.size() == 17);
    CHECK(text[5] == '-');
    std::string sloppy = " ";
    for (const char letter : text) {
        if (letter == '-') continue;
        sloppy += letter == '0' ? 'o' : letter == '1' ? 'l' : static_cast<char>(letter >= 'A' ? letter + 32 : letter);
        sloppy += ' ';
    }
    REQUIRE(WithdrawalCode::parse(sloppy));
    CHECK(*WithdrawalCode::parse(sloppy) == code);
    CHECK(WithdrawalCode::parse(sloppy)->tag() == code.tag());
    CHECK(code.tag() != secret_of(7).withdrawal_code(1).tag());
}

TEST_CASE("a mistyped withdrawal code is told from a right one") {
    const std::string text = secret_of(3).withdrawal_code(0).to_string();
    for (std::size_t place = 0; place < text.size(); ++place) {
        if (text[place] == '-') continue;
        std::string wrong = text;
        wrong[place] = text[place] == 'Z' ? 'Y' : text[place] == '9' ? 'A' : static_cast<char>(text[place] + 1);
        if (wrong[place] == 'I' || wrong[place] == 'L' || wrong[place] == 'O' || wrong[place] == 'U') wrong[place] = 'Z';
        CAPTURE(wrong);
        CHECK_FALSE(WithdrawalCode::parse(wrong));
    }
    CHECK_FALSE(WithdrawalCode::parse(""));
    CHECK_FALSE(WithdrawalCode::parse(text.substr(1)));
    CHECK_FALSE(WithdrawalCode::parse(text + "7"));
    CHECK_FALSE(WithdrawalCode::parse("không nhớ mã nữa"));
}
