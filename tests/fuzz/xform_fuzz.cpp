// XForm XML. Whatever it holds, reading ends in a form or in reasons.
#include "form_promises.hpp"

#include <cstddef>
#include <cstdint>

using namespace kiosk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    fuzz::check_reading(forms::read_form(fuzz::bytes_of(input), "form.xml", fuzz::no_file, fuzz::small_limits()));
    return 0;
}
