#include <kiosk/text/order.hpp>

#include <kiosk/core/random.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace kiosk;

namespace {

void check_order(const std::vector<std::string>& sorted, std::string (*key)(std::string_view)) {
    std::vector<std::string> shuffled = sorted;
    core::SeededRandom random(7);
    for (std::size_t i = shuffled.size(); i > 1; --i) std::swap(shuffled[i - 1], shuffled[random.below(i)]);
    std::ranges::sort(shuffled, {}, key);
    CHECK(shuffled == sorted);
}

}  // namespace

TEST_CASE("words stand in the order of a dictionary, syllable by syllable") {
    check_order({"Ha Ta", "Hà Nam", "Hạ Long"}, text::sort_key);
    check_order({"ba", "bà", "bả", "bã", "bá", "bạ", "ban", "bă", "bâ", "be", "bê", "ca", "da", "đa", "e"}, text::sort_key);
    check_order({"o", "on", "ô", "ơ", "p", "u", "ư", "v", "x", "y"}, text::sort_key);
    check_order({"an", "An", "AN", "án", "Án"}, text::sort_key);
    check_order({"", "Ha", "Ha Noi", "Han"}, text::sort_key);
    check_order({"bhiu", "Bh'riu", "bhriv"}, text::sort_key);
    check_order({"Nam Giang", "Nam-Giang", "Nam Hà"}, text::sort_key);
    check_order({"ê", "ê\u0306", "f"}, text::sort_key);
    check_order({"z", "ж", "я"}, text::sort_key);
}

TEST_CASE("numbers stand in the order of their values") {
    check_order({"Thôn 1", "Thôn 2", "Thôn 10", "Thôn 100", "Thôn A"}, text::sort_key);
    check_order({"007 a", "7 b", "08"}, text::sort_key);
    check_order({"0", "1", "10", "a1", "a2", "a10b", "a11"}, text::sort_key);
}

TEST_CASE("old and new tone style stand together") {
    check_order({"hoa", "hoà", "hòa", "hoả", "hỏa", "hoan"}, text::sort_key);
    CHECK(text::comes_before("hòa a", "hoà b"));
    CHECK(text::comes_before("hoà a", "hòa b"));
    CHECK_FALSE(text::comes_before("hoà", "hoà"));
}

TEST_CASE("decomposed text stands where composed text does") {
    CHECK(text::sort_key("Hà Nội") == text::sort_key("Ha\u0300 No\u0323\u0302i"));
}

TEST_CASE("people stand by their own name, then middle names, then family name") {
    check_order({"Bríu An", "Nguyễn Văn An", "Trần Văn An", "Lê Xuân An", "Nguyễn Thị Hồng Anh", "Lê Bình",
                 "Zơ Râm Hạnh", "A Lăng"},
                [](std::string_view name) { return text::person_sort_key(name); });
}

TEST_CASE("a name of one word, or none, can be sorted") {
    CHECK(text::person_sort_key("  Hạnh ") == text::person_sort_key("Hạnh"));
    CHECK(text::person_sort_key("  ") == text::person_sort_key(""));
    CHECK(text::person_sort_key("Hạnh") < text::person_sort_key("Lê Hạnh"));
}
