// Composition: the one place that names concrete classes. Builds everything in order, owns it, and lets it go in
// reverse. `serve` opens the data directory and keeps answers; `show` touches no data: for pictures and
// listings; `show_welcome` has the language page before home, whatever the configuration says.
//
// Main thread only. create() fails with what to do: a data directory that cannot be written or is in use, a
// configuration that is wrong.
#pragma once

#include "config.hpp"
#include "form_facts.hpp"
#include "form_library.hpp"
#include "gettext_catalogue.hpp"
#include "machine.hpp"
#include "picture_shelf.hpp"
#include "places.hpp"

#include <kiosk/plugin_host/plugin_registry.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kiosk {

struct LaunchOptions {
    std::filesystem::path data, config;
    std::optional<core::ScreenSize> screen;
    std::optional<std::string> language;
    std::optional<app::TextSize> size;
    std::optional<app::Theme> theme;
    bool is_windowed = false;
    bool has_reduced_motion = false;
    bool is_safe_mode = false;        // no plugins: only staff pages
    bool trusts_any_plugin = false;   // for `plugins check`, which looks at one that nobody has signed yet
    std::string renderer = "auto";
    std::filesystem::path stick;      // a folder that stands for the USB stick; empty: what is mounted
};

enum class Purpose { serve = 1, show, show_welcome };

// What the options and the configuration say together. The data directory's own config.toml counts for `serve` only.
core::Result<Config> load_config(const LaunchOptions& options, Purpose purpose);

// What becomes known only later: who wakes the main loop, who reads aloud.
struct Outside {
    std::function<void()> wake;
    std::function<void(bool is_wanted)> speak;
    std::function<void()> forget;
    bool has_speech = false;
};

class Composition {
  public:
    static core::Result<std::unique_ptr<Composition>> create(const LaunchOptions& options, Purpose purpose,
                                                             core::Clock& clock, core::Random& random, Outside outside);

    Machine& machine() { return *machine_; }
    const Config& config() const { return config_; }
    const Places& places() const { return places_; }
    const plugin_host::PluginRegistry& plugins() const { return *registry_; }
    const FormLibrary& forms() const { return *forms_; }
    const PictureShelf& pictures() const { return *pictures_; }
    const core::Catalogue& catalogue() const { return *catalogue_; }
    core::ScreenSize screen() const { return screen_; }

  private:
    Composition() = default;
    std::vector<std::string> open_forms(const std::vector<std::string>& manifest_forms, const core::Clock& clock) const;

    Config config_;
    Places places_;
    core::ScreenSize screen_;
    std::unique_ptr<StaffDesk> desk_;       // before the keeper, whose thread works for it to the last
    std::unique_ptr<AnswerKeeper> keeper_;
    std::unique_ptr<DocumentPrinter> printer_;
    std::unique_ptr<plugin_host::Blame> blame_;
    std::unique_ptr<core::Verifier> verifier_;
    std::optional<plugin_host::Trust> trust_;
    std::unique_ptr<plugin_host::PluginRegistry> registry_;
    app::Keyboards keyboards_;
    std::unique_ptr<FormLibrary> forms_;
    std::unique_ptr<PictureShelf> pictures_;
    std::unique_ptr<GettextCatalogue> catalogue_;
    std::unique_ptr<FormWords> words_;
    std::unique_ptr<Machine> machine_;   // last: it uses all of the above
};

}  // namespace kiosk
