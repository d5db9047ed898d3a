#include "forge.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <set>

using namespace kiosk;
using namespace kiosk::sealing;
using test::Forge;

namespace {

const std::vector<std::size_t> kSizes{0, 1, 15, 16, 17, 47, 48, 49, 65535, 65536, 65537, 131071, 131072, 131073, 1000000};

std::vector<AgeRecipient> two_recipients(const AgeIdentity& office, const AgeIdentity& escrow) {
    return {office.recipient(), escrow.recipient()};
}

// A source over bytes that yields them in pieces of this size.
Source in_pieces(core::ByteView bytes, std::size_t piece) {
    return [bytes, piece](std::span<std::byte> out) mutable -> core::Result<std::size_t> {
        const std::size_t size = std::min({piece, out.size(), bytes.size()});
        std::ranges::copy(bytes.first(size), out.begin());
        bytes = bytes.subspan(size);
        return size;
    };
}

Sink into(core::Bytes& bytes) {
    return [&bytes](core::ByteView more) -> core::Result<void> {
        bytes.insert(bytes.end(), more.begin(), more.end());
        return {};
    };
}

}  // namespace

TEST_CASE("what is sealed to office and escrow opens with either key, at every size") {
    const AgeIdentity office = AgeIdentity::generate(), escrow = AgeIdentity::generate();
    const AgeFormat format = GENERATE(AgeFormat::binary, AgeFormat::armored);
    const auto sealer = AgeSealer::create(two_recipients(office, escrow), format).value();
    for (const std::size_t size : kSizes) {
        CAPTURE(size);
        const core::Bytes plaintext = test::sample(size);
        const core::Bytes sealed = sealer.seal(plaintext).value();
        for (const AgeIdentity* key : {&office, &escrow})
            CHECK(AgeOpener::create(Forge::keyring(*key)).value().open(sealed).value() == plaintext);
    }
}

TEST_CASE("sealing the same answer twice gives nothing alike but the form") {
    const AgeIdentity office = AgeIdentity::generate();
    const auto sealer = AgeSealer::create({office.recipient()}).value();
    const core::Bytes first = sealer.seal(test::bytes_of("có")).value();
    const core::Bytes second = sealer.seal(test::bytes_of("có")).value();
    CHECK(first.size() == second.size());
    CHECK(first != second);
    CHECK(sealer.recipients().size() == 1);
}

TEST_CASE("the overhead is what the format needs and no more") {
    const AgeIdentity office = AgeIdentity::generate(), escrow = AgeIdentity::generate();
    const auto sealer = AgeSealer::create(two_recipients(office, escrow)).value();
    CHECK(sealer.seal(test::sample(1000)).value().size() == 1000 + 298);
}

TEST_CASE("streams of any piece size carry the same bytes both ways") {
    const AgeIdentity office = AgeIdentity::generate();
    const std::vector recipients{office.recipient()};
    const AgeKeyring keys = Forge::keyring(office);
    const AgeFormat format = GENERATE(AgeFormat::binary, AgeFormat::armored);
    for (const std::size_t piece : {1, 7, 64, 65, 4096, 65536, 70000}) {
        for (const std::size_t size : {0, 1, 65536, 65537, 140000}) {
            CAPTURE(piece, size);
            const core::Bytes plaintext = test::sample(size);
            core::Bytes sealed, opened;
            REQUIRE(seal_stream(recipients, format, in_pieces(plaintext, piece), into(sealed)));
            REQUIRE(open_stream(keys, in_pieces(sealed, piece), into(opened)));
            CHECK(opened == plaintext);
        }
    }
}

TEST_CASE("no plaintext comes out before its chunk proved authentic") {
    const AgeIdentity office = AgeIdentity::generate();
    const auto sealer = AgeSealer::create({office.recipient()}).value();
    const core::Bytes plaintext = test::sample(3 * kChunkSize);
    core::Bytes sealed = sealer.seal(plaintext).value();
    const std::size_t payload = sealed.size() - 3 * (kChunkSize + kChunkTagSize);

    for (const std::size_t damaged_chunk : {0, 1, 2}) {
        core::Bytes damaged = sealed;
        damaged[payload + damaged_chunk * (kChunkSize + kChunkTagSize) + 5] ^= std::byte{1};
        core::Bytes released;
        const AgeKeyring keys = Forge::keyring(office);
        const auto result = open_stream(keys, in_pieces(damaged, 1000), into(released));
        REQUIRE_FALSE(result);
        CHECK(released.size() == damaged_chunk * kChunkSize);
        CHECK(std::equal(released.begin(), released.end(), plaintext.begin()));
        CHECK_FALSE(AgeOpener::create(Forge::keyring(office)).value().open(damaged));
    }
}

