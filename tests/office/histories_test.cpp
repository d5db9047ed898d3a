// Random histories of kiosks, sticks and an office: visitors answer and withdraw, sticks are pulled, lost and found again,
// bundles are merged in any order and more than once, receipts let the kiosks wipe. Whatever happened: once every kiosk has
// exported to a good stick and the office has merged it, each answer stands there exactly once, and none that was withdrawn.
//
// 1,000 histories; KIOSK_HISTORIES=1000000 for as many by hand, KIOSK_FIRST_HISTORY=N to repeat one that failed.
#include <catch2/catch_test_macros.hpp>

#include "../exporting/fakes.hpp"
#include "../office_store/sample.hpp"

#include <kiosk/exporting/bundle.hpp>
#include <kiosk/exporting/receipt.hpp>
#include <kiosk/storage/store.hpp>
#include <kiosk/storage/unsynced_vfs.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

using namespace kiosk;
using fakes::FaultyStick;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t kHistories = 150;  // each many times slower
#else
constexpr std::uint64_t kHistories = 1'000;
#endif

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* value = std::getenv(variable);
    return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

class MovableClock final : public core::Clock {
  public:
    core::WallTime wall_now() const override { return now_; }
    core::SteadyTime steady_now() const override { return std::chrono::duration_cast<core::SteadyTime>(now_.time_since_epoch()); }
    void pass(std::chrono::days days) { now_ += days; }

