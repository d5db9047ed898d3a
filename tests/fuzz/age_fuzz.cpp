// Whatever bytes come, opening ends in a refusal or in what was sealed; whole and in pieces alike.
#include "fuzz_target.hpp"

#include <kiosk/sealing/age.hpp>

#include <algorithm>

using namespace kiosk;
using namespace kiosk::sealing;

namespace {

constexpr std::string_view kPlaintext = "Rất hài lòng";

const AgeKeyring& keys() {
    static const AgeKeyring ring = [] {
        AgeKeyring made;
        made.identities.push_back(AgeIdentity::generate());
        return made;
    }();
    return ring;
}

core::ByteView view(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

}  // namespace

std::vector<std::string> fuzz_seeds() {
    std::vector<std::string> seeds;
    const std::vector<AgeRecipient> recipients{keys().identities[0].recipient(), AgeIdentity::generate().recipient()};
    for (const AgeFormat format : {AgeFormat::binary, AgeFormat::armored}) {
        const core::Bytes sealed = AgeSealer::create(recipients, format).value().seal(view(kPlaintext)).value();
        seeds.emplace_back(reinterpret_cast<const char*>(sealed.data()), sealed.size());
    }
    seeds.push_back(recipients[0].to_string());
    return seeds;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const core::ByteView bytes(reinterpret_cast<const std::byte*>(data), size);
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(parse_recipients(text));
    static_cast<void>(parse_identities(text));

    std::string whole, pieced;
    const auto into = [](std::string& out) -> Sink {
        return [&out](core::ByteView more) -> core::Result<void> {
            out.append(reinterpret_cast<const char*>(more.data()), more.size());
            return {};
        };
    };
    AgeDecryptor at_once(keys(), into(whole));
    core::Result<void> first = at_once.write(bytes);
    if (first) first = at_once.finish();
    AgeDecryptor in_pieces(keys(), into(pieced));
    core::Result<void> second;
    for (std::size_t at = 0; second && at < size; at += 7) second = in_pieces.write(bytes.subspan(at, std::min<std::size_t>(7, size - at)));
    if (second) second = in_pieces.finish();

    KIOSK_ASSERT(first.has_value() == second.has_value());
    KIOSK_ASSERT(first.has_value() || first.error() == second.error());
    KIOSK_ASSERT(whole == pieced);
    KIOSK_ASSERT(whole.empty() || whole == kPlaintext);
    KIOSK_ASSERT(!first.has_value() || whole == kPlaintext);
    return 0;
}
