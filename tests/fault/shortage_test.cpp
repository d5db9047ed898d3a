#include "faulty_vfs.hpp"
#include "rounds.hpp"
#include "workload.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <database.hpp>

#include <array>
#include <iostream>
#include <set>

using namespace kiosk;
using namespace kiosk::test;

namespace {

namespace fs = std::filesystem;

constexpr int kStepsBefore = 20;
constexpr int kStepsUnderFault = 12;

const std::set<std::string> kAllowedCodes{"storage.disk_full",      "storage.read_only",   "storage.write_failed",
                                          "storage.too_many_files", "storage.out_of_memory"};

struct Case {
    const char* name;
    Fault fault;
    std::uint64_t stride;  // in CI every so manyth call; KIOSK_FAULT_STRIDE=1 for all
};

class Scene {
  public:
    Scene() : steps_(make_workload(3, kStepsBefore + kStepsUnderFault)) {
        options_.reserve_bytes = 0;
        options_.poll_slots = 4;
        options_.retention = {std::chrono::days(0), std::chrono::days(0)};
        options_.rate_cap = {0, 0};
        options_.sqlite_vfs = kFaultyVfs;
        auto store = open(directory_.file("base"));
        for (int step = 0; step < kStepsBefore; ++step)
            REQUIRE(perform(steps_[static_cast<std::size_t>(step)], **store));
    }

    // Runs a part of the workload with the fault in it; the number of calls that could have failed.
    std::uint64_t run(Fault fault, std::uint64_t at_call, bool for_ever) {
        const std::string data = directory_.file("data");
        fs::remove_all(data);
        fs::copy(directory_.file("base"), data, fs::copy_options::recursive);
        FaultPlan::start(fault, at_call, for_ever);
        std::size_t done = kStepsBefore;
        {
            auto store = open(data);
            if (!store) check_words(store.error());
            while (store && done < steps_.size() && attempt(**store, steps_[done])) ++done;
        }
        FaultPlan::stop();
        const std::uint64_t calls = FaultPlan::calls();
        check_restart(data, done, fault, for_ever);
        return calls;
    }

  private:
    core::Result<std::unique_ptr<storage::Store>> open(const std::string& data) {
        return storage::Store::open(data, &sealer_, clock_, random_, options_);
    }

    // A step that failed is tried once more, as a visitor would: after a fault that passed it must succeed.
    bool attempt(storage::Store& store, const Step& step) {
        const auto first = perform(step, store);
        if (first) return true;
        check_words(first.error());
        const auto second = perform(step, store);
        if (!second) check_words(second.error());
        return second.has_value();
    }

    void check_words(const core::Error& error) {
        CAPTURE(error.code, error.message.en);
        CHECK(kAllowedCodes.contains(error.code));
        CHECK_FALSE(error.message.vi.empty());
        CHECK_FALSE(error.message.en.empty());
    }

    void check_restart(const std::string& data, std::size_t done, Fault fault, bool for_ever) {
        auto store = open(data);
        REQUIRE(store);
        const auto status = (*store)->status();
        REQUIRE(status);
        // A page that the check at the start cannot read may be a bad sector: that database is set aside, and what it held
        // is found again below.
        if (!(for_ever && fault == Fault::io_error)) CHECK(status->set_aside == std::vector<std::string>{});
        if (!for_ever) CHECK((done == steps_.size() || done == kStepsBefore));
        const Contents& before = steps_[done - 1].after;
        const Contents& after = done < steps_.size() ? steps_[done].after : before;
        const auto contents = contents_of(**store, sealer_);
        REQUIRE(contents);
        CHECK(broken_promise(*contents, before, after) == std::nullopt);
        CHECK((*store)->record(steps_.front().response));
    }

    TemporaryDirectory directory_;
    StoppedClock clock_;
    core::SeededRandom random_{1};
    FakeSealer sealer_;
    storage::StoreOptions options_;
    std::vector<Step> steps_;
};

}  // namespace

