// The whole way from confirming to the stick, with the real seal and the real bundle, while the system fails it: each
// system call killed in, or refused with each error it may give, once and for ever.
#include "attacked_process.hpp"
#include "rounds.hpp"
#include "workload.hpp"

#include <kiosk/exporting/bundle.hpp>
#include <kiosk/sealing/age.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <iostream>
#include <set>

using namespace kiosk;
using namespace kiosk::test;

namespace {

namespace fs = std::filesystem;

constexpr const char* kBundle = "kiosk-000001.kbx";

// The office's and the kiosk's keys, and all that is done with them.
struct Keys {
    sealing::AgeIdentity office = sealing::AgeIdentity::generate();
    sealing::AgeSealer sealer = sealing::AgeSealer::create({office.recipient()}).value();
    sealing::MinisignSigner signer{sealing::MinisignSecretKey::generate()};
    sealing::MinisignVerifier verifier = sealing::MinisignVerifier::create({signer.public_key()}).value();

    sealing::AgeOpener opener() const {
        sealing::AgeKeyring keyring;
        keyring.identities.push_back(sealing::AgeIdentity::parse(office.to_text().text()).value());
        return sealing::AgeOpener::create(std::move(keyring)).value();
    }
};

// What the process reports of each step: done, refused in words, or refused without any (which must not be).
constexpr char kDone = 'd', kRefused = 'r', kWordless = '?';

class Scene {
  public:
    enum class Databases { whole = 1, damaged };

    explicit Scene(Databases databases) : databases_(databases) {
        options_.reserve_bytes = 64 * 1024;
        options_.poll_slots = 8;
        options_.rate_cap = {0, 0};
        StoreFixture author;
        for (int number = 0; number < 3; ++number) {
            visits_.push_back(author.poll(std::to_string(number)));
            visits_.push_back(author.referral(std::to_string(number)));
        }
        auto store = open(directory_.file("base"));
        REQUIRE((*store)->record(visits_[0]));
        REQUIRE((*store)->record(visits_[1]));
        store->reset();
        if (databases == Databases::whole) return;
        for (const char* name : {"base/answers.db", "base/poll.db"})
            std::ofstream(directory_.file(name), std::ios::binary | std::ios::in) << std::string(100, 'x');
    }

    // A process that confirms and exports, to be attacked.
    AttackedProcess start() {
        const std::string data = directory_.file("data"), stick = directory_.file("stick");
        for (const std::string& folder : {data, stick}) fs::remove_all(folder);
        fs::copy(directory_.file("base"), data, fs::copy_options::recursive);
        fs::create_directory(stick);
        return AttackedProcess([this](const auto& begin, const auto& report) { confirm_and_export(begin, report); },
                               AttackedProcess::Watched::calls);
    }

    // What the attack left, by what the process had reported of its steps.
    void judge(const std::string& reported) {
        CHECK(reported.find(kWordless) == std::string::npos);
        const auto is_confirmed = [&](std::size_t step) { return step < reported.size() && reported[step] == kDone; };
        auto store = open(directory_.file("data"));
        REQUIRE(store);
        if (databases_ == Databases::whole) CHECK((*store)->status()->set_aside.empty());
        check_stick(**store, is_confirmed(2));
        const std::multiset<std::string> kept = ids_in(**store);
        for (const auto& [step, visit] : {std::pair(0, 2), std::pair(1, 3), std::pair(3, 4)})
            if (is_confirmed(static_cast<std::size_t>(step))) CHECK(kept.count(id(static_cast<std::size_t>(visit))) == 1);
        // What was interrupted is asked once more, as a visitor would; then everything is there, once.
        std::multiset<std::string> all;
        for (std::size_t visit = 0; visit < 5; ++visit) {
            all.insert(id(visit));
            if (visit >= 2) REQUIRE((*store)->record(visits_[visit]));
        }
        CHECK(ids_in(**store) == all);
    }

  private:
    core::Result<std::unique_ptr<storage::Store>> open(const std::string& data) {
        return storage::Store::open(data, &keys_.sealer, clock_, random_, options_);
    }

    // Runs in the attacked process: two visits, the export, one more visit. Each step is tried once more if refused.
    void confirm_and_export(const std::function<void()>& begin, const AttackedProcess::Report& report) {
        core::SeededRandom random(7);
        begin();
        std::unique_ptr<storage::Store> store;
        const auto attempt = [&](const auto& step) {
            for (int tries = 0; tries < 2; ++tries) {
                if (!store) {
                    auto opened = storage::Store::open(directory_.file("data"), &keys_.sealer, clock_, random, options_);
                    if (opened) store = std::move(*opened);
                    else if (tries > 0) return report(in_words(opened.error()));
                }
                if (!store) continue;
                const auto result = step();
                if (result) return report(kDone);
                if (tries > 0) report(in_words(result.error()));
            }
        };
        const auto keep = [&](std::size_t visit) {
            return [&, visit] {
                auto recorded = store->record(visits_[visit]);
                if (recorded) static_cast<void>(store->tidy());
                return recorded;
            };
        };
        attempt(keep(2));
        attempt(keep(3));
        attempt([&]() -> core::Result<void> {
            auto stick = exporting::DiskFolder::open(directory_.file("stick"));
            if (!stick) return stick.error();
            const auto exported = exporting::export_bundle(*store, keys_.sealer, keys_.signer, *stick);
            if (!exported) return exported.error();
            return {};
        });
        attempt(keep(4));
    }

