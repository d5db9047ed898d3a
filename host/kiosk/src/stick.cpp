#include "stick.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <system_error>

namespace kiosk {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kFilesAtMost = 50;

bool is_mounted(const fs::path& folder) {
    struct stat here{}, above{};
    return stat(folder.c_str(), &here) == 0 && S_ISDIR(here.st_mode) && stat(folder.parent_path().c_str(), &above) == 0 &&
           here.st_dev != above.st_dev;
}

}  // namespace

std::optional<fs::path> find_stick(const fs::path& named) {
    std::error_code error;
    if (!named.empty()) return fs::is_directory(named, error) ? std::optional(named) : std::nullopt;
    for (const auto& entry : fs::directory_iterator(fs::path(kSticks), error))
        if (is_mounted(entry.path())) return entry.path();
    return std::nullopt;
}

core::Error no_stick() {
    return {"stick.none", {"Chưa thấy USB. Cắm USB, chờ vài giây rồi thử lại. Nếu vẫn không thấy, thử USB khác (FAT32 hoặc exFAT).",
                           "There is no stick. Put it in, wait a few seconds and try again. If it still is not seen, try another (FAT32 or exFAT)."}};
}

std::vector<StickEntry> files_on(const fs::path& stick, std::string_view kiosk_id) {
    std::vector<StickEntry> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(stick, error)) {
        const fs::path& file = entry.path();
        const std::string name = file.filename().string();
        if (name.starts_with('.') || !entry.is_regular_file(error)) continue;
        if (file.extension() == ".kpk") found.push_back({file, StickKind::pack});
        if (name == std::string(kiosk_id) + ".receipt") found.push_back({file, StickKind::receipt});
        if (found.size() == kFilesAtMost) break;
    }
    std::sort(found.begin(), found.end(), [](const StickEntry& a, const StickEntry& b) { return a.file < b.file; });
    return found;
}

bool request(std::string_view word) {
    std::error_code error;
    const fs::path folder(kRequests);
    if (!fs::is_directory(folder, error)) return false;
    const std::ofstream file(folder / fs::path(word));
    return file.good();
}

}  // namespace kiosk
