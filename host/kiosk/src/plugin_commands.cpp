#include "plugin_commands.hpp"

#include <kiosk/plugin_host/manifest.hpp>

#include <nlohmann/json.hpp>

#include <ostream>

namespace kiosk::commands {
namespace {

using nlohmann::ordered_json;

const char* state_name(core::PluginState state) {
    switch (state) {
        case core::PluginState::loaded: return "loaded";
        case core::PluginState::refused: return "refused";
        case core::PluginState::quarantined: return "quarantined";
    }
    return "?";
}

core::Words state_words(core::PluginState state) {
    switch (state) {
        case core::PluginState::loaded: return {"đang dùng", "loaded"};
        case core::PluginState::refused: return {"bị từ chối", "refused"};
        case core::PluginState::quarantined: return {"tạm dừng", "set aside"};
    }
    return {"?", "?"};
}

ordered_json to_json(const core::Error& error, const std::string& language) {
    return {{"code", error.code}, {"message", error.message.in(language)}};
}

ordered_json to_json(const core::PluginStatus& status, const std::string& language) {
    const core::ActivityInfo& activity = status.activity;
    return {{"id", activity.id},
            {"name", {{"vi", activity.name.vi}, {"en", activity.name.en}}},
            {"version", activity.version},
            {"abi", activity.abi},
            {"file", activity.file},
            {"state", state_name(status.state)},
            {"reason", status.reason ? to_json(*status.reason, language) : ordered_json(nullptr)},
            {"storage", plugin_host::storage_name(activity.storage)}};
}

// A plugin's files may hold anything; a document of ours is always valid UTF-8.
std::string dump(const ordered_json& document) {
    return document.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace

int list_plugins(const std::vector<core::PluginStatus>& plugins, const PluginCommandOutput& output) {
    if (output.is_json) {
        ordered_json list = ordered_json::array();
        for (const core::PluginStatus& status : plugins) list.push_back(to_json(status, output.language));
        output.out << dump(list) << '\n';
        return 0;
    }
    if (plugins.empty())
        output.out << core::Words{"Chưa cài tiện ích nào.", "No plugins are installed."}.in(output.language) << '\n';
    for (const core::PluginStatus& status : plugins) {
        const core::ActivityInfo& activity = status.activity;
        output.out << activity.id << ' ' << activity.version << " – " << activity.name.in(output.language) << " – "
                   << state_words(status.state).in(output.language) << '\n';
        if (status.reason)
            output.out << "    " << status.reason->code << ": " << status.reason->message.in(output.language) << '\n';
    }
    return 0;
}

int check_plugin_file(const std::filesystem::path& library, const plugin_host::Trust& trust,
                      const PluginCommandOutput& output, const PageLint& lint) {
    plugin_host::PluginCheck check = plugin_host::check_plugin(library, trust);
    if (check.problems.empty() && lint) check.problems = lint(check);
    const bool is_good = check.problems.empty();
    std::ostream& words = output.is_json ? output.notes : output.out;
    for (const core::Error& problem : check.problems)
        words << problem.code << ": " << problem.message.in(output.language) << '\n';
    if (is_good)
        words << core::Words{"Tiện ích “" + check.activity.id + "” đạt yêu cầu.",
                             "The plugin \"" + check.activity.id + "\" is good."}.in(output.language)
              << '\n';
    if (output.is_json) {
        ordered_json problems = ordered_json::array();
        for (const core::Error& problem : check.problems) problems.push_back(to_json(problem, output.language));
        const ordered_json document{{"ok", is_good},
                                    {"plugin", {{"id", check.activity.id},
                                                {"version", check.activity.version},
                                                {"abi", check.activity.abi},
                                                {"file", check.activity.file}}},
                                    {"problems", problems}};
        output.out << dump(document) << '\n';
    }
    return is_good ? 0 : 1;
}

}  // namespace kiosk::commands