TEST_CASE("a fault at any call of storage ends in words, loses nothing confirmed, and service goes on after it") {
    install_faulty_sqlite();
    prefer_memory_for_temporary_files();
    const Case tried = GENERATE(Case{"disk full", Fault::disk_full, 1}, Case{"short write", Fault::short_write, 1},
                                Case{"EIO", Fault::io_error, 3}, Case{"failed fsync", Fault::failed_sync, 1},
                                Case{"read-only file system", Fault::read_only, 1},
                                Case{"EMFILE", Fault::too_many_files, 1}, Case{"failed malloc", Fault::no_memory, 97});
    const bool for_ever = GENERATE(false, true);
    Scene scene;
    const std::uint64_t calls = scene.run(tried.fault, 0, false);
    REQUIRE(calls > 0);
    const std::uint64_t stride = rounds("KIOSK_FAULT_STRIDE", tried.stride);
    std::uint64_t failures = 0;
    for (std::uint64_t call = 1; call <= calls; call += stride) {
        INFO(tried.name << (for_ever ? " for ever from" : " once at") << " call " << call << " of " << calls);
        scene.run(tried.fault, call, for_ever);
        CHECK(FaultPlan::failures() >= 1);
        failures += FaultPlan::failures();
    }
    std::cout << tried.name << (for_ever ? " for ever" : " once") << ": at " << (calls + stride - 1) / stride << " of " << calls
              << " calls, " << failures << " failures\n";
}

TEST_CASE("on a full disk the reserve is given up and the answer kept; made again, it serves once more") {
    install_faulty_sqlite();
    StoreFixture kiosk;
    kiosk.options.sqlite_vfs = kFaultyVfs;
    kiosk.options.reserve_bytes = 64 * 1024;
    kiosk.open();
    for (int time = 0; time < 2; ++time) {
        REQUIRE(kiosk.store->status()->has_reserve);
        FaultPlan::start(Fault::disk_full, 1, false);
        CHECK(kiosk.store->record(kiosk.referral()));
        CHECK(FaultPlan::failures() == 1);
        FaultPlan::start(Fault::disk_full, 1, true);  // what the reserve gave is used up too
        CHECK(kiosk.store->record(kiosk.referral()).error().code == "storage.disk_full");
        FaultPlan::stop();
        CHECK_FALSE(kiosk.store->status()->has_reserve);
        CHECK(kiosk.store->status()->answers_waiting == time + 1);
        REQUIRE(kiosk.store->tidy());
    }
}

TEST_CASE("whatever is asked of a store whose disk gives only errors ends in words") {
    install_faulty_sqlite();
    StoreFixture kiosk;
    kiosk.options.sqlite_vfs = kFaultyVfs;
    kiosk.open();
    FaultPlan::start(Fault::io_error, 1, true);
    const std::vector<std::string> codes = kiosk.codes_of_all_calls();
    FaultPlan::stop();
    for (const std::string& code : codes) CHECK(code == "storage.write_failed");
    for (const std::string& code : kiosk.codes_of_all_calls()) CHECK(code == "done");
}

namespace {

// Tries `work` with each of SQLite's calls failing once, and after each time without.
template <class Work>
void with_every_call_failing(std::uint64_t malloc_stride, const Work& work) {
    for (const Fault fault : {Fault::no_memory, Fault::disk_full, Fault::io_error, Fault::too_many_files}) {
        const std::uint64_t stride = fault == Fault::no_memory ? rounds("KIOSK_FAULT_STRIDE", malloc_stride) : 1;
        std::uint64_t failures = 1;
        for (std::uint64_t call = 1; failures > 0; call += stride) {
            INFO("fault " << static_cast<int>(fault) << " at call " << call);
            FaultPlan::start(fault, call, false);
            try {
                work();
            } catch (const storage::SqliteError& failure) {
                CHECK(FaultPlan::failures() > 0);
                CHECK_FALSE(failure.is_damage());
            }
            failures = FaultPlan::failures();
            FaultPlan::stop();
            work();
        }
    }
}

constexpr std::array kTwoVersions{"CREATE TABLE item(x INTEGER, name TEXT) STRICT; INSERT INTO item VALUES(1, 'one')",
                                  "ALTER TABLE item ADD COLUMN y INTEGER; UPDATE item SET y=x+1"};

}  // namespace

