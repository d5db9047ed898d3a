// The codes the office gives organisations, and the list of them that kiosks hold.
#include <kiosk/core/organisations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cctype>

using namespace kiosk::core;

namespace {

const std::vector<Organisation> kTwo{{"001", "hoi_nong_dan", "$argon2id$v=19$a", "Hội Nông dân xã Thạnh Mỹ"},
                                     {"002", "chi_bo", "$argon2id$v=19$b", "Chi bộ thôn Pà Dấu 2, xã Thạnh Mỹ"}};

}  // namespace

TEST_CASE("a code is read however it was typed, and says whose it is") {
    SeededRandom random(1);
    const auto code = OrganisationCode::make("0A1", random);
    std::string typed = code.to_string();
    CHECK(typed.size() == 15);
    CHECK(typed.starts_with("0A1-"));
    std::transform(typed.begin(), typed.end(), typed.begin(), [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    std::replace(typed.begin(), typed.end(), '-', ' ');
    std::replace(typed.begin(), typed.end(), '0', 'o');
    REQUIRE(OrganisationCode::parse(typed));
    CHECK(OrganisationCode::parse(typed)->letters() == code.letters());
    CHECK(OrganisationCode::parse(typed)->number() == "0A1");
}

TEST_CASE("a code with one letter wrong is no code") {
    SeededRandom random(2);
    const std::string right = OrganisationCode::make("001", random).to_string();
    for (std::size_t at = 0; at < right.size(); ++at) {
        std::string wrong = right;
        if (wrong[at] == '-') continue;
        wrong[at] = wrong[at] == '7' ? '8' : '7';
        CHECK_FALSE(OrganisationCode::parse(wrong));
    }
    CHECK_FALSE(OrganisationCode::parse(""));
    CHECK_FALSE(OrganisationCode::parse(right + "0"));
    CHECK_FALSE(OrganisationCode::parse("Hội Nông dân"));
}

TEST_CASE("two codes of one organisation differ") {
    SeededRandom random(3);
    CHECK(OrganisationCode::make("001", random).letters() != OrganisationCode::make("001", random).letters());
}

TEST_CASE("a list is read as it was written") {
    const auto read = read_organisations(write_organisations(kTwo));
    REQUIRE(read);
    CHECK(*read == kTwo);
    CHECK(free_number(kTwo) == "003");
    CHECK(free_number({}) == "001");
}

TEST_CASE("a damaged list vouches for nobody") {
    const std::string good = write_organisations(kTwo);
    for (std::size_t size = 0; size < good.size(); ++size)   // cut short anywhere but at the end of a line
        if (size == 0 || good[size - 1] != '\n') CHECK_FALSE(read_organisations(good.substr(0, size)));
    CHECK_FALSE(read_organisations(good + "003\tchi_bo\tplain\tname\n"));
    CHECK_FALSE(read_organisations(good + "001\tchi_bo\t$argon2id$c\tname\n"));      // a number twice
    CHECK_FALSE(read_organisations(good + "00U\tchi_bo\t$argon2id$c\tname\n"));      // no letter of codes
    CHECK_FALSE(read_organisations(good + "003\tchi bo\t$argon2id$c\tname\n"));
    CHECK_FALSE(read_organisations(good + "003\tchi_bo\t$argon2id$c\t\n"));
    CHECK_FALSE(read_organisations("number,kind\n"));
    CHECK(read_organisations("feedback-kiosk organisations 2\n").error().code == "organisations.malformed");
}
