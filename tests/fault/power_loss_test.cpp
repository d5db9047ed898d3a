#include "power_disk.hpp"
#include "rounds.hpp"
#include "workload.hpp"

#include <catch2/catch_test_macros.hpp>
#include <sqlite3.h>

#include <iostream>

using namespace kiosk;
using namespace kiosk::test;

namespace {

constexpr int kStepsAWorkload = 28;

// A kiosk whose databases lie on a disk that can lose power.
class PoweredKiosk {
  public:
    explicit PoweredKiosk(const std::string& directory) : directory_(directory) {
        options_.reserve_bytes = 0;
        options_.poll_slots = 4;
        options_.retention = {std::chrono::days(0), std::chrono::days(0)};
        options_.rate_cap = {0, 0};
        options_.sqlite_vfs = PowerVfs::kName;
    }

    core::Result<std::unique_ptr<storage::Store>> open(std::uint64_t seed) {
        random_ = core::SeededRandom(seed);
        return storage::Store::open(directory_, &sealer, clock_, random_, options_);
    }

    FakeSealer sealer;

  private:
    std::string directory_;
    StoppedClock clock_;
    core::SeededRandom random_{0};
    storage::StoreOptions options_;
};

struct Recording {
    std::vector<Step> steps;
    std::vector<DiskChange> changes;
    std::vector<std::size_t> changes_when_confirmed;  // of each step
};

Recording run(PoweredKiosk& kiosk, std::uint64_t seed) {
    Recording recording;
    recording.steps = make_workload(seed, kStepsAWorkload);
    PowerVfs vfs{PowerDisk()};
    auto store = kiosk.open(seed);
    REQUIRE(store);
    for (const Step& step : recording.steps) {
        REQUIRE(perform(step, **store));
        recording.changes_when_confirmed.push_back(vfs.changes().size());
    }
    store->reset();
    recording.changes = vfs.changes();
    return recording;
}

// Opens a kiosk on what the cut left and looks whether the promise is kept. The disk is left as the opening made it.
std::optional<std::string> verdict(PoweredKiosk& kiosk, const Recording& recording, std::size_t cut, PowerDisk found,
                                   std::vector<DiskChange>* recovery = nullptr) {
    const auto& confirmed = recording.changes_when_confirmed;
    const auto done = static_cast<std::size_t>(std::upper_bound(confirmed.begin(), confirmed.end(), cut) - confirmed.begin());
    const Contents nothing;
    const Contents& before = done == 0 ? nothing : recording.steps[done - 1].after;
    const Contents& after = done == recording.steps.size() ? before : recording.steps[done].after;

    PowerVfs vfs(std::move(found));
    auto store = kiosk.open(cut);
    if (!store) return "it does not open: " + store.error().code;
    if (recovery != nullptr) *recovery = vfs.changes();
    if (!(*store)->status()->set_aside.empty()) return "a database is damaged";
    const auto contents = contents_of(**store, kiosk.sealer);
    if (!contents) return "half an answer: " + contents.error().code;
    if (const auto broken = broken_promise(*contents, before, after)) return broken;
    if (!(*store)->audit("after.cut", "")) return "service does not go on";
    return std::nullopt;
}

std::string place(std::uint64_t seed, std::size_t cut) {
    return "workload " + std::to_string(seed) + ", cut before change " + std::to_string(cut) +
           " (replay: KIOSK_POWER_SEED=" + std::to_string(seed) + ")";
}

}  // namespace

