#include "composition.hpp"

#include "keyboard_files.hpp"
#include "kiosk_desk.hpp"
#include "office_link.hpp"
#include "trusted_keys.hpp"

#include <kiosk/storage/store.hpp>

#include <algorithm>
#include <chrono>
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

// Pictures show what a well-equipped kiosk shows; that a key is only for trying out, they do not hide.
app::OfficeKey office_key_of(const OfficeKeys& keys, Purpose purpose) {
    if (keys.is_demo) return app::OfficeKey::demo;
    return keys.sealer || purpose != Purpose::serve ? app::OfficeKey::office : app::OfficeKey::none;
}

// Sealed answers do not tell the kiosk of which activity they are, so the shortest promise of any holds for all.
void keep_as_promised(AnswerKeeper& keeper, const std::vector<core::PluginStatus>& plugins) {
    std::chrono::days sealed{30}, poll{30};
    for (const core::PluginStatus& plugin : plugins) {
        const std::chrono::days promised{plugin.activity.retention_days};
        if (plugin.activity.storage == StoragePolicy::sealed) sealed = std::min(sealed, promised);
        if (plugin.activity.storage == StoragePolicy::anonymous) poll = std::min(poll, promised);
    }
    keeper.keep_for(sealed, poll);
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
    const Places places = find_places(options.data);
    auto pack = find_pack({places.packs, places.pack_data(), places.own_packs()}, config.pack);
    if (!pack) return pack.error();
    for (const auto& [activity, settings] : pack->plugin_settings)   // what the office set itself stays
        config.plugin_settings[activity].insert(settings.begin(), settings.end());
    return config;
}

std::vector<std::string> Composition::open_forms(const std::vector<std::string>& manifest_forms, const core::Clock& clock) const {
    std::vector<std::string> open = forms_->matching(manifest_forms);
    const std::string day = today(clock, config_.timezone);
    std::erase_if(open, [&](const std::string& id) { return !is_open(**forms_->find(id), day); });
    for (const std::string& id : open) static_cast<void>(keeper_->votes(id));   // known by the time somebody has voted
    return open;
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

    auto keys = read_office_keys(made->places_.data);
    if (!keys) return keys.error();
    policies.office_key = office_key_of(*keys, purpose);
    const std::function<void()> wake = outside.wake;
    if (purpose == Purpose::serve) {
        auto keeper = open_answer_keeper(made->places_.data, made->config_.kiosk_id, std::move(*keys), clock, random,
                                         wake);
        if (!keeper) return keeper.error();
        made->keeper_ = std::move(*keeper);
        made->printer_ = open_document_printer({made->config_.print_queue, "lp", {made->places_.documents, made->places_.own_documents()}}, wake);
        auto blame = plugin_host::Blame::open(made->places_.data);
        if (!blame) return blame.error();
        made->blame_ = std::move(*blame);
    } else {
        made->keeper_ = make_forgetful_keeper();
        made->printer_ = make_paperless_printer();
        made->blame_ = plugin_host::Blame::look(made->places_.data);
    }

    if (made->config_.takes_unsigned_plugins) {
        made->trust_ = plugin_host::Trust::development();
    } else {
        auto verifier = read_trusted_keys({made->places_.trust, "/etc/feedback-kiosk/trust"});
        if (!verifier) return verifier.error();
        made->verifier_ = std::move(*verifier);
        made->trust_ = plugin_host::Trust::signed_by(*made->verifier_);
    }
    plugin_host::PluginSettings plugins;
    if (!options.is_safe_mode) plugins.directories = {made->places_.plugins};
    if (!options.is_safe_mode && made->config_.takes_loose_files) plugins.directories.push_back(made->places_.own_plugins());
    plugins.order = made->config_.plugin_order;
    plugins.activities = made->config_.plugin_settings;
    plugins.forms.open = [&self = *made, &clock](const std::vector<std::string>& manifest_forms) { return self.open_forms(manifest_forms, clock); };
    plugins.forms.results = [&self = *made](const std::string& id) -> plugin_host::FormResults {
        const auto form = self.forms_->find(id);
        if (!form) return {};
        return results_of(**form, self.keeper_->votes(id), published_results(self.places_.data));
    };
    made->registry_ = plugin_host::PluginRegistry::create(std::move(plugins), *made->trust_, *made->blame_);
    keep_as_promised(*made->keeper_, made->registry_->plugins());
    made->keeper_->run([wave = made->config_.wave](storage::Store& store) -> std::function<void()> {
        const auto known = store.note(storage::kWaveNote);
        if (known && known->value_or("") != wave) static_cast<void>(store.set_note(storage::kWaveNote, wave));
        return {};
    });
    std::vector forms{made->places_.forms, made->places_.pack_forms()};
    if (made->config_.takes_loose_files) forms.push_back(made->places_.own_forms());
    made->forms_ = std::make_unique<FormLibrary>(std::move(forms));

    auto keyboards = read_keyboards(made->places_.keyboards, made->places_.words);
    if (!keyboards) return keyboards.error();
    made->keyboards_ = std::move(*keyboards);
    made->keyboards_.typing = made->config_.typing;
    policies.has_tall_screen = made->screen_.height_mm.value >= kTallScreenMm;

    std::map<std::string, std::filesystem::path> catalogues = made->registry_->catalogue_folders();
    catalogues["kiosk"] = made->places_.locale;
    made->catalogue_ = std::make_unique<GettextCatalogue>(catalogues, policies.languages);

    if (purpose == Purpose::serve) {
        Composition* self = made.get();
        made->desk_ = std::make_unique<KioskDesk>(
            KioskDesk::Parts{*made->keeper_, *made->registry_, *made->forms_, made->config_, made->places_, clock, random,
                             wake, outside.speak, outside.has_speech, options.stick},
            [self] { self->machine_->use_staff_settings(); });
    } else {
        made->desk_ = make_sample_desk();
    }
    made->words_ = std::make_unique<FormWords>(*made->catalogue_, *made->forms_);
    made->machine_ = std::make_unique<Machine>(
        std::move(policies), Ports{*made->registry_, *made->keeper_, *made->printer_, *made->words_, *made->forms_, made->keyboards_,
                                   clock, random, *made->desk_, made->config_.timezone, std::move(outside.speak),
                                   std::move(outside.forget)});
    return made;
}

}  // namespace kiosk
