#include "rounds.hpp"
#include "workload.hpp"

#include <kiosk/storage/unsynced_vfs.hpp>

#include <catch2/catch_test_macros.hpp>

#include <iostream>

using namespace kiosk;
using namespace kiosk::test;

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kFiles{"answers.db", "answers.db-journal", "poll.db",
                                      "poll.db-journal", "state.db", "state.db-journal"};

// What the damage of one page can reach: a page holds up to four sealed answers.
constexpr int kRowsTouchedAtMost = 4;

struct Outcome {
    bool was_noticed_here = false;
    int broken_at_office = 0;
    int missing = 0;
};

class Scene {
  public:
    Scene() {
        options_.reserve_bytes = 0;
        options_.poll_slots = 16;
        options_.rate_cap = {0, 0};
        options_.sqlite_vfs = storage::unsynced_vfs();
        StoreFixture author;
        auto store = open(directory_.file("base"));
        for (int number = 0; number < 10; ++number) {
            for (core::Response response : {author.poll(std::to_string(number)), author.referral(std::to_string(number))}) {
                REQUIRE((*store)->record(response));
                confirmed_[response.id.to_string()] = response.document;
            }
            if (number == 4) {
                REQUIRE((*store)->prepare());
                REQUIRE((*store)->delivered(1, bundle_hash(1)));
            }
        }
        REQUIRE((*store)->keep_definition({"form", "1", {}}, "<h:html/>"));
        REQUIRE((*store)->set_note("note", "value"));
    }

    std::uint64_t size_of(const std::string& file) const { return fs::file_size(directory_.file("base/" + file)); }

    Outcome flip(const std::string& file, std::uint64_t offset, unsigned char mask) {
        const std::string data = directory_.file("data");
        fs::remove_all(data);
        fs::copy(directory_.file("base"), data, fs::copy_options::recursive);
        {
            std::fstream stream(data + "/" + file, std::ios::binary | std::ios::in | std::ios::out);
            stream.seekg(static_cast<std::streamoff>(offset));
            const char flipped = static_cast<char>(stream.get() ^ mask);
            stream.seekp(static_cast<std::streamoff>(offset));
            stream.put(flipped);
        }
        auto store = open(data);
        if (!store) FAIL("the kiosk does not start: " << store.error().code);
        return look(**store);
    }

  private:
    core::Result<std::unique_ptr<storage::Store>> open(const std::string& data) {
        return storage::Store::open(data, &sealer_, clock_, random_, options_);
    }

    Outcome look(storage::Store& store) {
        Outcome outcome;
        StoreFixture visitor;
        visitor.random = core::SeededRandom(1234);
        CHECK(store.record(visitor.poll()));
        CHECK(store.record(visitor.referral()));
        REQUIRE(store.tidy());
        const auto prepared = store.prepare();
        REQUIRE(prepared);
        CHECK(prepared->sequence == 2);
        Contents whole;
        const auto take = [&](core::ByteView sealed) -> core::Result<void> {
            const auto payload = sealer_.open(sealed);
            const auto response = payload ? core::decode_response(*payload) : core::Result<core::Response>(payload.error());
            if (response) whole[response->id.to_string()] = response->document;
            else ++outcome.broken_at_office;
            return {};
        };
        for (const std::uint64_t sequence : {1u, 2u}) {
            const auto taken = store.for_each_sealed(sequence, take);
            if (!taken) CHECK(taken.error().code == "storage.no_such_bundle");
        }
        outcome.was_noticed_here = !store.status()->set_aside.empty();
        for (const auto& [id, document] : confirmed_) {
            const auto found = whole.find(id);
            if (found == whole.end()) ++outcome.missing;
            else CHECK(found->second == document);
        }
        return outcome;
    }

    TemporaryDirectory directory_;
    StoppedClock clock_;
    core::SeededRandom random_{1};
    FakeSealer sealer_;
    storage::StoreOptions options_;
    Contents confirmed_;
};

}  // namespace

TEST_CASE("a flipped byte is harmless or detected, costs only what it touched, and service continues") {
    prefer_memory_for_temporary_files();
    Scene scene;
    const std::uint64_t flips = rounds("KIOSK_BYTE_FLIPS", 1500);
    const bool is_every_byte = rounds("KIOSK_EVERY_BYTE", 0) != 0;
    core::SeededRandom random(rounds("KIOSK_FLIP_SEED", 1));
    int harmless = 0;
    int noticed = 0;
    int broken = 0;
    const auto flip = [&](const std::string& file, std::uint64_t offset) {
        const auto mask = static_cast<unsigned char>(1 + random.below(255));
        INFO(file << " at " << offset << " xor " << int(mask));
        const Outcome outcome = scene.flip(file, offset, mask);
        CHECK(outcome.missing <= kRowsTouchedAtMost);
        if (outcome.missing > 0) CHECK((outcome.was_noticed_here || outcome.broken_at_office > 0));
        harmless += !outcome.was_noticed_here && outcome.broken_at_office == 0 ? 1 : 0;
        noticed += outcome.was_noticed_here ? 1 : 0;
        broken += outcome.broken_at_office > 0 ? 1 : 0;
    };
    // The headers whole, in every round: a byte of one once kept the kiosk from starting.
    constexpr std::uint64_t kHeaderBytes = 100;
    for (const std::string& file : kFiles)
        for (std::uint64_t offset = 0; offset < kHeaderBytes; ++offset) flip(file, offset);
    if (is_every_byte) {
        for (const std::string& file : kFiles)
            for (std::uint64_t offset = 0; offset < scene.size_of(file); ++offset) flip(file, offset);
    } else {
        for (std::uint64_t number = 0; number < flips; ++number) {
            const std::string& file = kFiles[random.below(kFiles.size())];
            // Every fourth flip hits the first page, where the schema and the header lie.
            const std::uint64_t reach = number % 4 == 0 ? std::min<std::uint64_t>(scene.size_of(file), 4096) : scene.size_of(file);
            flip(file, random.below(reach));
        }
    }
    std::cout << "byte flips: " << harmless << " harmless, " << noticed << " noticed at the kiosk, " << broken
              << " with an answer that the office finds broken; 0 changed unnoticed\n";
    CHECK(noticed > 0);
    CHECK(harmless > 0);
}
