// Three kiosks' answers to the poll the repository ships, in two versions of its form, the way they really go: form visit,
// kiosk's databases (with a storage layer that does not wait for the disk), age, minisign, sticks, collect. The bundles come
// in random order, twice, one damaged, one missing; SQLite and PostgreSQL must hold the same.
//
// A few hundred answers each; KIOSK_ANSWERS_EACH=50000 for as many by hand.
#include <catch2/catch_test_macros.hpp>

#include "../office_store/contents.hpp"
#include "../office_store/postgres_server.hpp"
#include "text_files.hpp"

#include "collector.hpp"

#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/bundle.hpp>
#include <kiosk/forms/form_files.hpp>
#include <kiosk/forms/form_visit.hpp>
#include <kiosk/sealing/age.hpp>
#include <kiosk/sealing/minisign.hpp>
#include <kiosk/storage/store.hpp>
#include <kiosk/storage/unsynced_vfs.hpp>
#include <kiosk/test_support/source_tree.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <array>
#include <cstdlib>
#include <set>

using namespace kiosk;
using namespace office_test;

namespace {

class StoppedClock final : public core::Clock {
  public:
    core::WallTime wall_now() const override { return core::WallTime{std::chrono::hours{24 * 365 * 56}}; }
    core::SteadyTime steady_now() const override { return {}; }
};

using FormPtr = std::shared_ptr<const forms::Form>;

// The poll, and the same with another rating and another version.
std::vector<FormPtr> two_versions(const files::path& folder) {
    const files::path source = kiosk::test_support::in_source_tree("assets/forms/portal_poll"), second = folder / "portal_poll";
    files::copy(source, second);
    std::ofstream(second / "choices.csv", std::ios::app) << "danh_gia,rat_kem,Rất kém,Very poor\n";
    std::string settings = content(second / "settings.csv");
    settings.replace(settings.find("2026"), 4, "2027");
    write(second / "settings.csv", settings);
    const auto first_form = forms::read_form_at(source), second_form = forms::read_form_at(second);
    REQUIRE(first_form.form);
    REQUIRE(second_form.form);
    REQUIRE(first_form.form->sha256 != second_form.form->sha256);
    return {first_form.form, second_form.form};
}

// One kiosk: answers, exports in three bundles.
class Kiosk {
  public:
    Kiosk(std::string id, const files::path& folder, const sealing::AgeRecipient& office, std::uint64_t seed)
        : id_(std::move(id)), sealer_(std::move(sealing::AgeSealer::create({office}).value())), random_(seed) {
        files::create_directories(folder / id_);
        storage::StoreOptions options;
        options.kiosk_id = id_;
        options.rate_cap = {0, 0};
        options.sqlite_vfs = storage::unsynced_vfs();
        auto store = storage::Store::open((folder / id_).string(), &sealer_, clock_, random_, options);
        REQUIRE(store);
        store_ = std::move(*store);
    }

    std::string answer(const FormPtr& form) {
        core::Response response;
        response.id = core::ResponseId::make(random_);
        response.activity = "opinion_poll";
        response.form = {form->id, form->version, form->sha256};
        forms::VisitSettings settings;
        settings.now = [] { return core::WallTime{}; };
        settings.instance_id = "uuid:" + response.id.to_string();
        auto visit = forms::FormVisit::begin(form, settings);
        REQUIRE(visit);
        constexpr std::array kRatings{"rat_tot", "tot", "binh_thuong", "kem"};
        if (random_.below(20) != 0) REQUIRE(visit->set("/data/rating", kRatings[random_.below(kRatings.size())]));
        REQUIRE(visit->finish());
        response.document = visit->submission();
        REQUIRE(store_->keep_definition(response.form, form->definition));
        REQUIRE(store_->record(response));
        return response.id.to_string();
    }

    files::path export_to(const files::path& stick) {
        auto folder = exporting::DiskFolder::open(stick);
        REQUIRE(folder);
        auto key = sealing::MinisignSecretKey::parse(key_.to_file()->text());
        REQUIRE(key);
        const auto exported = exporting::export_bundle(*store_, sealer_, sealing::MinisignSigner(std::move(*key)), *folder);
        REQUIRE(exported);
        REQUIRE(store_->tidy());
        return stick / exported->file;
    }

    void publish_key(const files::path& trust) const {
        files::create_directories(trust);
        write(trust / (id_ + ".pub"), key_.public_key().to_file());
    }

