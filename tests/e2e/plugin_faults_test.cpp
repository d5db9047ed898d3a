// A faulty plugin in the shipped program, on a display, with a real finger: the visitor sees a calm page or the attract page
// again, the right plugin is blamed and set aside after two, and the poll goes on.
#include <kiosk/core/result.hpp>
#include <kiosk/test_support/temporary_folder.hpp>
#include <kiosk/test_support/xtest_visitor.hpp>
#include <kiosk/test_support/xvfb.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace kiosk::test_support;
using namespace std::chrono_literals;
namespace files = std::filesystem;

namespace {

constexpr const char* kScreen = "540x960@268x476";

class FaultyKiosk {
  public:
    FaultyKiosk() {
        for (const char* name : {"data/keys", "data/plugins", "data/forms/fixture", "data/forms/other"}) files::create_directories(folder_.path() / name);
        REQUIRE(run(OFFICE_PROGRAM, "keygen --out '" + (folder_.path() / "keys").string() + "'") == 0);
        files::copy_file(folder_.path() / "keys/recipients.txt", folder_.path() / "data/keys/recipients.txt");
        for (const char* form : {"fixture", "other"}) {
            std::ofstream(folder_.path() / "data/forms" / form / "survey.csv") << "type,name,label\nselect_one a,rating,Chọn\n";
            std::ofstream(folder_.path() / "data/forms" / form / "choices.csv") << "list_name,name,label\na,mot,Một\na,hai,Hai\n";
            std::ofstream(folder_.path() / "data/forms" / form / "settings.csv") << "form_id,version,form_title\n" << form << ",1,Thử\n";
        }
    }
    ~FaultyKiosk() { stop(); }
    FaultyKiosk(const FaultyKiosk&) = delete;
    FaultyKiosk& operator=(const FaultyKiosk&) = delete;

    void install(const std::string& plugin) {
        files::copy(files::path(BROKEN_PLUGIN_FOLDER) / plugin, folder_.path() / "data/plugins" / plugin, files::copy_options::recursive);
        std::ofstream(folder_.path() / "data/config.toml") << "trust = \"development\"\n[plugins]\norder = [\"" << plugin << "\", \"opinion_poll\"]\n";
    }

    void start() {
        child_ = ::fork();
        REQUIRE(child_ >= 0);
        if (child_ != 0) return;
        const std::string command = "exec '" KIOSK_PROGRAM "' run --trace-start --renderer raster " + options() + " 2>'" + (folder_.path() / "kiosk.log").string() + "'";
        ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }
    void stop() {
        if (child_ <= 0) return;
        ::kill(child_, SIGTERM);
        ::waitpid(child_, nullptr, 0);
        child_ = -1;
    }
    // Until it has opened that many times: before, it takes one touch and no more.
    bool wait_until_open(int times) const {
        for (int tries = 0; tries < 600; ++tries) {
            const std::string log = content("kiosk.log"), opened = "ready for visitors";
            int found = 0;
            for (std::size_t at = log.find(opened); at != std::string::npos; at = log.find(opened, at + 1)) ++found;
            if (found >= times) return true;
            std::this_thread::sleep_for(50ms);
        }
        return false;
    }
    bool is_alive() const { return ::waitpid(child_, nullptr, WNOHANG) == 0; }

    // Where an item of a page stands, asked of the layout dump.
    Point centre_of(const std::string& page, const std::string& item) const {
        REQUIRE(run(KIOSK_PROGRAM, "render --page " + page + " " + options() + " --dump '" + (folder_.path() / "page.json").string() + "'") == 0);
        const std::string dump = std::regex_replace(content("page.json"), std::regex(R"(\s)"), "");
        std::smatch found;
        const std::regex rect("\"id\":\"" + item + R"lit("[^{}]*"rect_px":\[([0-9.]+),([0-9.]+),([0-9.]+),([0-9.]+)\])lit");
        REQUIRE(std::regex_search(dump, found, rect));
        return {static_cast<int>(std::stod(found[1]) + std::stod(found[3]) / 2), static_cast<int>(std::stod(found[2]) + std::stod(found[4]) / 2)};
    }

