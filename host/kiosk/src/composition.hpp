// Composition: the one place that names concrete classes. Builds everything in order, owns it, and lets it go in
// reverse. `serve` opens the data directory and keeps answers; `show` touches no data: for pictures and
// listings; `show_welcome` has the language page before home, whatever the configuration says.
//
// Main thread only. create() fails with what to do: a data directory that cannot be written or is in use, a
// configuration that is wrong. `run` takes create()'s steps one by one instead: its first page waits for begin() only,
// and read(), which touches no more than the disk, may go on beside it on another thread.
#pragma once

#include "config.hpp"
#include "form_facts.hpp"
#include "form_library.hpp"
#include "gettext_catalogue.hpp"
#include "machine.hpp"
#include "picture_shelf.hpp"
#include "places.hpp"

#include <kiosk/plugin_host/plugin_registry.hpp>

#include <chrono>
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
    bool traces_start = false;        // `run` tells when each stage of its start was reached
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();   // the program, by its user
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

    // create(), step by step. After a failure the whole is only good for being thrown away.
    static core::Result<std::unique_ptr<Composition>> begin(const LaunchOptions& options, Purpose purpose, core::Clock& clock,
                                                            core::Random& random, Outside outside);
    core::Result<void> read();           // store, forms, keyboards; any thread, nothing else being called meanwhile
    core::Result<void> load_plugins();
    void finish();                       // makes the machine
    void has_speech(bool has_it) { outside_.has_speech = has_it; }   // before finish()
    // The page of an untouched kiosk and the one that asks for patience, which need begin() only.
    app::ViewModel first_page() const;
    app::ViewModel page_while_opening() const;

    Machine& machine() { return *machine_; }
    const Config& config() const { return config_; }
    const Places& places() const { return places_; }
    const plugin_host::PluginRegistry& plugins() const { return *registry_; }
    const FormLibrary& forms() const { return *forms_; }
    const PictureShelf& pictures() const { return *pictures_; }
    const core::Catalogue& catalogue() const { return *catalogue_; }
    core::ScreenSize screen() const { return screen_; }

  private:
    Composition(const LaunchOptions& options, Purpose purpose, core::Clock& clock, core::Random& random, Outside outside);
    core::Result<void> trust_plugins();
    void keep_wave();
    app::Environment environment_before_activities() const;
    std::vector<std::string> open_forms(const std::vector<std::string>& manifest_forms) const;

    const LaunchOptions options_;
    const Purpose purpose_;
    core::Clock& clock_;
    core::Random& random_;
    Outside outside_;
    const std::vector<app::Activity> no_activities_;

    Config config_;
    Places places_;
    app::Policies policies_;
    std::optional<OfficeKeys> keys_;        // until the keeper has them
    core::ScreenSize screen_;
    std::unique_ptr<StaffDesk> desk_;       // before the keeper, whose thread works for it to the last
    std::unique_ptr<OrganisationDesk> organisations_;   // likewise
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
