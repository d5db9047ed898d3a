#include "plugin_folder.hpp"

#include <catch2/generators/catch_generators.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace kiosk;
using plugin_host::Blame;
using plugin_host::BlameMark;

namespace {

// A kiosk in a process of its own that serves one visitor, killed after a while if it hangs.
void run_kiosk(const PluginFolder& folder, const std::string& id) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        for (const int signal : {SIGABRT, SIGSEGV}) std::signal(signal, SIG_DFL);  // no report from the test framework
        const rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        auto blame = Blame::open(folder.state());
        auto registry = plugin_host::PluginRegistry::create(folder.settings(), plugin_host::Trust::development(), **blame);
        if (const auto visit = registry->begin(id)) {
            (void)registry->describe(*visit);
            (void)registry->submit(*visit, {});
        }
        ::_exit(0);
    }
    if (id == "hangs_in_begin") {
        ::usleep(300'000);
        ::kill(child, SIGKILL);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
}

}  // namespace

TEST_CASE("a process that dies inside a plugin leaves the plugin's name and the call") {
    struct Death {
        const char* id;
        const char* call;
    };
    const auto [id, call] = GENERATE(Death{"aborts_when_loaded", "load"}, Death{"hangs_in_begin", "begin"},
        Death{"aborts_in_describe", "describe"}, Death{"overruns_the_stack", "describe"},
        Death{"exits_in_submit", "submit"});
    PluginFolder folder;
    folder.add(id);
    folder.add("none");

    run_kiosk(folder, id);
    {
        const auto blame = Blame::open(folder.state());
        REQUIRE(blame);
        CHECK((*blame)->died_in() == BlameMark{id, call});
        CHECK((*blame)->strikes(id) == 1);
        CHECK_FALSE((*blame)->is_set_aside(id));
    }
    run_kiosk(folder, id);
    const LoadedFolder loaded(folder);
    CHECK(loaded.blame->strikes(id) == 2);
    CHECK(loaded.reason(id) == "plugin.quarantined");
    CHECK(loaded.registry->begin("none"));
}

TEST_CASE("a process that ends well leaves no mark") {
    PluginFolder folder;
    folder.add("none");
    run_kiosk(folder, "none");
    const auto blame = Blame::open(folder.state());
    CHECK_FALSE((*blame)->died_in());
    CHECK((*blame)->strikes("none") == 0);
}

TEST_CASE("looking at the strikes changes nothing") {
    PluginFolder folder;
    {
        auto blame = Blame::open(folder.state());
        (*blame)->add_strike("poll");
        (*blame)->add_strike("poll");
    }
    const std::string before = read_text(folder.state() / "plugin_strikes.json");
    const auto look = Blame::look(folder.state());
    CHECK(look->is_set_aside("poll"));
    { const auto call = look->entering("poll", "describe"); }
    look->add_strike("poll");
    CHECK(read_text(folder.state() / "plugin_strikes.json") == before);
}

TEST_CASE("a released plugin starts afresh, also after a restart") {
    PluginFolder folder;
    {
        auto blame = Blame::open(folder.state());
        (*blame)->add_strike("poll");
        (*blame)->add_strike("poll");
        REQUIRE((*blame)->release("poll"));
        CHECK_FALSE((*blame)->is_set_aside("poll"));
    }
    CHECK((*Blame::open(folder.state()))->strikes("poll") == 0);
}

TEST_CASE("a damaged strikes file reads as no strikes") {
    PluginFolder folder;
    for (const char* text : {"", "[]", "{\"poll\": -1}", "{\"poll\": \"two\"}", "{\"poll\":", "{\"poll\": 99999999999999}"}) {
        write_text(folder.state() / "plugin_strikes.json", text);
        CHECK(Blame::look(folder.state())->strikes("poll") == 0);
    }
}

TEST_CASE("a state directory that is not there is refused with words") {
    PluginFolder folder;
    const auto blame = Blame::open(folder.state() / "nowhere");
    REQUIRE_FALSE(blame);
    CHECK(blame.error().code == "plugin.state_not_written");
    CHECK(blame.error().message.en.find("nowhere") != std::string::npos);
}
