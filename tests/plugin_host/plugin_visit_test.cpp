#include "plugin_folder.hpp"

#include <catch2/generators/catch_generators.hpp>

using namespace kiosk;
using namespace std::chrono_literals;

TEST_CASE("the opinion poll keeps the first tap with time to take it back, amends it with what follows, and thanks") {
    PluginFolder folder;
    folder.add("opinion_poll");
    const LoadedFolder loaded(folder);
    const auto visit = loaded.registry->begin("opinion_poll");
    REQUIRE(visit);

    const auto screen = loaded.registry->describe(*visit);
    REQUIRE(screen);
    REQUIRE(screen->form() != nullptr);
    CHECK(screen->form()->form_id == "portal_poll");

    const auto outcome = loaded.registry->submit(*visit, {{"/data/rating", "tot"}});
    REQUIRE(outcome);
    CHECK(*outcome == core::Outcome(core::Amend{8s}));
    const auto amended = loaded.registry->submit(*visit, {{"/data/rating", "kem"}, {"/data/follow_up/toc_do", "khong"}});
    REQUIRE(amended);
    CHECK(*amended == core::Outcome(core::Record{"", 0s, false, ""}));
    CHECK(*loaded.registry->describe(*visit) == core::Screen{{core::Receipt{{"thanks", {}}, false}}});
}

TEST_CASE("an activity shows the form that is open, if its manifest names it") {
    PluginFolder folder;
    folder.add("opinion_poll");
    SECTION("a form of the manifest is shown") {
        replace_in(folder.plugins() / "opinion_poll/manifest.json", "\"portal_poll\"", "\"portal_poll\", \"other\"");
        const LoadedFolder loaded(folder, folder.settings("other"));
        const auto visit = loaded.registry->begin("opinion_poll");
        CHECK(loaded.registry->describe(*visit)->form()->form_id == "other");
    }
    SECTION("a form that is not the manifest's is refused") {
        const LoadedFolder loaded(folder, folder.settings("other"));
        const auto visit = loaded.registry->begin("opinion_poll");
        const auto screen = loaded.registry->describe(*visit);
        REQUIRE_FALSE(screen);
        CHECK(screen.error().code == "plugin.nonsense");
    }
    SECTION("with none open it says so, and asks for no form") {
        kiosk::plugin_host::PluginSettings settings = folder.settings();
        settings.forms = {};
        const LoadedFolder loaded(folder, std::move(settings));
        const auto visit = loaded.registry->begin("opinion_poll");
        CHECK(loaded.registry->describe(*visit)->form() == nullptr);
    }
}

TEST_CASE("every part of an outcome crosses the boundary") {
    PluginFolder folder;
    folder.add("none");
    const LoadedFolder loaded(folder);
    const auto visit = loaded.registry->begin("none");
    REQUIRE(visit);
    CHECK(*loaded.registry->submit(*visit, {}) == core::Outcome(core::Record{"/data/member", 5s, true, "receipt"}));
    CHECK(*loaded.registry->submit(*visit, {{"/data/rating", "amend"}}) == core::Outcome(core::Amend{5s}));
    CHECK(*loaded.registry->submit(*visit, {{"/data/rating", "mend"}}) ==
          core::Outcome(core::Stay{{{"/data/rating", {"mend", {"3", "Đà Nẵng"}}}}}));
}

TEST_CASE("visits run side by side and end in any order and state") {
    PluginFolder folder;
    folder.add("opinion_poll");
    const LoadedFolder loaded(folder);
    const auto first = loaded.registry->begin("opinion_poll");
    const auto second = loaded.registry->begin("opinion_poll");
    REQUIRE(first);
    REQUIRE(second);
    CHECK(*first != *second);
    REQUIRE(loaded.registry->submit(*first, {}));
    CHECK(loaded.registry->describe(*first)->form() == nullptr);
    CHECK(loaded.registry->describe(*second)->form() != nullptr);
    loaded.registry->end(*first);
    loaded.registry->end(*first);
    CHECK(loaded.registry->describe(*first).error().code == "plugin.visit_over");
    CHECK(loaded.registry->describe(*second));
}

TEST_CASE("an activity nobody has is refused") {
    PluginFolder folder;
    CHECK(LoadedFolder(folder).registry->begin("nobody").error().code == "plugin.unknown_activity");
}

TEST_CASE("a plugin written in plain C works") {
    PluginFolder folder;
    folder.add("plain_c");
    const LoadedFolder loaded(folder);
    const auto visit = loaded.registry->begin("plain_c");
    REQUIRE(visit);
    CHECK(loaded.registry->describe(*visit)->form()->form_id == "fixture");
    CHECK(*loaded.registry->submit(*visit, {}) == core::Outcome(core::Record{"", 5s, false, ""}));
}

