// Both ways with the programs age and minisign, which packaging/setup installs.
#include "forge.hpp"
#include "temporary_folder.hpp"

#include <kiosk/sealing/keygen.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace kiosk;
using namespace kiosk::sealing;
using test::Forge;
using test::TemporaryFolder;

namespace {

const std::vector<std::size_t> kSizes{0,      1,      63,     64,          65,          65535,        65536,
                                      65537,  131071, 131072, 131073,      16 * 65536 - 1, 16 * 65536, 16 * 65536 + 1,
                                      10000000};

}  // namespace

TEST_CASE("age opens what we seal, and we open what age seals, at every size", "[programs]") {
    const TemporaryFolder folder;
    const AgeIdentity office = AgeIdentity::generate(), escrow = AgeIdentity::generate();
    folder.write("key.txt", office.to_text().text());
    const std::string to = "-r " + office.recipient().to_string() + " -r " + escrow.recipient().to_string();
    const bool is_armored = GENERATE(false, true);
    const auto sealer = AgeSealer::create({escrow.recipient(), office.recipient()},
                                          is_armored ? AgeFormat::armored : AgeFormat::binary)
                            .value();
    for (const std::size_t size : kSizes) {
        CAPTURE(size, is_armored);
        const core::Bytes plaintext = test::sample(size);
        folder.write("sealed.age", as_text(sealer.seal(plaintext).value()));
        REQUIRE(folder.run("age -d -i key.txt -o opened sealed.age") == 0);
        CHECK(folder.read("opened") == as_text(plaintext));

        folder.write("plain", as_text(plaintext));
        REQUIRE(folder.run("age " + to + (is_armored ? " -a" : "") + " -o theirs.age plain") == 0);
        const std::string theirs = folder.read("theirs.age");
        for (const AgeIdentity* key : {&office, &escrow})
            CHECK(AgeOpener::create(Forge::keyring(*key)).value().open(as_bytes(theirs)).value() == plaintext);
        std::filesystem::remove(folder.path() / "theirs.age");
        std::filesystem::remove(folder.path() / "opened");
    }
}

TEST_CASE("key files of age-keygen are read, and ours by age-keygen", "[programs]") {
    const TemporaryFolder folder;
    REQUIRE(folder.run("age-keygen -o theirs.txt && age-keygen -y theirs.txt > theirs.pub") == 0);
    const auto theirs = parse_identities(folder.read("theirs.txt")).value();
    CHECK(parse_recipients(folder.read("theirs.pub")).value().front() == theirs.front().recipient());
    const AgeIdentity ours = AgeIdentity::generate();
    folder.write("ours.txt", ours.to_text().text());
    REQUIRE(folder.run("age-keygen -y ours.txt > ours.pub") == 0);
    CHECK(parse_recipients(folder.read("ours.pub")).value().front() == ours.recipient());
}

TEST_CASE("minisign verifies what we sign, and we verify what minisign signs, at every size", "[programs]") {
    const TemporaryFolder folder;
    const MinisignSecretKey key = MinisignSecretKey::generate();
    const MinisignSigner signer(MinisignSecretKey::parse(key.to_file().value().text()).value());
    const auto verifier = MinisignVerifier::create({key.public_key()}).value();
    folder.write("ours.pub", key.public_key().to_file());
    folder.write("ours.key", key.to_file().value().text());
    for (const std::size_t size : kSizes) {
        CAPTURE(size);
        const core::Bytes message = test::sample(size);
        folder.write("m", as_text(message));
        folder.write("m.minisig", signer.sign(message, "kiosk=K07 seq=12").value());
        REQUIRE(folder.run("minisign -V -H -Q -p ours.pub -m m") == 0);
        CHECK(folder.read("out.txt") == "kiosk=K07 seq=12\n");

        REQUIRE(folder.run("minisign -S -W -s ours.key -m m -x theirs.minisig -t 'ghi chú' < /dev/null") == 0);
        CHECK(verifier.verify(message, folder.read("theirs.minisig")).value() == "ghi chú");
        REQUIRE(folder.run("minisign -S -l -W -s ours.key -m m -x old.minisig -t cũ < /dev/null") == 0);
        CHECK(verifier.verify(message, folder.read("old.minisig")).value() == "cũ");
    }
}

TEST_CASE("minisign refuses what we changed", "[programs]") {
    const TemporaryFolder folder;
    const MinisignSigner signer(MinisignSecretKey::generate());
    folder.write("p.pub", signer.public_key().to_file());
    folder.write("m", "message");
    folder.write("m.minisig", signer.sign(as_bytes("massage"), "c").value());
    CHECK(folder.run("minisign -V -p p.pub -m m") != 0);
}

