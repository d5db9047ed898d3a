// What reading any form promises, whatever bytes it is made of.
#pragma once

#include <kiosk/core/assert.hpp>
#include <kiosk/forms/read_form.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace kiosk::fuzz {

// Small enough that no input can take long; large enough for any seed.
inline forms::Limits small_limits() {
    forms::Limits limits;
    limits.filled_cells = 2000;
    limits.questions = 500;
    limits.unpacked_bytes = 1u << 20;
    limits.xml_elements = 5000;
    return limits;
}

inline core::ByteView bytes_of(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

inline std::optional<core::Bytes> no_file(std::string_view) { return std::nullopt; }

// A form or reasons, never both and never neither; reasons in both languages; and a form means what its definition means.
inline void check_reading(const forms::FormReading& reading) {
    KIOSK_ASSERT((reading.form == nullptr) == !reading.diagnosis.errors.empty());
    for (const auto* findings : {&reading.diagnosis.errors, &reading.diagnosis.warnings}) {
        for (const forms::Finding& finding : *findings) {
            KIOSK_ASSERT(!finding.code.empty() && !finding.message.vi.empty() && !finding.message.en.empty());
            KIOSK_ASSERT(!finding.repair.vi.empty() && !finding.repair.en.empty());
        }
    }
    if (reading.form == nullptr) return;
    const forms::FormReading again = forms::read_form(bytes_of(reading.form->definition), "form.xml", no_file);
    KIOSK_ASSERT(again.form != nullptr && again.form->same_meaning(*reading.form));
}

}  // namespace kiosk::fuzz