namespace {

struct Tally {
    std::uint64_t states = 0;
    std::uint64_t cut_again = 0;  // of them, in the recovery from the first cut
};

// Cuts the power at every change of one workload, or until enough states were looked at.
void cut_at_every_change(PoweredKiosk& kiosk, std::uint64_t seed, std::uint64_t states_wanted, Tally& tally) {
    const Recording recording = run(kiosk, seed);
    PowerDisk disk;
    for (std::size_t cut = 0; cut <= recording.changes.size() && tally.states < states_wanted; ++cut) {
        core::SeededRandom random(seed * 1'000'003 + cut);
        const PowerDisk found = disk.after_cut(random);
        std::vector<DiskChange> recovery;
        const auto broken = verdict(kiosk, recording, cut, found, &recovery);
        if (broken) FAIL(place(seed, cut) << ": " << *broken);
        ++tally.states;
        // A second cut while the first is being recovered from.
        if (cut % 4 == 0 && !recovery.empty()) {
            PowerDisk half_recovered = found;
            const std::uint64_t second_cut = random.below(recovery.size());
            for (std::uint64_t index = 0; index < second_cut; ++index) half_recovered.apply(recovery[index]);
            const auto broken_again = verdict(kiosk, recording, cut, half_recovered.after_cut(random));
            if (broken_again) FAIL(place(seed, cut) << ", again in recovery: " << *broken_again);
            ++tally.states;
            ++tally.cut_again;
        }
        if (cut < recording.changes.size()) disk.apply(recording.changes[cut]);
    }
}

// Workload after workload, every other seed, until enough states were looked at.
void cut_workloads(std::uint64_t first_seed) {
    prefer_memory_for_temporary_files();
    const TemporaryDirectory directory;
    PoweredKiosk kiosk(directory.path());
    const std::uint64_t wanted = rounds("KIOSK_POWER_STATES", 50'000) / 2;
    Tally tally;
    if (const std::uint64_t only_seed = rounds("KIOSK_POWER_SEED", 0); only_seed != 0) {
        cut_at_every_change(kiosk, only_seed, wanted, tally);
    } else {
        std::uint64_t seed = first_seed + rounds("KIOSK_POWER_FROM", 0) / 2 * 2;
        for (; tally.states < wanted; seed += 2) cut_at_every_change(kiosk, seed, wanted, tally);
        std::cout << "power cuts, before workload " << seed << ": ";
    }
    std::cout << tally.states << " states, " << tally.cut_again << " of them cut again in recovery\n";
    CHECK(tally.states > 0);
}

}  // namespace

// Two halves, so that two cores share the work.
TEST_CASE("no power cut loses, halves or brings back an answer (odd workloads)") { cut_workloads(1); }
TEST_CASE("no power cut loses, halves or brings back an answer (even workloads)") { cut_workloads(2); }

TEST_CASE("no power cut that once did harm does so again") {
    prefer_memory_for_temporary_files();
    const TemporaryDirectory directory;
    PoweredKiosk kiosk(directory.path());
    Tally tally;
    // 183: a cut in the making of a database left it with another page size, as if damaged.
    for (const std::uint64_t seed : {183}) cut_at_every_change(kiosk, seed, 1'000'000, tally);
    CHECK(tally.states > 0);
}

namespace {

struct Losses {
    int states = 0;
    int lost = 0;
    int corrupt = 0;
};

// Bare SQLite under given settings: one row a commit, a cut at every change.
Losses losses_of(const char* settings) {
    constexpr int kRows = 12;
    std::vector<std::size_t> confirmed;
    std::vector<DiskChange> changes;
    const auto open = [] {
        sqlite3* connection = nullptr;
        sqlite3_open_v2("bare.db", &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, PowerVfs::kName);
        return connection;
    };
    {
        PowerVfs vfs{PowerDisk()};
        sqlite3* connection = open();
        sqlite3_exec(connection, settings, nullptr, nullptr, nullptr);
        sqlite3_exec(connection, "CREATE TABLE t(x)", nullptr, nullptr, nullptr);
        for (int row = 0; row < kRows; ++row) {
            REQUIRE(sqlite3_exec(connection, "INSERT INTO t VALUES(zeroblob(900))", nullptr, nullptr, nullptr) == SQLITE_OK);
            confirmed.push_back(vfs.changes().size());
        }
        sqlite3_close(connection);
        changes = vfs.changes();
    }
    Losses losses;
    PowerDisk disk;
    for (std::size_t cut = 0; cut <= changes.size(); ++cut) {
        for (std::uint64_t damage = 0; damage < 8; ++damage) {
            core::SeededRandom random(cut * 8 + damage);
            PowerVfs vfs(disk.after_cut(random));
            sqlite3* connection = open();
            std::string whole;
            std::string rows = "0";
            const auto keep = [](void* into, int, char** columns, char**) {
                *static_cast<std::string*>(into) = columns[0] == nullptr ? "" : columns[0];
                return 0;
            };
            sqlite3_exec(connection, "PRAGMA integrity_check", keep, &whole, nullptr);
            sqlite3_exec(connection, "SELECT count(*) FROM t", keep, &rows, nullptr);
            sqlite3_close(connection);
            const auto owed = std::upper_bound(confirmed.begin(), confirmed.end(), cut) - confirmed.begin();
            ++losses.states;
            losses.corrupt += whole != "ok" ? 1 : 0;
            losses.lost += std::stoll(rows) < owed ? 1 : 0;
        }
        if (cut < changes.size()) disk.apply(changes[cut]);
    }
    std::cout << "bare SQLite, " << (*settings ? settings : "its defaults") << ": " << losses.lost << " lost, "
              << losses.corrupt << " corrupt of " << losses.states << " states\n";
    return losses;
}

}  // namespace

TEST_CASE("the simulator can fail: it finds what SQLite's default settings lose") {
    const Losses defaults = losses_of("");
    CHECK(defaults.lost > defaults.states / 20);
    CHECK(defaults.corrupt == 0);

    const Losses never_synced = losses_of("PRAGMA synchronous=OFF");
    CHECK(never_synced.corrupt > 0);

    const Losses ours = losses_of("PRAGMA journal_mode=PERSIST; PRAGMA synchronous=EXTRA");
    CHECK(ours.lost == 0);
    CHECK(ours.corrupt == 0);
}
