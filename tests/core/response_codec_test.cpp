#include <kiosk/core/response_codec.hpp>
#include <kiosk/core/sha256.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

using namespace kiosk::core;
using kiosk::StoragePolicy;

namespace {

Response referral() {
    SeededRandom random(5);
    Response response;
    response.id = ResponseId::make(random);
    response.activity = "candidate_referral";
    response.storage = StoragePolicy::sealed;
    response.form = {"referral", "2026.1", sha256_of("definition")};
    response.document = "<data id=\"referral\"><name>Nguyễn Thị Hường</name></data>";
    response.withdrawal_tag = sha256_of("code");
    return response;
}

std::string text_of(const Bytes& payload) { return {reinterpret_cast<const char*>(payload.data()), payload.size()}; }

Result<Response> decode(const std::string& text) { return decode_response(std::as_bytes(std::span(text))); }

// The payload with one part replaced, still of its padded size.
std::string altered(const Response& response, const std::string& from, const std::string& to) {
    std::string text = text_of(encode_response(response).value());
    const std::size_t size = text.size();
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    while (text.size() < size) text.insert(text.size() - 1, " ");
    while (text.size() > size) text.erase(text.size() - 2, 1);
    return text;
}

bool are_equal(const Response& one, const Response& other) {
    return one.id == other.id && one.activity == other.activity && one.storage == other.storage &&
           one.form == other.form && one.document == other.document && one.withdrawal_tag == other.withdrawal_tag &&
           one.wave == other.wave;
}

}  // namespace

TEST_CASE("a response reads back from its payload") {
    Response response = referral();
    CHECK(are_equal(decode_response(encode_response(response).value()).value(), response));

    response.storage = StoragePolicy::anonymous;
    response.withdrawal_tag.reset();
    response.wave = "Tuần 48/2026";
    response.form.version = "";
    CHECK(are_equal(decode_response(encode_response(response).value()).value(), response));
}

TEST_CASE("a payload can be read by a person") {
    const std::string text = text_of(encode_response(referral()).value());
    CHECK(text.starts_with("feedback-kiosk response 1\nactivity: candidate_referral\nid: "));
    CHECK(text.find("\nform: referral\nversion: 2026.1\n") != std::string::npos);
    CHECK(text.find("\n\n<data id=\"referral\"><name>Nguyễn Thị Hường</name></data> ") != std::string::npos);
    CHECK(text.ends_with(" \n"));
}

TEST_CASE("payloads have one of a few sizes, whatever was answered") {
    Response response = referral();
    for (std::size_t length : {1u, 100u, 3'000u, 10'000u, 60'000u, 200'000u}) {
        response.document = "<data>" + std::string(length, 'x') + "</data>";
        const Bytes payload = encode_response(response).value();
        CHECK(std::find(kPayloadSizes.begin(), kPayloadSizes.end(), payload.size()) != kPayloadSizes.end());
        CHECK(decode_response(payload)->document == response.document);
    }
    response.document = "<data>" + std::string(300'000, 'x') + "</data>";
    CHECK(encode_response(response).error().code == "response.too_large");
}

TEST_CASE("a poll answer that fits a slot by form check's rule fits with the longest header") {
    Response response = referral();
    response.storage = StoragePolicy::anonymous;
    response.activity = response.form.id = response.form.version = std::string(64, 'a');
    response.wave = std::string(40, 'w');
    response.document = "<d>" + std::string(kPollDocumentBytes - 7, 'x') + "</d>";
    REQUIRE(fits_poll_slot(response.document.size()));
    CHECK(encode_response(response)->size() == kPollPayloadBytes);

    CHECK_FALSE(fits_poll_slot(kPollDocumentBytes + 1));
    response.document = "<d>" + std::string(kPollPayloadBytes, 'x') + "</d>";
    CHECK(encode_response(response).error().code == "response.too_large");
}

TEST_CASE("a value that cannot stand on a header line is refused") {
    for (const std::string& bad : {std::string("a\nb"), std::string(65, 'a'), std::string(" a"), std::string("a ")}) {
        Response response = referral();
        response.form.version = bad;
        CHECK(encode_response(response).error().code == "response.bad_header");
    }
    Response nameless = referral();
    nameless.activity.clear();
    CHECK(encode_response(nameless).error().code == "response.bad_header");
    Response no_document = referral();
    no_document.document = "not XML";
    CHECK(encode_response(no_document).error().code == "response.malformed");
}

TEST_CASE("what was not written by the kiosk is refused") {
    const Response response = referral();
    const std::pair<std::string, std::string> changes[] = {
        {"response 1", "response 2"}, {"activity: ", "activity:"},   {"activity: candidate_referral", "activity:"},
        {"\nform:", "\nForm:"},       {"storage: sealed", "storage: open"}, {"sha256: ", "sha256: 00"},
        {"withdrawal: ", "withdrawal: x"}, {"\n\n<", "\nextra: 1\n\n<"}, {"</data>", "</data> tail"},
        {"<data id", "data id"},      {"id: ", "id: X"},
    };
    for (const auto& [from, to] : changes) {
        INFO(from << " → " << to);
        const auto decoded = decode(altered(response, from, to));
        REQUIRE_FALSE(decoded);
        CHECK(decoded.error().code == "response.malformed");
    }
    CHECK_FALSE(decode(""));
    CHECK_FALSE(decode(std::string(kPollPayloadBytes, ' ')));
    std::string cut = text_of(encode_response(response).value());
    CHECK_FALSE(decode(cut.substr(0, cut.size() - 1)));
}
