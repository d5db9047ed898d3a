// Form packs on the kiosk: only what the office signed, only forwards, and a way back.
#include "durable_file.hpp"
#include "form_library.hpp"
#include "config.hpp"
#include "pack_shelf.hpp"
#include "staff_report.hpp"

#include <kiosk/exporting/pack.hpp>
#include <kiosk/forms/form_files.hpp>
#include <kiosk/sealing/minisign.hpp>
#include <kiosk/test_support/source_tree.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>

using namespace kiosk;

namespace {

namespace files = std::filesystem;

core::Bytes bytes_of(std::string_view text) {
    const auto view = std::as_bytes(std::span(text.data(), text.size()));
    return {view.begin(), view.end()};
}

constexpr std::string_view kToday = "2026-11-30";

struct Kiosk {
    test_support::TemporaryFolder folder;
    files::path data = folder.path();
    sealing::MinisignSigner office{sealing::MinisignSecretKey::generate()};

    Kiosk() {
        files::create_directories(data / "keys");
        REQUIRE(write_durably(data / "keys/office-sign.pub", office.public_key().to_file()));
    }

    // A pack with the repository's poll, its title changed so that versions can be told apart.
    exporting::Pack pack(std::int64_t version, const std::string& from = "") const {
        exporting::Pack made{{"quang-nam", version, {"Quảng Nam", "Quảng Nam"}, from, ""}, {}};
        for (const char* sheet : {"survey.csv", "choices.csv", "settings.csv"}) {
            const auto text = read_small_file(kiosk::test_support::in_source_tree("assets/forms/portal_poll") / sheet);
            REQUIRE(text);
            made.files.push_back({"forms/portal_poll/" + std::string(sheet), bytes_of(*text)});
        }
        return made;
    }
    files::path on_stick(exporting::Pack made, const core::Signer& signer) const {
        const auto written = exporting::write_pack(std::move(made), signer);
        REQUIRE(written);
        const files::path file = data / "stick.kpk";
        REQUIRE(write_durably(file, {reinterpret_cast<const char*>(written->pack.data()), written->pack.size()}));
        REQUIRE(write_durably(file.string() + ".minisig", written->minisig));
        return file;
    }
    core::Result<exporting::Pack> look(const files::path& file) const {
        const auto verifier = trusted_verifier(data);
        REQUIRE(verifier);
        return PackShelf::look(file, **verifier);
    }
    PackShelf shelf() const {
        auto opened = PackShelf::open(data);
        REQUIRE(opened);
        return std::move(*opened);
    }
    core::Result<void> take(const exporting::Pack& made, std::string_view today = kToday) const {
        return shelf().take(made, std::string(today));
    }
};

std::string code_of(const core::Result<void>& result) { return result ? "" : result.error().code; }

}  // namespace

TEST_CASE("a pack the office signed is unpacked, and its forms are found") {
    const Kiosk kiosk;
    const auto pack = kiosk.look(kiosk.on_stick(kiosk.pack(1), kiosk.office));
    REQUIRE(pack);
    REQUIRE(kiosk.take(*pack));
    CHECK(kiosk.shelf().current()->version == 1);
    CHECK(FormLibrary({kiosk.data / "packs/current/forms"}).find("portal_poll"));
}

TEST_CASE("a pack of another signer, one changed after signing, and one without its signature are refused") {
    const Kiosk kiosk;
    const sealing::MinisignSigner stranger{sealing::MinisignSecretKey::generate()};
    CHECK_FALSE(kiosk.look(kiosk.on_stick(kiosk.pack(1), stranger)));
    const files::path file = kiosk.on_stick(kiosk.pack(1), kiosk.office);
    std::string content = *read_small_file(file);
    for (const std::size_t place : {std::size_t{0}, content.size() / 2, content.size() - 1}) {
        std::string changed = content;
        changed[place] = static_cast<char>(changed[place] ^ 1);
        REQUIRE(write_durably(file, changed));
        CHECK_FALSE(kiosk.look(file));
    }
    REQUIRE(write_durably(file, content));
    REQUIRE(kiosk.look(file));
    files::remove(file.string() + ".minisig");
    const auto unsigned_pack = kiosk.look(file);
    REQUIRE_FALSE(unsigned_pack);
    CHECK(unsigned_pack.error().code == "pack.not_signed");
}

