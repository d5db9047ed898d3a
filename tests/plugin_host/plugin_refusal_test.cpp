#include "plugin_folder.hpp"

#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include <algorithm>

using namespace kiosk;
using core::PluginState;

namespace {

// What every refusal owes: a state, words in both languages, and the other plugins going on.
void check_refused(const LoadedFolder& loaded, const std::string& id, const std::string& code) {
    CAPTURE(id);
    const core::PluginStatus& status = loaded.status(id);
    CHECK(status.state == PluginState::refused);
    REQUIRE(status.reason);
    CHECK(status.reason->code == code);
    CHECK(status.reason->message.vi.size() > 20);
    CHECK(status.reason->message.en.size() > 20);
    CHECK(loaded.registry->begin(id).error().code == code);
    CHECK(loaded.status("opinion_poll").state == PluginState::loaded);
}

struct Refusal {
    const char* id;
    const char* code;
};

}  // namespace

TEST_CASE("a plugin whose library does not fit is refused for its own reason and the others go on") {
    const auto [id, code] = GENERATE(Refusal{"no_entry", "plugin.no_entry"}, Refusal{"wrong_major", "plugin.wrong_abi"},
        Refusal{"newer_minor", "plugin.newer_abi"}, Refusal{"short_entry", "plugin.short_entry"},
        Refusal{"tiny_entry", "plugin.short_entry"}, Refusal{"no_create", "plugin.null_api"},
        Refusal{"throws_in_create", "plugin.create_failed"}, Refusal{"throws_through_abi", "plugin.create_failed"},
        Refusal{"null_activity", "plugin.null_api"}, Refusal{"half_an_activity", "plugin.null_api"});
    PluginFolder folder;
    folder.add(id);
    folder.add("opinion_poll");
    const LoadedFolder loaded(folder);
    check_refused(loaded, id, code);
}

TEST_CASE("a plugin whose manifest and library disagree is refused and the field is named") {
    const auto [id, field] = GENERATE(Refusal{"other_id", "\"id\""}, Refusal{"other_version", "\"version\""},
        Refusal{"other_abi", "\"abi\""}, Refusal{"other_storage", "\"storage\""});
    PluginFolder folder;
    folder.add(id);
    folder.add("opinion_poll");
    const LoadedFolder loaded(folder);
    check_refused(loaded, id, "plugin.manifest_disagrees");
    CHECK(loaded.status(id).reason->message.en.find(field) != std::string::npos);
}

TEST_CASE("files that are missing or are not what they should be are refused without running code") {
    PluginFolder folder;
    folder.add("opinion_poll");
    // Its constructor aborts the process, so a load of any kind would be noticed.
    const auto victim = folder.add("aborts_when_loaded");
    const auto library = victim / "aborts_when_loaded.so";
    const auto manifest = victim / "manifest.json";

    SECTION("no manifest") {
        std::filesystem::remove(manifest);
        check_refused(LoadedFolder(folder), "aborts_when_loaded", "plugin.manifest_missing");
    }
    SECTION("a manifest that is not JSON") {
        write_text(manifest, "id: aborts_when_loaded");
        check_refused(LoadedFolder(folder), "aborts_when_loaded", "plugin.manifest_unreadable");
    }
    SECTION("a manifest without a field") {
        replace_in(manifest, "\"minutes\": 1,", "");
        check_refused(LoadedFolder(folder), "aborts_when_loaded", "plugin.manifest_invalid");
    }
    SECTION("a manifest with another id than the library's file") {
        replace_in(manifest, "\"id\": \"aborts_when_loaded\"", "\"id\": \"something\"");
        check_refused(LoadedFolder(folder), "something", "plugin.manifest_disagrees");
    }
    SECTION("no library") {
        std::filesystem::remove(library);
        check_refused(LoadedFolder(folder), "aborts_when_loaded", "plugin.file_missing");
    }
    SECTION("a text file for a library") {
        write_text(library, "This is no shared library, whatever its name says.\n");
        check_refused(LoadedFolder(folder), "aborts_when_loaded", "plugin.not_a_library");
    }
    SECTION("an empty file for a library") {
        write_text(library, "");
        check_refused(LoadedFolder(folder), "aborts_when_loaded", "plugin.not_a_library");
    }
    SECTION("the beginning of a library") {
        write_text(library, read_text(library).substr(0, 4096));
        check_refused(LoadedFolder(folder), "aborts_when_loaded", "plugin.not_a_library");
    }
    SECTION("a library for another processor") {
        std::string bytes = read_text(library);
        bytes[18] = '\x28';  // e_machine: ARM
        write_text(library, bytes);
        check_refused(LoadedFolder(folder), "aborts_when_loaded", "plugin.cannot_load");
    }
    SECTION("a language without its catalogue") {
        std::filesystem::create_directory(victim / "locale");
        check_refused(LoadedFolder(folder), "aborts_when_loaded", "plugin.language_missing");
    }
}

TEST_CASE("a plugin whose catalogues do not have the same messages is refused and the language is named") {
    PluginFolder folder;
    const auto poll = folder.add("opinion_poll");
    const auto catalogue = poll / "locale/en/LC_MESSAGES/opinion_poll.mo";
    SECTION("the catalogue is missing") { std::filesystem::remove(catalogue); }
    SECTION("the catalogue is damaged") { write_text(catalogue, read_text(catalogue).substr(0, 40)); }
    SECTION("a message is missing") { replace_in(catalogue, "thanks", "thankz"); }
    const LoadedFolder loaded(folder);
    CHECK(loaded.reason("opinion_poll") == "plugin.language_missing");
    CHECK(loaded.status("opinion_poll").reason->message.en.find("\"en\"") != std::string::npos);
}

TEST_CASE("of two plugins with one id the first found is used and the second refused") {
    PluginFolder folder;
    folder.add("none", "a");
    folder.add("none", "b");
    const LoadedFolder loaded(folder);
    REQUIRE(loaded.registry->plugins().size() == 2);
    CHECK(loaded.registry->plugins()[0].state == PluginState::loaded);
    CHECK(loaded.registry->plugins()[0].activity.file.find("/a/") != std::string::npos);
    CHECK(loaded.registry->plugins()[1].reason->code == "plugin.duplicate_id");
    CHECK(loaded.registry->begin("none"));
}

TEST_CASE("a folder with no plugins, or no folder, gives a kiosk with no activities") {
    PluginFolder folder;
    CHECK(LoadedFolder(folder).registry->plugins().empty());
    CHECK(LoadedFolder(folder, {{folder.plugins() / "nowhere"}, {}, {}}).registry->plugins().empty());
}

TEST_CASE("tiles come in the configured order, the others after them by id") {
    PluginFolder folder;
    for (const char* id : {"none", "opinion_poll", "plain_c", "no_entry"}) folder.add(id);
    const LoadedFolder loaded(folder, {{folder.plugins()}, {"plain_c", "opinion_poll"}, {}});
    std::vector<std::string> ids;
    for (const auto& status : loaded.registry->plugins()) ids.push_back(status.activity.id);
    CHECK(ids == std::vector<std::string>{"plain_c", "opinion_poll", "no_entry", "none"});
}

TEST_CASE("plugins loaded one after another do not resolve to each other") {
    PluginFolder folder;
    for (const char* id : {"none", "plain_c", "opinion_poll", "throws_in_submit"}) folder.add(id);
    const LoadedFolder loaded(folder);
    for (const auto& status : loaded.registry->plugins()) {
        CAPTURE(status.activity.id);
        CHECK(status.state == PluginState::loaded);  // ids are compared with each library's own entry
    }
}
