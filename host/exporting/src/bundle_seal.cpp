#include "text_lines.hpp"

#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/bundle.hpp>

#include <algorithm>
#include <optional>

namespace kiosk::exporting {
namespace {

constexpr std::string_view kTrustedCommentLine = "trusted comment: ";

core::Error bad_signature() {
    return {"bundle.bad_signature",
            {"Chữ ký của gói dữ liệu không đúng dạng. Hãy chép lại cả hai tệp .kbx và .kbx.minisig từ kiosk.",
             "The bundle's signature is not well formed. Copy both files, .kbx and .kbx.minisig, from the kiosk again."}};
}

// Takes "NAME=value" off the front of `rest`.
std::optional<std::string_view> field(std::string_view& rest, std::string_view name) {
    if (!rest.starts_with(name) || rest.size() <= name.size() || rest[name.size()] != '=') return std::nullopt;
    rest.remove_prefix(name.size() + 1);
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view value = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return value;
}

}  // namespace

std::string BundleSeal::trusted_comment() const {
    return "kiosk=" + kiosk_id + " sequence=" + std::to_string(sequence) + " count=" + std::to_string(count) +
           " sha256=" + core::to_hex(sha256);
}

core::Result<BundleSeal> BundleSeal::parse(std::string_view comment) {
    std::string_view rest = comment;
    const auto kiosk = field(rest, "kiosk"), sequence = field(rest, "sequence"), count = field(rest, "count"),
               hash = field(rest, "sha256");
    if (!kiosk || !sequence || !count || !hash || !rest.empty()) return bad_signature();
    const auto sequence_value = whole_number(*sequence), count_value = whole_number(*count);
    const auto hash_value = core::sha256_from_hex(*hash);
    if (kiosk->empty() || kiosk->size() > 64 || !sequence_value || !count_value || !hash_value) return bad_signature();
    return BundleSeal{std::string(*kiosk), *sequence_value, *count_value, *hash_value};
}

core::Result<BundleSeal> claimed_seal(std::string_view minisig) {
    if (minisig.size() > kMaximumSignatureBytes) return bad_signature();
    for (std::size_t start = 0; start < minisig.size();) {
        const std::size_t end = std::min(minisig.find('\n', start), minisig.size());
        std::string_view line = minisig.substr(start, end - start);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.starts_with(kTrustedCommentLine)) return BundleSeal::parse(line.substr(kTrustedCommentLine.size()));
        start = end + 1;
    }
    return bad_signature();
}

core::Result<BundleSeal> verify_bundle(core::ByteView bundle, std::string_view minisig, const core::Verifier& verifier) {
    auto comment = verifier.verify(bundle, minisig);
    if (!comment) return comment.error();
    return BundleSeal::parse(*comment);
}

}  // namespace kiosk::exporting
