#include "paths.hpp"

#include <cstdlib>
#include <system_error>

namespace kiosk::office {
namespace {

bool holds_bundles(const std::filesystem::path& folder) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".kbx") return true;
    return false;
}

// "%20" of a file:// address.
std::string decoded(std::string_view address) {
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    std::string text;
    for (std::size_t i = 0; i < address.size(); ++i) {
        const bool is_code = address[i] == '%' && i + 2 < address.size() && digit(address[i + 1]) >= 0 && digit(address[i + 2]) >= 0;
        text += is_code ? static_cast<char>(digit(address[i + 1]) * 16 + digit(address[i + 2])) : address[i];
        if (is_code) i += 2;
    }
    return text;
}

}  // namespace

std::filesystem::path home_folder() {
    const char* folder = std::getenv("HOME");
    return folder == nullptr || *folder == '\0' ? "." : folder;
}

std::string typed_path(std::string_view typed) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!typed.empty() && is_blank(typed.front())) typed.remove_prefix(1);
    while (!typed.empty() && is_blank(typed.back())) typed.remove_suffix(1);
    for (const char quote : {'\'', '"'})
        if (typed.size() >= 2 && typed.front() == quote && typed.back() == quote) typed = typed.substr(1, typed.size() - 2);
    if (typed.starts_with("file://")) return decoded(typed.substr(7));
    if (typed == "~") return home_folder().string();
    if (typed.starts_with("~/")) return (home_folder() / typed.substr(2)).string();
    return std::string(typed);
}

std::filesystem::path stick_with_bundles() {
    const char* user = std::getenv("USER");
    const std::string name = user == nullptr ? "" : user;
    for (const std::filesystem::path& root : {std::filesystem::path("/media") / name, std::filesystem::path("/run/media") / name,
                                             std::filesystem::path("/media"), std::filesystem::path("/mnt")}) {
        if (holds_bundles(root)) return root;
        std::error_code error;
        for (const auto& stick : std::filesystem::directory_iterator(root, error))
            if (holds_bundles(stick.path())) return stick.path();
    }
    return {};
}

}  // namespace kiosk::office
