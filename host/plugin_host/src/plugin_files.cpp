#include "plugin_files.hpp"

#include "catalogue_check.hpp"

#include <kiosk/plugin_host/manifest.hpp>

#include <fstream>
#include <iterator>
#include <optional>

namespace kiosk::plugin_host {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxLibraryBytes = 64u << 20;
constexpr std::uintmax_t kMaxTextBytes = 1u << 20;
constexpr std::uintmax_t kMaxSignatureBytes = 4096;

// The file's content; nothing if it is missing, no regular file, or longer than `limit`.
std::optional<core::Bytes> read_file(const fs::path& path, std::uintmax_t limit) {
    std::error_code error;
    if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > limit || error) return std::nullopt;
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return std::nullopt;
    core::Bytes bytes(static_cast<std::size_t>(fs::file_size(path, error)));
    stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (stream.gcount() != static_cast<std::streamsize>(bytes.size())) return std::nullopt;
    return bytes;
}

std::string_view as_text(const core::Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class Reader {
  public:
    Reader(const fs::path& library, const Trust& trust, PluginFiles& files)
        : library_(library), folder_(library.parent_path()), trust_(trust), files_(files) {}

    void read_manifest_file() {
        const auto bytes = read_file(folder_ / "manifest.json", kMaxTextBytes);
        if (!bytes) {
            refuse("plugin.manifest_missing",
                   {"Thiếu tệp manifest.json bên cạnh thư viện trong " + folder_.string() + ". Hãy sao chép lại cả thư mục.",
                    "There is no manifest.json beside the library in " + folder_.string() + ". Copy the whole folder again."});
            return;
        }
        ManifestReading reading = read_manifest(as_text(*bytes));
        const std::string id = reading.activity.id;
        if (id.empty()) reading.activity.id = files_.activity.id;
        reading.activity.file = files_.activity.file;
        files_.activity = std::move(reading.activity);
        std::move(reading.problems.begin(), reading.problems.end(), std::back_inserter(files_.problems));
        check_signature(folder_ / "manifest.json", "manifest.json", *bytes);
        if (!id.empty() && id != library_.stem().string())
            refuse("plugin.manifest_disagrees",
                   {"manifest.json ghi id “" + id + "” nhưng thư viện tên là " + library_.filename().string() + ".",
                    "manifest.json says id \"" + id + "\" but the library is called " + library_.filename().string() + "."});
    }

    void read_library() {
        auto bytes = read_file(library_, kMaxLibraryBytes);
        if (!bytes) {
            refuse("plugin.file_missing",
                   {"Không đọc được thư viện " + library_.string() + ". Hãy cài lại tiện ích.",
                    "The library " + library_.string() + " cannot be read. Install the plugin again."});
            return;
        }
        files_.may_load = check_signature(library_, library_.filename().string(), *bytes) && !distrusted_;
        files_.library = std::move(*bytes);
    }

    void read_catalogues() {
        if (!fs::exists(folder_ / "locale")) return;  // a plugin without messages of its own
        for (const std::string& language : files_.activity.languages) {
            const std::string name = "locale/" + language + "/LC_MESSAGES/" + files_.activity.id + ".mo";
            const auto bytes = read_file(folder_ / name, kMaxTextBytes);
            if (bytes) check_signature(folder_ / name, name, *bytes);
            const auto messages = bytes ? read_catalogue(*bytes) : std::nullopt;
            if (!messages) {
                refuse_language(language, "thiếu tệp " + name, "the file " + name + " is missing or damaged");
                continue;
            }
            for (const auto& [id, words] : *messages) files_.messages.insert(id);
            files_.catalogues.emplace(language, *messages);
        }
        for (const auto& [language, messages] : files_.catalogues)
            for (const std::string& id : files_.messages)
                if (const auto found = messages.find(id); found == messages.end() || found->second.empty()) {
                    refuse_language(language, "thiếu câu “" + id + "”", "the message \"" + id + "\" is missing");
                    break;
                }
    }

  private:
    void refuse(std::string code, core::Words words) { files_.problems.push_back({std::move(code), std::move(words)}); }

    void refuse_language(const std::string& language, const std::string& vi, const std::string& en) {
        refuse("plugin.language_missing",
               {"Bản dịch “" + language + "” của tiện ích chưa đủ: " + vi + ". Hãy bổ sung tệp .po rồi dựng lại.",
                "The plugin's \"" + language + "\" translation is not complete: " + en
                    + ". Complete the .po file and build again."});
    }

    bool check_signature(const fs::path& path, const std::string& name, const core::Bytes& bytes) {
        if (!trust_.needs_signatures()) return true;
        const auto signature = read_file(path.string() + ".minisig", kMaxSignatureBytes);
        const auto& [id, version] = std::pair(files_.activity.id, files_.activity.version);
        const auto checked = trust_.check(name, bytes, signature ? as_text(*signature) : std::string_view{},
                                          id + " " + version + " " + name);
        if (checked) return true;
        distrusted_ = true;
        files_.may_load = false;
        files_.problems.push_back(checked.error());
        return false;
    }

    fs::path library_;
    fs::path folder_;
    const Trust& trust_;
    PluginFiles& files_;
    bool distrusted_ = false;
};

}  // namespace

PluginFiles read_plugin_files(const fs::path& library, const Trust& trust) {
    PluginFiles files;
    files.activity.id = library.stem().string();
    files.activity.file = fs::absolute(library).string();
    Reader reader(library, trust, files);
    reader.read_manifest_file();
    reader.read_library();
    reader.read_catalogues();
    return files;
}

}  // namespace kiosk::plugin_host