TEST_CASE("a receipt's signature does not make a pack of a file") {
    const Kiosk kiosk;
    const auto written = exporting::write_pack(kiosk.pack(1), kiosk.office);
    REQUIRE(written);
    const auto other = kiosk.office.sign(written->pack, "receipt kiosk=K07 sha256=00");
    REQUIRE(other);
    const auto verifier = trusted_verifier(kiosk.data);
    REQUIRE(verifier);
    CHECK_FALSE(exporting::read_pack(written->pack, *other, **verifier));
}

TEST_CASE("versions only grow; going back is another thing") {
    const Kiosk kiosk;
    REQUIRE(kiosk.take(kiosk.pack(3)));
    CHECK(code_of(kiosk.take(kiosk.pack(3))) == "pack.old");
    CHECK(code_of(kiosk.take(kiosk.pack(2))) == "pack.old");
    REQUIRE(kiosk.take(kiosk.pack(4)));
    CHECK(kiosk.shelf().previous()->version == 3);
    REQUIRE(kiosk.shelf().go_back());
    CHECK(kiosk.shelf().current()->version == 3);
    CHECK(files::read_symlink(kiosk.data / "packs/current") == "quang-nam-3");
    CHECK(code_of(kiosk.take(kiosk.pack(4))) == "pack.old");   // not from a stick that was lying about
    REQUIRE(kiosk.shelf().go_back());
    CHECK(kiosk.shelf().current()->version == 4);
    REQUIRE(kiosk.take(kiosk.pack(5)));
    CHECK_FALSE(files::exists(kiosk.data / "packs/quang-nam-3"));   // one way back is kept, not a museum
}

TEST_CASE("without a pack before there is no way back") {
    const Kiosk kiosk;
    CHECK(code_of(kiosk.shelf().go_back()) == "pack.no_previous");
    REQUIRE(kiosk.take(kiosk.pack(1)));
    CHECK(code_of(kiosk.shelf().go_back()) == "pack.no_previous");
}

TEST_CASE("a pack whose day has not come waits for it") {
    const Kiosk kiosk;
    REQUIRE(kiosk.take(kiosk.pack(1)));
    REQUIRE(kiosk.take(kiosk.pack(2, "2027-01-01")));
    CHECK(kiosk.shelf().current()->version == 1);
    CHECK(*kiosk.shelf().settle("2026-12-31") == false);
    CHECK(*kiosk.shelf().settle("2027-01-01") == true);
    CHECK(kiosk.shelf().current()->version == 2);
    CHECK(kiosk.shelf().previous()->version == 1);
}

TEST_CASE("a pack past its last day is refused") {
    const Kiosk kiosk;
    exporting::Pack old = kiosk.pack(1);
    old.label.effective_to = "2026-11-29";
    CHECK(code_of(kiosk.take(old)) == "pack.expired");
}

TEST_CASE("a pack with a form that cannot be used changes nothing") {
    const Kiosk kiosk;
    REQUIRE(kiosk.take(kiosk.pack(1)));
    exporting::Pack broken = kiosk.pack(2);
    broken.files.push_back({"forms/broken/survey.csv", bytes_of("type,name,label\nno_such_type,a,A\n")});
    CHECK_FALSE(kiosk.take(broken));
    CHECK(kiosk.shelf().current()->version == 1);
    REQUIRE(kiosk.take(kiosk.pack(2)));   // and its number is not used up
}

TEST_CASE("paths that lead out of the pack are refused on both sides") {
    for (const char* path : {"forms/../../etc/passwd", "/etc/passwd", "forms/.hidden", "forms//x", "forms/", "pack.json", "forms/a\\b", "C:/x", "forms/a\nb", "other/x.csv"}) {
        INFO(path);
        CHECK_FALSE(exporting::is_pack_path(path));
    }
    CHECK(exporting::is_pack_path("forms/Khảo sát năm 2026.xlsx"));
    const Kiosk kiosk;
    exporting::Pack bad = kiosk.pack(1);
    bad.files.push_back({"forms/../../keys/other.pub", bytes_of("x")});
    CHECK_FALSE(exporting::write_pack(std::move(bad), kiosk.office));
}

