#include "plugin_folder.hpp"

#include <kiosk/plugin_host/check_plugin.hpp>

#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <cstdlib>

using namespace kiosk;

namespace {

std::vector<std::string> problems_of(const std::filesystem::path& library) {
    std::vector<std::string> codes;
    for (const auto& problem : plugin_host::check_plugin(library, plugin_host::Trust::development()).problems)
        codes.push_back(problem.code);
    return codes;
}

std::filesystem::path broken(const std::string& id) {
    return std::filesystem::path(BROKEN_PLUGIN_FOLDER) / id / (id + ".so");
}

}  // namespace

TEST_CASE("a good plugin passes the check") {
    CHECK(problems_of(broken("none")).empty());
    CHECK(problems_of(broken("plain_c")).empty());
    CHECK(problems_of(std::filesystem::path(PLUGIN_FOLDER) / "opinion_poll/opinion_poll.so").empty());
}

TEST_CASE("a plugin stripped as packages are is as good") {
    PluginFolder folder;
    const auto library = folder.add("none") / "none.so";
    REQUIRE(std::system(("strip --strip-unneeded '" + library.string() + "'").c_str()) == 0);
    CHECK(problems_of(library).empty());
}

TEST_CASE("the check names what breaks the contract") {
    struct Breach {
        const char* id;
        const char* code;
    };
    const auto [id, code] = GENERATE(Breach{"describe_changes", "plugin.describe_changes"},
        Breach{"empty_screen", "plugin.empty_screen"}, Breach{"unknown_message", "plugin.unknown_message"},
        Breach{"throws_in_submit", "plugin.fault"}, Breach{"ill_formed_text", "plugin.nonsense"},
        Breach{"throws_in_create", "plugin.create_failed"}, Breach{"wrong_major", "plugin.wrong_abi"},
        Breach{"no_entry", "plugin.no_entry"});
    CAPTURE(id);
    CHECK(problems_of(broken(id)) == std::vector<std::string>{code});
}

TEST_CASE("the check tells all problems of a plugin at once") {
    PluginFolder folder;
    const auto plugin = folder.add("other_version");
    replace_in(plugin / "manifest.json", "\"minutes\": 1", "\"minutes\": 0");
    std::filesystem::create_directory(plugin / "locale");
    const auto codes = problems_of(plugin / "other_version.so");
    CHECK(codes == std::vector<std::string>{"plugin.manifest_invalid", "plugin.language_missing",
                                            "plugin.language_missing", "plugin.manifest_disagrees"});
}

TEST_CASE("the check of a file that is not there says so") {
    CHECK(problems_of("/nowhere/x.so") ==
          std::vector<std::string>{"plugin.manifest_missing", "plugin.file_missing"});
}
