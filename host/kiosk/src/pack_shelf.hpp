// PackShelf: the form packs of this kiosk, in DATA/packs: each unpacked into a folder of its own, `current` pointing at
// the one in use. The one before stays, to go back to; one whose day has not come waits. A version that is not higher than
// every one seen before under its name is refused, so that nobody can bring an old wording in by the stick.
//
// Every change is durable on return or has not happened: folders are filled, synced, then renamed; the pointer last.
// Running visits hold their forms and are not touched. One process changes it at a time; any may read. Codes: pack.*.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/core/sealer.hpp>
#include <kiosk/exporting/pack.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

class PackShelf {
  public:
    // data: the kiosk's data directory. A shelf that is not there is empty.
    static core::Result<PackShelf> open(const std::filesystem::path& data);

    // Verified against the kiosk's trusted keys and every form in it read. Changes nothing.
    static core::Result<exporting::Pack> look(const std::filesystem::path& pack, const core::Verifier& verifier);

    // What staff should know of its forms before taking it: questions that the law keeps off a kiosk.
    static std::vector<core::Words> warnings(const exporting::Pack& pack);

    // Why it cannot be put up today; nothing: it can. today: "2026-11-30".
    core::Result<void> fits(const exporting::PackLabel& label, const std::string& today) const;
    core::Result<void> take(const exporting::Pack& pack, const std::string& today);
    core::Result<void> go_back();                      // the previous one becomes the current one
    core::Result<bool> settle(const std::string& today);   // true: the day of the one that waited has come

    const std::optional<exporting::PackLabel>& current() const { return current_; }
    const std::optional<exporting::PackLabel>& previous() const { return previous_; }
    const std::optional<exporting::PackLabel>& next() const { return next_; }

  private:
    explicit PackShelf(std::filesystem::path folder) : folder_(std::move(folder)) {}
    core::Result<void> unpack(const exporting::Pack& pack) const;
    core::Result<void> write_state() const;
    void clear_away() const;

    std::filesystem::path folder_;
    std::optional<exporting::PackLabel> current_, previous_, next_;
    std::map<std::string, std::int64_t> highest_;      // version ever taken, by name
};

// All minisign public keys in DATA/keys/*.pub: whose packs, receipts and unlock files this kiosk takes.
core::Result<std::unique_ptr<core::Verifier>> trusted_verifier(const std::filesystem::path& data);

}  // namespace kiosk
