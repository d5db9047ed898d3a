// OfficeKeys: the office's public keys as this kiosk holds them, from DATA/keys/recipients.txt. What they seal, nothing on
// this kiosk opens. A value; any thread may read it.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/sealing/age.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

struct OfficeKeys {
    std::optional<sealing::AgeSealer> sealer;   // none: no key was installed, and nothing can be taken
    std::vector<std::string> words;             // of each key, to be compared with the office's key sheet
    bool is_demo = false;                       // made for trying out: its secret half lies open
};

std::filesystem::path office_keys_file(const std::filesystem::path& data);

// No file is no error. A file that cannot be read, or holds no key, is: answers must not be refused by mistake.
core::Result<OfficeKeys> read_office_keys(const std::filesystem::path& data);

core::Error no_office_keys_error(const std::filesystem::path& data);   // what staff can do about it

}  // namespace kiosk
