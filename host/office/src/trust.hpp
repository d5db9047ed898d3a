// The kiosks an office trusts: a folder of minisign public keys, KIOSK.pub each.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace kiosk::office {

class Trust {
  public:
    static core::Result<Trust> read(const std::filesystem::path& folder);

    // The one key that may sign for this kiosk.
    core::Result<sealing::MinisignVerifier> verifier_of(const std::string& kiosk_id) const;

  private:
    std::map<std::string, sealing::MinisignPublicKey> keys_;
};

}  // namespace kiosk::office
