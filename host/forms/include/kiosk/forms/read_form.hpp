// Reading forms: a workbook, a folder of CSV sheets, or ODK XForm XML becomes a Form, or a Diagnosis that lists every
// fault at once. What a file is, is told from its content, not from its name.
//
// Files come through ReadFile, so no file system is needed; form_files.hpp has the one for folders on disk. Nothing is
// fetched, nothing executed; the Limits bound time and memory. Pure otherwise: any thread, no clock.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/forms/diagnosis.hpp>
#include <kiosk/forms/form.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::forms {

// The content of a file beside the form (external choices, or a sheet of the folder); nothing if there is none.
using ReadFile = std::function<std::optional<core::Bytes>(std::string_view name)>;

// What a hostile or broken file is held to. Generous for people: the largest published forms use a twentieth of it.
struct Limits {
    std::size_t file_bytes = 32u << 20;          // of a file as it lies on the disk
    std::size_t zip_entries = 1000;
    std::size_t unpacked_bytes = 512u << 20;     // of all parts of a workbook together
    std::size_t unpacked_ratio = 1100;           // of a part; more than deflate can do is no workbook
    std::size_t filled_cells = 1'000'000;
    std::size_t cell_bytes = 128u << 10;         // Excel itself stops at 32,767 characters
    std::size_t text_bytes = 64u << 20;          // of all filled cells together
    std::size_t questions = 20'000;
    std::size_t nesting = 60;                    // groups and repeats inside each other
    std::size_t xml_depth = 200;
    std::size_t xml_elements = 1'000'000;
};

// Sets one limit by its name, "filled_cells"; refused if there is none of that name.
core::Result<void> set_limit(Limits& limits, std::string_view name, std::size_t value);

struct FormReading {
    std::shared_ptr<const Form> form;            // null if there is an error
    Diagnosis diagnosis;
    std::string id, version, title;              // as far as they could be read, errors or not
};

// name: what the file is called, for the form's id where the workbook does not set one, and for messages.
FormReading read_form(core::ByteView content, std::string_view name, const ReadFile& beside, const Limits& limits = {});

// A folder of survey.csv, choices.csv, settings.csv; other names are external choices.
FormReading read_form_folder(const ReadFile& folder, std::string_view name, const Limits& limits = {});

}  // namespace kiosk::forms
