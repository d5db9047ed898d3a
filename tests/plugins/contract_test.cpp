#include <kiosk/plugin_host/check_plugin.hpp>

#include <catch2/catch_test_macros.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

using namespace kiosk;
namespace fs = std::filesystem;

namespace {

// The project's own, or those of a folder given by tests/plugins/installed_sdk.
std::vector<fs::path> built_plugins() {
    const char* other = std::getenv("KIOSK_CONTRACT_PLUGINS");
    std::vector<fs::path> libraries;
    for (const auto& folder : fs::directory_iterator(other == nullptr ? PLUGIN_FOLDER : other))
        libraries.push_back(folder.path() / (folder.path().filename().string() + ".so"));
    return libraries;
}

std::string output_of(const std::string& command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    REQUIRE(pipe);
    std::string output;
    std::array<char, 4096> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
        output.append(buffer.data(), count);
    return output;
}

}  // namespace

TEST_CASE("every built plugin keeps the contract") {
    const auto plugins = built_plugins();
    REQUIRE_FALSE(plugins.empty());
    for (const fs::path& library : plugins) {
        CAPTURE(library);
        // In a process of its own, so that a crash or a hang fails this test and leaves the others their turn.
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            ::alarm(30);
            const auto check = plugin_host::check_plugin(library, plugin_host::Trust::development());
            for (const core::Error& problem : check.problems)
                std::fprintf(stderr, "%s: %s: %s\n", library.c_str(), problem.code.c_str(), problem.message.en.c_str());
            ::_exit(check.problems.empty() ? 0 : 1);
        }
        int status = -1;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(status == 0);
    }
}

TEST_CASE("every built plugin exports its entry and nothing else") {
    for (const fs::path& library : built_plugins()) {
        CAPTURE(library);
        const std::string symbols = output_of("nm -D --defined-only '" + library.string() + "'");
        CHECK(symbols.ends_with(" D kiosk_plugin\n"));
        CHECK(std::count(symbols.begin(), symbols.end(), '\n') == 1);
    }
}
