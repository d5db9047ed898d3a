// Form pack (.kpk): what the office sends to its kiosks: forms with their media, translations, places and notices, under a
// name and a version that only grows. A ZIP whose manifest.json lists every file with its size and SHA-256; beside it
// NAME.kpk.minisig by the office's signing key. `minisign` and `unzip` check and open one without this software.
//
// Writing is reproducible: the same folder gives the same bytes. Reading verifies the signature before it unzips, keeps to
// the limits below, and hands over only what the manifest lists. Nothing is written to disk here. Codes: pack.*.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/response.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/core/sealer.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::exporting {

inline constexpr std::uint64_t kMaximumPackBytes = 64 << 20;
inline constexpr std::uint64_t kMaximumPackFileBytes = 32 << 20;
inline constexpr std::uint64_t kMaximumPackFiles = 4096;

// What pack.json in the office's folder says, and what the manifest repeats.
struct PackLabel {
    std::string name;                // letters, digits, '-' and '_': "quang-nam"
    std::int64_t version = 0;        // 1, 2, 3, …
    core::Words title;
    std::string effective_from;      // "2026-01-01"; empty: at once
    std::string effective_to;        // the last day; empty: until another comes

    std::string file_stem() const { return name + "-" + std::to_string(version); }
    bool operator==(const PackLabel&) const = default;
};

core::Result<PackLabel> read_pack_label(std::string_view json);

struct PackFile {
    std::string path;                // "forms/portal_poll.xlsx"; below one of the folders of is_pack_path()
    core::Bytes content;
};

struct Pack {
    PackLabel label;
    std::vector<PackFile> files;
};

// Below forms/, media/, locale/, places/, notices/ or data/; no "..", no hidden file, nothing that means another place.
bool is_pack_path(std::string_view path);

struct WrittenPack {
    core::Bytes pack;
    std::string minisig;
};
core::Result<WrittenPack> write_pack(Pack pack, const core::Signer& signer);
core::Result<Pack> read_pack(core::ByteView pack, std::string_view minisig, const core::Verifier& verifier);

}  // namespace kiosk::exporting
