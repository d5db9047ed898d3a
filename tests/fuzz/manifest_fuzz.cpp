// Whatever bytes come as a bundle's manifest: refused, or understood so well that writing and reading it changes nothing.
#include "fuzz_target.hpp"

#include "manifest.hpp"

#include <kiosk/core/sha256.hpp>

#include <span>

using namespace kiosk;

std::vector<std::string> fuzz_seeds() {
    core::BundleHeader header;
    header.sequence = 12;
    header.kiosk_id = "K07";
    header.sealed_answers = 3;
    header.forms = {{"portal_poll", "2026.1", core::sha256_of("form")}};
    header.withdrawals = {core::sha256_of("code")};
    header.counters = {{"opinion_poll.started", 9}};
    return {exporting::write_manifest(header), exporting::write_manifest({})};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto header = exporting::read_manifest(std::as_bytes(std::span(data, size)));
    if (!header) return 0;
    const std::string written = exporting::write_manifest(*header);
    const auto again = exporting::read_manifest(std::as_bytes(std::span(written.data(), written.size())));
    KIOSK_ASSERT(again && *again == *header);
    for (const core::FormVersion& form : header->forms) {
        const std::string path = exporting::definition_path(form);
        KIOSK_ASSERT(path.starts_with("definitions/") && path.find("..") == std::string::npos);
    }
    return 0;
}
