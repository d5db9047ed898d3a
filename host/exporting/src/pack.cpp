#include <kiosk/exporting/pack.hpp>

#include "text_lines.hpp"
#include "zip_archive.hpp"

#include <kiosk/core/sha256.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace kiosk::exporting {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormat = 1;
constexpr std::string_view kManifest = "manifest.json";
constexpr std::array<std::string_view, 6> kFolders{"forms/", "media/", "locale/", "places/", "notices/", "data/"};

core::Error bad_label(const std::string& where, const std::string& vi, const std::string& en) {
    return {"pack.bad_label", {"pack.json, mục “" + where + "”: " + vi + ".", "pack.json, \"" + where + "\": " + en + "."}};
}

core::Error damaged(const std::string& where) {
    return {"pack.damaged", {"Gói biểu mẫu hỏng ở “" + where + "”. Hãy chép lại tệp từ máy văn phòng.",
                             "The form pack is damaged at \"" + where + "\". Copy it from the office's computer again."}};
}

bool is_iso_date(std::string_view text) {
    if (text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
    const int month = (text[5] - '0') * 10 + (text[6] - '0'), day = (text[8] - '0') * 10 + (text[9] - '0');
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

core::Result<PackLabel> label_from(const Json& json) {
    PackLabel label;
    if (!json.is_object()) return bad_label("{", "phải là một đối tượng JSON", "must be a JSON object");
    const auto text = [&](const char* name) { const auto found = json.find(name); return found != json.end() && found->is_string() ? found->get<std::string>() : std::string(); };
    label.name = text("name");
    if (!is_plain_id(label.name)) return bad_label("name", "chỉ gồm chữ không dấu, số, - và _", "may hold letters, digits, - and _ only");
    const auto version = json.find("version");
    if (version == json.end() || !version->is_number_integer() || version->get<std::int64_t>() < 1 || version->get<std::int64_t>() > 1'000'000'000)
        return bad_label("version", "phải là số nguyên từ 1, mỗi lần phát hành một lớn hơn", "must be a whole number from 1, larger with every release");
    label.version = version->get<std::int64_t>();
    const auto title = json.find("title");
    if (title != json.end() && title->is_object()) label.title = {title->value("vi", ""), title->value("en", "")};
    if (label.title.vi.empty()) return bad_label("title.vi", "cần tên gói bằng tiếng Việt", "needs the pack's title in Vietnamese");
    if (label.title.en.empty()) label.title.en = label.title.vi;
    label.effective_from = text("effective_from");
    label.effective_to = text("effective_to");
    if (!label.effective_from.empty() && !is_iso_date(label.effective_from)) return bad_label("effective_from", "viết ngày như 2026-01-31", "write the date as 2026-01-31");
    if (!label.effective_to.empty() && !is_iso_date(label.effective_to)) return bad_label("effective_to", "viết ngày như 2026-12-31", "write the date as 2026-12-31");
    if (!label.effective_to.empty() && label.effective_to < label.effective_from) return bad_label("effective_to", "sớm hơn effective_from", "is before effective_from");
    static const std::set<std::string> known{"format", "name", "version", "title", "effective_from", "effective_to", "files"};
    for (const auto& [key, value] : json.items())
        if (!known.contains(key)) return bad_label(key, "không có mục này; xem lại chính tả", "there is no such key; check its spelling");
    return label;
}

Json manifest_of(const Pack& pack) {
    const PackLabel& label = pack.label;
    Json json{{"format", kFormat}, {"name", label.name}, {"version", label.version}, {"title", {{"vi", label.title.vi}, {"en", label.title.en}}},
              {"effective_from", label.effective_from}, {"effective_to", label.effective_to}, {"files", Json::array()}};
    for (const PackFile& file : pack.files)
        json["files"].push_back({{"path", file.path}, {"bytes", file.content.size()}, {"sha256", core::to_hex(core::sha256_of(file.content))}});
    return json;
}

// Signed beside the hash, so that a pack renamed or put in another's place is seen.
std::string trusted_comment(const PackLabel& label, core::ByteView pack) {
    return "pack name=" + label.name + " version=" + std::to_string(label.version) + " sha256=" + core::to_hex(core::sha256_of(pack));
}

struct Listed {
    std::uint64_t bytes = 0;
    std::string sha256;
};

core::Result<std::map<std::string, Listed>> listed_files(const Json& manifest) {
    std::map<std::string, Listed> listed;
    const auto files = manifest.find("files");
    if (files == manifest.end() || !files->is_array() || files->size() > kMaximumPackFiles) return damaged(std::string(kManifest));
    std::uint64_t total = 0;
    for (const Json& file : *files) {
        if (!file.is_object() || !file.contains("bytes") || !file["bytes"].is_number_unsigned()) return damaged(std::string(kManifest));
        const std::string path = file.value("path", "");
        const auto bytes = file["bytes"].get<std::uint64_t>();
        if (!is_pack_path(path) || bytes > kMaximumPackFileBytes) return damaged(path);
        total += bytes;
        if (total > kMaximumPackBytes || !listed.emplace(path, Listed{bytes, file.value("sha256", "")}).second) return damaged(path);
    }
    return listed;
}

core::Result<Pack> unpack(const ZipReader& zip) {
    std::map<std::string, std::uint64_t> entries;
    for (std::uint64_t index = 0; index < zip.size(); ++index)
        if (!entries.emplace(zip.name(index), index).second) return damaged(zip.name(index));
    const auto manifest_entry = entries.find(std::string(kManifest));
    if (manifest_entry == entries.end()) return damaged(std::string(kManifest));
    auto manifest_bytes = zip.read(manifest_entry->second, 4 << 20);
    if (!manifest_bytes) return manifest_bytes.error();
    const auto* first = reinterpret_cast<const char*>(manifest_bytes->data());
    const auto too_deep = [](int depth, Json::parse_event_t, Json&) { return depth < 8; };   // values die recursively
    const Json manifest = Json::parse(first, first + manifest_bytes->size(), too_deep, false);
    if (!manifest.is_object() || manifest.value("format", 0) != kFormat) return damaged(std::string(kManifest));
    Pack pack;
    auto label = label_from(manifest);
    if (!label) return label.error();
    pack.label = std::move(*label);
    const auto listed = listed_files(manifest);
    if (!listed) return listed.error();
    if (entries.size() != listed->size() + 1) return damaged(std::string(kManifest));   // what nobody vouches for is not there
    for (const auto& [path, file] : *listed) {
        const auto entry = entries.find(path);
        if (entry == entries.end()) return damaged(path);
        auto content = zip.read(entry->second, file.bytes);
        if (!content) return content.error();
        if (content->size() != file.bytes || core::to_hex(core::sha256_of(*content)) != file.sha256) return damaged(path);
        pack.files.push_back({path, std::move(*content)});
    }
    return pack;
}

}  // namespace

bool is_pack_path(std::string_view path) {
    if (path.empty() || path.size() > 255 || path.back() == '/') return false;
    if (std::none_of(kFolders.begin(), kFolders.end(), [&](std::string_view folder) { return path.starts_with(folder); })) return false;
    for (const char byte : path)
        if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f || byte == '\\' || byte == ':') return false;
    for (std::size_t begin = 0; begin <= path.size();) {   // no part empty or beginning with a dot, ".." least of all
        const std::size_t end = std::min(path.find('/', begin), path.size());
        if (end == begin || path[begin] == '.') return false;
        begin = end + 1;
    }
    return true;
}

core::Result<PackLabel> read_pack_label(std::string_view text) {
    const Json json = Json::parse(text.begin(), text.end(), nullptr, false);
    if (json.is_discarded()) return bad_label("JSON", "không đọc được; xem lại dấu phẩy và ngoặc kép", "cannot be read; look for a comma or a quote that is missing");
    return label_from(json);
}

core::Result<WrittenPack> write_pack(Pack pack, const core::Signer& signer) {
    std::sort(pack.files.begin(), pack.files.end(), [](const PackFile& a, const PackFile& b) { return a.path < b.path; });
    ZipWriter zip;
    zip.add(std::string(kManifest), manifest_of(pack).dump(2) + "\n");
    std::uint64_t total = 0;
    for (PackFile& file : pack.files) {
        total += file.content.size();
        if (!is_pack_path(file.path) || file.content.size() > kMaximumPackFileBytes || total > kMaximumPackBytes)
            return core::Error{"pack.not_for_packs", {"Tệp “" + file.path + "” không đưa vào gói được: sai tên, hoặc quá 32 MB, hoặc gói quá 64 MB.",
                                                      "The file \"" + file.path + "\" cannot go into a pack: its name, more than 32 MB, or more than 64 MB in all."}};
        zip.add(std::move(file.path), std::move(file.content), ZipPacking::deflated);
    }
    auto bytes = zip.finish();
    if (!bytes) return bytes.error();
    auto minisig = signer.sign(*bytes, trusted_comment(pack.label, *bytes));
    if (!minisig) return minisig.error();
    return WrittenPack{std::move(*bytes), std::move(*minisig)};
}

core::Result<Pack> read_pack(core::ByteView bytes, std::string_view minisig, const core::Verifier& verifier) {
    if (bytes.size() > kMaximumPackBytes) return damaged("64 MB");
    auto comment = verifier.verify(bytes, minisig);
    if (!comment) return comment.error();
    auto zip = ZipReader::open(bytes, kMaximumPackFiles + 1);
    if (!zip) return zip.error();
    auto pack = unpack(*zip);
    if (!pack) return pack;
    // The office signs other things with the same key: the comment says that this one is meant as this pack.
    if (*comment != trusted_comment(pack->label, bytes)) return damaged("minisig");
    return pack;
}

}  // namespace kiosk::exporting
