// The C++ heap runs out at any allocation of the store, once or for ever: no crash, no false confirmation, nothing lost.
// (SQLite's own allocations fail in shortage_test.cpp.)
#include "failing_heap.hpp"
#include "rounds.hpp"
#include "workload.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <iostream>

using namespace kiosk;
using namespace kiosk::test;

namespace {

namespace fs = std::filesystem;

constexpr int kStepsBefore = 20;
constexpr int kStepsUnderWant = 10;

class Scene {
  public:
    Scene() : steps_(make_workload(3, kStepsBefore + kStepsUnderWant)) {
        options_.reserve_bytes = 0;
        options_.poll_slots = 4;
        options_.retention = {std::chrono::days(0), std::chrono::days(0)};
        options_.rate_cap = {0, 0};
        auto store = open(directory_.file("base"));
        for (std::size_t step = 0; step < kStepsBefore; ++step) REQUIRE(perform(steps_[step], **store));
    }

    // A piece of the kiosk's life in which memory runs out after so many allocations; whether it did.
    bool live(long allocations, bool for_ever) {
        const std::string data = directory_.file("data");
        fs::remove_all(data);
        fs::copy(directory_.file("base"), data, fs::copy_options::recursive);
        std::size_t done = kStepsBefore;
        std::string bad_code;
        const auto judge = [&](const auto& result) {
            if (result) return true;
            const std::string& code = result.error().code;
            if (code != "storage.out_of_memory" && code != "out_of_memory") bad_code = code;
            return false;
        };
        bool has_failed = false;
        {
            storage::StoreOptions options = options_;
            const FailingAllocation failing(allocations, for_ever);
            auto store = storage::Store::open(data, &sealer_, clock_, random_, std::move(options));
            if (judge(store)) {
                // Tried once more, as a visitor would: what failed once must then succeed.
                while (done < steps_.size() && (judge(perform(steps_[done], **store)) || judge(perform(steps_[done], **store))))
                    ++done;
            }
            has_failed = failing.has_failed();
        }
        CHECK(bad_code.empty());
        check_restart(data, done, for_ever);
        return has_failed;
    }

  private:
    core::Result<std::unique_ptr<storage::Store>> open(const std::string& data) {
        return storage::Store::open(data, &sealer_, clock_, random_, options_);
    }

    void check_restart(const std::string& data, std::size_t done, bool for_ever) {
        auto store = open(data);
        REQUIRE(store);
        CHECK((*store)->status()->set_aside.empty());
        if (!for_ever) CHECK((done == steps_.size() || done == kStepsBefore));
        const Contents& before = steps_[done - 1].after;
        const Contents& after = done < steps_.size() ? steps_[done].after : before;
        const auto contents = contents_of(**store, sealer_);
        REQUIRE(contents);
        CHECK(broken_promise(*contents, before, after) == std::nullopt);
    }

    TemporaryDirectory directory_;
    StoppedClock clock_;
    core::SeededRandom random_{1};
    FakeSealer sealer_;
    storage::StoreOptions options_;
    std::vector<Step> steps_;
};

}  // namespace

TEST_CASE("memory that runs out at any allocation of the store ends in an error and loses nothing") {
    prefer_memory_for_temporary_files();
    const bool for_ever = GENERATE(false, true);
    Scene scene;
    const auto stride = static_cast<long>(rounds("KIOSK_FAULT_STRIDE", 23));
    long allocation = 0;
    for (bool was_hit = true; was_hit; allocation += stride) {
        INFO("memory ends " << (for_ever ? "for ever" : "once") << " after " << allocation << " allocations");
        was_hit = scene.live(allocation, for_ever);
    }
    std::cout << "memory ran out " << (for_ever ? "for ever" : "once") << " at every " << stride << ". of " << allocation
              << " allocations\n";
    CHECK(allocation > 200);
}
