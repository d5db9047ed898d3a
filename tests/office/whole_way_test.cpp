// The way of real answers: the poll as the repository ships it, a visit, the kiosk's databases, a stick, the office.
#include <catch2/catch_test_macros.hpp>

#include "temporary_folder.hpp"

#include "collector.hpp"
#include "commands.hpp"

#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/bundle.hpp>
#include <kiosk/forms/form_files.hpp>
#include <kiosk/forms/form_visit.hpp>
#include <kiosk/sealing/age.hpp>
#include <kiosk/sealing/minisign.hpp>
#include <kiosk/storage/store.hpp>

#include <cstdlib>

using namespace kiosk;
using namespace office_test;

namespace {

class StoppedClock final : public core::Clock {
  public:
    core::WallTime wall_now() const override { return core::WallTime{std::chrono::hours{24 * 365 * 56}}; }
    core::SteadyTime steady_now() const override { return {}; }
};

struct Path {
    TemporaryFolder folder;
    files::path stick = folder.path() / "stick", keys = folder.path() / "keys", store = folder.path() / "store.db",
                out = folder.path() / "out";
    office::Console console{"vi", false};
    sealing::MinisignSecretKey kiosk_key = sealing::MinisignSecretKey::generate();
    std::string exported;

    Path() {
        office::KeygenOptions keygen;
        keygen.out = keys;
        REQUIRE(::setenv("LC_ALL", "C.UTF-8", 1) == 0);
        REQUIRE(office::keygen(keygen, console) == office::kDone);
        files::create_directories(folder.path() / "trust");
        write(folder.path() / "trust" / "K07.pub", kiosk_key.public_key().to_file());
        files::create_directories(folder.path() / "data");
        answer_and_export();
    }

    void answer_and_export() {
        const auto reading = forms::read_form_at(KIOSK_SOURCE_DIR "/assets/forms/portal_poll");
        REQUIRE(reading.form);
        auto recipients = sealing::parse_recipients(content(keys / "recipients.txt"));
        REQUIRE(recipients);
        const auto sealer = sealing::AgeSealer::create(*recipients);
        REQUIRE(sealer);
        StoppedClock clock;
        core::SeededRandom random(7);
        storage::StoreOptions options;
        options.kiosk_id = "K07";
        auto kept = storage::Store::open((folder.path() / "data").string(), &*sealer, clock, random, options);
        REQUIRE(kept);
        const core::FormVersion version{reading.form->id, reading.form->version, reading.form->sha256};
        REQUIRE((*kept)->keep_definition(version, reading.form->definition));
        for (const std::string rating : {"rat_tot", "kem", ""}) {
            core::Response response;
            response.id = core::ResponseId::make(random);
            response.activity = "opinion_poll";
            response.form = version;
            forms::VisitSettings settings;
            settings.now = [] { return core::WallTime{}; };
            settings.instance_id = "uuid:" + response.id.to_string();
            auto visit = forms::FormVisit::begin(reading.form, settings);
            REQUIRE(visit);
            if (!rating.empty()) REQUIRE(visit->set("/data/rating", rating));
            REQUIRE(visit->finish());
            response.document = visit->submission();
            REQUIRE((*kept)->record(response));
        }
        auto target = exporting::DiskFolder::open(stick);
        REQUIRE(target);
        auto key = sealing::MinisignSecretKey::parse(kiosk_key.to_file()->text());
        REQUIRE(key);
        const auto bundle = exporting::export_bundle(**kept, *sealer, sealing::MinisignSigner(std::move(*key)), *target);
        REQUIRE(bundle);
        exported = bundle->file;
    }

    int collect() const {
        office::CollectOptions options;
        options.bundles = {stick};
        options.key = keys / "office-key.txt";
        options.store = store.string();
        options.receipt = stick;
        return office::collect(options, console);
    }
    int export_as(exporting::ExportFormat format, const std::string& labels) const {
        office::ExportOptions options;
        options.store = store.string();
        options.activity = "opinion_poll";
        options.out = out;
        options.how.format = format;
        options.how.labels = labels;
        return office::export_answers(options, console);
    }
};

}  // namespace

TEST_CASE("what visitors answered at a kiosk stands in the office's tables, labelled in Vietnamese") {
    const Path path;
    REQUIRE(path.collect() == office::kDone);
    REQUIRE(path.collect() == office::kDone);
    REQUIRE(path.export_as(exporting::ExportFormat::csv, "vi") == office::kDone);
    const std::string csv = content(path.out / "opinion_poll.csv");
    CHECK(csv.starts_with("\xef\xbb\xbf" "Bạn đánh giá như thế nào về cổng thông tin này?,"));
    CHECK(csv.find("\r\nRất tốt,") != std::string::npos);
    CHECK(csv.find("\r\nKém,") != std::string::npos);
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 4);
    REQUIRE(path.export_as(exporting::ExportFormat::json_lines, "") == office::kDone);
    CHECK(content(path.out / "opinion_poll.jsonl").find("\"rating\":\"rat_tot\"") != std::string::npos);
    REQUIRE(path.export_as(exporting::ExportFormat::odk, "") == office::kDone);
    REQUIRE(path.export_as(exporting::ExportFormat::xlsx, "en") == office::kDone);
    CHECK(files::file_size(path.out / "opinion_poll.xlsx") > 1000);
    CHECK(path.export_as(exporting::ExportFormat::csv, "fr") == office::kRefused);
    CHECK(files::exists(path.stick / "K07.receipt"));
    CHECK(files::exists(path.stick / "K07.receipt.minisig"));
    for (const auto& entry : files::recursive_directory_iterator(path.folder.path()))
        CHECK(entry.path().extension() != ".part");
}

TEST_CASE("minisign, age and unzip alone open a bundle, as the key's sheet says") {
    const Path path;
    write(path.folder.path() / "emergency.sh",
          "set -e\nminisign -V -q -m \"$1/stick/$2\" -p \"$1/trust/K07.pub\"\n"
          "age -d -i \"$1/keys/office-key.txt\" -o \"$1/bundle.zip\" \"$1/stick/$2\"\n"
          "unzip -q \"$1/bundle.zip\" -d \"$1/bundle\"\n"
          "for row in \"$1\"/bundle/poll/*.age; do age -d -i \"$1/keys/office-key.txt\" \"$row\" >> \"$1/all.txt\"; done\n");
    const std::string folder = path.folder.path().string();
    REQUIRE(std::system(("sh '" + folder + "/emergency.sh' '" + folder + "' '" + path.exported + "'").c_str()) == 0);
    const std::string all = content(path.folder.path() / "all.txt");
    CHECK(all.find("<rating>rat_tot</rating>") != std::string::npos);
    CHECK(all.find("<rating>kem</rating>") != std::string::npos);
    CHECK(content(path.folder.path() / "bundle" / "README.txt").find("minisign -V") != std::string::npos);
    CHECK(files::exists(path.folder.path() / "bundle" / "manifest.json"));
}
