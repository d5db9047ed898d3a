// Bundle (.kbx): what travels from a kiosk to the office. age( ZIP{ manifest.json, definitions/<id>/<version>.xml,
// answers/NNNNNN.age, poll/NNNNNN.age, counters.csv, README.txt } ), beside it a minisign signature whose trusted comment
// binds kiosk, sequence, count and hash. Every time in it is constant and the rows stand in no order, so a bundle tells
// nothing but what was answered. `minisign`, `age` and `unzip` open one without this software.
//
// Writing holds the whole bundle in memory (the ledger bounds what one bundle takes). Reading verifies before it
// decrypts, decrypts before it unzips, and keeps to the limits below. One thread. Failures: codes bundle.*, stick.*.
#pragma once

#include <kiosk/core/bundle_ledger.hpp>
#include <kiosk/core/sealer.hpp>
#include <kiosk/exporting/folder.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::exporting {

inline constexpr std::uint64_t kMaximumBundleBytes = std::uint64_t{2} << 30;
inline constexpr std::uint64_t kMaximumBundleEntries = 4'000'000;
inline constexpr std::uint64_t kMaximumManifestBytes = 64 << 20;
inline constexpr std::uint64_t kMaximumDefinitionBytes = 16 << 20;
inline constexpr std::uint64_t kMaximumSealedRowBytes = 1 << 20;
inline constexpr std::uint64_t kMaximumSignatureBytes = 4096;

// What a bundle's signature vouches for.
struct BundleSeal {
    std::string kiosk_id;
    std::uint64_t sequence = 0;
    std::uint64_t count = 0;                  // of sealed rows, the poll's included
    core::Sha256 sha256{};                    // of the .kbx file

    std::string trusted_comment() const;
    static core::Result<BundleSeal> parse(std::string_view trusted_comment);
    bool operator==(const BundleSeal&) const = default;
};

std::string bundle_name(std::string_view kiosk_id, std::uint64_t sequence);  // "K07-000012.kbx"

// For `feedback-kiosk export`: takes what is due out of the ledger, writes NAME.kbx.minisig and NAME.kbx into the
// folder, reads both back, and only then reports the bundle delivered. On failure nothing counts as exported.
struct ExportedBundle {
    std::string file;
    BundleSeal seal;
};
core::Result<ExportedBundle> export_bundle(core::BundleLedger& ledger, const core::Sealer& sealer,
                                           const core::Signer& signer, Folder& folder);

// What a .minisig file says of itself, not yet verified: only good for choosing whose key to verify it with.
core::Result<BundleSeal> claimed_seal(std::string_view minisig);

// The seal, once the signature holds for these bytes. Nothing of the bundle is parsed; that the seal's hash is theirs is
// seen when it is opened.
core::Result<BundleSeal> verify_bundle(core::ByteView bundle, std::string_view minisig, const core::Verifier& verifier);

struct BundledDefinition {
    core::FormVersion form;
    std::string xml;
};

// A bundle that was opened and whose manifest agrees with its seal and its contents. Movable.
class OpenedBundle {
  public:
    static core::Result<OpenedBundle> open(core::ByteView bundle, const BundleSeal& seal, const core::Opener& opener);
    OpenedBundle(OpenedBundle&&) noexcept;
    OpenedBundle& operator=(OpenedBundle&&) noexcept;
    ~OpenedBundle();

    const core::BundleHeader& header() const;
    const std::vector<BundledDefinition>& definitions() const;
    // Each sealed row, opened, on the caller's thread and in order. Opening is done by several threads, so the opener must
    // allow that. A row that does not open stops with bundle.row_damaged.
    core::Result<void> for_each_row(const std::function<core::Result<void>(core::ByteView plaintext)>& take) const;

  private:
    class Implementation;
    explicit OpenedBundle(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace kiosk::exporting
