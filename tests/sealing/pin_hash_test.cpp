#include <kiosk/sealing/pin_hash.hpp>

#include "faults.hpp"

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>

using namespace kiosk;
using namespace kiosk::sealing;

TEST_CASE("a PIN is known again by its hash, and no other is") {
    const std::string hash = hash_pin("482913", PinCost::least).value();
    CHECK(is_pin("482913", hash));
    for (const char* wrong : {"482914", "48291", "4829130", "", "482913 "}) CHECK_FALSE(is_pin(wrong, hash));
    CHECK(hash.find("482913") == std::string::npos);
}

TEST_CASE("two hashes of one PIN have nothing in common that tells it") {
    const std::string first = hash_pin("482913", PinCost::least).value();
    const std::string second = hash_pin("482913", PinCost::least).value();
    CHECK(first != second);
    CHECK(is_pin("482913", first));
    CHECK(is_pin("482913", second));
}

TEST_CASE("a hash carries what guessing costs, and the kiosk's PIN costs most") {
    std::set<std::string> costs;
    for (const PinCost cost : {PinCost::least, PinCost::code, PinCost::kiosk}) {
        const std::string hash = hash_pin("482913", cost).value();
        CHECK(is_pin("482913", hash));
        CHECK(hash.starts_with("$argon2id$v=19$m="));
        const std::size_t begin = hash.find("$m=") + 1;
        costs.insert(hash.substr(begin, hash.find('$', begin) - begin));
    }
    CHECK(costs == std::set<std::string>{"m=8,t=1,p=1", "m=65536,t=2,p=1", "m=262144,t=3,p=1"});
}

TEST_CASE("a text that is no hash fits no PIN") {
    const std::string hash = hash_pin("482913", PinCost::least).value();
    for (const std::string& none : {std::string(), std::string("482913"), hash.substr(0, hash.size() - 1), hash.substr(1), hash + "A"})
        CHECK_FALSE(is_pin("482913", none));
}

TEST_CASE("a PIN for which there is not enough memory is refused in words") {
    const test::FailingCall failing(test::Call::argon2);
    const auto refused = hash_pin("482913", PinCost::least);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "pin.no_memory");
    CHECK_FALSE(refused.error().message.vi.empty());
    CHECK_FALSE(refused.error().message.en.empty());
}
