// Forms on disk: the ReadFile for a folder, and reading whatever lies at a path.
//
// The one place where this library touches the file system. Nothing outside the folder named is read.
#pragma once

#include <kiosk/forms/read_form.hpp>

#include <filesystem>

namespace kiosk::forms {

// Files directly in the folder; a name with a path in it, and a file above the limit, count as absent.
ReadFile files_in(std::filesystem::path folder, const Limits& limits = {});

// An .xlsx, an XForm .xml, or a folder of CSV sheets. External choices are looked for beside it, in the folder itself, and
// in a folder "<name>-media" as other XLSForm programs use.
FormReading read_form_at(const std::filesystem::path& path, const Limits& limits = {});

}  // namespace kiosk::forms
