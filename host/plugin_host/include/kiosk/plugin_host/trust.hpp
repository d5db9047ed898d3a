// Trust: which files of a plugin are taken. A value; borrows the Verifier, which must outlive it. Any thread.
//
// A plugin's code runs inside the kiosk, so a production kiosk takes only files that carry a signature of a trusted key:
// beside each FILE a FILE.minisig whose trusted comment is "PLUGIN VERSION FILE" (`minisign -S -t 'opinion_poll 1.0.0
// opinion_poll.so' -m opinion_poll.so`), so that a signed file cannot stand in for another one.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/core/sealer.hpp>

#include <string>
#include <string_view>

namespace kiosk::plugin_host {

class Trust {
  public:
    // Takes every file as it is: for authors, tests and the demo.
    static Trust development() { return Trust(nullptr); }
    static Trust signed_by(const core::Verifier& verifier) { return Trust(&verifier); }

    bool needs_signatures() const { return verifier_ != nullptr; }

    // `comment`: what the signature's trusted comment must be. `signature`: empty if there is none.
    core::Result<void> check(std::string_view file, core::ByteView bytes, std::string_view signature,
                             std::string_view comment) const;

  private:
    explicit Trust(const core::Verifier* verifier) : verifier_(verifier) {}

    const core::Verifier* verifier_;
};

}  // namespace kiosk::plugin_host
