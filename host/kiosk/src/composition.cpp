#include "composition.hpp"

#include "keyboard_files.hpp"

#include <utility>

namespace kiosk {
namespace {

constexpr float kTallScreenMm = 220;   // below it a page has no room beside a keyboard with a row of figures

// All faults of a configuration as one Error.
core::Error refusal(const std::vector<core::Error>& faults) {
    core::Error all{faults.front().code, {"Cấu hình chưa dùng được.", "The configuration cannot be used."}};
    for (const core::Error& fault : faults) {
        all.message.vi += "\n  " + fault.message.vi;
        all.message.en += "\n  " + fault.message.en;
    }
    return all;
}

void apply(const LaunchOptions& options, Config& config) {
    app::Policies& policies = config.policies;
    if (options.size) policies.size = *options.size;
    if (options.theme) policies.theme = *options.theme;
    if (options.screen) config.screen = options.screen;
    if (options.language) {   // where visits start; the others stay within reach
        std::erase(policies.languages, *options.language);
        policies.languages.insert(policies.languages.begin(), *options.language);
    }
}

}  // namespace

core::Result<Config> load_config(const LaunchOptions& options, Purpose purpose) {
    Config config;
    const std::filesystem::path usual = find_places(options.data).data / "config.toml";
    if (!options.config.empty() || (purpose == Purpose::serve && std::filesystem::exists(usual))) {
        ConfigReading reading = read_config(options.config.empty() ? usual : options.config);
        if (!reading.faults.empty()) return refusal(reading.faults);
        config = std::move(reading.config);
    }
    apply(options, config);
    return config;
}

core::Result<std::unique_ptr<Composition>> Composition::create(const LaunchOptions& options, Purpose purpose,
                                                               core::Clock& clock, core::Random& random,
                                                               Outside outside) {
    std::unique_ptr<Composition> made(new Composition);
    made->places_ = find_places(options.data);
    auto config = load_config(options, purpose);
    if (!config) return config.error();
    made->config_ = std::move(*config);
    made->screen_ = made->config_.screen.value_or(core::ScreenSize{});
    app::Policies policies = made->config_.policies;
    policies.has_speech = outside.has_speech;
    if (purpose == Purpose::show_welcome) policies.asks_language = true;

    if (purpose == Purpose::serve) {
        auto keeper = open_answer_keeper(made->places_.data, made->config_.kiosk_id, clock, random, std::move(outside.wake));
        if (!keeper) return keeper.error();
        made->keeper_ = std::move(*keeper);
        auto blame = plugin_host::Blame::open(made->places_.data);
        if (!blame) return blame.error();
        made->blame_ = std::move(*blame);
    } else {
        made->keeper_ = make_forgetful_keeper();
        made->blame_ = plugin_host::Blame::look(made->places_.data);
    }

    made->trust_ = plugin_host::Trust::development();
    plugin_host::PluginSettings plugins;
    plugins.directories = {made->places_.plugins, made->places_.own_plugins()};
    plugins.order = made->config_.plugin_order;
    plugins.activities = made->config_.plugin_settings;
    made->registry_ = plugin_host::PluginRegistry::create(std::move(plugins), *made->trust_, *made->blame_);
    made->forms_ = std::make_unique<FormLibrary>(std::vector{made->places_.forms, made->places_.own_forms()});

    auto keyboards = read_keyboards(made->places_.keyboards, made->places_.words);
    if (!keyboards) return keyboards.error();
    made->keyboards_ = std::move(*keyboards);
    made->keyboards_.typing = made->config_.typing;
    policies.has_tall_screen = made->screen_.height_mm.value >= kTallScreenMm;

    std::map<std::string, std::filesystem::path> catalogues = made->registry_->catalogue_folders();
    catalogues["kiosk"] = made->places_.locale;
    made->catalogue_ = std::make_unique<GettextCatalogue>(catalogues, policies.languages);

    made->machine_ = std::make_unique<Machine>(
        std::move(policies), Ports{*made->registry_, *made->keeper_, *made->catalogue_, *made->forms_, made->keyboards_, clock, random,
                                   made->config_.timezone, std::move(outside.speak), std::move(outside.forget)});
    return made;
}

}  // namespace kiosk
