// Forms on disk: the ReadFile for a folder, and reading whatever lies at a path.
//
// The one place where this library touches the file system. Nothing outside the folders named is read.
#pragma once

#include <kiosk/forms/form.hpp>
#include <kiosk/forms/read_form.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace kiosk::forms {

// Files directly in the folder; a name with a path in it, and a file above the limit, count as absent.
ReadFile files_in(std::filesystem::path folder, const Limits& limits = {});

// An .xlsx, an XForm .xml, or a folder of CSV sheets. External choices are looked for beside it, in the folder itself, and
// in a folder "<name>-media" as other XLSForm programs use.
FormReading read_form_at(const std::filesystem::path& path, const Limits& limits = {});

// The picture files that labels and choices name, in any language, each once, in order.
std::vector<std::string> pictures_of(const Form& form);
// The same for what a kiosk neither plays nor shows: audio, video, big-image.
std::vector<std::string> unused_media_of(const Form& form);

// Where the media of the form at a path may lie, the likeliest first: beside it, in "<name>-media", in the folder "media"
// of a form pack.
std::vector<std::filesystem::path> media_folders(const std::filesystem::path& form);

}  // namespace kiosk::forms