TEST_CASE("secret keys of minisign -G -W are read", "[programs]") {
    const TemporaryFolder folder;
    REQUIRE(folder.run("minisign -G -W -p p.pub -s s.key") == 0);
    const auto key = MinisignSecretKey::parse(folder.read("s.key")).value();
    CHECK(key.public_key() == MinisignPublicKey::parse(folder.read("p.pub")).value());
}

TEST_CASE("password-protected keys cross between minisign and us", "[programs]") {
    const TemporaryFolder folder;
    const MinisignSecretKey key = MinisignSecretKey::generate();
    folder.write("s.key", key.to_file("mật khẩu").value().text());
    folder.write("m", "message");
    REQUIRE(folder.run("echo 'mật khẩu' | minisign -S -s s.key -m m -t c") == 0);
    const auto verifier = MinisignVerifier::create({key.public_key()}).value();
    CHECK(verifier.verify(as_bytes("message"), folder.read("m.minisig")).has_value());
    CHECK(folder.run("echo sai | minisign -S -s s.key -m m -t c") != 0);

    REQUIRE(folder.run("printf 'đúng\\nđúng\\n' | minisign -G -p p.pub -s theirs.key") == 0);
    const std::string theirs = folder.read("theirs.key");
    CHECK(MinisignSecretKey::needs_password(theirs).value());
    CHECK(MinisignSecretKey::parse(theirs, "đúng").value().public_key() ==
          MinisignPublicKey::parse(folder.read("p.pub")).value());
}

TEST_CASE("the way without our software works as the key sheet prints it", "[programs]") {
    const TemporaryFolder folder;
    const NewKeys keys = make_keys({"UBND", "24/11/2026", {}, 4, PasswordCost::light}).value();
    REQUIRE(write_key_files(folder.path(), keys.files));
    const auto sealer = AgeSealer::create(parse_recipients(folder.read("recipients.txt")).value()).value();
    REQUIRE(folder.run("mkdir -p answers") == 0);
    folder.write("answers/8c1f.age", as_text(sealer.seal(as_bytes("<data/>")).value()));
    REQUIRE(folder.run("zip -q -r b.zip answers && rm -r answers") == 0);
    const std::string bundle(as_text(sealer.seal(as_bytes(folder.read("b.zip"))).value()));
    folder.write("K07-000012.kbx", bundle);
    const MinisignSigner kiosk(MinisignSecretKey::generate());
    folder.write("K07-000012.kbx.minisig", kiosk.sign(as_bytes(bundle), "kiosk=K07 seq=12").value());
    folder.write("K07.pub", kiosk.public_key().to_file());

    // The English steps of the sheet, in order.
    const std::string sheet = folder.read("key-sheet.txt");
    std::string_view steps = std::string_view(sheet).substr(sheet.find("OPENING A BUNDLE"));
    std::string script = "set -e\n";
    for (const std::string_view command : {"minisign -Vm", "age -d -i", "unzip ", "for f in"}) {
        steps = steps.substr(steps.find(command));
        std::string line(steps.substr(0, steps.find('\n')));
        if (const std::size_t note = line.find("  ("); note != std::string::npos) line.resize(note);
        script += line + '\n';
    }
    folder.write("steps.sh", script);
    CAPTURE(script);
    REQUIRE(folder.run("sh steps.sh") == 0);
    CHECK(folder.read("bundle/answers/8c1f.xml") == "<data/>");
}

TEST_CASE("bundles of 64 MiB cross both ways", "[programs]") {
    const TemporaryFolder folder;
    const AgeIdentity office = AgeIdentity::generate();
    folder.write("key.txt", office.to_text().text());
    const core::Bytes plaintext = test::sample(64 << 20);
    folder.write("sealed.age", as_text(AgeSealer::create({office.recipient()}).value().seal(plaintext).value()));
    REQUIRE(folder.run("age -d -i key.txt -o opened sealed.age") == 0);
    CHECK((folder.read("opened") == as_text(plaintext)));
    REQUIRE(folder.run("age -r " + office.recipient().to_string() + " -o theirs.age opened") == 0);
    const std::string theirs = folder.read("theirs.age");
    CHECK((AgeOpener::create(Forge::keyring(office)).value().open(as_bytes(theirs)).value() == plaintext));
}