TEST_CASE("every damaged byte of a small file is refused, and every truncation of it") {
    const AgeIdentity office = AgeIdentity::generate(), escrow = AgeIdentity::generate();
    const AgeFormat format = GENERATE(AgeFormat::binary, AgeFormat::armored);
    const auto sealer = AgeSealer::create(two_recipients(office, escrow), format).value();
    const auto opener = AgeOpener::create(Forge::keyring(office)).value();
    const core::Bytes plaintext = test::bytes_of("Rất hài lòng");
    const core::Bytes sealed = sealer.seal(plaintext).value();
    std::set<std::string> codes;
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        for (const std::byte change : {std::byte{1}, std::byte{0x20}, std::byte{0x80}, std::byte{0xff}}) {
            core::Bytes damaged = sealed;
            damaged[i] ^= change;
            const auto opened = opener.open(damaged);
            CAPTURE(i, change);
            CHECK_FALSE(opened);
            if (!opened) codes.insert(opened.error().code);
        }
    }
    CHECK(codes.size() >= 7);  // damage is told apart by where it is
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        const auto opened = opener.open(core::ByteView(sealed).first(size));
        // The end of the last line is the one byte of an armored file that may be missing.
        const bool is_only_line_end = format == AgeFormat::armored && size + 1 == sealed.size();
        CAPTURE(size);
        CHECK(opened.has_value() == is_only_line_end);
    }
}

TEST_CASE("a wrong key, no key and a weak key are each told") {
    const AgeIdentity office = AgeIdentity::generate(), thief = AgeIdentity::generate();
    const auto sealer = AgeSealer::create({office.recipient()}).value();
    const core::Bytes sealed = sealer.seal({}).value();
    CHECK(AgeOpener::create(Forge::keyring(thief)).value().open(sealed).error().code == "age.no_match");
    CHECK(AgeOpener::create({}).error().code == "age.no_identity");
    CHECK(AgeSealer::create({}).error().code == "age.no_recipient");
    CHECK(AgeSealer::create({office.recipient(), office.recipient()}).error().code == "age.recipient_twice");
    CHECK(AgeSealer::create({AgeRecipient({})}).error().code == "age.recipient_weak");
}

TEST_CASE("a passphrase opens what it sealed, and nothing else does") {
    core::Bytes sealed;
    auto encryptor = AgeEncryptor::begin_with_passphrase("mật khẩu", 4, AgeFormat::binary, into(sealed)).value();
    REQUIRE(encryptor.write(test::bytes_of("khóa")));
    REQUIRE(encryptor.finish());
    const std::string file(as_text(sealed));
    const auto outcome = [&](std::string_view passphrase) {
        return Forge::outcome(file, {{}, SecretBytes::copy_of(passphrase)});
    };
    CHECK(outcome("mật khẩu") == "opened");
    CHECK(outcome("mat khau") == "age.passphrase_wrong");
    CHECK(Forge::outcome(file, Forge::keyring(AgeIdentity::generate())) == "age.passphrase_needed");
    CHECK(AgeEncryptor::begin_with_passphrase("", 4, AgeFormat::binary, into(sealed)).error().code ==
          "age.passphrase_needed");
    CHECK(AgeEncryptor::begin_with_passphrase("x", 23, AgeFormat::binary, into(sealed)).error().code ==
          "age.scrypt_work");
    CHECK(AgeEncryptor::begin_with_passphrase("x", 0, AgeFormat::binary, into(sealed)).error().code ==
          "age.scrypt_work");
}

TEST_CASE("a secret key's file may be sealed with a passphrase in either form, as age -p does it") {
    const AgeIdentity office = AgeIdentity::generate();
    const AgeFormat format = GENERATE(AgeFormat::binary, AgeFormat::armored);
    core::Bytes sealed;
    auto encryptor = AgeEncryptor::begin_with_passphrase("mật khẩu", 4, format, into(sealed)).value();
    REQUIRE(encryptor.write(as_bytes(office.to_text().text())));
    REQUIRE(encryptor.finish());
    CHECK(read_identity_file(sealed, "mật khẩu").value().front().recipient() == office.recipient());
    CHECK(read_identity_file(sealed, "mat khau").error().code == "age.passphrase_wrong");
}

