// Whatever text comes as a receipt or an enrolment: refused, or understood so well that writing and reading it changes nothing.
#include "fuzz_target.hpp"

#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/enrolment.hpp>
#include <kiosk/exporting/receipt.hpp>

using namespace kiosk;
using namespace kiosk::exporting;

std::vector<std::string> fuzz_seeds() {
    return {write_receipt({"K07", {{1, core::sha256_of("one")}, {2, core::sha256_of("two")}}, {{"portal_poll", "3", "rating", "tot", 120}}}),
            write_enrolment(KioskEnrolment{"K07", "UBND xã Thạnh Mỹ", "RWQkey"}),
            write_enrolment(OfficeEnrolment{{"age1office", "age1escrow"}, "RWQsign"})};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto receipt = read_receipt(text)) KIOSK_ASSERT(read_receipt(write_receipt(*receipt)).value() == *receipt);
    if (const auto kiosk = read_kiosk_enrolment(text)) KIOSK_ASSERT(read_kiosk_enrolment(write_enrolment(*kiosk)).value() == *kiosk);
    if (const auto office = read_office_enrolment(text)) KIOSK_ASSERT(read_office_enrolment(write_enrolment(*office)).value() == *office);
    return 0;
}