  private:
    std::string id_;
    sealing::AgeSealer sealer_;
    sealing::MinisignSecretKey key_ = sealing::MinisignSecretKey::generate();
    core::SeededRandom random_;
    StoppedClock clock_;
    std::unique_ptr<storage::Store> store_;
};

struct Bundle {
    files::path file;
    std::vector<std::string> answers;
};

sealing::AgeOpener opener_of(const sealing::AgeIdentity& identity) {
    sealing::AgeKeyring keys;
    keys.identities.push_back(std::move(sealing::AgeIdentity::parse(identity.to_text().text()).value()));
    return std::move(sealing::AgeOpener::create(std::move(keys)).value());
}

std::uint64_t answers_each() {
    const char* wanted = std::getenv("KIOSK_ANSWERS_EACH");
    return wanted == nullptr ? 150 : std::strtoull(wanted, nullptr, 10);
}

// Every bundle once in a random order, then some again; what was refused, by code.
std::vector<std::string> collect_at_random(office_store::OfficeStore& store, const sealing::AgeOpener& opener, const files::path& trust,
                                           std::vector<files::path> files, core::Random& random) {
    for (std::size_t i = files.size(); i > 1; --i) std::swap(files[i - 1], files[random.below(i)]);
    const std::vector<files::path> once = files;
    files.insert(files.end(), once.begin(), once.end());
    std::vector<std::string> refused;
    for (const files::path& file : files) {
        auto trusted = office::Trust::read(trust);
        REQUIRE(trusted);
        const auto taken = office::Collector(store, opener, *trusted).take(file);
        REQUIRE(taken);
        if (taken->refusal) refused.push_back(taken->refusal->code);
    }
    return refused;
}

std::set<std::string> ids_in(const office_store::OfficeStore& store) {
    std::set<std::string> ids;
    const auto forms = store.forms("opinion_poll");
    REQUIRE(forms);
    REQUIRE(forms->size() == 1);
    std::size_t rows = 0;
    const auto reader = store.reader(forms->front(), 0, {});
    REQUIRE(reader);
    REQUIRE((*reader)->read({}, [&](const core::AnswerRow& row) -> core::Result<void> {
        ids.emplace(row.key.substr(5));
        ++rows;
        return {};
    }));
    CHECK(ids.size() == rows);
    return ids;
}

}  // namespace

TEST_CASE("three kiosks' bundles in any order, twice, one damaged and one missing, give the expected answers in SQLite and PostgreSQL") {
    const test_support::TemporaryFolder folder;
    const files::path stick = folder.path() / "stick", trust = folder.path() / "trust";
    const sealing::AgeIdentity identity = sealing::AgeIdentity::generate();
    const auto opener = opener_of(identity);
    const auto forms = two_versions(folder.path());
    std::vector<Bundle> bundles;
    for (const std::string id : {"K01", "K02", "K03"}) {
        Kiosk kiosk(id, folder.path() / "data", identity.recipient(), bundles.size() + 1);
        kiosk.publish_key(trust);
        for (std::uint64_t part = 0; part < 3; ++part) {
            Bundle bundle;
            for (std::uint64_t i = 0; i < answers_each() / 3; ++i) bundle.answers.push_back(kiosk.answer(forms[part == 0 ? 0 : i % 2]));
            bundle.file = kiosk.export_to(stick);
            bundles.push_back(bundle);
        }
    }
    // K02's second bundle is damaged on the way, K03's second never arrives.
    std::string damaged = content(bundles[4].file);
    damaged[damaged.size() / 3] = static_cast<char>(damaged[damaged.size() / 3] ^ 0x40);
    write(bundles[4].file, damaged);
    std::vector<files::path> arriving;
    std::set<std::string> expected;
    for (std::size_t i = 0; i < bundles.size(); ++i) {
        if (i != 7) arriving.push_back(bundles[i].file);
        if (i != 4 && i != 7) expected.insert(bundles[i].answers.begin(), bundles[i].answers.end());
    }

    core::SeededRandom random(99);
    auto sqlite = office_store::OfficeStore::open((folder.path() / "store.db").string(), office::read_definition);
    REQUIRE(sqlite);
    CHECK(collect_at_random(*sqlite, opener, trust, arriving, random).size() == 2);
    CHECK(ids_in(*sqlite) == expected);

    const auto summary = sqlite->summary();
    REQUIRE(summary);
    REQUIRE(summary->kiosks.size() == 3);
    CHECK(summary->kiosks[0].missing.empty());
    CHECK(summary->kiosks[1].missing == std::vector<std::uint64_t>{2});
    CHECK(summary->kiosks[2].missing == std::vector<std::uint64_t>{2});
    REQUIRE(summary->refusals.size() == 1);
    CHECK(summary->refusals[0].file == bundles[4].file.filename().string());
    CHECK(summary->repeated_bundles == 7);
    CHECK(summary->activities.at(0).forms.size() == 2);

    const PostgresServer server;
    if (!server.running()) SKIP(server.reason());
    auto postgres = office_store::OfficeStore::open(server.create("three_kiosks"), office::read_definition);
    REQUIRE(postgres);
    collect_at_random(*postgres, opener, trust, arriving, random);
    CHECK(ids_in(*postgres) == expected);
    CHECK(sample::contents(*postgres) == sample::contents(*sqlite));
}
