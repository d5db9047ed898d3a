#include <kiosk/text/suggestions.hpp>

#include <catch2/catch_test_macros.hpp>

using kiosk::text::Suggestions;
using Words = std::vector<std::string>;

namespace {

const Suggestions kNames({"hồng", "hông", "hỏng", "hoa", "hòa", "hoàng", "Nguyễn", "đông", "Thạnh Mỹ", ""});

}  // namespace

TEST_CASE("words are found without their tones, the whole ones first") {
    CHECK(kNames.suggest("hong") == Words{"hồng", "hông", "hỏng"});
    CHECK(kNames.suggest("hoa") == Words{"hòa", "hoàng"});
    CHECK(kNames.suggest("ho", 2) == Words{"hồng", "hông"});
    CHECK(kNames.suggest("dong") == Words{"đông"});
    CHECK(kNames.suggest("thanh m") == Words{"Thạnh Mỹ"});
    CHECK(kNames.suggest("xyz").empty());
    CHECK(kNames.suggest("").empty());
    CHECK(kNames.suggest("'").empty());
}

TEST_CASE("marks that were typed are kept") {
    CHECK(kNames.suggest("hô") == Words{"hông"});
    CHECK(kNames.suggest("hồng").empty());
    CHECK(kNames.suggest("đ") == Words{"đông"});
}

TEST_CASE("suggestions wear the capitals that were typed") {
    CHECK(kNames.suggest("Hong") == Words{"Hồng", "Hông", "Hỏng"});
    CHECK(kNames.suggest("HONG") == Words{"HỒNG", "HÔNG", "HỎNG"});
    CHECK(kNames.suggest("H", 1) == Words{"Hồng"});
    CHECK(kNames.suggest("nguyen") == Words{"Nguyễn"});
}
