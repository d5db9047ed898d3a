#include "rounds.hpp"
#include "../storage/storage_fixtures.hpp"

#include <kiosk/exporting/bundle.hpp>
#include <kiosk/sealing/minisign.hpp>
#include <kiosk/storage/unsynced_vfs.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sqlite3.h>

#include <cmath>
#include <iostream>
#include <map>
#include <set>

using namespace kiosk;
using namespace kiosk::test;

namespace {

constexpr int kAnswers = 20;  // the eight slots of a run double twice on the way

// Kendall's tau of an order against the true one, 0, 1, 2, …
double tau(const std::vector<int>& order) {
    int score = 0;
    for (std::size_t one = 0; one < order.size(); ++one)
        for (std::size_t other = one + 1; other < order.size(); ++other) score += order[one] < order[other] ? 1 : -1;
    const double pairs = static_cast<double>(order.size() * (order.size() - 1)) / 2;
    return score / pairs;
}

struct Channel {
    std::vector<double> taus;
    double sum_of_last_ranks = 0;  // where the last answer stands, 0 to 1

    void add(const std::vector<int>& order) {
        taus.push_back(tau(order));
        const auto last = std::find(order.begin(), order.end(), kAnswers - 1) - order.begin();
        sum_of_last_ranks += static_cast<double>(last) / (kAnswers - 1);
    }
};

// The answers as whoever holds the disk sees them: by slot number, and by where their bytes lie in the file.
std::vector<std::pair<std::int64_t, std::string>> slots_of(const std::string& file) {
    std::vector<std::pair<std::int64_t, std::string>> slots;
    sqlite3* connection = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &connection) == SQLITE_OK);
    sqlite3_stmt* row = nullptr;
    REQUIRE(sqlite3_prepare_v2(connection, "SELECT number, id FROM slot WHERE length>0 ORDER BY number", -1, &row, nullptr) == SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW)
        slots.emplace_back(sqlite3_column_int64(row, 0), std::string(static_cast<const char*>(sqlite3_column_blob(row, 1)), 16));
    sqlite3_finalize(row);
    sqlite3_close(connection);
    return slots;
}

std::string bytes_text(const core::ResponseId& id) {
    return {reinterpret_cast<const char*>(id.bytes().data()), id.bytes().size()};
}

core::Bytes opened_bundle(const FakeSealer& sealer, const std::string& file) { return sealer.open(bytes_of(file)).value(); }

// The times that stand in a ZIP's entries, each once.
std::set<std::uint32_t> times_in(const core::Bytes& zip) {
    const std::string raw(reinterpret_cast<const char*>(zip.data()), zip.size());
    std::set<std::uint32_t> times;
    for (std::size_t at = raw.find("PK\x01\x02"); at != std::string::npos; at = raw.find("PK\x01\x02", at + 4)) {
        std::uint32_t time = 0;
        std::memcpy(&time, raw.data() + at + 12, sizeof time);
        times.insert(time);
    }
    return times;
}

// The bundle on the stick: by the order of its entries, with one time for all of them and for the file.
std::vector<core::Response> on_the_stick(StoreFixture& fixture) {
    static const sealing::MinisignSigner signer(sealing::MinisignSecretKey::generate());
    static const auto verifier = sealing::MinisignVerifier::create({signer.public_key()}).value();
    const std::string stick = fixture.directory.file("stick");
    auto folder = exporting::DiskFolder::open(stick).value();
    const auto exported = exporting::export_bundle(*fixture.store, fixture.sealer, signer, folder);
    REQUIRE(exported);
    const std::string file = stick + "/" + exported->file;
    CHECK(times_in(opened_bundle(fixture.sealer, file)).size() == 1);
    static const auto first_time = std::filesystem::last_write_time(file);
    CHECK(std::filesystem::last_write_time(file) == first_time);

    std::vector<core::Response> responses;
    const auto opened = exporting::OpenedBundle::open(bytes_of(file), exported->seal, fixture.sealer);
    REQUIRE(opened);
    CHECK(opened->header().counters == std::vector<core::BundleCounter>{{"opinion_poll.finished", kAnswers}});
    REQUIRE(opened->for_each_row([&](core::ByteView payload) -> core::Result<void> {
        responses.push_back(core::decode_response(payload).value());
        return {};
    }));
    return responses;
}

