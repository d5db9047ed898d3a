// plugin-faults FIXTURES ROUNDS [SEED]: random plugin faults under the real supervisor, loader and blame, with no display.
// Each round calls one plugin that throws, returns nonsense, aborts, exits, hangs, overruns its stack, or takes all memory,
// and then a good one. Whoever dies or hangs must be blamed by name after the restart, be set aside after two strikes, and
// the good plugin must go on.
// Prints one JSON object; exits 1 when a promise was broken.
#include <kiosk/core/random.hpp>
#include <kiosk/platform/supervisor.hpp>
#include <kiosk/platform/system.hpp>
#include <kiosk/plugin_host/plugin_registry.hpp>

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace kiosk;

struct Fault {
    const char* plugin;
    bool ends_the_process;
};
constexpr std::array<Fault, 10> kFaults{{{"throws_in_begin", false}, {"throws_in_describe", false}, {"unknown_status", false},
                                        {"ill_formed_text", false}, {"throws_in_submit", false}, {"aborts_in_describe", true},
                                        {"exits_in_submit", true}, {"hangs_in_begin", true}, {"overruns_the_stack", true},
                                        {"eats_memory", false}}};
constexpr const char* kGood = "none";

// What outlives the children.
struct Ledger {
    long rounds = 0, deaths = 0, caught = 0, set_aside = 0, wrong_blame = 0, not_set_aside = 0, good_failed = 0, survived = 0;
    std::int64_t fault_at_ms = 0, longest_ms = 0;
    char running[64] = {};           // the plugin that is being called; empty: none
    std::array<int, kFaults.size()> strikes{};   // expected
};

class Rounds {
  public:
    Rounds(Ledger& ledger, const fs::path& fixtures, const fs::path& state, long wanted, std::uint64_t seed, const core::Clock& clock)
        : ledger_(ledger), fixtures_(fixtures), state_(state), wanted_(wanted), seed_(seed), clock_(clock) {}

    int serve(platform::Heartbeat& heartbeat) {
        const rlimit no_core{0, 0};
        setrlimit(RLIMIT_CORE, &no_core);
        auto blame = plugin_host::Blame::open(state_);
        if (!blame) return 3;
        settle_death(**blame);
        plugin_host::PluginSettings settings;
        settings.directories = {fixtures_};
        auto registry = plugin_host::PluginRegistry::create(std::move(settings), plugin_host::Trust::development(), **blame);
        heartbeat.waiting();
        while (ledger_.rounds < wanted_) {
            heartbeat.working(clock_.steady_now());
            play_round(*registry, **blame);
            heartbeat.waiting();
        }
        return 0;
    }

  private:
    std::size_t index_of(std::string_view plugin) const {
        return static_cast<std::size_t>(std::find_if(kFaults.begin(), kFaults.end(), [&](const Fault& f) { return plugin == f.plugin; }) - kFaults.begin());
    }

    // The child before died in a round: it must have left the right name, and this one is back in time.
    void settle_death(plugin_host::Blame& blame) {
        const std::string guilty = ledger_.running;
        if (guilty.empty()) return;
        ++ledger_.deaths;
        if (!blame.died_in() || blame.died_in()->plugin != guilty) ++ledger_.wrong_blame;
        ledger_.longest_ms = std::max(ledger_.longest_ms, clock_.steady_now().count() - ledger_.fault_at_ms);
        if (const std::size_t fault = index_of(guilty); fault < kFaults.size()) ++ledger_.strikes[fault];
        std::memset(ledger_.running, 0, sizeof ledger_.running);
        ++ledger_.rounds;
    }

    void play_round(plugin_host::PluginRegistry& registry, plugin_host::Blame& blame) {
        core::SeededRandom random(seed_ + static_cast<std::uint64_t>(ledger_.rounds) * 0x9e3779b97f4a7c15U);
        const std::size_t index = random.below(kFaults.size());
        const Fault& fault = kFaults[index];
        const bool is_set_aside = blame.is_set_aside(fault.plugin);
        if (is_set_aside != (ledger_.strikes[index] >= plugin_host::Blame::kStrikesUntilSetAside)) ++ledger_.not_set_aside;
        std::strncpy(ledger_.running, fault.plugin, sizeof ledger_.running - 1);
        ledger_.fault_at_ms = clock_.steady_now().count();
        const bool went_well = visit(registry, fault.plugin);
        std::memset(ledger_.running, 0, sizeof ledger_.running);
        if (is_set_aside) {   // nothing of it ran; staff look at it, and it starts afresh
            ++ledger_.set_aside;
            static_cast<void>(registry.release(fault.plugin));
            ledger_.strikes[index] = 0;
        } else if (fault.ends_the_process || went_well) {
            ++ledger_.survived;   // it should not have
        } else {
            ++ledger_.caught;
            ++ledger_.strikes[index];
        }
        if (!visit(registry, kGood)) ++ledger_.good_failed;
        ++ledger_.rounds;
    }

    static bool visit(plugin_host::PluginRegistry& registry, const std::string& plugin) {
        const auto token = registry.begin(plugin);
        if (!token) return false;
        bool went_well = static_cast<bool>(registry.describe(*token));
        if (went_well) went_well = static_cast<bool>(registry.submit(*token, {{"/data/rating", "good"}}));
        registry.end(*token);
        return went_well;
    }

    Ledger& ledger_;
    fs::path fixtures_, state_;
    long wanted_;
    std::uint64_t seed_;
    const core::Clock& clock_;
};

}  // namespace

int main(int count, char** words) {
    if (count < 3) {
        std::cerr << "usage: plugin-faults FIXTURES ROUNDS [SEED]\n";
        return 2;
    }
    void* const shared = mmap(nullptr, sizeof(Ledger), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) return 3;
    Ledger& ledger = *new (shared) Ledger;
    std::string state = (fs::temp_directory_path() / "kiosk-faults-XXXXXX").string();
    if (!::mkdtemp(state.data())) return 3;
    std::string fixtures = state + "/plugins";   // only those this program knows, so that no other one crashes at the start
    fs::create_directory(fixtures);
    for (const Fault& fault : kFaults) fs::copy(fs::path(words[1]) / fault.plugin, fs::path(fixtures) / fault.plugin, fs::copy_options::recursive);
    fs::copy(fs::path(words[1]) / kGood, fs::path(fixtures) / kGood, fs::copy_options::recursive);

    const platform::SystemClock clock;
    Rounds rounds(ledger, fixtures, state, std::atol(words[2]), count > 3 ? std::strtoull(words[3], nullptr, 10) : 1, clock);
    platform::SupervisionLimits limits;
    limits.restarts = 1'000'000;
    const int code = platform::supervise(limits, clock, [&](platform::Heartbeat& heartbeat) { return rounds.serve(heartbeat); },
                                         [](const platform::ChildFault&) {});
    fs::remove_all(state);
    const bool is_good = code == 0 && ledger.wrong_blame == 0 && ledger.not_set_aside == 0 && ledger.good_failed == 0 && ledger.survived == 0;
    std::printf("{\"ok\":%s,\"rounds\":%ld,\"deaths\":%ld,\"caught\":%ld,\"set_aside\":%ld,\"wrong_blame\":%ld,\"not_set_aside\":%ld,"
                "\"good_failed\":%ld,\"longest_back_ms\":%lld}\n",
                is_good ? "true" : "false", ledger.rounds, ledger.deaths, ledger.caught, ledger.set_aside, ledger.wrong_blame,
                ledger.not_set_aside, ledger.good_failed, static_cast<long long>(ledger.longest_ms));
    return is_good ? 0 : 1;
}
