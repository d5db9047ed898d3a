// Databases that were whole when they were opened and rot while the kiosk runs. They are larger than SQLite's cache here, so
// that what lies on the disk is read again.
#include "raw_database.hpp"

#include <kiosk/storage/unsynced_vfs.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace kiosk;
using kiosk::test::StoreFixture;

namespace {

constexpr int kAnswers = 300, kPolls = 1200;

class LargeStore : public StoreFixture {
  public:
    LargeStore() {
        options.sqlite_vfs = storage::unsynced_vfs();
        options.poll_slots = 2048;
        open();
        for (int number = 0; number < kAnswers; ++number) REQUIRE(store->record(referral(std::string(14'000, 'x'))));
        for (int number = 0; number < kPolls; ++number) REQUIRE(store->record(poll()));
    }

    // Hits every sealed answer of a database behind the back of the open store.
    void rot(const std::string& name) { CHECK(test::damage_sealed(directory.file(name), kPolls) > 0); }

    // What a bundle would carry, and how much of it the office could not open.
    struct Exported { int whole = 0, broken = 0; std::string refused_with; };
    Exported export_bundle(std::uint64_t sequence) {
        Exported carried;
        const auto done = store->for_each_sealed(sequence, [&](core::ByteView sealed) -> core::Result<void> {
            ++(sealer.open(sealed) ? carried.whole : carried.broken);
            return {};
        });
        if (!done) carried.refused_with = done.error().code;
        return carried;
    }
};

}  // namespace

TEST_CASE_METHOD(LargeStore, "an answer that rots while the kiosk runs is not handed on as whole, and no other is lost") {
    for (const char* name : {"poll.db", "answers.db"}) {
        INFO(name);
        const std::uint64_t sequence = store->prepare()->sequence;
        rot(name);
        const Exported first = export_bundle(sequence);
        CHECK(first.refused_with == "storage.damaged");
        CHECK(first.broken == 0);
        // The next call looks at all of it again, and sets it aside.
        CHECK(store->status()->set_aside.back() == name);
        const auto header = store->prepare();
        CHECK(header->sequence == sequence);
        CHECK(header->sealed_answers == kAnswers);
        CHECK(header->poll_records == kPolls);
        const Exported second = export_bundle(sequence);
        CHECK(second.refused_with.empty());
        CHECK(second.whole + second.broken == kAnswers + kPolls);
    }
}

TEST_CASE_METHOD(LargeStore, "what rotted is never written back as if it were whole") {
    SECTION("when a bundle is prepared") {
        const std::string name = GENERATE("poll.db", "answers.db");
        rot(name);
        const auto header = store->prepare();
        CHECK(store->status()->set_aside == std::vector{name});
        CHECK(header->sealed_answers == kAnswers);
        CHECK(header->poll_records == kPolls);
    }
    SECTION("when a bundle waits again") {
        REQUIRE(store->delivered(store->prepare()->sequence, {}));
        rot("poll.db");
        REQUIRE(store->export_again());
        CHECK(store->status()->set_aside == std::vector<std::string>{"poll.db"});
        CHECK(store->status()->polls_waiting == kPolls);
    }
    SECTION("when the set of slots grows") {
        for (int number = kPolls; number < 1536; ++number) REQUIRE(store->record(poll()));
        rot("poll.db");
        REQUIRE(store->tidy());
        CHECK(store->status()->set_aside == std::vector<std::string>{"poll.db"});
        CHECK(store->status()->polls_waiting == 1536);
    }
}
