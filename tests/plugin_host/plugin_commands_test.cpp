#include "plugin_commands.hpp"
#include "plugin_folder.hpp"

#include <nlohmann/json.hpp>

#include <sstream>

using namespace kiosk;
using nlohmann::json;

namespace {

struct Run {
    int status;
    std::string out, notes;
};

Run list(const LoadedFolder& loaded, const std::string& language, bool is_json) {
    std::ostringstream out, notes;
    const int status = commands::list_plugins(loaded.registry->plugins(), {out, notes, language, is_json});
    return {status, out.str(), notes.str()};
}

Run check(const std::filesystem::path& library, const std::string& language, bool is_json) {
    std::ostringstream out, notes;
    const int status = commands::check_plugin_file(library, plugin_host::Trust::development(),
                                                   {out, notes, language, is_json});
    return {status, out.str(), notes.str()};
}

}  // namespace

TEST_CASE("the list of plugins as JSON has what scripts rest on") {
    PluginFolder folder;
    folder.add("opinion_poll");
    folder.add("wrong_major");
    const LoadedFolder loaded(folder);
    const Run run = list(loaded, "en", true);
    CHECK(run.status == 0);
    CHECK(run.notes.empty());
    const json plugins = json::parse(run.out);
    REQUIRE(plugins.size() == 2);
    CHECK(plugins[0] == json{{"id", "opinion_poll"},
                             {"name", {{"vi", "Thăm dò ý kiến"}, {"en", "Give your opinion"}}},
                             {"version", "1.0.0"},
                             {"abi", "1.0"},
                             {"file", (folder.plugins() / "opinion_poll/opinion_poll.so").string()},
                             {"state", "loaded"},
                             {"reason", nullptr},
                             {"storage", "anonymous"}});
    CHECK(plugins[1]["state"] == "refused");
    CHECK(plugins[1]["reason"]["code"] == "plugin.wrong_abi");
    CHECK(plugins[1]["reason"]["message"] == loaded.status("wrong_major").reason->message.en);
}

TEST_CASE("the list of plugins for people says why one is refused, in their language") {
    PluginFolder folder;
    folder.add("no_entry");
    const LoadedFolder loaded(folder);
    CHECK(list(loaded, "vi", false).out.find("bị từ chối") != std::string::npos);
    CHECK(list(loaded, "vi", false).out.find(loaded.status("no_entry").reason->message.vi) != std::string::npos);
    CHECK(list(loaded, "en", false).out.find("refused") != std::string::npos);
}

TEST_CASE("an empty list is an empty JSON array and a sentence for people") {
    PluginFolder folder;
    const LoadedFolder loaded(folder);
    CHECK(json::parse(list(loaded, "en", true).out) == json::array());
    CHECK(list(loaded, "en", false).out == "No plugins are installed.\n");
}

TEST_CASE("checking a good plugin exits 0 and says so") {
    const std::filesystem::path library = std::filesystem::path(PLUGIN_FOLDER) / "opinion_poll/opinion_poll.so";
    CHECK(check(library, "en", false).status == 0);
    const Run run = check(library, "en", true);
    CHECK(run.status == 0);
    CHECK(json::parse(run.out)["ok"] == true);
    CHECK(run.notes.find("is good") != std::string::npos);
}

TEST_CASE("checking a bad plugin exits 1 and tells every problem") {
    PluginFolder folder;
    const auto plugin = folder.add("other_storage");
    replace_in(plugin / "manifest.json", "\"1.2.3\"", "\"4.5.6\"");
    const Run run = check(plugin / "other_storage.so", "vi", true);
    CHECK(run.status == 1);
    const json document = json::parse(run.out);
    CHECK(document["ok"] == false);
    CHECK(document["plugin"]["id"] == "other_storage");
    REQUIRE(document["problems"].size() == 2);
    for (const json& problem : document["problems"]) CHECK(problem["code"] == "plugin.manifest_disagrees");
    CHECK(run.notes.find("không khớp") != std::string::npos);
}
