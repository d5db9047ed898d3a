// The way of real answers: the poll as the repository ships it, a visit, the kiosk's databases, a stick, the office.
#include <catch2/catch_test_macros.hpp>

#include "text_files.hpp"

#include "collector.hpp"
#include "commands.hpp"

#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/bundle.hpp>
#include <kiosk/forms/form_files.hpp>
#include <kiosk/forms/form_visit.hpp>
#include <kiosk/sealing/age.hpp>
#include <kiosk/sealing/minisign.hpp>
#include <kiosk/storage/store.hpp>
#include <kiosk/test_support/source_tree.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <algorithm>
#include <cstdlib>
#include <sstream>

using namespace kiosk;
using namespace office_test;

namespace {

class StoppedClock final : public core::Clock {
  public:
    core::WallTime wall_now() const override { return core::WallTime{std::chrono::hours{24 * 365 * 56}}; }
    core::SteadyTime steady_now() const override { return {}; }
};

struct Path {
    test_support::TemporaryFolder folder;
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
        const auto reading = forms::read_form_at(kiosk::test_support::in_source_tree("assets/forms/portal_poll"));
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
        options.keys = {keys / "office-key.txt"};
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

TEST_CASE("minisign, age and unzip alone open a bundle by the very lines printed on the key's sheet") {
    const Path path;
    const files::path& folder = path.folder.path();
    // What someone with the sheet has at hand: the stick's two files, the office's key and the kiosk's public key.
    files::copy(path.stick, folder / "table");
    files::copy_file(path.keys / "office-key.txt", folder / "table" / "office-key.txt");
    files::copy_file(folder / "trust" / "K07.pub", folder / "table" / "K07.pub");
    std::istringstream sheet(content(path.keys / "key-sheet.txt"));
    std::string script = "set -e\n";
    for (std::string line; std::getline(sheet, line) && line != "KEEPING";)
        for (const std::string_view step : {"  1. ", "  2. ", "  3. ", "  4. Linux:"})
            if (line.starts_with(step)) script += line.substr(step.size(), line.find("  (") - step.size()) + "\n";
    for (std::size_t at; (at = script.find("K07-000012.kbx")) != std::string::npos;) script.replace(at, 14, path.exported);
    CAPTURE(script);
    CHECK(std::count(script.begin(), script.end(), '\n') == 5);
    write(folder / "emergency.sh", script);
    REQUIRE(std::system(("cd '" + (folder / "table").string() + "' && sh ../emergency.sh >/dev/null").c_str()) == 0);
    std::string all;
    for (const auto& entry : files::directory_iterator(folder / "table" / "goi" / "poll"))
        if (entry.path().extension() == ".xml") all += content(entry.path());
    CHECK(all.find("<rating>rat_tot</rating>") != std::string::npos);
    CHECK(all.find("<rating>kem</rating>") != std::string::npos);
    CHECK(content(folder / "table" / "goi" / "README.txt").find("minisign -V") != std::string::npos);
    CHECK(files::exists(folder / "table" / "goi" / "manifest.json"));
}
