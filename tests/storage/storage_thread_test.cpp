#include "storage_fixtures.hpp"

#include <kiosk/storage/storage_thread.hpp>
#include <kiosk/storage/unsynced_vfs.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <thread>

using namespace kiosk;
using kiosk::storage::ImmediateExecutor;
using kiosk::storage::StorageExecutor;
using kiosk::storage::StorageThread;
using kiosk::storage::Store;
using kiosk::test::StoreFixture;

TEST_CASE_METHOD(StoreFixture, "jobs run in order on the storage thread, completions on the thread that drains") {
    std::atomic<int> woken = 0;
    std::vector<int> completed;
    std::thread::id ran_on;
    {
        StorageThread executor(try_open().value(), [&] { ++woken; });
        for (int number = 0; number < 20; ++number) {
            executor.post([&, number, response = poll()](Store& opened) -> StorageExecutor::Completion {
                ran_on = std::this_thread::get_id();
                const bool is_recorded = opened.record(response).has_value();
                return [&completed, number, is_recorded] { completed.push_back(is_recorded ? number : -1); };
            });
        }
        while (woken < 20) std::this_thread::yield();
        CHECK(completed.empty());
        executor.drain();
    }
    CHECK(ran_on != std::this_thread::get_id());
    CHECK(completed.size() == 20);
    CHECK(std::is_sorted(completed.begin(), completed.end()));
    CHECK(completed.front() == 0);
    open();
    CHECK(store->status()->polls_waiting == 20);
}

TEST_CASE_METHOD(StoreFixture, "ending the storage thread runs what was posted and drops the completions") {
    bool was_completed = false;
    {
        StorageThread executor(try_open().value(), [] {});
        for (int number = 0; number < 10; ++number)
            executor.post([&, response = poll()](Store& opened) -> StorageExecutor::Completion {
                static_cast<void>(opened.record(response).has_value());
                return [&] { was_completed = true; };
            });
    }
    CHECK_FALSE(was_completed);
    open();
    CHECK(store->status()->polls_waiting == 10);
}

TEST_CASE_METHOD(StoreFixture, "on a kiosk nobody uses a retention still ends on its day") {
    options.retention = {std::chrono::days(1), std::chrono::days(1)};
    open();
    REQUIRE(store->record(poll()));
    REQUIRE(store->prepare());
    REQUIRE(store->delivered(1, {}));
    REQUIRE(store->receipt(1, {}));
    clock.wall += std::chrono::days(2);
    StorageThread executor(std::move(store), [] {}, std::chrono::milliseconds(1));
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    std::vector<std::string> events;
    executor.post([&](Store& used) -> StorageExecutor::Completion {
        return [&events, lines = used.audit_log().value()] {
            for (const auto& line : lines) events.push_back(line.event);
        };
    });
    for (int tries = 0; tries < 1000 && events.empty(); ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        executor.drain();
    }
    CHECK(std::count(events.begin(), events.end(), "bundle.wiped") == 1);
}

TEST_CASE_METHOD(StoreFixture, "the immediate executor does the same on the calling thread") {
    ImmediateExecutor executor(try_open().value());
    bool is_recorded = false;
    executor.post([&, response = poll()](Store& opened) -> StorageExecutor::Completion {
        const bool done = opened.record(response).has_value();
        return [&, done] { is_recorded = done; };
    });
    executor.post([](Store&) -> StorageExecutor::Completion { return {}; });
    CHECK_FALSE(is_recorded);
    executor.drain();
    CHECK(is_recorded);
}

TEST_CASE_METHOD(StoreFixture, "the unsynced VFS stores the same and survives a restart of the process") {
    options.sqlite_vfs = storage::unsynced_vfs();
    open();
    for (int number = 0; number < 50; ++number) {
        REQUIRE(store->record(poll()));
        REQUIRE(store->record(referral()));
    }
    options.sqlite_vfs.clear();
    reopen();
    CHECK(store->status()->polls_waiting == 50);
    CHECK(store->status()->answers_waiting == 50);
}
