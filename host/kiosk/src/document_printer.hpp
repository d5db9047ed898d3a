// DocumentPrinter: how a Machine has pages printed without waiting for a printer. print() comes back at once; `done` is
// called later, by drain(), on the calling thread, when the page was handed over or could not be. Main thread only.
//
// The page exists only in memory until the spooler has it. Failures: codes printer.*, document.*.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/documents/document.hpp>
#include <kiosk/forms/form.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kiosk {

struct PrintJob {
    std::string layout;                              // by name; or, with line breaks, the layout itself
    std::string submission;                          // ODK XML; fills it in
    std::shared_ptr<const forms::Form> form;
    std::vector<documents::Slip> slips;
};

class DocumentPrinter {
  public:
    using Done = std::function<void(core::Result<void>)>;

    virtual ~DocumentPrinter() = default;
    virtual void print(PrintJob job, Done done) = 0;
    virtual void drain() = 0;
    virtual bool is_busy() const = 0;                // a `done` is still to come
};

struct PrinterOptions {
    std::string queue;                               // of CUPS; empty: the system's default; "none": there is no printer;
                                                     // "folder:PATH": files in a folder, for rehearsals
    std::string program = "lp";                      // takes a PDF on standard input
    std::vector<std::filesystem::path> layouts;      // folders; later ones override earlier ones
    std::filesystem::path documents_module;          // draws the pages; loaded with the first
};

// On a thread of its own. wake: from that thread, drain() has work.
std::unique_ptr<DocumentPrinter> open_document_printer(PrinterOptions options, std::function<void()> wake);

// For pictures of pages: says yes and prints nothing.
std::unique_ptr<DocumentPrinter> make_paperless_printer();

}  // namespace kiosk