  private:
    core::WallTime now_{std::chrono::hours{24 * 20'000}};
};

using Files = std::map<std::string, core::Bytes, std::less<>>;

class Kiosk {
  public:
    Kiosk(std::string id, const std::filesystem::path& folder, core::Random& random)
        : id_(std::move(id)), folder_(folder / id_), random_(random), signer_("key of " + id_) {
        std::filesystem::create_directories(folder_);
        open();
    }

    void answer(std::set<std::string>& expected) {
        core::Response response = sample::response(random_, "<rating>tot</rating>", 1 + static_cast<int>(random_.below(2)));
        if (random_.below(3) == 0) {
            response.storage = StoragePolicy::sealed;
            response.withdrawal_tag = core::sha256_of(response.id.to_string());
            withdrawable_.push_back(response.id.to_string());
        }
        REQUIRE(store_->keep_definition(response.form, response.form.version));
        REQUIRE(store_->record(response));
        expected.insert(response.id.to_string());
    }
    void withdraw(std::set<std::string>& expected) {
        if (withdrawable_.empty()) return;
        const std::size_t at = random_.below(withdrawable_.size());
        REQUIRE(store_->withdraw(core::sha256_of(withdrawable_[at])));
        expected.erase(withdrawable_[at]);
        withdrawable_.erase(withdrawable_.begin() + static_cast<std::ptrdiff_t>(at));
    }
    // What is on the stick afterwards; nothing if there was nothing to export.
    Files export_to(FaultyStick& stick) {
        const auto exported = exporting::export_bundle(*store_, fakes::MarkingCipher(), signer_, stick);
        if (!exported) CHECK((stick.operations > 0 || exported.error().code == "storage.nothing_to_export"));
        REQUIRE(store_->tidy());
        return stick.files;
    }
    void export_again() { REQUIRE(store_->export_again()); }
    void power_cycle() {
        store_.reset();
        open();
    }
    void take_receipt(const office_store::OfficeStore& office) {
        exporting::Receipt receipt{id_, {}, {}};
        const auto bundles = office.bundles();
        REQUIRE(bundles);
        for (const auto& bundle : *bundles)
            if (bundle.kiosk == id_) receipt.bundles.push_back({bundle.sequence, bundle.sha256});
        FaultyStick stick;
        const fakes::HashSigner office_key("office");
        REQUIRE(exporting::issue_receipt(receipt, office_key, stick));
        const std::string minisig = fakes::text_of(stick.files[id_ + ".receipt.minisig"]);
        REQUIRE(exporting::accept_receipt(stick.files[id_ + ".receipt"], minisig, office_key, id_, *store_));
        if (random_.below(2) == 0) clock_.pass(std::chrono::days(31));
        REQUIRE(store_->tidy());
    }
    const fakes::HashSigner& key() const { return signer_; }

  private:
    void open() {
        storage::StoreOptions options;
        options.kiosk_id = id_;
        options.poll_slots = 16;
        options.rate_cap = {0, 0};
        options.reserve_bytes = 0;
        options.sqlite_vfs = storage::unsynced_vfs();
        auto store = storage::Store::open(folder_.string(), &cipher_, clock_, random_, options);
        REQUIRE(store);
        store_ = std::move(*store);
    }

    std::string id_;
    std::filesystem::path folder_;
    core::Random& random_;
    fakes::HashSigner signer_;
    fakes::MarkingCipher cipher_;
    MovableClock clock_;
    std::unique_ptr<storage::Store> store_;
    std::vector<std::string> withdrawable_;
};

// Everything on a stick that is a bundle with its signature, as collect does it.
void collect(office_store::OfficeStore& office, const Kiosk& kiosk, const Files& stick) {
    const fakes::MarkingCipher cipher;
    for (const auto& [name, bytes] : stick) {
        if (!name.ends_with(".kbx")) continue;
        const auto signature = stick.find(name + ".minisig");
        REQUIRE(signature != stick.end());  // a bundle under its final name always has one
        const auto seal = exporting::verify_bundle(bytes, fakes::text_of(signature->second), kiosk.key());
        REQUIRE(seal);
        const auto opened = exporting::OpenedBundle::open(bytes, *seal, cipher);
        REQUIRE(opened);
        office_store::IncomingBundle incoming;
        incoming.header = opened->header();
        incoming.sha256 = seal->sha256;
        for (const auto& definition : opened->definitions()) incoming.definitions.emplace_back(definition.form, definition.xml);
        incoming.for_each_row = [&](const office_store::TakeRow& take) { return opened->for_each_row(take); };
        REQUIRE(office.merge(incoming));
    }
}

std::vector<std::string> keys_in(const office_store::OfficeStore& office) {
    std::vector<std::string> keys;
    const auto forms = office.forms("opinion_poll");
    REQUIRE(forms);
    for (const core::AnswerForm& form : *forms) {
        const auto reader = office.reader(form, 0, {});
        REQUIRE(reader);
        REQUIRE((*reader)->read({}, [&](const core::AnswerRow& row) -> core::Result<void> {
            keys.emplace_back(row.key.substr(5));
            return {};
        }));
    }
    return keys;
}

struct Stick {
    std::size_t kiosk = 0;
    Files files;
};

void live_through(std::uint64_t seed) {
    core::SeededRandom random(seed);
    const test_support::TemporaryFolder folder;
    auto office = office_store::OfficeStore::open(":memory:", sample::read_definition);
    REQUIRE(office);
    std::vector<std::unique_ptr<Kiosk>> kiosks;
    for (std::uint64_t i = 0; i <= random.below(2); ++i)
        kiosks.push_back(std::make_unique<Kiosk>("K0" + std::to_string(i), folder.path(), random));
    std::set<std::string> expected;
    std::vector<Stick> sticks;

    for (std::uint64_t step = 12 + random.below(12); step > 0; --step) {
        const std::size_t which = random.below(kiosks.size());
        Kiosk& kiosk = *kiosks[which];
        switch (random.below(10)) {
            case 0: case 1: case 2: kiosk.answer(expected); break;
            case 3: kiosk.withdraw(expected); break;
            case 4: case 5: {
                FaultyStick stick;
                if (random.below(3) == 0) {
                    stick.fault = static_cast<FaultyStick::Fault>(1 + random.below(3));
                    stick.fault_at = static_cast<int>(random.below(6));
                }
                sticks.push_back({which, kiosk.export_to(stick)});
                break;
            }
            case 6: kiosk.export_again(); break;
            case 7: kiosk.power_cycle(); break;
            case 8:
                if (sticks.empty()) break;
                if (const std::size_t at = random.below(sticks.size()); random.below(4) == 0) sticks.erase(sticks.begin() + static_cast<std::ptrdiff_t>(at));
                else collect(*office, *kiosks[sticks[at].kiosk], sticks[at].files);
                break;
            default: kiosk.take_receipt(*office);
        }
    }
    for (std::size_t i = 0; i < kiosks.size(); ++i) {
        kiosks[i]->export_again();
        FaultyStick good;
        sticks.push_back({i, kiosks[i]->export_to(good)});
    }
    while (!sticks.empty()) {
        const std::size_t at = random.below(sticks.size());
        collect(*office, *kiosks[sticks[at].kiosk], sticks[at].files);
        if (random.below(4) != 0) sticks.erase(sticks.begin() + static_cast<std::ptrdiff_t>(at));
    }
    const std::vector<std::string> keys = keys_in(*office);
    CHECK(keys.size() == expected.size());
    CHECK(std::set(keys.begin(), keys.end()) == expected);
    CHECK(office->summary()->conflicts == 0);
}

}  // namespace

TEST_CASE("no history of export, loss, repetition and merge loses an answer or doubles one") {
    const std::uint64_t first = number_from("KIOSK_FIRST_HISTORY", 1), count = number_from("KIOSK_HISTORIES", kHistories);
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        CAPTURE(seed);
        live_through(seed);
    }
}
