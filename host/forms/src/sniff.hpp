// What a file is, told from its first bytes: staff rename things, and programs mislabel them.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/forms/diagnosis.hpp>
#include <kiosk/forms/read_form.hpp>

#include <cstdint>
#include <optional>

namespace kiosk::forms {

enum class FileKind : std::uint8_t {
    zip = 1,          // an .xlsx, if its parts say so
    xml,              // an XForm, if its root says so
    other,            // refused_kind() says what it is and what to do
};

FileKind sniff(core::ByteView content);

// Why a file that is no workbook and no XForm is refused. For FileKind::other.
Finding refused_kind(core::ByteView content);
// A zip that is no .xlsx: an .ods, a .docx, an .xlsb, …; nothing if it looks like a workbook.
std::optional<Finding> refused_zip(core::ByteView content, const Limits& limits);

}  // namespace kiosk::forms