TEST_CASE("a migration that any call of SQLite interrupts is begun again by the next opening") {
    install_faulty_sqlite();
    prefer_memory_for_temporary_files();
    const TemporaryDirectory folder;
    const storage::DataDirectory directory(folder.path(), 0);
    const storage::DatabaseSite site{directory, kFaultyVfs, "box"};
    const storage::Schema before{"item.db", 77, 4096, std::span(kTwoVersions).first(1)}, after{"item.db", 77, 4096, kTwoVersions};
    static_cast<void>(open_database(before, site, [](storage::Connection&) {}));
    fs::copy_file(folder.file("item.db"), folder.file("old"));
    with_every_call_failing(17, [&] {
        {
            const storage::Connection connection = open_database(after, site, [](storage::Connection&) {});
            const std::int64_t migrated = connection.integer("SELECT y FROM item");
            const std::string name = connection.text("SELECT name FROM item");
            CHECK(migrated == 2);
            CHECK(name == "one");
        }
        fs::remove(folder.file("item.db-journal"));
        fs::copy_file(folder.file("old"), folder.file("item.db"), fs::copy_options::overwrite_existing);
    });
}

TEST_CASE("a value that SQLite has no memory for is a failure, and never an empty one") {
    install_faulty_sqlite();
    with_every_call_failing(1, [] {
        storage::Connection connection(":memory:", {}, storage::Connection::Mode::read_write_create);
        connection.execute("CREATE TABLE item(x)");
        const std::string number = connection.text("SELECT 12345678901");
        storage::Statement row = connection.prepare("SELECT zeroblob(?)");
        const bool has_row = row.bind(1000).step();
        const std::size_t zeros = row.blob(0).size(), file_bytes = connection.bytes().size();
        CHECK(number == "12345678901");
        CHECK(has_row);
        CHECK(zeros == 1000);
        CHECK(file_bytes == 8192);
    });
}

TEST_CASE("whatever SQLite lacks while a damaged database is saved, all that can be read of it is there in the end") {
    install_faulty_sqlite();
    prefer_memory_for_temporary_files();
    const bool is_root_hit = GENERATE(false, true);
    StoreFixture kiosk;
    kiosk.options.sqlite_vfs = kFaultyVfs;
    kiosk.open();
    for (int number = 0; number < 30; ++number) {
        REQUIRE(kiosk.store->record(kiosk.poll()));
        REQUIRE(kiosk.store->record(kiosk.referral()));
    }
    kiosk.close();
    for (const auto& [schema, table] : {std::pair(&storage::kAnswersSchema, "sealed"), std::pair(&storage::kPollSchema, "slot")}) {
        const std::int64_t page = is_root_hit ? first_page_of(*schema, table) : 1;
        std::fstream file(kiosk.directory.file(schema->file), std::ios::binary | std::ios::in | std::ios::out);
        file.seekp((page - 1) * schema->page_bytes) << std::string(static_cast<std::size_t>(schema->page_bytes), 'x');
    }
    const TemporaryDirectory damaged;
    fs::copy(kiosk.directory.path(), damaged.path(), fs::copy_options::recursive);
    kiosk.open();
    // A page above the sealed answers holds some of them itself; above the slots there are none.
    const std::int64_t answers = kiosk.store->status()->answers_waiting;
    CHECK(answers > 20);
    if (!is_root_hit) CHECK(answers == 30);
    for (const Case& tried : {Case{"disk full", Fault::disk_full, 7}, Case{"EMFILE", Fault::too_many_files, 1},
                              Case{"failed malloc", Fault::no_memory, 397}}) {
        std::uint64_t failures = 1;
        for (std::uint64_t call = 1; failures > 0; call += rounds("KIOSK_FAULT_STRIDE", tried.stride)) {
            INFO(tried.name << " at call " << call);
            kiosk.close();
            for (const fs::path& entry : fs::directory_iterator(kiosk.directory.path())) fs::remove_all(entry);
            fs::copy(damaged.path(), kiosk.directory.path(), fs::copy_options::recursive);
            FaultPlan::start(tried.fault, call, false);
            auto opened = kiosk.try_open();
            FaultPlan::stop();
            failures = FaultPlan::failures();
            if (!opened) CHECK(kAllowedCodes.contains(opened.error().code));
            kiosk.store = opened ? std::move(*opened) : kiosk.try_open().value();
            CHECK(kiosk.store->status()->answers_waiting == answers);
            CHECK(kiosk.store->status()->polls_waiting == 30);
        }
    }
}
