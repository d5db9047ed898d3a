// `feedback-office form check | dump | to-xlsx | to-folder`. Shapes: the manual's "Commands".
//
// Read and write the files named; print to the streams given. They return the exit status: 0 done, 1 refused with reasons.
#pragma once

#include <kiosk/forms/read_form.hpp>

#include <filesystem>
#include <iosfwd>
#include <string>

namespace kiosk::office {

struct FormCommandOptions {
    std::filesystem::path form;              // an .xlsx, a folder of CSV sheets, or an XForm .xml
    std::filesystem::path out;               // of to-xlsx: the file; of to-folder: the folder, made if need be
    bool as_json = false;
    std::string message_language = "vi";     // "vi" or "en"
    forms::Limits limits;                    // raised by --limit NAME=NUMBER: forms::set_limit()
};

int run_form_check(const FormCommandOptions& options, std::ostream& output, std::ostream& errors);
int run_form_dump(const FormCommandOptions& options, std::ostream& output, std::ostream& errors);
int run_form_to_xlsx(const FormCommandOptions& options, std::ostream& errors);
int run_form_to_folder(const FormCommandOptions& options, std::ostream& errors);

}  // namespace kiosk::office
