// screen-probe: what a visitor would see of any program on $DISPLAY, measured from outside it: real pointer events in,
// pixels out, woken by the X server's damage reports. One JSON document on standard output, times in milliseconds.
//
//   screen-probe start X,Y,WIDTH,HEIGHT -- COMMAND [ARGUMENT…]
//       starts the command and watches that part of the screen until it rests:
//       {"first_change","rich","complete"}; rich: at least 20 colours. Then sends the command SIGTERM.
//   screen-probe tap COUNT STEP…     STEP: TAP_X,TAP_Y,X,Y,WIDTH,HEIGHT[,PAUSE_MS]
//       taps the steps in turn, COUNT taps in all, each after its pause, and watches the part of the screen given with it:
//       {"press":[…],"release":[…],"missed":0}; press or release to the first picture that differs there.
//   screen-probe rest SECONDS PID
//       waits until the screen is still, then leaves it alone:
//       {"drawings":0,"cpu_ms":0}; pictures drawn, and CPU time of the process and its children, from /proc/PID/stat.
#include <kiosk/test_support/xtest_visitor.hpp>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

extern char** environ;

namespace {

using namespace kiosk;
using namespace std::chrono_literals;
using test_support::XTestVisitor;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr auto kQuiet = 1500ms;        // a start is complete when nothing changes for so long
constexpr auto kPatience = 90s;
constexpr auto kBetweenTaps = 150ms;   // rest before a tap, so that one does not measure the one before
constexpr std::size_t kRichColours = 20;

std::vector<int> numbers(const char* text) {
    std::vector<int> result;
    for (const char* at = text; *at;) {
        char* end = nullptr;
        result.push_back(static_cast<int>(std::strtol(at, &end, 10)));
        if (end == at) return {};
        at = *end == ',' ? end + 1 : end;
    }
    return result;
}

int usage() {
    std::fputs("usage: screen-probe start X,Y,WIDTH,HEIGHT -- COMMAND…\n"
               "       screen-probe tap COUNT TAP_X,TAP_Y,X,Y,WIDTH,HEIGHT[,PAUSE_MS]…\n"
               "       screen-probe rest SECONDS PID\n", stderr);
    return 2;
}

void end_command(pid_t pid) {
    kill(pid, SIGTERM);
    for (int i = 0; i < 50; ++i) {
        if (waitpid(pid, nullptr, WNOHANG) == pid) return;
        std::this_thread::sleep_for(100ms);
    }
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
}

bool is_rich(const raster::Picture& picture) {
    std::set<raster::Pixel> colours;
    for (const raster::Pixel pixel : picture.pixels()) {
        colours.insert(pixel);
        if (colours.size() >= kRichColours) return true;
    }
    return false;
}

int measure_start(XTestVisitor& visitor, const raster::PixelRect& part, char** command) {
    raster::Picture shown = visitor.picture(part);
    const Clock::time_point start = Clock::now();
    pid_t pid = 0;
    posix_spawn_file_actions_t silent;  // standard output is ours
    posix_spawn_file_actions_init(&silent);
    posix_spawn_file_actions_addopen(&silent, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&silent, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const int refused = posix_spawnp(&pid, command[0], &silent, nullptr, command, environ);
    posix_spawn_file_actions_destroy(&silent);
    if (refused) {
        std::fprintf(stderr, "screen-probe: %s: %s\n", command[0], std::strerror(refused));
        return 1;
    }
    double first = -1, rich = -1, complete = -1;
    while (Clock::now() - start < kPatience) {
        const auto patience = std::chrono::duration_cast<std::chrono::milliseconds>(
            first < 0 ? std::chrono::duration_cast<Clock::duration>(kPatience) : Clock::duration(kQuiet));
        const Clock::time_point waiting_since = Clock::now();
        const auto changed = visitor.wait_for_change(part, shown, patience);
        if (!changed) break;
        const double now = Milliseconds(waiting_since + *changed - start).count();
        shown = visitor.picture(part);
        complete = now;
        if (first < 0) first = now;
        if (rich < 0 && is_rich(shown)) rich = now;
    }
    std::printf("{\"first_change\":%.2f,\"rich\":%.2f,\"complete\":%.2f}\n", first, rich, complete);
    end_command(pid);
    return first < 0 ? 1 : 0;
}

struct Step {
    test_support::Point at;
    raster::PixelRect part;
    std::chrono::milliseconds pause{};
};

// Milliseconds until the part differs after the act; negative: it did not.
template <class Act>
double until_changed(XTestVisitor& visitor, const raster::PixelRect& part, std::chrono::milliseconds at_most, Act act) {
    const raster::Picture before = visitor.picture(part);
    const Clock::time_point start = Clock::now();
    act();
    const Clock::time_point acted = Clock::now();
    const auto changed = visitor.wait_for_change(part, before, at_most);
    return changed ? Milliseconds(acted + *changed - start).count() : -1;
}

void print_list(const char* name, const std::vector<double>& values) {
    std::printf("\"%s\":[", name);
    for (std::size_t i = 0; i < values.size(); ++i) std::printf("%s%.3f", i ? "," : "", values[i]);
    std::printf("],");
}

int measure_taps(XTestVisitor& visitor, int count, const std::vector<Step>& steps) {
    std::vector<double> press, release;
    int missed = 0;
    for (int i = 0; i < count; ++i) {
        const Step& step = steps[static_cast<std::size_t>(i) % steps.size()];
        visitor.move(step.at);
        std::this_thread::sleep_for(step.pause);
        visitor.wait_until_still(kBetweenTaps, 3s);
        const double pressed = until_changed(visitor, step.part, 250ms, [&] { visitor.press(step.at); });
        if (pressed >= 0) press.push_back(pressed);
        visitor.wait_until_still(kBetweenTaps, 3s);
        const double released = until_changed(visitor, step.part, 3s, [&] { visitor.release(); });
        released >= 0 ? release.push_back(released) : static_cast<void>(++missed);
    }
    std::printf("{");
    print_list("press", press);
    print_list("release", release);
    std::printf("\"missed\":%d}\n", missed);
    return 0;
}

// CPU time of a process and the children it has now, in milliseconds; negative: there is no such process.
double cpu_ms(const std::string& pid) {
    std::ifstream stat("/proc/" + pid + "/stat");
    std::string line;
    if (!std::getline(stat, line)) return -1;
    std::istringstream fields(line.substr(line.rfind(')') + 2));   // the name may hold spaces; state is field 3
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    double sum = (user + system) * 1000 / static_cast<double>(sysconf(_SC_CLK_TCK));
    std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
    for (std::string child; children >> child;) sum += std::max(0.0, cpu_ms(child));
    return sum;
}

int measure_rest(XTestVisitor& visitor, std::chrono::seconds time, const std::string& pid) {
    visitor.wait_until_still(kQuiet, 30s);
    const double before = cpu_ms(pid);
    const int drawings = visitor.drawings_within(time);
    const double after = cpu_ms(pid);
    if (before < 0 || after < 0) {
        std::fprintf(stderr, "screen-probe: no process %s\n", pid.c_str());
        return 1;
    }
    std::printf("{\"drawings\":%d,\"cpu_ms\":%.0f}\n", drawings, after - before);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) return usage();
    const auto visitor = XTestVisitor::create();
    if (!visitor) {
        std::fprintf(stderr, "screen-probe: %s\n", visitor.error().message.en.c_str());
        return 1;
    }
    const std::string verb = argv[1];
    if (verb == "start" && argc >= 5 && std::strcmp(argv[3], "--") == 0) {
        const std::vector<int> part = numbers(argv[2]);
        if (part.size() != 4) return usage();
        return measure_start(**visitor, {part[0], part[1], part[0] + part[2], part[1] + part[3]}, argv + 4);
    }
    if (verb == "rest") return measure_rest(**visitor, std::chrono::seconds(std::atoi(argv[2])), argv[3]);
    if (verb == "tap") {
        std::vector<Step> steps;
        for (int i = 3; i < argc; ++i) {
            const std::vector<int> n = numbers(argv[i]);
            if (n.size() != 6 && n.size() != 7) return usage();
            steps.push_back({{n[0], n[1]}, {n[2], n[3], n[2] + n[4], n[3] + n[5]}, std::chrono::milliseconds(n.size() == 7 ? n[6] : 0)});
        }
        return measure_taps(**visitor, std::atoi(argv[2]), steps);
    }
    return usage();
}
