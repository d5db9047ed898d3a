// The keys whose plugins this kiosk takes: every *.pub of folders that only an administrator writes to.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/core/sealer.hpp>

#include <filesystem>
#include <memory>
#include <vector>

namespace kiosk {

// Without any key, the verifier takes nothing. Fails on a file that is no key.
core::Result<std::unique_ptr<core::Verifier>> read_trusted_keys(const std::vector<std::filesystem::path>& folders);

}  // namespace kiosk
