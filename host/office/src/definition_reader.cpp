#include "collector.hpp"

#include <kiosk/forms/read_form.hpp>

namespace kiosk::office {

core::Result<forms::Form> read_definition(std::string_view xml) {
    const auto bytes = std::as_bytes(std::span(xml.data(), xml.size()));
    const forms::FormReading reading =
        forms::read_form(bytes, "form.xml", [](std::string_view) { return std::optional<core::Bytes>(); });
    if (!reading.form)
        return core::Error{"form.not_readable", {"Không đọc được biểu mẫu kèm trong gói dữ liệu.",
                                                 "The form that came with the bundle cannot be read."}};
    return forms::Form(*reading.form);
}

}  // namespace kiosk::office
