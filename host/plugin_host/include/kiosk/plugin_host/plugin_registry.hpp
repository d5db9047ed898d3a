// PluginRegistry: finds, checks and loads the plugins, and is the host's way to them (core::ActivityGateway).
//
// A plugin is a folder FOLDER/{ID.so, manifest.json, locale/}. One that is refused is listed with its reason and the
// others go on. Libraries are never unloaded. Borrows its Blame, which must outlive it. Main thread only.
// Failure: create() always gives a registry; what went wrong stands in plugins(). A fault in a plugin ends the visit,
// counts as a strike, and comes back as an Error with code "plugin.fault" or "plugin.nonsense"; codes are for logs,
// messages may quote the plugin and are for staff only.
#pragma once

#include <kiosk/core/activity_gateway.hpp>
#include <kiosk/plugin_host/blame.hpp>
#include <kiosk/plugin_host/trust.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::plugin_host {

// How visitors answered a form.
struct FormResults {
    std::vector<std::pair<std::string, std::uint64_t>> votes;      // by choice; empty: it may not be told
    bool is_published = false;                                     // by the office, from all its kiosks
};

// What the host knows of forms and tells plugins (ABI extensions "kiosk.forms/1" and "kiosk.results/1"). An empty
// function tells nothing.
struct FormFacts {
    // Of the manifest's forms, those on this kiosk and open today, in order.
    std::function<std::vector<std::string>(const std::vector<std::string>& manifest_forms)> open;
    std::function<FormResults(const std::string& form)> results;
};

struct PluginSettings {
    std::vector<std::filesystem::path> directories;      // searched in this order; of two with one id the first wins
    std::vector<std::string> order;                      // ids of the first tiles; the others follow by id
    // What the office set, by activity and key (ABI extension "kiosk.settings/1").
    std::map<std::string, std::map<std::string, std::string>> activities;
    FormFacts forms = {};
};

class PluginRegistry final : public core::ActivityGateway {
  public:
    static std::unique_ptr<PluginRegistry> create(PluginSettings settings, const Trust& trust, Blame& blame);
    ~PluginRegistry() override;

    const std::vector<core::PluginStatus>& plugins() const override;
    core::Result<core::VisitToken> begin(std::string_view activity_id) override;
    core::Result<core::Screen> describe(core::VisitToken visit) override;
    core::Result<core::Outcome> submit(core::VisitToken visit, const core::Answers& answers) override;
    void end(core::VisitToken visit) override;

    // Staff looked at a plugin that was set aside: forgets its strikes and loads it if it is not loaded yet.
    core::Result<void> release(std::string_view activity_id);

    // The folder of an activity's compiled catalogues (LANGUAGE/LC_MESSAGES/ID.mo), for every plugin that is loaded.
    std::map<std::string, std::filesystem::path> catalogue_folders() const;

  private:
    class Implementation;
    explicit PluginRegistry(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace kiosk::plugin_host
