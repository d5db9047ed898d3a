#include "entry_check.hpp"

#include "abi_copy.hpp"

#include <kiosk/plugin_host/manifest.hpp>

#include <cstddef>
#include <string>

namespace kiosk::plugin_host {
namespace {

std::string host_abi() { return std::to_string(KIOSK_ABI_MAJOR) + "." + std::to_string(KIOSK_ABI_MINOR); }

core::Error wrong_abi(const std::string& plugin) {
    return {"plugin.wrong_abi",
            {"Tiện ích được viết cho giao diện " + plugin + ", máy này dùng " + host_abi()
                 + ". Hãy dùng bản tiện ích dựng cho phiên bản này.",
             "The plugin was built for interface " + plugin + ", this kiosk has " + host_abi()
                 + ". Use a build of the plugin for this version."}};
}

core::Error newer_abi(const std::string& plugin) {
    return {"plugin.newer_abi",
            {"Tiện ích cần giao diện " + plugin + ", mới hơn " + host_abi()
                 + " của máy này. Hãy cập nhật phần mềm của máy.",
             "The plugin needs interface " + plugin + ", newer than this kiosk's " + host_abi() + ". Update the kiosk."}};
}

core::Error short_entry(std::uint32_t size) {
    const std::string sizes = std::to_string(size) + " < " + std::to_string(sizeof(kiosk_plugin_entry));
    return {"plugin.short_entry",
            {"Bảng “kiosk_plugin” của tiện ích ngắn hơn quy định (" + sizes + " byte). Hãy dựng lại với bộ SDK đúng.",
             "The plugin's \"kiosk_plugin\" table is too short (" + sizes + " bytes). Build it with a matching SDK."}};
}

core::Error disagrees(const std::string& field, const std::string& manifest, const std::string& binary) {
    return {"plugin.manifest_disagrees",
            {"manifest.json và thư viện không khớp ở mục “" + field + "”: “" + manifest + "” và “" + binary
                 + "”. Hãy cài lại cả thư mục của cùng một bản.",
             "manifest.json and the library disagree on \"" + field + "\": \"" + manifest + "\" and \"" + binary
                 + "\". Install the whole folder of one build again."}};
}

}  // namespace

std::vector<core::Error> check_entry(const kiosk_plugin_entry& entry, const core::ActivityInfo& manifest) {
    constexpr std::size_t kFrozenBytes = offsetof(kiosk_plugin_entry, storage_policy);
    if (entry.struct_size < kFrozenBytes) return {short_entry(entry.struct_size)};
    const std::string abi = std::to_string(entry.abi_major) + "." + std::to_string(entry.abi_minor);
    if (entry.abi_major != KIOSK_ABI_MAJOR) return {wrong_abi(abi)};
    if (entry.abi_minor > KIOSK_ABI_MINOR) return {newer_abi(abi)};
    if (entry.struct_size < sizeof(kiosk_plugin_entry)) return {short_entry(entry.struct_size)};

    std::vector<core::Error> problems;
    const auto compare = [&](const char* field, const std::string& said, const std::string& found) {
        if (said != found) problems.push_back(disagrees(field, said, found));
    };
    compare("id", manifest.id, checked_name(entry.id).value_or("?"));
    compare("version", manifest.version, checked_name(entry.version).value_or("?"));
    compare("abi", manifest.abi, abi);
    compare("storage", std::string(storage_name(manifest.storage)),
            std::string(storage_name(static_cast<StoragePolicy>(entry.storage_policy))));
    return problems;
}

}  // namespace kiosk::plugin_host
