// Whatever bytes come as a signature or key file, nothing is accepted but what was signed.
#include "fuzz_target.hpp"

#include <kiosk/sealing/minisign.hpp>

using namespace kiosk;
using namespace kiosk::sealing;

namespace {

constexpr std::string_view kMessage = "K07-000012";
constexpr std::string_view kComment = "kiosk=K07 seq=12";

const MinisignSecretKey& key() {
    static const MinisignSecretKey made = MinisignSecretKey::generate();
    return made;
}

core::ByteView message() { return std::as_bytes(std::span(kMessage.data(), kMessage.size())); }

}  // namespace

std::vector<std::string> fuzz_seeds() {
    const std::string file(key().to_file().value().text());
    const MinisignSigner signer(MinisignSecretKey::parse(file).value());
    return {signer.sign(message(), kComment).value(), key().public_key().to_file(), file};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static const MinisignVerifier verifier = MinisignVerifier::create({key().public_key()}).value();
    const core::Result<std::string> comment = verifier.verify(message(), text);
    KIOSK_ASSERT(!comment || *comment == kComment);
    static_cast<void>(claimed_signer(text));
    if (const auto parsed = MinisignPublicKey::parse(text))
        KIOSK_ASSERT(MinisignPublicKey::parse(parsed->to_base64()).value() == *parsed);
    // Without a password, so that no input can ask for a gigabyte of scrypt.
    static_cast<void>(MinisignSecretKey::parse(text));
    return 0;
}
