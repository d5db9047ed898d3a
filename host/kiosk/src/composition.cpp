#include "composition.hpp"

#include "keyboard_files.hpp"
#include "kiosk_desk.hpp"
#include "office_link.hpp"
#include "trusted_keys.hpp"

#include <kiosk/core/organisations.hpp>
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
    if (options.has_reduced_motion) policies.reduces_motion = true;
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
    std::vector folders{places.packs, places.pack_data()};   // the office's own, in the signed pack, come after those shipped
    if (config.takes_loose_files) folders.push_back(places.own_packs());
    auto pack = find_pack(folders, config.pack);
    if (!pack) return pack.error();
    for (const auto& [activity, settings] : pack->plugin_settings)   // what the office set itself stays
        config.plugin_settings[activity].insert(settings.begin(), settings.end());
    config.rules = std::move(*pack);
    return config;
}

Composition::Composition(const LaunchOptions& options, Purpose purpose, core::Clock& clock, core::Random& random, Outside outside)
    : options_(options), purpose_(purpose), clock_(clock), random_(random), outside_(std::move(outside)),
      places_(find_places(options.data)) {}

core::Result<std::unique_ptr<Composition>> Composition::create(const LaunchOptions& options, Purpose purpose,
                                                               core::Clock& clock, core::Random& random,
                                                               Outside outside) {
    auto made = begin(options, purpose, clock, random, std::move(outside));
    if (!made) return made;
    if (auto read = (*made)->read(); !read) return read.error();
    if (auto loaded = (*made)->load_plugins(); !loaded) return loaded.error();
    (*made)->finish();
    return made;
}

core::Result<std::unique_ptr<Composition>> Composition::begin(const LaunchOptions& options, Purpose purpose,
                                                              core::Clock& clock, core::Random& random,
                                                              Outside outside) {
    std::unique_ptr<Composition> made(new Composition(options, purpose, clock, random, std::move(outside)));
    auto config = load_config(options, purpose);
    if (!config) return config.error();
    made->config_ = std::move(*config);
    made->screen_ = made->config_.screen.value_or(core::ScreenSize{});
    made->policies_ = made->config_.policies;
    if (purpose == Purpose::show_welcome) made->policies_.asks_language = true;
    made->policies_.has_tall_screen = made->screen_.height_mm.value >= kTallScreenMm;

    auto keys = read_office_keys(made->places_.data);
    if (!keys) return keys.error();
    made->policies_.office_key = office_key_of(*keys, purpose);
    made->keys_ = std::move(*keys);
    made->catalogue_ = std::make_unique<GettextCatalogue>(std::map<std::string, std::filesystem::path>{{"kiosk", made->places_.locale}}, made->policies_.languages);
    return made;
}

app::Environment Composition::environment_before_activities() const {
    return {clock_.steady_now(), policies_, no_activities_, nullptr, clock_.wall_now()};
}

app::ViewModel Composition::first_page() const {
    const app::Environment environment = environment_before_activities();
    return app::project(app::initial_state(environment), environment, *catalogue_);
}

app::ViewModel Composition::page_while_opening() const {
    const app::Environment environment = environment_before_activities();
    app::State state = app::initial_state(environment);
    state.mode = app::Visiting{};
    app::ViewModel page = app::project(state, environment, *catalogue_);
    std::erase_if(page.items, [](const app::Item& item) { return item.role == app::Role::button; });   // nothing answers yet
    return page;
}

core::Result<void> Composition::read() {
    if (purpose_ == Purpose::serve) {
        auto keeper = open_answer_keeper(places_.data, config_.kiosk_id, std::move(*keys_), clock_, random_, outside_.wake);
        if (!keeper) return keeper.error();
        keeper_ = std::move(*keeper);
        std::vector layouts{places_.documents, places_.pack_data()};
        if (config_.takes_loose_files) layouts.push_back(places_.own_documents());
        printer_ = open_document_printer({config_.print_queue, "lp", std::move(layouts), places_.documents_module}, outside_.wake);
        auto blame = plugin_host::Blame::open(places_.data);
        if (!blame) return blame.error();
        blame_ = std::move(*blame);
    } else {
        keeper_ = make_forgetful_keeper();
        printer_ = make_paperless_printer();
        blame_ = plugin_host::Blame::look(places_.data);
    }
    keys_.reset();

    std::vector forms{places_.forms, places_.pack_forms()};
    if (config_.takes_loose_files) forms.push_back(places_.own_forms());
    forms_ = std::make_unique<FormLibrary>(std::move(forms));
    pictures_ = std::make_unique<PictureShelf>(outside_.wake);
    pictures_->show(*forms_);
    if (purpose_ != Purpose::serve) pictures_->wait();   // nobody is waiting, and what is shown is the whole page

    auto keyboards = read_keyboards(places_.keyboards, places_.words);
    if (!keyboards) return keyboards.error();
    keyboards_ = std::move(*keyboards);
    keyboards_.typing = config_.typing;
    static_cast<void>(today(clock_, config_.timezone));   // the system's time zones are read when first asked for: not after a tap
    return {};
}

