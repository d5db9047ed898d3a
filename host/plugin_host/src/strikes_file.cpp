#include "strikes_file.hpp"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace kiosk::plugin_host {
namespace {

core::Error cannot_write(const std::filesystem::path& file) {
    const std::string reason = std::strerror(errno);
    return {"plugin.state_not_written",
            {"Không ghi được " + file.string() + ": " + reason + ". Hãy kiểm tra ổ đĩa và quyền ghi.",
             "Cannot write " + file.string() + ": " + reason + ". Check the disk and its permissions."}};
}

bool sync_path(const std::filesystem::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool is_synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return is_synced;
}

}  // namespace

Strikes read_strikes(const std::filesystem::path& file) {
    std::ifstream stream(file);
    const nlohmann::json document = nlohmann::json::parse(stream, nullptr, false);
    Strikes strikes;
    if (!document.is_object()) return strikes;
    for (const auto& [plugin, count] : document.items())
        if (count.is_number_unsigned() && count.get<std::uint64_t>() < 1'000'000) strikes[plugin] = count.get<int>();
    return strikes;
}

core::Result<void> write_strikes(const std::filesystem::path& file, const Strikes& strikes) {
    const std::filesystem::path fresh = file.string() + ".new";
    {
        std::ofstream stream(fresh, std::ios::trunc);
        stream << nlohmann::json(strikes).dump() << '\n';
        stream.flush();
        if (!stream) return cannot_write(fresh);
    }
    if (!sync_path(fresh, O_RDONLY) || std::rename(fresh.c_str(), file.c_str()) != 0 ||
        !sync_path(file.parent_path(), O_RDONLY | O_DIRECTORY))
        return cannot_write(file);
    return {};
}

}  // namespace kiosk::plugin_host
