// From a kiosk's ledger to a CSV at the office, through the real age and minisign formats and real files.
#include <catch2/catch_test_macros.hpp>

#include "../office_store/sample.hpp"
#include "text_files.hpp"

#include "collector.hpp"

#include <kiosk/exporting/answers_export.hpp>
#include <kiosk/exporting/bundle.hpp>
#include <kiosk/sealing/age.hpp>
#include <kiosk/sealing/minisign.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <filesystem>

using namespace kiosk;
using namespace sample;
using namespace office_test;

namespace {

// A kiosk as far as the office can tell: sealed rows, a sequence, a key of its own.
class Kiosk final : public core::BundleLedger {
  public:
    Kiosk(std::string id, const sealing::AgeRecipient& office)
        : sealer_(std::move(sealing::AgeSealer::create({office}).value())), secret_(sealing::MinisignSecretKey::generate()) {
        header_.kiosk_id = std::move(id);
        header_.forms = {form_version(1), form_version(2)};
    }

    exporting::ExportedBundle export_to(const files::path& stick, const std::vector<core::Response>& answers) {
        rows_.clear();
        for (const core::Response& answer : answers) rows_.push_back(*sealer_.seal(*core::encode_response(answer)));
        ++header_.sequence;
        header_.poll_records = rows_.size();
        auto folder = exporting::DiskFolder::open(stick);
        auto secret = sealing::MinisignSecretKey::parse(secret_.to_file()->text());
        auto exported = exporting::export_bundle(*this, sealer_, sealing::MinisignSigner(std::move(*secret)), *folder);
        REQUIRE(exported);
        return *exported;
    }
    void publish_key(const files::path& trust) const {
        files::create_directories(trust);
        write(trust / (header_.kiosk_id + ".pub"), secret_.public_key().to_file());
    }

    core::Result<core::BundleHeader> prepare() override { return header_; }
    core::Result<void> for_each_sealed(std::uint64_t, const std::function<core::Result<void>(core::ByteView)>& take) override {
        for (const core::Bytes& row : rows_)
            if (auto taken = take(row); !taken) return taken;
        return {};
    }
    core::Result<std::string> definition(const core::FormVersion& form) override { return form.version; }
    core::Result<void> delivered(std::uint64_t, const core::Sha256& bundle) override {
        header_.previous = bundle;
        return {};
    }
    core::Result<void> receipt(std::uint64_t, const core::Sha256&) override { return {}; }

  private:
    sealing::AgeSealer sealer_;
    sealing::MinisignSecretKey secret_;
    core::BundleHeader header_;
    std::vector<core::Bytes> rows_;
};

struct Office {
    test_support::TemporaryFolder folder;
    sealing::AgeIdentity identity = sealing::AgeIdentity::generate();
    files::path stick = folder.path() / "stick", trust_folder = folder.path() / "trust";
    office_store::OfficeStore store =
        std::move(office_store::OfficeStore::open((folder.path() / "store.db").string(), read_definition).value());
    sealing::AgeOpener opener = make_opener();

    sealing::AgeOpener make_opener() const {
        sealing::AgeKeyring keys;
        keys.identities.push_back(std::move(sealing::AgeIdentity::parse(identity.to_text().text()).value()));
        return std::move(sealing::AgeOpener::create(std::move(keys)).value());
    }
    core::Result<office::CollectedBundle> take(const std::string& file) {
        auto trust = office::Trust::read(trust_folder);
        REQUIRE(trust);
        return office::Collector(store, opener, *trust).take(stick / file);
    }
};

const std::string kBody = "<rating>tot</rating><topics>dat_dai</topics><who><name>Nguyễn Thị Hường</name></who>"
                          "<member><name>=1+1</name></member>";

}  // namespace

TEST_CASE("answers of a kiosk reach the office's CSV with every letter intact") {
    Office office;
    Kiosk kiosk("K07", office.identity.recipient());
    kiosk.publish_key(office.trust_folder);
    core::SeededRandom random(1);
    const core::Response answer = response(random, kBody);
    const auto exported = kiosk.export_to(office.stick, {answer});
    const auto taken = office.take(exported.file);
    REQUIRE(taken);
    REQUIRE_FALSE(taken->refusal);
    CHECK(taken->signature_checked);
    CHECK(taken->report.added == 1);

    const auto forms = office.store.forms("opinion_poll");
    REQUIRE(forms);
    exporting::ExportOptions options;
    options.labels = "vi";
    REQUIRE(exporting::export_form(office.store, forms->at(0), "opinion_poll", office.folder.path() / "out", options));
    const std::string key = "uuid:" + answer.id.to_string();
    CHECK(content(office.folder.path() / "out" / "opinion_poll.csv") ==
          "\xef\xbb\xbf" "Bạn đánh giá như thế nào?,Chủ đề,Họ và tên,WAVE,KIOSK,FORM_VERSION,KEY\r\n"
          "Tốt,Đất đai,Nguyễn Thị Hường,,K07,1," + key + "\r\n");
    CHECK(content(office.folder.path() / "out" / "opinion_poll-member.csv") ==
          "\xef\xbb\xbf" "Tên,PARENT_KEY,KEY\r\n\"'=1+1\"," + key + "," + key + "/member[1]\r\n");
}

TEST_CASE("damage, forgery, strangers and missing signatures are refused by name, and the rest is merged") {
    Office office;
    Kiosk kiosk("K07", office.identity.recipient()), stranger("K99", office.identity.recipient()),
        impostor("K07", office.identity.recipient());
    kiosk.publish_key(office.trust_folder);
    core::SeededRandom random(2);
    const auto first = kiosk.export_to(office.stick, {response(random, kBody)});
    const auto unknown = stranger.export_to(office.stick, {response(random, kBody)});

    CHECK(office.take(unknown.file)->refusal->code == "bundle.unknown_kiosk");
    CHECK(office.take("nothing.kbx")->refusal->code == "file.not_found");

    const std::string good = content(office.stick / first.file);
    std::string damaged = good;
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
    write(office.stick / first.file, damaged);
    CHECK(office.take(first.file)->refusal);
    write(office.stick / first.file, good.substr(0, good.size() - 10));
    CHECK(office.take(first.file)->refusal);
    write(office.stick / first.file, good);
    CHECK_FALSE(office.take(first.file)->refusal);

    const auto forged = impostor.export_to(office.stick, {response(random, kBody)});
    CHECK(office.take(forged.file)->refusal);
    files::remove(office.stick / (forged.file + ".minisig"));
    CHECK(office.take(forged.file)->refusal->code == "bundle.no_signature");

    const auto summary = office.store.summary();
    REQUIRE(summary);
    CHECK(summary->bundles == 1);
    CHECK(summary->refusals.size() == 5);
    CHECK(summary->activities.at(0).forms.at(0).responses == 1);
}

TEST_CASE("another office's bundle does not open, and says so") {
    Office office, other;
    Kiosk kiosk("K07", other.identity.recipient());
    kiosk.publish_key(office.trust_folder);
    core::SeededRandom random(3);
    const auto exported = kiosk.export_to(office.stick, {response(random, kBody)});
    const auto taken = office.take(exported.file);
    REQUIRE(taken);
    REQUIRE(taken->refusal);
    CHECK_FALSE(taken->refusal->message.vi.empty());
}
