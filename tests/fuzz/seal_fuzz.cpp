// Whatever text stands in a bundle's trusted comment, or comes as its signature file.
#include "fuzz_target.hpp"

#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/bundle.hpp>

using namespace kiosk;

std::vector<std::string> fuzz_seeds() {
    const std::string comment = exporting::BundleSeal{"K07", 12, 7, core::sha256_of("bundle")}.trusted_comment();
    return {comment, "untrusted comment: x\nRWQ\ntrusted comment: " + comment + "\nsignature\n"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const auto& seal : {exporting::BundleSeal::parse(text), exporting::claimed_seal(text)})
        if (seal) KIOSK_ASSERT(exporting::BundleSeal::parse(seal->trusted_comment()).value() == *seal);
    return 0;
}
