// Whatever lies inside a bundle's encryption: it is refused in words, or what it holds agrees with its seal.
#include "../exporting/fakes.hpp"
#include "fuzz_target.hpp"

#include <kiosk/exporting/bundle.hpp>

using namespace kiosk;

namespace {

constexpr std::uint64_t kSequence = 12;

fakes::MemoryLedger ledger(std::uint64_t answers, std::uint64_t poll) {
    fakes::MemoryLedger ledger;
    const core::FormVersion form{"portal_poll", "2026.1", core::sha256_of("form")};
    ledger.header.sequence = kSequence;
    ledger.header.kiosk_id = "K07";
    ledger.header.sealed_answers = answers;
    ledger.header.poll_records = poll;
    ledger.header.forms = {form};
    ledger.header.counters = {{"opinion_poll.started", 9}};
    ledger.definitions[form] = "<h:html/>";
    for (std::uint64_t i = 0; i < answers + poll; ++i)
        ledger.rows.push_back(*fakes::MarkingCipher().seal(fakes::bytes_of("answer " + std::to_string(i))));
    return ledger;
}

std::string zip_of(std::uint64_t answers, std::uint64_t poll) {
    fakes::MemoryLedger of = ledger(answers, poll);
    fakes::FaultyStick stick;
    const fakes::MarkingCipher cipher;
    KIOSK_ASSERT(exporting::export_bundle(of, cipher, fakes::HashSigner("key"), stick));
    return fakes::text_of(*cipher.open(stick.files["K07-000012.kbx"]));
}

}  // namespace

std::vector<std::string> fuzz_seeds() { return {zip_of(1, 1), zip_of(0, 2), zip_of(2, 0)}; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fakes::MarkingCipher cipher;
    const core::Bytes sealed = *cipher.seal(std::as_bytes(std::span(data, size)));
    const exporting::BundleSeal seal{"K07", kSequence, 2, core::sha256_of(sealed)};
    const auto opened = exporting::OpenedBundle::open(sealed, seal, cipher);
    if (!opened) {
        KIOSK_ASSERT(!opened.error().message.vi.empty());
        return 0;
    }
    KIOSK_ASSERT(opened->header().sequence == kSequence);
    KIOSK_ASSERT(opened->header().sealed_answers + opened->header().poll_records == seal.count);
    KIOSK_ASSERT(opened->definitions().size() == opened->header().forms.size());
    static_cast<void>(opened->for_each_row([](core::ByteView) { return core::Result<void>(); }));
    return 0;
}
