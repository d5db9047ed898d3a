// A folder of plugins for one test: copies of built ones, which the test may spoil. Gone with the object.
#pragma once

#include <kiosk/plugin_host/plugin_registry.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

class PluginFolder {
  public:
    PluginFolder() {
        std::filesystem::create_directory(state());
        std::filesystem::create_directory(plugins());
    }

    std::filesystem::path state() const { return folder_.path() / "state"; }
    std::filesystem::path plugins() const { return folder_.path() / "plugins"; }

    // Adds a broken (or, by the name "opinion_poll", the real) plugin and returns its folder.
    std::filesystem::path add(const std::string& id, const std::string& folder = {}) {
        const std::filesystem::path from = std::filesystem::path(id == "opinion_poll" ? PLUGIN_FOLDER
                                                                                      : BROKEN_PLUGIN_FOLDER) / id;
        const std::filesystem::path to = plugins() / (folder.empty() ? id : folder);
        std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
        return to;
    }

    // Of a kiosk that has the one form, and has it open.
    kiosk::plugin_host::PluginSettings settings(const std::string& open_form = "portal_poll") const {
        kiosk::plugin_host::PluginSettings settings{{plugins()}, {}, {}, {}};
        settings.forms.open = [open_form](const std::vector<std::string>&) { return std::vector{open_form}; };
        return settings;
    }

  private:
    kiosk::test_support::TemporaryFolder folder_;
};

inline std::string read_text(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    REQUIRE(stream);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline void write_text(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::remove(file);  // file systems sync a file that is truncated and rewritten, but not a new one
    std::ofstream stream(file, std::ios::binary);
    stream << text;
    REQUIRE(stream.flush());
}

inline void replace_in(const std::filesystem::path& file, const std::string& from, const std::string& to) {
    std::string text = read_text(file);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    write_text(file, text.replace(at, from.size(), to));
}

// Loads a folder with a Blame of its own.
struct LoadedFolder {
    explicit LoadedFolder(const PluginFolder& folder,
                          kiosk::plugin_host::Trust trust = kiosk::plugin_host::Trust::development())
        : LoadedFolder(folder, folder.settings(), trust) {}
    LoadedFolder(const PluginFolder& folder, kiosk::plugin_host::PluginSettings settings,
                 kiosk::plugin_host::Trust trust = kiosk::plugin_host::Trust::development()) {
        auto opened = kiosk::plugin_host::Blame::open(folder.state());
        REQUIRE(opened);
        blame = std::move(*opened);
        registry = kiosk::plugin_host::PluginRegistry::create(std::move(settings), trust, *blame);
    }

    const kiosk::core::PluginStatus& status(const std::string& id) const {
        for (const auto& status : registry->plugins())
            if (status.activity.id == id) return status;
        FAIL("no plugin " << id);
        std::abort();
    }
    std::string reason(const std::string& id) const {
        const auto& found = status(id);
        return found.reason ? found.reason->code : "";
    }

    std::unique_ptr<kiosk::plugin_host::Blame> blame;
    std::unique_ptr<kiosk::plugin_host::PluginRegistry> registry;
};
