// Reading whole small files, and asking for what is typed. Private to feedback-office.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/sealing/minisign.hpp>
#include <kiosk/sealing/secret_bytes.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kiosk::office {

core::Result<core::Bytes> read_file(const std::filesystem::path& path, std::uint64_t maximum_bytes);
std::string text_of(core::ByteView bytes);

// From the terminal, unseen. Empty where there is no terminal to ask at.
sealing::SecretBytes ask_secret(const std::string& prompt);

}  // namespace kiosk::office
