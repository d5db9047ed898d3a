// Memory that runs out at any allocation, once or for ever, and disks that fail: no crash, nothing half done.
#include "faults.hpp"
#include "forge.hpp"
#include "temporary_folder.hpp"

#include <kiosk/sealing/keygen.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::sealing;
using test::Call;
using test::FailingAllocation;
using test::FailingCall;
using test::Forge;

namespace {

// Runs `operation` with its first, second, … allocation failing until none is left to fail.
template <class Operation>
void check_survives_without_memory(const Operation& operation) {
    for (const bool for_ever : {false, true}) {
        bool has_failed = true;
        for (long after = 0; has_failed; ++after) {
            std::string_view code = "done";
            std::optional<std::decay_t<decltype(operation())>> result;
            {
                const FailingAllocation failing(after, for_ever);
                result.emplace(operation());
                has_failed = failing.has_failed();
            }
            if (!*result) code = result->error().code;
            CAPTURE(after, for_ever);
            CHECK(code == (has_failed ? "sealing.memory" : "done"));
            REQUIRE(after < 10000);
        }
    }
}

Source source_of(core::ByteView bytes) {
    return [bytes](std::span<std::byte> out) mutable -> core::Result<std::size_t> {
        const std::size_t size = std::min(out.size(), bytes.size());
        std::copy_n(bytes.begin(), size, out.begin());
        bytes = bytes.subspan(size);
        return size;
    };
}

const Sink kNowhere = [](core::ByteView) -> core::Result<void> { return {}; };

}  // namespace

TEST_CASE("sealing and opening survive the want of memory at any place") {
    const AgeIdentity office = AgeIdentity::generate(), escrow = AgeIdentity::generate();
    const std::vector recipients{office.recipient(), escrow.recipient()};
    for (const AgeFormat format : {AgeFormat::binary, AgeFormat::armored}) {
        const core::Bytes plaintext = test::sample(format == AgeFormat::binary ? 70000 : 100);
        const auto sealer = AgeSealer::create(recipients, format).value();
        const core::Bytes sealed = sealer.seal(plaintext).value();
        const auto opener = AgeOpener::create(Forge::keyring(escrow)).value();
        const AgeKeyring keys = Forge::keyring(office);
        const Source plain = source_of(plaintext), cipher = source_of(sealed);
        check_survives_without_memory([&] { return sealer.seal(plaintext); });
        check_survives_without_memory([&] { return opener.open(sealed); });
        check_survives_without_memory([&] { return opener.open_secret(sealed); });
        check_survives_without_memory([&] { return seal_stream(recipients, format, Source(plain), Sink(kNowhere)); });
        check_survives_without_memory([&] { return open_stream(keys, Source(cipher), Sink(kNowhere)); });
    }
}

TEST_CASE("keys survive the want of memory at any place") {
    const AgeIdentity identity = AgeIdentity::generate();
    const std::string secret(identity.to_text().text()), open = identity.recipient().to_string();
    const MinisignSecretKey key = MinisignSecretKey::generate();
    const std::string plain(key.to_file().value().text());
    const std::string locked(key.to_file("x", PasswordCost::light).value().text());
    check_survives_without_memory([&] { return AgeIdentity::parse(secret); });
    check_survives_without_memory([&] { return AgeRecipient::parse(open); });
    check_survives_without_memory([&] { return parse_identities(secret); });
    check_survives_without_memory([&] { return parse_recipients(open); });
    check_survives_without_memory([&] { return key.to_file(); });
    check_survives_without_memory([&] { return MinisignSecretKey::parse(plain); });
    check_survives_without_memory([&] { return MinisignSecretKey::needs_password(locked); });
    check_survives_without_memory([&] { return MinisignSecretKey::parse(locked, "x"); });
    check_survives_without_memory([&] { return key.to_file("x", PasswordCost::light); });
    for (const char* passphrase : {"", "x"}) {
        const KeygenRequest request{"UBND", "1/1/2027", SecretBytes::copy_of(passphrase), 1, PasswordCost::light};
        check_survives_without_memory([&] { return make_keys(request); });
    }
}

TEST_CASE("signatures survive the want of memory at any place") {
    const MinisignSigner signer(MinisignSecretKey::generate());
    const auto verifier = MinisignVerifier::create({signer.public_key()}).value();
    const core::Bytes message = test::sample(100);
    const std::string signature = signer.sign(message, "a comment longer than a short string holds").value();
    const Source source = source_of(message);
    check_survives_without_memory([&] { return signer.sign(message, "c"); });
    check_survives_without_memory([&] { return signer.sign_stream(Source(source), "c"); });
    check_survives_without_memory([&] { return verifier.verify(message, signature); });
    check_survives_without_memory([&] { return verifier.verify_stream(Source(source), signature); });
    check_survives_without_memory([&] { return claimed_signer(signature); });
}

TEST_CASE("a passphrase that needs more memory than there is ends in words") {
    core::Bytes sealed;
    const Sink append = [&](core::ByteView bytes) -> core::Result<void> {
        sealed.insert(sealed.end(), bytes.begin(), bytes.end());
        return {};
    };
    auto encryptor = AgeEncryptor::begin_with_passphrase("x", 2, AgeFormat::binary, append).value();
    REQUIRE(encryptor.finish());
    const MinisignSecretKey key = MinisignSecretKey::generate();
    {
        const FailingCall failing(Call::scrypt);
        CHECK(AgeEncryptor::begin_with_passphrase("x", 2, AgeFormat::binary, append).error().code == "sealing.memory");
    }
    {
        const FailingCall failing(Call::scrypt);
        CHECK(Forge::outcome(as_text(sealed), {{}, SecretBytes::copy_of("x")}) == "sealing.memory");
    }
    const FailingCall failing(Call::scrypt);
    CHECK(key.to_file("x", PasswordCost::light).error().code == "sealing.memory");
}

TEST_CASE("key files are whole on the disk or the failure is told") {
    const NewKeys keys = make_keys({"UBND", "1/1/2027", {}, 1, PasswordCost::light}).value();
    const int files = static_cast<int>(keys.files.size());
    const auto outcome = [&](Call call, int after) {
        const test::TemporaryFolder folder;
        std::string code;
        {
            const FailingCall failing(call, after);
            const auto result = write_key_files(folder.path(), keys.files);
            code = result ? "done" : result.error().code;
        }
        if (code != "done") return code;
        for (const KeyFile& file : keys.files) CHECK(folder.read(file.name) == file.content.text());
        return code;
    };
    for (int after = 0; after < files; ++after) {
        CAPTURE(after);
        CHECK(outcome(Call::write, after) == "keys.file_not_written");
        CHECK(outcome(Call::write_interrupted, after) == "done");
        CHECK(outcome(Call::write_short, after) == "done");
    }
    for (int after = 0; after <= files; ++after) {  // the folder is opened and synced too
        CAPTURE(after);
        CHECK(outcome(Call::open, after) == "keys.file_not_written");
        CHECK(outcome(Call::fsync, after) == "keys.file_not_written");
    }
}