    std::string id(std::size_t visit) const { return visits_[visit].id.to_string(); }

    // Of every answer that a bundle carries or would carry.
    std::multiset<std::string> ids_in(storage::Store& store) {
        const auto prepared = store.prepare();
        if (!prepared) CHECK(prepared.error().code == "storage.nothing_to_export");
        std::multiset<std::string> ids;
        for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) {
            const auto taken = store.for_each_sealed(sequence, [&](core::ByteView sealed) -> core::Result<void> {
                auto payload = opener_.open(sealed);
                if (!payload) return payload.error();
                ids.insert(core::decode_response(*payload).value().id.to_string());
                return {};
            });
            if (!taken) CHECK(taken.error().code == "storage.no_such_bundle");
        }
        return ids;
    }

    static char in_words(const core::Error& error) {
        const bool has_words = !error.message.vi.empty() && !error.message.en.empty();
        return has_words || error.code == "out_of_memory" ? kRefused : kWordless;
    }

    // Under its final name a bundle is whole and vouched for, whatever happened; if it was confirmed it is there.
    void check_stick(storage::Store& store, bool was_confirmed) {
        const std::string file = directory_.file(std::string("stick/") + kBundle);
        const bool is_there = fs::exists(file);
        CHECK((is_there || !was_confirmed));
        if (was_confirmed) CHECK(store.status()->without_receipt == std::vector<std::uint64_t>{1});
        if (!is_there) return;
        const core::Bytes bundle = bytes_of(file), signature = bytes_of(file + ".minisig");
        const std::string_view minisig(reinterpret_cast<const char*>(signature.data()), signature.size());
        const auto seal = exporting::verify_bundle(bundle, minisig, keys_.verifier);
        REQUIRE(seal);
        const auto opened = exporting::OpenedBundle::open(bundle, *seal, opener_);
        REQUIRE(opened);
        CHECK(opened->for_each_row([](core::ByteView) -> core::Result<void> { return {}; }));
    }

    Databases databases_;
    TemporaryDirectory directory_;
    StoppedClock clock_;
    core::SeededRandom random_{1};
    Keys keys_;
    sealing::AgeOpener opener_ = keys_.opener();
    storage::StoreOptions options_;
    std::vector<core::Response> visits_;
};

struct Case {
    const char* name;
    Attack::Kind kind;
    std::uint64_t stride;   // in CI every so manyth call; KIOSK_FAULT_STRIDE=1 for all
};

void attack_every_call(const Case& tried, bool for_ever, Scene::Databases databases = Scene::Databases::whole) {
    Scene scene(databases);
    const std::uint64_t stride = rounds("KIOSK_FAULT_STRIDE", tried.stride);
    std::uint64_t attacks = 0;
    for (std::uint64_t call = 1;; call += stride) {
        INFO(tried.name << (for_ever ? " for ever from" : " once at") << " call " << call);
        AttackedProcess process = scene.start();
        const AttackedProcess::End end = process.attack({tried.kind, call, for_ever});
        const std::string reported = process.reported();
        CHECK(end != AttackedProcess::End::crashed);
        if (process.hits() == 0) {
            CHECK(reported == "dddd");
            break;
        }
        scene.judge(reported);
        ++attacks;
    }
    std::cout << tried.name << (for_ever ? " for ever" : "") << ": at " << attacks << " calls, every " << stride << ".\n";
    CHECK(attacks > 0);
}

}  // namespace

TEST_CASE("kill -9 at every system call of confirming and exporting loses nothing, and trying again adds nothing") {
    if (!AttackedProcess::is_possible()) SKIP("this machine does not let one process watch another's calls");
    prefer_memory_for_temporary_files();
    attack_every_call({"kill -9", Attack::Kind::kill, 5}, false);
}

TEST_CASE("whatever error the system gives to any call, nothing crashes, is lost or falsely confirmed") {
    if (!AttackedProcess::is_possible()) SKIP("this machine does not let one process watch another's calls");
    prefer_memory_for_temporary_files();
    const Case tried = GENERATE(Case{"ENOSPC", Attack::Kind::no_space, 4}, Case{"EIO", Attack::Kind::io_error, 11},
                                Case{"EROFS", Attack::Kind::read_only, 1}, Case{"EMFILE", Attack::Kind::too_many_files, 1},
                                Case{"ENOMEM", Attack::Kind::no_memory, 1}, Case{"short write", Attack::Kind::short_write, 4});
    const bool for_ever = GENERATE(false, true);
    attack_every_call(tried, for_ever);
}

TEST_CASE("whatever the system refuses while damaged databases are set aside, what can be read of them is not lost") {
    if (!AttackedProcess::is_possible()) SKIP("this machine does not let one process watch another's calls");
    prefer_memory_for_temporary_files();
    // Not EIO: what the disk does not give back is lost indeed, though it stays in the database that was set aside. Nor
    // ENOMEM: whether the heap has to ask the system depends on what ran before; shortage_test refuses it itself.
    const Case tried = GENERATE(Case{"kill -9", Attack::Kind::kill, 19}, Case{"ENOSPC", Attack::Kind::no_space, 9},
                                Case{"EROFS", Attack::Kind::read_only, 3}, Case{"EMFILE", Attack::Kind::too_many_files, 1},
                                Case{"short write", Attack::Kind::short_write, 9});
    attack_every_call(tried, false, Scene::Databases::damaged);
}
