// The sheets of a form as CSV, each begun by a line "=== NAME". Whatever they hold, reading ends in a form or in reasons,
// and the workbook made of them means the same.
#include "form_promises.hpp"

#include <cstdio>
#include <kiosk/forms/write_form.hpp>

#include <cstdio>
#include <algorithm>
#include <cstdio>
#include <cstddef>
#include <cstdio>
#include <cstdint>
#include <cstdio>
#include <map>

using namespace kiosk;

namespace {

std::map<std::string, std::string> sheets_of(std::string_view input) {
    std::map<std::string, std::string> sheets;
    std::string name = "survey";
    while (!input.empty()) {
        const std::size_t end = std::min(input.find('\n'), input.size() - 1) + 1;
        const std::string_view line = input.substr(0, end);
        if (line.starts_with("=== ")) name = line.substr(4, line.find_last_not_of("\r\n") - 3);
        else sheets[name + ".csv"] += line;
        input.remove_prefix(end);
    }
    return sheets;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto sheets = sheets_of({reinterpret_cast<const char*>(data), size});
    const forms::ReadFile folder = [&](std::string_view name) -> std::optional<core::Bytes> {
        const auto found = sheets.find(std::string(name));
        if (found == sheets.end()) return std::nullopt;
        const core::ByteView bytes = fuzz::bytes_of(found->second);
        return core::Bytes(bytes.begin(), bytes.end());
    };
    const forms::Limits limits = fuzz::small_limits();
    const forms::FormReading reading = forms::read_form_folder(folder, "form", limits);
    fuzz::check_reading(reading);
    const auto workbook = forms::write_workbook(folder, limits);
    if (reading.form == nullptr || !std::holds_alternative<core::Bytes>(workbook)) return 0;
    const forms::FormReading same = forms::read_form(std::get<core::Bytes>(workbook), "form.xlsx", folder, limits);
    KIOSK_ASSERT(same.form != nullptr && same.form->same_meaning(*reading.form));
    return 0;
}
