#include <kiosk/app/signature.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>

using namespace kiosk::app;

namespace {

Signature drawn() {
    Signature signature{180, 75, {}};
    for (int stroke = 0; stroke < 5; ++stroke) {
        signature.strokes.emplace_back();
        for (int i = 0; i < 100; ++i) {
            const float t = static_cast<float>(i) / 10;
            signature.strokes.back().push_back({10 + 15 * t + static_cast<float>(stroke), 40 + 20 * std::sin(t * 3)});
        }
    }
    return signature;
}

}  // namespace

TEST_CASE("none of 500 points of a signature is lost, and none moves by more than 0.3 mm") {
    const Signature before = drawn();
    const auto after = signature_from(to_svg(before));
    REQUIRE(after);
    REQUIRE(after->strokes.size() == 5);
    CHECK(after->width_mm == 180);
    for (std::size_t stroke = 0; stroke < 5; ++stroke) {
        REQUIRE(after->strokes[stroke].size() == 100);
        for (std::size_t i = 0; i < 100; ++i) {
            const InkPoint &one = before.strokes[stroke][i], &other = after->strokes[stroke][i];
            REQUIRE(std::hypot(one.x_mm - other.x_mm, one.y_mm - other.y_mm) <= 0.3F);
        }
    }
}

TEST_CASE("a signature is a picture that any browser shows") {
    CHECK(to_svg({120, 50, {{{1, 2.5F}, {3.26F, 4}}}}) ==
          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 50\"><path fill=\"none\" stroke=\"#000\" "
          "stroke-width=\"0.9\" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"M1 2.5L3.3 4\"/></svg>");
}

TEST_CASE("what is no signature of ours is not read as one") {
    const std::string good = to_svg(drawn());
    for (std::size_t cut = 0; cut < good.size(); cut += 97) CHECK_FALSE(signature_from(good.substr(0, cut)));
    CHECK_FALSE(signature_from("1719.jpg"));
    CHECK_FALSE(signature_from(good + " "));
    std::string wrong = good;
    wrong.replace(wrong.find("M"), 1, "Q");
    CHECK_FALSE(signature_from(wrong));
}

TEST_CASE("a dot is too short for a signature, a name's length is enough") {
    CHECK_FALSE(Signature{120, 50, {{{1, 1}}}}.is_long_enough());
    CHECK_FALSE(Signature{120, 50, {{{0, 0}, {39, 0}}}}.is_long_enough());
    CHECK(Signature{120, 50, {{{0, 0}, {20, 0}}, {{0, 5}, {20, 5}}}}.is_long_enough());
}

TEST_CASE("a witness's name stands in the place of a signature") {
    CHECK(witness_in(witnessed_by("Lê Thị Hồng")) == "Lê Thị Hồng");
    CHECK_FALSE(witness_in("Lê Thị Hồng"));
    CHECK_FALSE(witness_in(to_svg(drawn())));
}
