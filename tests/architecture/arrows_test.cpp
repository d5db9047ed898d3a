// Which room may know which (host/ARCHITECTURE.md), read from the #include lines themselves.
#include <kiosk/test_support/source_tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

using Rooms = std::set<std::string>;

const Rooms kBelowAdapters{"sdk", "core", "text", "forms", "app"};
const Rooms kAdapters{"sealing", "storage", "exporting", "office_store", "documents",
                      "plugin_host", "raster", "ui", "speech", "platform"};

Rooms with(Rooms rooms, const Rooms& more) {
    rooms.insert(more.begin(), more.end());
    return rooms;
}

// Room -> the rooms it may include.
std::map<std::string, Rooms> allowed_arrows() {
    std::map<std::string, Rooms> allowed{
        {"sdk", {}},
        {"core", {"sdk"}},
        {"text", {"core", "sdk"}},
        {"forms", {"text", "core", "sdk"}},
        {"app", {"forms", "text", "core", "sdk"}},
        {"kiosk", with(kBelowAdapters, kAdapters)},
        {"office", with(kBelowAdapters, kAdapters)},
    };
    for (const std::string& adapter : kAdapters) allowed[adapter] = kBelowAdapters;
    allowed["platform"].insert("raster");
    return allowed;
}

// Third-party header -> the rooms that may include it.
const std::map<std::string, Rooms> kThirdParty{
    {"imgui", {"ui", "platform", "raster"}}, {"GLFW", {"platform"}},        {"X11", {"platform"}},
    {"sqlite3", {"storage", "office_store"}}, {"boost/dll", {"plugin_host"}}, {"libxml", {"forms"}},
    {"sodium", {"sealing"}},                  {"libpq", {"office_store"}},   {"xlsxwriter", {"exporting", "forms"}},
    {"cairo", {"documents"}},                 {"pango", {"documents"}},      {"libspeechd", {"speech"}},
    {"nettle", {"core", "forms"}},
    {"qrencode", {"ui"}},  {"png", {"raster"}},  {"jpeglib", {"raster"}},  {"zip.h", {"forms", "exporting"}}, {"CLI", {"kiosk", "office"}},  {"pcre2", {"forms"}},
};

struct Include {
    std::string file;
    std::string room;
    std::string path;  // as written between < > or " "
};

std::vector<Include> includes_below(const std::filesystem::path& root) {
    static const std::regex line_pattern(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
    std::vector<Include> includes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        const std::string extension = entry.path().extension().string();
        if (extension != ".hpp" && extension != ".cpp" && extension != ".h" && extension != ".c") continue;
        const auto relative = std::filesystem::relative(entry.path(), root);
        std::ifstream file(entry.path());
        std::smatch match;
        for (std::string line; std::getline(file, line);)
            if (std::regex_search(line, match, line_pattern))
                includes.push_back({relative.string(), relative.begin()->string(), match[1].str()});
    }
    return includes;
}

std::string room_of(const std::string& path) {
    static const std::regex ours("^kiosk/([a-z_]+)/");
    std::smatch match;
    return std::regex_search(path, match, ours) ? match[1].str() : "";
}

}  // namespace

TEST_CASE("arrows between the rooms of the host point down only") {
    const auto allowed = allowed_arrows();
    for (const Include& include : includes_below(kiosk::test_support::in_source_tree("host"))) {
        const std::string target = room_of(include.path) == "abi" ? "sdk" : room_of(include.path);
        if (target.empty() || target == include.room || include.room == "cmake") continue;
        INFO(include.file << " includes <" << include.path << ">");
        REQUIRE(allowed.contains(include.room));
        CHECK(allowed.at(include.room).contains(target));
    }
}

TEST_CASE("each third-party library is included in its own room only") {
    for (const Include& include : includes_below(kiosk::test_support::in_source_tree("host"))) {
        for (const auto& [header, rooms] : kThirdParty) {
            if (!include.path.starts_with(header)) continue;
            INFO(include.file << " includes <" << include.path << ">");
            CHECK((rooms.contains(include.room) || include.room == "cmake"));
        }
    }
}

TEST_CASE("plugins know the SDK alone") {
    for (const Include& include : includes_below(kiosk::test_support::in_source_tree("plugins"))) {
        const std::string room = room_of(include.path);
        INFO(include.file << " includes <" << include.path << ">");
        CHECK((room.empty() || room == "sdk" || room == "abi"));
        for (const auto& [header, rooms] : kThirdParty) CHECK_FALSE(include.path.starts_with(header));
    }
}

TEST_CASE("the check sees a wrong arrow") {
    CHECK_FALSE(allowed_arrows().at("core").contains("app"));
    CHECK_FALSE(allowed_arrows().at("storage").contains("sealing"));
    CHECK(room_of("kiosk/storage/store.hpp") == "storage");
}