namespace {

struct Fault {
    const char* id;
    const char* code;
    const char* said;  // in the English message
};

// The visit's one call that fails.
core::Result<void> provoke(const LoadedFolder& loaded, const std::string& id) {
    const auto visit = loaded.registry->begin(id);
    if (!visit) return visit.error();
    if (const auto screen = loaded.registry->describe(*visit); !screen) {
        CHECK(loaded.registry->describe(*visit).error().code == "plugin.visit_over");
        return screen.error();
    }
    const auto outcome = loaded.registry->submit(*visit, {});
    if (!outcome) return outcome.error();
    return {};
}

}  // namespace

TEST_CASE("a fault in a plugin ends the visit with its own message, and after two the plugin is set aside") {
    const auto [id, code, said] = GENERATE(
        Fault{"throws_in_begin", "plugin.fault", "begin (cannot begin)"},
        Fault{"no_visit", "plugin.fault", "begin() returned no visit"},
        Fault{"half_a_visit", "plugin.null_api", "begin"},
        Fault{"throws_in_describe", "plugin.fault", "describe (cannot describe)"},
        Fault{"unknown_status", "plugin.nonsense", "describe (an unknown status)"},
        Fault{"ill_formed_text", "plugin.nonsense", "UTF-8"},
        Fault{"no_message_id", "plugin.nonsense", "text without an id"},
        Fault{"too_many_items", "plugin.nonsense", "48"},
        Fault{"same_id_twice", "plugin.nonsense", "same id"},
        Fault{"unknown_form", "plugin.nonsense", "manifest's forms"},
        Fault{"two_forms", "plugin.nonsense", "more than one form"},
        Fault{"one_option", "plugin.nonsense", "options"},
        Fault{"throws_in_submit", "plugin.fault", "submit (cannot judge)"},
        Fault{"no_outcome", "plugin.nonsense", "no outcome"},
        Fault{"two_outcomes", "plugin.nonsense", "more than one outcome"},
        Fault{"unknown_outcome", "plugin.nonsense", "breaks the rules"},
        Fault{"long_undo", "plugin.nonsense", "breaks the rules"},
        Fault{"stay_without_issues", "plugin.nonsense", "breaks the rules"});
    PluginFolder folder;
    folder.add(id);
    folder.add("opinion_poll");
    {
        const LoadedFolder loaded(folder);
        CAPTURE(id);
        const auto first = provoke(loaded, id);
        REQUIRE_FALSE(first);
        CHECK(first.error().code == code);
        CHECK(first.error().message.en.find(said) != std::string::npos);
        CHECK(loaded.status(id).state == core::PluginState::loaded);

        REQUIRE_FALSE(provoke(loaded, id));
        CHECK(loaded.status(id).state == core::PluginState::quarantined);
        CHECK(loaded.registry->begin(id).error().code == "plugin.quarantined");
        CHECK(loaded.registry->begin("opinion_poll"));
    }
    const LoadedFolder restarted(folder);
    CHECK(restarted.reason(id) == "plugin.quarantined");
    REQUIRE(restarted.registry->release(id));
    CHECK(restarted.status(id).state == core::PluginState::loaded);
    CHECK(restarted.blame->strikes(id) == 0);
    REQUIRE_FALSE(provoke(restarted, id));
}

#if !defined(__SANITIZE_ADDRESS__)   // there another allocator stands in malloc's place, and ends the process itself
TEST_CASE("a plugin that takes all memory in one call is stopped like one that throws, and the kiosk has its memory still") {
    PluginFolder folder;
    folder.add("eats_memory");
    const LoadedFolder loaded(folder);
    for (int strike = 1; strike <= 2; ++strike) CHECK_FALSE(loaded.registry->begin("eats_memory"));
    CHECK(loaded.registry->plugins().front().state == core::PluginState::quarantined);
    CHECK(std::vector<char>(512u << 20).size() == 512u << 20);   // no limit is left behind
}

TEST_CASE("a plugin that leaks a little every visit is set aside before the kiosk runs short, and only that one") {
    PluginFolder folder;
    folder.add("leaks");
    folder.add("none");
    const LoadedFolder loaded(folder);
    int visits = 0;
    for (; visits < 100 && loaded.registry->plugins().front().state == core::PluginState::loaded; ++visits) {
        for (const char* plugin : {"leaks", "none"}) {
            const auto visit = loaded.registry->begin(plugin);
            if (!visit) continue;
            CHECK(loaded.registry->describe(*visit));
            loaded.registry->end(*visit);
        }
    }
    CHECK(visits > 20);    // 5 MiB a visit, two strikes of 64 MiB
    CHECK(visits < 30);
    CHECK(loaded.blame->strikes("leaks") == 2);
    CHECK(loaded.blame->strikes("none") == 0);
}
#endif
