// The parts of an .xlsx, each begun by a line "=== PATH", are zipped and read; what begins with "PK" is read as it comes.
// Whatever they hold, reading ends in a form or in reasons, and a folder made of the workbook means the same.
#include "form_promises.hpp"

#include <kiosk/forms/write_form.hpp>

#include <zip.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace kiosk;

namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

Parts parts_of(std::string_view input) {
    Parts parts;
    while (!input.empty()) {
        const std::size_t end = std::min(input.find('\n'), input.size() - 1) + 1;
        const std::string_view line = input.substr(0, end);
        if (line.starts_with("=== ")) parts.emplace_back(line.substr(4, line.find_last_not_of("\r\n") - 3), "");
        else if (!parts.empty()) parts.back().second += line;
        input.remove_prefix(end);
    }
    return parts;
}

core::Bytes zipped(const Parts& parts) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (const auto& [name, content] : parts) {
        zip_source_t* part = zip_source_buffer(archive, content.data(), content.size(), 0);
        const zip_int64_t index = zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8);
        if (index < 0) zip_source_free(part);
        else zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    }
    core::Bytes bytes;
    zip_stat_t stat;
    if (zip_close(archive) != 0) {
        zip_discard(archive);
    } else if (zip_source_stat(target, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) && zip_source_open(target) == 0) {
        bytes.resize(stat.size);
        zip_source_read(target, bytes.data(), bytes.size());
        zip_source_close(target);
    }
    zip_source_free(target);
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const core::ByteView raw = fuzz::bytes_of(input);
    const core::Bytes workbook = input.starts_with("PK") ? core::Bytes(raw.begin(), raw.end()) : zipped(parts_of(input));
    const forms::Limits limits = fuzz::small_limits();
    const forms::FormReading reading = forms::read_form(workbook, "form.xlsx", fuzz::no_file, limits);
    fuzz::check_reading(reading);
    const auto written = forms::write_folder(workbook, limits);
    if (reading.form == nullptr || !std::holds_alternative<forms::NamedFiles>(written)) return 0;
    const forms::ReadFile folder = [&](std::string_view name) -> std::optional<core::Bytes> {
        for (const auto& [file, bytes] : std::get<forms::NamedFiles>(written)) {
            if (file == name) return bytes;
        }
        return std::nullopt;
    };
    const forms::FormReading same = forms::read_form_folder(folder, "form", limits);
    KIOSK_ASSERT(same.form != nullptr && same.form->same_meaning(*reading.form));
    return 0;
}
