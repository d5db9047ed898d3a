#include <kiosk/sealing/age_keys.hpp>

#include "bech32.hpp"
#include "refusals.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>
#include <string>

using namespace kiosk::sealing;

namespace {

// The pair that the format's specification gives as its example.
constexpr std::string_view kSecret = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
constexpr std::string_view kPublic = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

template <class Result>
std::string code(const Result& result) {
    return result ? "ok" : result.error().code;
}

}  // namespace

TEST_CASE("a secret key gives the public key that age gives") {
    const auto identity = AgeIdentity::parse(kSecret);
    REQUIRE(identity);
    CHECK(identity->recipient().to_string() == kPublic);
    CHECK(identity->to_text().text() == kSecret);
    CHECK(AgeRecipient::parse(kPublic).value() == identity->recipient());
}

TEST_CASE("generated keys survive being written and read") {
    const AgeIdentity one = AgeIdentity::generate();
    const AgeIdentity other = AgeIdentity::generate();
    CHECK(one.recipient() != other.recipient());
    CHECK(AgeIdentity::parse(one.to_text().text()).value().recipient() == one.recipient());
    CHECK(AgeRecipient::parse("  " + one.recipient().to_string() + " \r\n").value() == one.recipient());
}

TEST_CASE("a key with any letter wrong, missing or added is refused") {
    for (std::size_t i = 0; i < kPublic.size(); ++i) {
        std::string wrong(kPublic);
        wrong[i] = wrong[i] == 'q' ? 'p' : 'q';
        CHECK(code(AgeRecipient::parse(wrong)) == "age.recipient_malformed");
    }
    for (std::size_t i = 0; i < kSecret.size(); ++i) {
        std::string wrong(kSecret);
        wrong[i] = wrong[i] == 'Q' ? 'P' : 'Q';
        CHECK(code(AgeIdentity::parse(wrong)) == "age.identity_malformed");
    }
    CHECK(code(AgeRecipient::parse("")) == "age.recipient_malformed");
    CHECK(code(AgeRecipient::parse(std::string(kPublic) + "q")) == "age.recipient_malformed");
    CHECK(code(AgeRecipient::parse(kPublic.substr(1))) == "age.recipient_malformed");
    CHECK(code(AgeIdentity::parse("")) == "age.identity_malformed");
}

TEST_CASE("letters outside the alphabet and mixed case are refused") {
    std::string wrong(kPublic);
    wrong[10] = 'b';
    CHECK(code(AgeRecipient::parse(wrong)) == "age.recipient_malformed");
    std::string mixed(kPublic);
    mixed.back() = 'J';
    CHECK(code(AgeRecipient::parse(mixed)) == "age.recipient_malformed");
    // Right in Bech32, but age writes public keys small and secret keys in capitals.
    std::string capitals(kPublic);
    std::ranges::transform(capitals, capitals.begin(), [](char letter) { return static_cast<char>(std::toupper(letter)); });
    CHECK(code(AgeRecipient::parse(capitals)) == "age.recipient_malformed");
    std::string small(kSecret);
    std::ranges::transform(small, small.begin(), lower_ascii);
    CHECK(code(AgeIdentity::parse(small)) == "age.identity_malformed");
}

TEST_CASE("a key has one writing only: stray bits in its last letter are refused though the checksum fits") {
    // The checksum, computed here too, over a key whose last data letter carries a padding bit.
    const std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const auto value = [&](char letter) { return static_cast<unsigned>(alphabet.find(letter)); };
    const auto polymod = [](const std::vector<unsigned>& values) {
        const unsigned generator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
        unsigned sum = 1;
        for (const unsigned v : values) {
            const unsigned top = sum >> 25;
            sum = (sum & 0x1ffffff) << 5 ^ v;
            for (int i = 0; i < 5; ++i) sum ^= (top >> i & 1) ? generator[i] : 0;
        }
        return sum;
    };
    std::vector<unsigned> values{3, 3, 3, 0, 1, 7, 5};  // "age" expanded
    std::string text = "age1";
    for (int i = 0; i < 51; ++i) {
        values.push_back(value(kPublic[static_cast<std::size_t>(4 + i)]));
        text += kPublic[static_cast<std::size_t>(4 + i)];
    }
    const unsigned last = value(kPublic[55]) | 1;
    values.push_back(last);
    text += alphabet[last];
    std::vector<unsigned> padded = values;
    padded.insert(padded.end(), 6, 0);
    const unsigned sum = polymod(padded) ^ 1;
    for (int i = 0; i < 6; ++i) text += alphabet[sum >> 5 * (5 - i) & 31];
    CHECK(code(AgeRecipient::parse(text)) == "age.recipient_malformed");
}

TEST_CASE("the wrong one of the two keys is named as such") {
    CHECK(code(AgeRecipient::parse(kSecret)) == "age.identity_given_as_recipient");
    CHECK(code(AgeIdentity::parse(kPublic)) == "age.recipient_given_as_identity");
}

TEST_CASE("key files hold one key a line among comments and blank lines") {
    const std::string both = "# office\r\n" + std::string(kPublic) + "\r\n\n  # escrow\n" +
                             AgeIdentity::generate().recipient().to_string();
    CHECK(parse_recipients(both).value().size() == 2);
    CHECK(parse_identities("# created\n" + std::string(kSecret) + "\n").value().size() == 1);
    CHECK(code(parse_recipients("# nothing\n\n")) == "age.keys_empty");
    CHECK(code(parse_identities("")) == "age.keys_empty");
    CHECK(code(parse_recipients(both + "\nnonsense")) == "age.recipient_malformed");
    CHECK(code(parse_identities(kPublic)) == "age.recipient_given_as_identity");
}

TEST_CASE("every refusal has a code of its own and words in both languages") {
    std::set<std::string> codes;
    for (int i = 1; i < static_cast<int>(Refusal::count_); ++i) {
        const kiosk::core::Error error = refuse(static_cast<Refusal>(i));
        CAPTURE(error.code);
        CHECK(codes.insert(error.code).second);
        CHECK(code_of(static_cast<Refusal>(i)) == error.code);
        CHECK(error.message.vi.ends_with('.'));
        CHECK(error.message.en.ends_with('.'));
        CHECK(error.message.vi != error.message.en);
    }
}

TEST_CASE("running out of memory becomes a refusal") {
    const auto result = guarded([]() -> kiosk::core::Result<void> { throw std::bad_alloc(); });
    CHECK(code(result) == "sealing.memory");
}
