// From a confirmed answer to its being durable, beside what SQLite and the disk take for the same bytes. In the working
// directory, so run it on the disk that is meant. The sealer does as much copying as age and no cryptography.
#include "../storage/storage_fixtures.hpp"

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>

using namespace kiosk;

namespace {


// A directory below the working directory, gone afterwards.
class Workplace {
  public:
    Workplace() { std::filesystem::create_directories(path_); }
    ~Workplace() { std::filesystem::remove_all(path_); }
    std::string file(const std::string& name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_ = std::filesystem::current_path() / "storage-benchmark";
};

void overwrite_and_sync(benchmark::State& state) {
    const Workplace workplace;
    const int file = ::open(workplace.file("raw").c_str(), O_RDWR | O_CREAT, 0600);
    const std::array<char, 4096> page{};
    for (auto _ : state) {
        if (::pwrite(file, page.data(), page.size(), 0) != 4096 || ::fdatasync(file) != 0) state.SkipWithError("disk");
    }
    ::close(file);
}
BENCHMARK(overwrite_and_sync)->Unit(benchmark::kMillisecond)->UseRealTime();

void bare_sqlite(benchmark::State& state, const char* settings) {
    const Workplace workplace;
    sqlite3* connection = nullptr;
    sqlite3_open(workplace.file("bare.db").c_str(), &connection);
    sqlite3_exec(connection, settings, nullptr, nullptr, nullptr);
    sqlite3_exec(connection, "CREATE TABLE t(id BLOB PRIMARY KEY, body BLOB) WITHOUT ROWID", nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(connection, "INSERT INTO t VALUES(randomblob(16), zeroblob(4000))", -1, &insert, nullptr);
    for (auto _ : state) {
        if (sqlite3_step(insert) != SQLITE_DONE) state.SkipWithError("commit");
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    sqlite3_close(connection);
}
BENCHMARK_CAPTURE(bare_sqlite, persist_extra, "PRAGMA journal_mode=PERSIST; PRAGMA synchronous=EXTRA")
    ->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(bare_sqlite, persist_extra_exclusive,
                  "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=PERSIST; PRAGMA synchronous=EXTRA")
    ->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(bare_sqlite, defaults, "")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(bare_sqlite, wal_full, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
    ->Unit(benchmark::kMillisecond)->UseRealTime();

// Each answer is recorded within the timing and tidied up after it outside, as on the storage thread.
void confirm(benchmark::State& state, StoragePolicy storage) {
    const Workplace workplace;
    test::StoreFixture visitor;
    visitor.options.poll_slots = 4096;
    auto store = storage::Store::open(workplace.file("data"), &visitor.sealer, visitor.clock, visitor.random, visitor.options);
    if (!store) return state.SkipWithError(store.error().code.c_str());
    for (auto _ : state) {
        state.PauseTiming();
        const core::Response response = storage == StoragePolicy::anonymous ? visitor.poll() : visitor.referral();
        state.ResumeTiming();
        if (!(*store)->record(response)) state.SkipWithError("record");
        state.PauseTiming();
        if (!(*store)->tidy()) state.SkipWithError("tidy");
        state.ResumeTiming();
    }
}
BENCHMARK_CAPTURE(confirm, poll, StoragePolicy::anonymous)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(confirm, sealed, StoragePolicy::sealed)->Unit(benchmark::kMillisecond)->UseRealTime();

void open_with_a_day_of_answers(benchmark::State& state) {
    test::StoreFixture kiosk;
    kiosk.options.poll_slots = 256;
    kiosk.open();
    for (int answer = 0; answer < 300; ++answer)
        static_cast<void>(kiosk.store->record(answer % 2 == 0 ? kiosk.poll() : kiosk.referral()).has_value());
    for (auto _ : state) {
        if (!kiosk.reopen().status()) state.SkipWithError("open");
    }
}
BENCHMARK(open_with_a_day_of_answers)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
