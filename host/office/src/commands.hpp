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
    bool is_demo = false;
    std::filesystem::path replaces;              // folder of the keys these replace, whose signing key signs the change; or none
};
int keygen(const KeygenOptions& options, const Console& console);

struct AddKioskOptions {
    std::filesystem::path enrolment;
    std::filesystem::path trust;
    bool replaces = false;                       // another machine under a known id: its key joins the old one
};
int add_kiosk(const AddKioskOptions& options, const Console& console);

struct CollectOptions {
    std::vector<std::filesystem::path> bundles;  // files, or folders of them
    std::vector<std::filesystem::path> keys;     // any of them opens; receipts are signed with the key beside the first
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

struct DuplicatesOptions {
    std::string store;
    std::string activity = "candidate_referral";
};
int duplicates(const DuplicatesOptions& options, const Console& console);

struct PackOptions {
    std::filesystem::path folder;                // pack.json, forms/, media/, …
    std::filesystem::path out;                   // NAME.kpk; NAME.kpk.minisig goes beside it
    std::filesystem::path key;                   // office-sign.key
};
int pack(const PackOptions& options, const Console& console);

struct CodesOptions {
    std::filesystem::path list;                  // a line an organisation: kind, comma, name
    std::filesystem::path pack;                  // the pack's folder; data/organisations.tsv in it is made or brought up to date
    std::filesystem::path out;                   // the sheet to hand out, HTML; must not be there yet
    std::vector<std::string> renew;              // names whose code became known or was lost
};
int make_codes(const CodesOptions& options, const Console& console);

struct UnlockOptions {
    std::string kiosk;
    std::string code;                            // as its staff read it off the kiosk's screen
    std::filesystem::path key;                   // office-sign.key
    std::filesystem::path out;                   // folder, such as the stick
};
int unlock(const UnlockOptions& options, const Console& console);

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
