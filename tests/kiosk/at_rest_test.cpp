// What a visitor meets of the store: the missing key, the demo's key, "Đổi ý", the rate cap, a withdrawal.
#include "composition.hpp"
#include "office_keys.hpp"
#include "virtual_clock.hpp"

#include <kiosk/core/random.hpp>
#include <kiosk/core/response_codec.hpp>
#include <kiosk/core/sha256.hpp>
#include <kiosk/sealing/age.hpp>
#include <kiosk/sealing/keygen.hpp>
#include <kiosk/storage/store.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <fstream>
#include <string>
#include <vector>

using namespace kiosk;

namespace {

namespace fs = std::filesystem;

class KioskFixture {
  public:
    void install_keys(bool is_demo = false) {
        sealing::KeygenRequest request;
        request.office = "UBND";
        request.date = "24/11/2026";
        request.is_demo = is_demo;
        const auto keys = sealing::make_keys(request).value();
        for (const sealing::KeyFile& file : keys.files) {
            if (file.name == "office-key.txt") office_key_ = std::string(file.content.text());
            if (file.name == "recipients.txt") write_recipients(std::string(file.content.text()));
        }
    }
    void write_recipients(const std::string& text) {
        fs::create_directories(data_ / "keys");
        std::ofstream(office_keys_file(data_)) << text;
    }

    core::Result<void> open() {
        composition_.reset();
        LaunchOptions options;
        options.data = data_;
        auto made = Composition::create(options, Purpose::serve, clock_, random_, {});
        if (!made) return made.error();
        composition_ = std::move(*made);
        return {};
    }
    Machine& machine() { return composition_->machine(); }
    std::string page() { return machine().view().page; }
    bool says(const std::string& id) {
        const std::string words = composition_->catalogue().words("kiosk", {id, {}}, "vi");
        for (const app::Item& item : machine().view().items)
            if (item.label == words) return true;
        return false;
    }

    void pass(std::chrono::milliseconds time) {
        clock_.advance(time);
        machine().tick();
    }
    void leave() {
        pass(std::chrono::minutes(10));
        pass(std::chrono::minutes(10));
    }
    // One tap on the poll; the page it leads to.
    std::string vote(const std::string& choice = "choice.tot") {
        machine().press("action.start");
        machine().press("tile.opinion_poll");
        machine().press(choice);
        machine().settle();
        return page();
    }

    core::Response response(const std::string& activity, StoragePolicy storage) {
        core::Response made;
        made.id = core::ResponseId::make(random_);
        made.activity = activity;
        made.storage = storage;
        made.form = {"form", "1", {}};
        made.document = "<data/>";
        return made;
    }

    // What the office would get, opened with its key.
    std::vector<core::Response> exported() {
        composition_.reset();
        const OfficeKeys keys = read_office_keys(data_).value();
        auto store = storage::Store::open(data_.string(), &*keys.sealer, clock_, random_, {}).value();
        const auto header = store->prepare();
        std::vector<core::Response> responses;
        if (!header) {
            CHECK(header.error().code == "storage.nothing_to_export");
            return responses;
        }
        counters = header->counters;
        sealing::AgeKeyring keyring;
        keyring.identities = sealing::parse_identities(office_key_).value();
        const auto opener = sealing::AgeOpener::create(std::move(keyring)).value();
        REQUIRE(store->for_each_sealed(header->sequence, [&](core::ByteView sealed) -> core::Result<void> {
            responses.push_back(core::decode_response(opener.open(sealed).value()).value());
            return {};
        }));
        return responses;
    }

    std::vector<core::BundleCounter> counters;

  protected:
    test_support::TemporaryFolder folder_;
    fs::path data_ = folder_.path();
    std::string office_key_;
    VirtualClock clock_{core::WallTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}}};
    core::SeededRandom random_{1};
    std::unique_ptr<Composition> composition_;
};

}  // namespace

TEST_CASE_METHOD(KioskFixture, "without a key of the office every activity is paused, and the pages say why") {
    REQUIRE(open());
    CHECK(says("keys.none"));
    machine().press("action.start");
    CHECK(page() == "home");
    CHECK(says("keys.none"));
    machine().press("tile.opinion_poll");
    CHECK(page() == "home");
    for (const app::Activity& activity : machine().activities())
        if (activity.info.storage != StoragePolicy::not_stored) CHECK(activity.paused);
}

TEST_CASE_METHOD(KioskFixture, "with the office's key nothing is said of keys; with a demo key it is") {
    install_keys();
    REQUIRE(open());
    CHECK_FALSE((says("keys.none") || says("keys.demo")));
    install_keys(true);
    REQUIRE(open());
    CHECK(says("keys.demo"));
    machine().press("action.start");
    CHECK(says("keys.demo"));
    machine().press("tile.opinion_poll");
    CHECK(page() == "question");
}