TEST_CASE("pack.json says what is wrong with it") {
    const auto code = [](std::string_view text) {
        const auto label = exporting::read_pack_label(text);
        return label ? std::string() : label.error().message.en;
    };
    CHECK(code(R"({"name":"a","version":1,"title":{"vi":"A"}})").empty());
    CHECK(code("{").find("JSON") != std::string::npos);
    CHECK(code(R"({"name":"a b","version":1,"title":{"vi":"A"}})").find("name") != std::string::npos);
    CHECK(code(R"({"name":"a","version":0,"title":{"vi":"A"}})").find("version") != std::string::npos);
    CHECK(code(R"({"name":"a","version":1})").find("title") != std::string::npos);
    CHECK(code(R"({"name":"a","version":1,"title":{"vi":"A"},"effective_from":"1/2/2026"})").find("effective_from") != std::string::npos);
    CHECK(code(R"({"name":"a","version":1,"title":{"vi":"A"},"efective_from":"2026-01-01"})").find("efective_from") != std::string::npos);
}

TEST_CASE("a kiosk without the office's signing key takes no pack and says what it lacks") {
    const Kiosk kiosk;
    files::remove(kiosk.data / "keys/office-sign.pub");
    const auto verifier = trusted_verifier(kiosk.data);
    REQUIRE_FALSE(verifier);
    CHECK(verifier.error().code == "keys.no_office_sign");
}

TEST_CASE("the same folder gives the same pack, byte for byte") {
    const Kiosk kiosk;
    const auto one = exporting::write_pack(kiosk.pack(1), kiosk.office), other = exporting::write_pack(kiosk.pack(1), kiosk.office);
    REQUIRE((one && other));
    CHECK(one->pack == other->pack);
}

TEST_CASE("a pack whose list of organisations is damaged is refused, and the old one stays") {
    Kiosk kiosk;
    REQUIRE(kiosk.take(kiosk.pack(1)));
    exporting::Pack damaged = kiosk.pack(2);
    damaged.files.push_back({"data/organisations.tsv", bytes_of("feedback-kiosk organisations 1\n001\n")});
    CHECK(code_of(kiosk.take(damaged)) == "organisations.malformed");
    CHECK(files::read_symlink(kiosk.data / "packs/current") == "quang-nam-1");
}

TEST_CASE("before a pack is taken, its questions that should not be asked are named") {
    Kiosk kiosk;
    exporting::Pack pack = kiosk.pack(1);
    CHECK(PackShelf::warnings(pack).empty());
    pack.files.push_back({"forms/hoi/survey.csv", bytes_of("type,name,label\ntext,suc_khoe,Sức khỏe\n")});
    pack.files.push_back({"forms/hoi/settings.csv", bytes_of("form_id,version,form_title\nhoi,1,Hỏi\n")});
    const auto warnings = PackShelf::warnings(pack);
    REQUIRE(warnings.size() == 1);
    CHECK(warnings.front().vi.find("suc_khoe") != std::string::npos);
    CHECK(warnings.front().en.find("health") != std::string::npos);
}

TEST_CASE("rules and packs out of force are told to staff, whatever day it is") {
    const Pack rules{{"Quy định 2019", "Rules of 2019"}, "2019-10-18", "2023-11-09", {}};
    CHECK(rules_line(rules, "2019-10-18").mark == app::Mark::good);
    CHECK(rules_line(rules, "2023-11-09").mark == app::Mark::good);
    CHECK(rules_line(rules, "2023-11-10").mark == app::Mark::attention);
    CHECK(rules_line(rules, "2019-10-17").mark == app::Mark::attention);
    CHECK(rules_line(rules, "2026-11-30").words.vi.find("09/11/2023") != std::string::npos);

    Kiosk kiosk;
    exporting::Pack pack = kiosk.pack(1);
    pack.label.effective_to = "2026-12-31";
    REQUIRE(kiosk.take(pack));
    CHECK(pack_line(kiosk.shelf(), "2026-12-31").mark == app::Mark::good);
    CHECK(pack_line(kiosk.shelf(), "2027-01-01").mark == app::Mark::attention);
}

TEST_CASE("every data pack that ships says from when it is in force, and the days follow one another") {
    std::string last = "2019-10-17";
    for (const char* name : {"2019", "2023", "2026"}) {
        CAPTURE(name);
        const auto pack = find_pack({kiosk::test_support::in_source_tree("assets/packs")}, name);
        REQUIRE(pack);
        CHECK(pack->effective_from > last);
        CHECK((pack->effective_to.empty() || pack->effective_to > pack->effective_from));
        last = pack->effective_to;
    }
    CHECK(last.empty());   // what is in force now has no end yet
}
