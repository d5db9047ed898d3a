#include <kiosk/core/response_id.hpp>

#include <catch2/catch_test_macros.hpp>

using kiosk::core::ResponseId;
using kiosk::core::SeededRandom;

TEST_CASE("a response id is a version 4 UUID and reads back as itself") {
    SeededRandom random(1);
    for (int round = 0; round < 100; ++round) {
        const ResponseId id = ResponseId::make(random);
        const std::string uuid = id.to_string();
        CHECK(uuid.size() == 36);
        CHECK(uuid[14] == '4');
        CHECK(std::string_view("89ab").find(uuid[19]) != std::string_view::npos);
        CHECK(ResponseId::parse(uuid) == id);
    }
}

TEST_CASE("two response ids differ") {
    SeededRandom random(1);
    CHECK(ResponseId::make(random) != ResponseId::make(random));
}

TEST_CASE("upper case reads as the same response id") {
    CHECK(ResponseId::parse("0123ABCD-0000-4000-8000-00000000000F") ==
          ResponseId::parse("0123abcd-0000-4000-8000-00000000000f"));
}

TEST_CASE("what is not a UUID is refused") {
    CHECK_FALSE(ResponseId::parse(""));
    CHECK_FALSE(ResponseId::parse("0123abcd-0000-4000-8000-00000000000"));
    CHECK_FALSE(ResponseId::parse("0123abcd00000-4000-8000-000000000000"));
    CHECK_FALSE(ResponseId::parse("g123abcd-0000-4000-8000-000000000000"));
}
