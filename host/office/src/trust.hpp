// The kiosks an office trusts: a folder of minisign public keys, KIOSK.pub each; KIOSK.1.pub, KIOSK.2.pub, … are the keys of
// machines that a later one replaced under the same id, whose bundles may still be on their way.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::office {

class Trust {
  public:
    static core::Result<Trust> read(const std::filesystem::path& folder);

    // The keys that may sign for this kiosk.
    core::Result<sealing::MinisignVerifier> verifier_of(const std::string& kiosk_id) const;

    // Makes this the kiosk's key. A known kiosk with another key is refused, unless the new one replaces it: then the old one
    // stays beside it. False: it was known.
    static core::Result<bool> add(const std::filesystem::path& folder, const std::string& kiosk_id,
                                  const sealing::MinisignPublicKey& key, bool replaces);

  private:
    std::map<std::string, std::vector<sealing::MinisignPublicKey>> keys_;
};

}  // namespace kiosk::office
