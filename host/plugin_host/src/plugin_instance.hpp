// PluginInstance: one plugin at work, spoken to over the C ABI. Owns its activity and its visits; destroys them in
// reverse. Main thread only. Whatever a plugin does short of crashing comes back as an Error whose visit is over.
#pragma once

#include <kiosk/abi/entry.h>
#include <kiosk/core/outcome.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/core/screen.hpp>
#include <kiosk/plugin_host/plugin_registry.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kiosk::plugin_host {

using Settings = std::map<std::string, std::string>;

class PluginVisit;

class PluginInstance {
  public:
    // `entry` has passed check_entry(). `forms`: the manifest's.
    static core::Result<std::unique_ptr<PluginInstance>> create(const kiosk_plugin_entry& entry,
                                                                std::vector<std::string> forms, Settings settings,
                                                                FormFacts facts);
    PluginInstance(const PluginInstance&) = delete;
    PluginInstance& operator=(const PluginInstance&) = delete;
    ~PluginInstance();

    core::Result<std::unique_ptr<PluginVisit>> begin();

  private:
    friend class PluginVisit;

    PluginInstance(std::vector<std::string> forms, Settings settings, FormFacts facts);

    // Runs one call into the plugin. Nothing, or why it failed.
    template <class Body>
    core::Result<void> call(const char* name, Body&& body);

    static const void* get_extension(const kiosk_host* host, kiosk_str id);
    static kiosk_str setting(const kiosk_host* host, kiosk_str key);
    static size_t form_count(const kiosk_host* host);
    static kiosk_str form_id(const kiosk_host* host, size_t index);
    static size_t result_count(const kiosk_host* host, kiosk_str form);
    static kiosk_str result_choice(const kiosk_host* host, size_t index);
    static uint64_t result_votes(const kiosk_host* host, size_t index);
    static int32_t results_are_published(const kiosk_host* host);
    static void fail(const kiosk_host* host, kiosk_str message);

    kiosk_host host_{};
    std::vector<std::string> forms_;
    Settings settings_;
    FormFacts facts_;
    std::vector<std::string> open_forms_;                            // as last counted
    FormResults results_;                    // likewise
    std::string failure_;
    const kiosk_activity* activity_ = nullptr;
};

// One visit; must not outlive its instance.
class PluginVisit {
  public:
    PluginVisit(PluginInstance& plugin, const kiosk_visit* visit) : plugin_(plugin), visit_(visit) {}
    PluginVisit(const PluginVisit&) = delete;
    PluginVisit& operator=(const PluginVisit&) = delete;
    ~PluginVisit();

    core::Result<core::Screen> describe();
    core::Result<core::Outcome> submit(const core::Answers& answers);

  private:
    PluginInstance& plugin_;
    const kiosk_visit* visit_;
};

}  // namespace kiosk::plugin_host
