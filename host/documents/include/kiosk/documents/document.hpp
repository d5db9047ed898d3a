// A printable document: a layout filled in with one submission, as a PDF of A4 pages. Pango shapes the text, so that
// Vietnamese and Cơ Tu letters stand as they should; Cairo writes the file.
//
// Pure but for the system's fonts. One call at a time (Pango's font map is a thread's own). Fails with
// document.not_drawn, submission.*.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/documents/layout.hpp>
#include <kiosk/forms/form.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::documents {

// A withdrawal code and whom it is about.
struct Slip {
    std::string who, code;
};

struct Filling {
    const forms::Form& form;             // what the submission answers
    std::string submission;              // ODK XML
    std::string language = "vi";         // of choices and question labels
    std::vector<Slip> slips;
};

core::Result<core::Bytes> make_pdf(const Layout& layout, const Filling& filling);

// The same out of the module documents.so. Pango, Cairo and the libraries they need take 2.5 MiB of every program that is
// linked with them, and a kiosk may never print. Stays loaded. Any thread; document.not_drawn: there is no such module.
core::Result<std::function<decltype(make_pdf)>> load_make_pdf(const std::filesystem::path& module);

}  // namespace kiosk::documents