// Runs one day of a poll and adds every order that can be observed to its channel.
void observe(std::uint64_t seed, std::map<std::string, Channel>& channels) {
    StoreFixture fixture;
    fixture.random = core::SeededRandom(seed);
    fixture.options.sqlite_vfs = storage::unsynced_vfs();
    fixture.open();
    std::map<std::string, int> true_order;
    std::map<std::string, int> true_order_by_id;
    for (int number = 0; number < kAnswers; ++number) {
        const core::Response response = fixture.poll(std::to_string(number));
        true_order[bytes_text(response.id)] = number;
        true_order_by_id[response.id.to_string()] = number;
        REQUIRE(fixture.store->record(response));
        REQUIRE(fixture.store->count_visit("opinion_poll", {"finished"}));
        REQUIRE(fixture.store->tidy());
    }
    const core::Bytes journal = bytes_of(fixture.directory.file("poll.db-journal"));
    REQUIRE(std::all_of(journal.begin(), journal.end(), [](std::byte byte) { return byte == std::byte{}; }));
    REQUIRE(fixture.store->audit_log()->size() == 1);

    std::vector<int> exported;
    for (const core::Response& response : fixture.exported(fixture.store->prepare()->sequence))
        exported.push_back(true_order_by_id.at(response.id.to_string()));
    channels["export"].add(exported);
    std::vector<int> bundled;
    for (const core::Response& response : on_the_stick(fixture)) bundled.push_back(true_order_by_id.at(response.id.to_string()));
    channels["entry of the bundle"].add(bundled);

    fixture.close();
    const auto slots = slots_of(fixture.directory.file("poll.db"));
    REQUIRE(slots.size() == kAnswers);
    std::vector<int> by_slot;
    std::map<std::size_t, int> by_offset;
    const std::string raw = [&] {
        const core::Bytes bytes = bytes_of(fixture.directory.file("poll.db"));
        return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }();
    for (const auto& [number, id] : slots) {
        by_slot.push_back(true_order.at(id));
        by_offset[raw.find(id)] = true_order.at(id);
    }
    channels["slot"].add(by_slot);
    std::vector<int> offsets;
    for (const auto& [offset, number] : by_offset) offsets.push_back(number);
    channels["place in the file"].add(offsets);
}

}  // namespace

TEST_CASE("no observable order of poll answers tells in which order they came") {
    prefer_memory_for_temporary_files();
    const std::uint64_t runs = rounds("KIOSK_ORDER_RUNS", 1000);
    std::map<std::string, Channel> channels;
    for (std::uint64_t run = 1; run <= runs; ++run) observe(run, channels);

    // What chance gives at this number of answers (Kendall 1938).
    const double n = kAnswers;
    const double chance_deviation = std::sqrt(2 * (2 * n + 5) / (9 * n * (n - 1)));
    CHECK(channels.size() == 4);
    for (const auto& [name, channel] : channels) {
        INFO(name);
        double sum = 0;
        double squares = 0;
        double within_one = 0;
        double within_two = 0;
        for (const double value : channel.taus) {
            sum += value;
            squares += value * value;
            within_one += std::abs(value) < chance_deviation ? 1 : 0;
            within_two += std::abs(value) < 1.96 * chance_deviation ? 1 : 0;
        }
        const auto count = static_cast<double>(channel.taus.size());
        const double mean = sum / count;
        const double deviation = std::sqrt(squares / count - mean * mean);
        std::cout << name << ": mean tau " << mean << ", deviation " << deviation << " (by chance " << chance_deviation
                  << "), last answer at " << channel.sum_of_last_ranks / count << "\n";
        CHECK(std::abs(mean) <= 0.02);
        CHECK(std::abs(deviation / chance_deviation - 1) <= 0.1);
        CHECK(std::abs(within_one / count - 0.683) <= 0.05);
        CHECK(std::abs(within_two / count - 0.95) <= 0.025);
        CHECK(std::abs(channel.sum_of_last_ranks / count - 0.5) <= 0.04);
    }
}

TEST_CASE("the measure of order can fail: rows in the order they came have tau one") {
    std::vector<int> in_order;
    for (int number = 0; number < kAnswers; ++number) in_order.push_back(number);
    CHECK(tau(in_order) == 1);
    CHECK(tau({in_order.rbegin(), in_order.rend()}) == -1);
}