TEST_CASE("a sink or source that refuses ends the work with its own words, and they stay") {
    const AgeIdentity office = AgeIdentity::generate();
    const std::vector recipients{office.recipient()};
    const core::Error full{"stick.full", {"USB đầy.", "The stick is full."}};
    int calls_left = 0;
    const Sink failing = [&](core::ByteView) -> core::Result<void> {
        if (calls_left-- > 0) return {};
        return full;
    };
    const core::Bytes plaintext = test::sample(3 * kChunkSize);
    const AgeFormat format = GENERATE(AgeFormat::binary, AgeFormat::armored);
    int calls = 0;
    const Sink counting = [&](core::ByteView) -> core::Result<void> {
        ++calls;
        return {};
    };
    REQUIRE(seal_stream(recipients, format, in_pieces(plaintext, 5000), counting));
    for (int i = 0; i < calls; i += format == AgeFormat::armored ? 199 : 1) {
        calls_left = i;
        CHECK(seal_stream(recipients, format, in_pieces(plaintext, 5000), failing).error() == full);
    }
    for (const int last : {2, 1}) {  // the last line of armor, and its end
        calls_left = calls - last;
        CHECK(seal_stream(recipients, format, in_pieces(plaintext, 5000), failing).error() == full);
    }

    const Source broken = [&](std::span<std::byte>) -> core::Result<std::size_t> { return full; };
    core::Bytes nothing;
    CHECK(seal_stream(recipients, format, broken, into(nothing)).error() == full);
    const AgeKeyring keys = Forge::keyring(office);
    CHECK(open_stream(keys, broken, into(nothing)).error() == full);
    CHECK(seal_stream({}, format, broken, into(nothing)).error().code == "age.no_recipient");

    const core::Bytes sealed = AgeSealer::create(recipients, format).value().seal(plaintext).value();
    for (int i = 0; i < 3; ++i) {
        calls_left = i;
        CHECK(open_stream(keys, in_pieces(sealed, 5000), failing).error() == full);
    }

    calls_left = 2;
    auto encryptor = AgeEncryptor::begin(recipients, AgeFormat::binary, failing).value();
    CHECK(encryptor.write(plaintext).error() == full);
    calls_left = 100;
    CHECK(encryptor.write(plaintext).error() == full);
    CHECK(encryptor.finish().error() == full);
    AgeDecryptor decryptor(keys, counting);
    CHECK(decryptor.write(test::bytes_of("x")).error().code == "age.not_age");
    CHECK(decryptor.finish().error().code == "age.not_age");
}

TEST_CASE("streams can be moved while they are in use") {
    const AgeIdentity office = AgeIdentity::generate();
    const std::vector recipients{office.recipient()};
    const AgeKeyring keys = Forge::keyring(office);
    core::Bytes sealed, opened, unused;
    auto first = AgeEncryptor::begin(recipients, AgeFormat::armored, into(sealed)).value();
    REQUIRE(first.write(test::bytes_of("một ")));
    AgeEncryptor second = AgeEncryptor::begin(recipients, AgeFormat::binary, into(unused)).value();
    second = std::move(first);
    REQUIRE(second.write(test::bytes_of("hai")));
    REQUIRE(second.finish());
    AgeDecryptor reader(keys, into(opened));
    REQUIRE(reader.write(core::ByteView(sealed).first(50)));
    AgeDecryptor moved(keys, into(unused));
    moved = std::move(reader);
    AgeDecryptor last(std::move(moved));
    REQUIRE(last.write(core::ByteView(sealed).subspan(50)));
    REQUIRE(last.write({}));
    REQUIRE(last.finish());
    CHECK(opened == test::bytes_of("một hai"));
}

TEST_CASE("secret plaintext can be had without a copy in ordinary memory") {
    const AgeIdentity office = AgeIdentity::generate();
    const core::Bytes sealed = AgeSealer::create({office.recipient()}).value().seal(test::bytes_of("bí mật")).value();
    const auto opener = AgeOpener::create(Forge::keyring(office)).value();
    CHECK(opener.open_secret(sealed).value().text() == "bí mật");
}
