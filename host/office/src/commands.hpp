// What feedback-office does, one function a command, free of how the command line is read. Each returns an exit status.
#pragma once

#include "console.hpp"

#include <kiosk/exporting/answers_export.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace kiosk::office {

struct KeygenOptions {
    std::filesystem::path out;
    std::string office;                          // its name, for the printed sheet
};
int keygen(const KeygenOptions& options, const Console& console);

struct AddKioskOptions {
    std::filesystem::path enrolment;
    std::filesystem::path trust;
};
int add_kiosk(const AddKioskOptions& options, const Console& console);

struct CollectOptions {
    std::vector<std::filesystem::path> bundles;  // files, or folders of them
    std::filesystem::path key;
    std::string store;
    std::filesystem::path trust;                 // empty: the folder "trust" beside the store, if it is there
    std::filesystem::path receipt;               // empty: none
};
int collect(const CollectOptions& options, const Console& console);

struct ExportOptions {
    std::string store;
    std::string activity;
    std::string form;                            // empty: all of the activity's
    std::filesystem::path out;
    exporting::ExportOptions how;
};
int export_answers(const ExportOptions& options, const Console& console);

struct ReportOptions {
    std::string store;
    std::filesystem::path html;                  // empty: none
};
int report(const ReportOptions& options, const Console& console);

struct DocumentOptions {
    std::string store;
    std::string response;                        // its id, with or without "uuid:"
    std::filesystem::path out;                   // a PDF
    std::string layout;                          // empty: the form's own, else the activity's
    std::filesystem::path layouts;               // a folder of layouts, before those shipped; empty: none
};
int document(const DocumentOptions& options, const Console& console);

// No arguments: a conversation with a clerk, in Vietnamese.
int guide(const Console& console);

}  // namespace kiosk::office