    std::string content(const std::string& name) const {
        std::ifstream file(folder_.path() / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::string plugins() const {
        const std::string out = (folder_.path() / "plugins.json").string();
        std::system(("'" KIOSK_PROGRAM "' plugins --json " + options() + " >'" + out + "' 2>/dev/null").c_str());
        return std::regex_replace(content("plugins.json"), std::regex(R"(\s)"), "");
    }

  private:
    std::string options() const {
        return "--data '" + (folder_.path() / "data").string() + "' --config '" + (folder_.path() / "data/config.toml").string() + "' --screen " + kScreen + " --lang vi";
    }
    int run(const std::string& program, const std::string& arguments) const {
        const int status = std::system(("'" + program + "' " + arguments + " >'" + (folder_.path() / "out.log").string() + "' 2>&1").c_str());
        INFO(arguments << '\n' << content("out.log"));
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    TemporaryFolder folder_;
    pid_t child_ = -1;
};

bool is_same(const kiosk::raster::Picture& one, const kiosk::raster::Picture& other) { return one == other; }

// Waits for the screen to look like that; how long it took, or nothing.
std::optional<std::chrono::milliseconds> wait_for(const XTestVisitor& visitor, const kiosk::raster::Picture& wanted, std::chrono::milliseconds at_most) {
    const auto begin = std::chrono::steady_clock::now();
    for (;;) {
        const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
        if (is_same(visitor.picture(), wanted)) return waited;
        if (waited > at_most) return std::nullopt;
        std::this_thread::sleep_for(20ms);
    }
}

// Two touches of the faulty tile; after each the kiosk is back. The promise is 3 s on a machine at rest; a test machine
// may be busy with other tests, so more is let pass here and the time is told.
void play(const std::string& plugin, bool ends_the_process) {
    const auto xvfb = Xvfb::start(540, 960);
    REQUIRE(xvfb);
    FaultyKiosk kiosk;
    kiosk.install(plugin);
    const Point start = kiosk.centre_of("attract", "action.start"), tile = kiosk.centre_of("home", "tile." + plugin);
    const Point answer = kiosk.centre_of("opinion_poll/rating", "choice.tot");
    const auto visitor = XTestVisitor::create();
    REQUIRE(visitor);
    kiosk.start();
    REQUIRE(kiosk.wait_until_open(1));
    REQUIRE((*visitor)->wait_until_still(500ms, 20s));
    const auto attract = (*visitor)->picture();
    for (int touch = 1; touch <= 2; ++touch) {
        CAPTURE(plugin, touch, kiosk.content("kiosk.log"));
        (*visitor)->tap(start);
        std::this_thread::sleep_for(900ms);
        CHECK_FALSE(is_same((*visitor)->picture(), attract));
        (*visitor)->tap(tile);
        if (ends_the_process) {
            const auto back = wait_for(**visitor, attract, 20s);
            REQUIRE(back);
            WARN(plugin << ": back after " << back->count() << " ms");
            REQUIRE(kiosk.wait_until_open(touch + 1));
        } else {   // a calm page, which leaves like any other
            std::this_thread::sleep_for(900ms);
            (*visitor)->key("Return");
            REQUIRE(wait_for(**visitor, attract, 20s));
        }
        std::this_thread::sleep_for(600ms);
        REQUIRE(kiosk.is_alive());
    }
    CHECK(kiosk.plugins().find("\"id\":\"" + plugin + "\"") != std::string::npos);
    CHECK(std::regex_search(kiosk.plugins(), std::regex("\"id\":\"" + plugin + "\"[^{}]*(\\{[^{}]*\\}[^{}]*)?\"state\":\"quarantined\"")));

    // The others go on: a ballot is cast and thanked for.
    (*visitor)->tap(start);
    std::this_thread::sleep_for(900ms);
    const auto home = (*visitor)->picture();
    const Point paused = kiosk.centre_of("home", "tile." + plugin), poll = kiosk.centre_of("home", "tile.opinion_poll");
    (*visitor)->tap(paused);   // set aside: nothing happens
    std::this_thread::sleep_for(600ms);
    CHECK(is_same((*visitor)->picture(), home));
    (*visitor)->tap(poll);
    std::this_thread::sleep_for(900ms);
    const auto question = (*visitor)->picture();
    CHECK_FALSE(is_same(question, home));
    (*visitor)->tap(answer);
    std::this_thread::sleep_for(1500ms);
    CHECK_FALSE(is_same((*visitor)->picture(), question));
    kiosk.stop();
}

}  // namespace

TEST_CASE("a plugin that aborts") { play("aborts_in_describe", true); }
TEST_CASE("a plugin that hangs") { play("hangs_in_begin", true); }
TEST_CASE("a plugin that overruns its stack") { play("overruns_the_stack", true); }
TEST_CASE("a plugin that throws") { play("throws_in_begin", false); }
TEST_CASE("a plugin that returns nonsense") { play("unknown_status", false); }