TEST_CASE_METHOD(KioskFixture, "a key file that holds no key keeps the kiosk from opening, rather than from sealing") {
    write_recipients("age1nonsense\n");
    const auto opened = open();
    REQUIRE_FALSE(opened);
    CHECK_FALSE(opened.error().message.vi.empty());
}

TEST_CASE_METHOD(KioskFixture, "one tap is kept though the visitor walks away") {
    install_keys();
    REQUIRE(open());
    vote();
    leave();
    CHECK(page() == "attract");
    const auto responses = exported();
    REQUIRE(responses.size() == 1);
    CHECK(responses.front().document.find(">tot<") != std::string::npos);
}

TEST_CASE_METHOD(KioskFixture, "“Đổi ý” takes the tap back for good, and what is tapped then is a new answer") {
    install_keys();
    REQUIRE(open());
    vote("choice.tot");
    REQUIRE(machine().view().find("action.undo") != nullptr);
    machine().press("action.undo");
    machine().settle();
    CHECK(page() == "question");
    machine().press("choice.kem");
    machine().settle();
    leave();
    const auto responses = exported();
    REQUIRE(responses.size() == 1);
    CHECK(responses.front().document.find(">kem<") != std::string::npos);
}

TEST_CASE_METHOD(KioskFixture, "an answer taken back by a visitor who then leaves is in no bundle") {
    install_keys();
    REQUIRE(open());
    vote();
    machine().press("action.undo");
    machine().settle();
    leave();
    CHECK(exported().empty());
}

TEST_CASE_METHOD(KioskFixture, "after its seconds there is nothing to take back") {
    install_keys();
    REQUIRE(open());
    vote();
    pass(std::chrono::seconds(9));
    CHECK(machine().view().find("action.undo") == nullptr);
    machine().press("action.undo");
    machine().settle();
    leave();
    CHECK(exported().size() == 1);
}

TEST_CASE_METHOD(KioskFixture, "too many answers at once are refused, and a refused one is taken a minute later") {
    install_keys();
    const OfficeKeys keys = read_office_keys(data_).value();
    auto keeper = open_answer_keeper(data_, "kiosk", keys, clock_, random_, {}).value();
    std::string code;
    const auto keep = [&](const core::Response& one) {
        keeper->record({one}, "<h:html/>", [&](const core::Result<void>& result) { code = result ? "kept" : result.error().code; });
        while (keeper->is_busy()) keeper->drain();
    };
    core::Response answer = response("opinion_poll", StoragePolicy::anonymous);
    std::size_t kept = 0;
    for (keep(answer); code == "kept" && kept < 1000; keep(answer)) {
        ++kept;
        answer.id = core::ResponseId::make(random_);
    }
    CHECK(code == "storage.too_fast");
    CHECK(kept >= 100);
    clock_.advance(std::chrono::minutes(1));
    keep(answer);
    CHECK(code == "kept");
    keeper.reset();
    CHECK(exported().size() == kept + 1);
}

TEST_CASE_METHOD(KioskFixture, "visits are counted in steps of ten, finished and abandoned ones apart") {
    install_keys();
    REQUIRE(open());
    for (int visit = 0; visit < 6; ++visit) {
        vote();
        leave();
    }
    for (int visit = 0; visit < 5; ++visit) {
        machine().press("action.start");
        machine().press("tile.opinion_poll");
        leave();
    }
    machine().settle();
    exported();
    CHECK(counters == std::vector<core::BundleCounter>{
                          {"opinion_poll.abandoned", 4}, {"opinion_poll.finished", 6}, {"opinion_poll.started", 10}});
}

TEST_CASE_METHOD(KioskFixture, "a withdrawal by code wipes what has not left") {
    install_keys();
    {
        const OfficeKeys keys = read_office_keys(data_).value();
        auto keeper = open_answer_keeper(data_, "kiosk", keys, clock_, random_, {}).value();
        core::Response referral = response("candidate_referral", StoragePolicy::sealed);
        referral.withdrawal_tag = core::sha256_of("ABCD-EFGH");
        int done = 0;
        const auto count = [&](const core::Result<void>& result) { done += result ? 1 : 0; };
        keeper->record({referral}, "<h:html/>", count);
        keeper->withdraw(*referral.withdrawal_tag, count);
        while (keeper->is_busy()) keeper->drain();
        CHECK(done == 2);
    }
    CHECK(exported().empty());
}