core::Result<void> Composition::trust_plugins() {
    if (config_.takes_unsigned_plugins || options_.trusts_any_plugin) {
        trust_ = plugin_host::Trust::development();
        return {};
    }
    auto verifier = read_trusted_keys({places_.trust, "/etc/feedback-kiosk/trust"});
    if (!verifier) return verifier.error();
    verifier_ = std::move(*verifier);
    trust_ = plugin_host::Trust::signed_by(*verifier_);
    return {};
}

core::Result<void> Composition::load_plugins() {
    if (auto trusted = trust_plugins(); !trusted) return trusted;
    plugin_host::PluginSettings plugins;
    if (!options_.is_safe_mode) plugins.directories = {places_.plugins};
    if (!options_.is_safe_mode && config_.takes_loose_files) plugins.directories.push_back(places_.own_plugins());
    plugins.order = config_.plugin_order;
    plugins.activities = config_.plugin_settings;
    plugins.forms.open = [this](const std::vector<std::string>& manifest_forms) { return open_forms(manifest_forms); };
    plugins.forms.results = [this](const std::string& id) -> plugin_host::FormResults {
        const auto form = forms_->find(id);
        if (!form) return {};
        return results_of(**form, keeper_->votes(id), published_results(places_.data));
    };
    registry_ = plugin_host::PluginRegistry::create(std::move(plugins), *trust_, *blame_);
    keep_as_promised(*keeper_, registry_->plugins());
    keep_wave();
    return {};
}

void Composition::keep_wave() {
    keeper_->run([wave = config_.wave](storage::Store& store) -> std::function<void()> {
        const auto known = store.note(storage::kWaveNote);
        if (known && known->value_or("") != wave) static_cast<void>(store.set_note(storage::kWaveNote, wave));
        return {};
    });
}

void Composition::finish() {
    std::map<std::string, std::filesystem::path> catalogues = registry_->catalogue_folders();
    catalogues["kiosk"] = places_.locale;
    catalogue_ = std::make_unique<GettextCatalogue>(catalogues, policies_.languages);
    words_ = std::make_unique<FormWords>(*catalogue_, *forms_);
    if (purpose_ == Purpose::serve) {
        desk_ = std::make_unique<KioskDesk>(
            KioskDesk::Parts{*keeper_, *printer_, *registry_, *forms_, config_, places_, clock_, random_, outside_.wake, outside_.speak,
                             outside_.has_speech, options_.stick},
            [this] { machine_->use_staff_settings(); });
    } else {
        desk_ = make_sample_desk();
    }
    organisations_ = purpose_ == Purpose::serve ? make_organisation_desk(places_.own_packs() / "current" / core::kOrganisationsFile, *keeper_, clock_)
                                                : make_sample_organisation_desk();
    policies_.has_speech = outside_.has_speech;
    machine_ = std::make_unique<Machine>(
        policies_, Ports{*registry_, *keeper_, *printer_, *words_, *forms_, keyboards_, clock_, random_, *desk_, *organisations_, config_.timezone,
                         outside_.speak, outside_.forget, [this] { pictures_->show(*forms_); }});
}

std::vector<std::string> Composition::open_forms(const std::vector<std::string>& manifest_forms) const {
    std::vector<std::string> open = forms_->matching(manifest_forms);
    const std::string day = today(clock_, config_.timezone);
    std::erase_if(open, [&](const std::string& id) {
        return !is_open(**forms_->find(id), day) || (desk_ && desk_->closed(std::string(StaffDesk::kPoll) + id));
    });
    for (const std::string& id : open) static_cast<void>(keeper_->votes(id));   // known by the time somebody has voted
    return open;
}

}  // namespace kiosk
