#include <kiosk/sealing/keygen.hpp>

#include "sodium.hpp"
#include "temporary_folder.hpp"

#include <kiosk/sealing/age.hpp>
#include <kiosk/sealing/key_words.hpp>
#include <kiosk/sealing/minisign.hpp>
#include <kiosk/text/unicode.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <sstream>

using namespace kiosk;
using namespace kiosk::sealing;

namespace {

KeygenRequest request(std::string_view passphrase) {
    return {"UBND xã Thạnh Mỹ", "24/11/2026", SecretBytes::copy_of(passphrase), 4, PasswordCost::light};
}

const KeyFile& file(const NewKeys& keys, std::string_view name) {
    const auto found = std::ranges::find(keys.files, name, &KeyFile::name);
    REQUIRE(found != keys.files.end());
    return *found;
}

}  // namespace

TEST_CASE("key words are 256 easy words that differ even without their marks") {
    std::set<std::string> folded;
    for (const std::string_view word : key_word_list()) {
        CAPTURE(word);
        CHECK(text::nfc(word) == word);
        CHECK(text::lower(word) == word);
        CHECK(word.find(' ') == std::string_view::npos);
        CHECK(text::grapheme_count(word) <= 6);
        CHECK(folded.insert(text::fold(word)).second);
    }
    CHECK(folded.size() == 256);
}

TEST_CASE("a key's words are eight, and always the same") {
    const AgeRecipient key =
        AgeRecipient::parse("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj").value();
    const std::string words = key_words(key);
    std::istringstream stream(words);
    std::vector<std::string> list{std::istream_iterator<std::string>(stream), {}};
    CHECK(list.size() == kKeyWordCount);
    CHECK(words == key_words(AgeRecipient(key.key())));
    // Printed on key sheets, so this must never change.
    CHECK(words == "hươu mai dép kìm ngọt chiêng đào xe");
    CHECK(words != key_words(AgeIdentity::generate().recipient()));
}

TEST_CASE("new keys work together: what kiosks get seals, what the office keeps opens and signs") {
    const NewKeys keys = make_keys(request("")).value();
    const auto recipients = parse_recipients(file(keys, "recipients.txt").content.text()).value();
    REQUIRE(recipients.size() == 2);
    const core::Bytes sealed = AgeSealer::create(recipients).value().seal(as_bytes("phiếu")).value();
    for (const char* name : {"office-key.txt", "escrow-key.txt"}) {
        AgeKeyring ring{read_identity_file(file(keys, name).content.view()).value(), {}};
        CHECK(AgeOpener::create(std::move(ring)).value().open_secret(sealed).value().text() == "phiếu");
        CHECK(file(keys, name).is_secret);
    }
    const auto signing = MinisignSecretKey::parse(file(keys, "office-sign.key").content.text()).value();
    const auto trusted = MinisignPublicKey::parse(file(keys, "office-sign.pub").content.text()).value();
    CHECK(signing.public_key() == trusted);
    CHECK(keys.office_words == key_words(recipients[0]));
    CHECK(keys.escrow_words == key_words(recipients[1]));
    CHECK(keys.signing_words == key_words(trusted));
}

TEST_CASE("with a passphrase, no secret file opens without it") {
    const NewKeys keys = make_keys(request("bốn con mèo")).value();
    for (const char* name : {"office-key.txt", "escrow-key.txt"}) {
        const core::ByteView sealed = file(keys, name).content.view();
        CHECK(read_identity_file(sealed, "bốn con mèo").value().size() == 1);
        CHECK(read_identity_file(sealed).error().code == "age.passphrase_needed");
        CHECK(read_identity_file(sealed, "ba con mèo").error().code == "age.passphrase_wrong");
    }
    const std::string_view signing = file(keys, "office-sign.key").content.text();
    CHECK(MinisignSecretKey::parse(signing).error().code == "minisign.password_needed");
    CHECK(MinisignSecretKey::parse(signing, "bốn con mèo").has_value());
    KeygenRequest unreasonable = request("x");
    unreasonable.age_work_factor = 60;
    CHECK(make_keys(unreasonable).error().code == "age.scrypt_work");
}

TEST_CASE("the key sheet names the keys, their words and the way without our software, and no secret") {
    const NewKeys keys = make_keys(request("")).value();
    const std::string_view sheet = file(keys, "key-sheet.txt").content.text();
    for (const std::string& needed :
         {std::string("UBND xã Thạnh Mỹ – 24/11/2026"), keys.office_words, keys.escrow_words, keys.signing_words,
          std::string("minisign -Vm"), std::string("age -d -i office-key.txt"), std::string("unzip"), std::string("age1")}) {
        CAPTURE(needed);
        CHECK(sheet.find(needed) != std::string_view::npos);
    }
    CHECK(text::is_utf8(sheet));
    for (const KeyFile& one : keys.files)
        CHECK((one.content.text().find("AGE-SECRET-KEY-1") != std::string_view::npos) == (one.name.ends_with("-key.txt")));
}

TEST_CASE("recipients of a demonstration say of themselves that nothing is secret, and are read like others") {
    KeygenRequest demo = request("");
    demo.is_demo = true;
    const NewKeys keys = make_keys(demo).value();
    const std::string_view recipients = file(keys, "recipients.txt").content.text();
    CHECK(are_demo_recipients(recipients));
    CHECK(parse_recipients(recipients).value().size() == 2);
    CHECK_FALSE(are_demo_recipients(file(make_keys(request("")).value(), "recipients.txt").content.text()));
}

TEST_CASE("key files are written once, secret ones for their owner only") {
    const test::TemporaryFolder folder;
    const NewKeys keys = make_keys(request("")).value();
    const std::filesystem::path out = folder.path() / "keys";
    REQUIRE(write_key_files(out, keys.files));
    for (const KeyFile& one : keys.files) {
        CHECK(folder.read("keys/" + one.name) == one.content.text());
        const auto permissions = std::filesystem::status(out / one.name).permissions();
        CHECK(((permissions & std::filesystem::perms::others_read) == std::filesystem::perms::none) == one.is_secret);
    }
    const std::string before = folder.read("keys/office-key.txt");
    CHECK(write_key_files(out, make_keys(request("")).value().files).error().code == "keys.file_exists");
    CHECK(folder.read("keys/office-key.txt") == before);
}

TEST_CASE("a folder that cannot be written to is told") {
    const test::TemporaryFolder folder;
    folder.write("file", "");
    const std::vector<KeyFile> none;
    CHECK(write_key_files(folder.path() / "file" / "below", none).error().code == "keys.file_not_written");
    CHECK(write_key_files("/dev/null", none).error().code == "keys.file_not_written");
    std::vector<KeyFile> misnamed;
    misnamed.push_back({"no/such/folder.txt", SecretBytes::copy_of("x"), true});
    CHECK(write_key_files(folder.path(), misnamed).error().code == "keys.file_not_written");
}
