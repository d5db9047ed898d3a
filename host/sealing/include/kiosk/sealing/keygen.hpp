// Making an office's keys: the office's own, an escrow key for the day the first is lost, and the key that signs form
// packs and receipts; with the sheet that is printed and kept with them.
//
// The office key never touches a kiosk; kiosks get recipients.txt and office-sign.pub. Everything is in the formats of
// age and minisign, passphrases included, so those two programs and unzip are enough to open a bundle without ours.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/sealing/minisign.hpp>
#include <kiosk/sealing/secret_bytes.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::sealing {

struct KeygenRequest {
    std::string office;          // printed on the sheet: "UBND xã Thạnh Mỹ"
    std::string date;            // printed on the sheet: "24/11/2026"
    SecretBytes passphrase;      // protects the secret files; empty: they are plain
    int age_work_factor = 18;    // as age -p
    PasswordCost password_cost = PasswordCost::minisign;
    bool is_demo = false;        // for trying out: recipients.txt says so, and kiosks that hold it tell their visitors
};

struct KeyFile {
    std::string name;
    SecretBytes content;
    bool is_secret = false;
};

struct NewKeys {
    std::vector<KeyFile> files;  // office-key.txt escrow-key.txt office-sign.key office-sign.pub recipients.txt key-sheet.txt
    std::string office_words, escrow_words, signing_words;
};

// Whether a recipients.txt is of keys made with is_demo.
bool are_demo_recipients(std::string_view recipients_file);

core::Result<NewKeys> make_keys(const KeygenRequest& request);

// Writes them all, secret ones readable by the owner only, and returns when they are on the disk. Never overwrites: if
// one of the names is taken, nothing is written.
core::Result<void> write_key_files(const std::filesystem::path& folder, const std::vector<KeyFile>& files);

}  // namespace kiosk::sealing
