// Codes for organisations: a sheet with the codes to hand out, and a list of hashes that goes into the pack.
#include <catch2/catch_test_macros.hpp>

#include "text_files.hpp"

#include "commands.hpp"

#include <kiosk/core/organisations.hpp>
#include <kiosk/sealing/pin_hash.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <map>
#include <regex>

using namespace kiosk;
using namespace office_test;

namespace {

struct Office {
    test_support::TemporaryFolder folder;
    office::Console console{"vi", false};
    files::path list = folder.path() / "list.csv", pack = folder.path() / "pack";

    int make(const std::string& text, const std::string& sheet, std::vector<std::string> renew = {}) {
        write(list, text);
        return office::make_codes({list, pack, folder.path() / sheet, std::move(renew)}, console);
    }
    std::vector<core::Organisation> organisations() const {
        const auto read = core::read_organisations(content(pack / "data/organisations.tsv"));
        REQUIRE(read);
        return *read;
    }
    // By number, as the sheet has them.
    std::map<std::string, core::OrganisationCode> codes(const std::string& sheet) const {
        const std::string page = content(folder.path() / sheet);
        std::map<std::string, core::OrganisationCode> all;
        const std::regex code("[0-9A-Z]{3}-[0-9A-Z]{5}-[0-9A-Z]{5}");
        for (auto found = std::sregex_iterator(page.begin(), page.end(), code); found != std::sregex_iterator(); ++found) {
            const auto read = core::OrganisationCode::parse(found->str());
            REQUIRE(read);
            all.emplace(std::string(read->number()), *read);
        }
        return all;
    }
};

// What went to standard error meanwhile.
std::string told_while(const std::function<void()>& work) {
    test_support::TemporaryFolder folder;
    const files::path file = folder.path() / "told";
    std::fflush(stderr);
    const int before = ::dup(STDERR_FILENO), into = ::open(file.c_str(), O_WRONLY | O_CREAT, 0600);
    REQUIRE(::dup2(into, STDERR_FILENO) >= 0);
    work();
    std::fflush(stderr);
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    ::close(into);
    return content(file);
}

constexpr const char* kList = "\xEF\xBB\xBFhoi_nong_dan,Hội Nông dân xã Thạnh Mỹ\r\nchi_bo;\"Chi bộ thôn Pà Dấu 2, xã <Thạnh Mỹ>\"\r\n\r\n";

}  // namespace

TEST_CASE("every organisation gets a code, and the pack its hash but never the code") {
    Office office;
    REQUIRE(office.make(kList, "codes.html") == office::kDone);
    const auto organisations = office.organisations();
    REQUIRE(organisations.size() == 2);
    CHECK(organisations[1].kind == "chi_bo");
    CHECK(organisations[1].name == "Chi bộ thôn Pà Dấu 2, xã <Thạnh Mỹ>");
    const auto codes = office.codes("codes.html");
    REQUIRE(codes.size() == 2);
    for (const core::Organisation& one : organisations) {
        CHECK(sealing::is_pin(codes.at(one.number).letters(), one.hash));
        CHECK(content(office.pack / "data/organisations.tsv").find(codes.at(one.number).letters().substr(3)) == std::string::npos);
    }
    const std::string page = content(office.folder.path() / "codes.html");
    CHECK(page.find("xã &lt;Thạnh Mỹ>") != std::string::npos);
    CHECK((files::status(office.folder.path() / "codes.html").permissions() & files::perms::others_read) == files::perms::none);
}

TEST_CASE("a second time only new organisations get codes, those gone are dropped, and a lost code is replaced") {
    Office office;
    REQUIRE(office.make(kList, "one.html") == office::kDone);
    const auto before = office.organisations();
    REQUIRE(office.make(std::string(kList) + "cong_doan, Công đoàn xã\n", "two.html") == office::kDone);
    CHECK(office.codes("two.html").size() == 1);
    CHECK(office.organisations()[0] == before[0]);
    REQUIRE(office.make("cong_doan, Công đoàn xã\nchi_bo, Chi bộ thôn Pà Dấu 2, xã <Thạnh Mỹ>\n", "three.html", {"Công đoàn xã"}) == office::kDone);
    CHECK(office.organisations().size() == 2);
    const auto renewed = office.codes("three.html");
    REQUIRE(renewed.size() == 1);
    CHECK(sealing::is_pin(renewed.begin()->second.letters(), office.organisations()[0].hash));
    CHECK(office.organisations()[1] == before[1]);
    CHECK(office.make("cong_doan, Công đoàn xã\n", "four.html") == office::kDone);
    CHECK_FALSE(files::exists(office.folder.path() / "four.html"));   // nothing new
}

TEST_CASE("a list that cannot be meant is refused, and nothing is written") {
    Office office;
    CHECK(office.make("", "codes.html") == office::kRefused);
    CHECK(office.make("Hội Nông dân xã Thạnh Mỹ\n", "codes.html") == office::kRefused);
    CHECK(office.make("hoi_nong_dan,\n", "codes.html") == office::kRefused);
    CHECK(office.make("chi_bo, A\nchi_bo, A\n", "codes.html") == office::kRefused);
    CHECK_FALSE(files::exists(office.pack));
    write(office.folder.path() / "codes.html", "yesterday's");
    CHECK(office.make(kList, "codes.html") == office::kRefused);   // a sheet still to be handed out is not overwritten
    CHECK(content(office.folder.path() / "codes.html") == "yesterday's");
    CHECK_FALSE(files::exists(office.pack));
    files::create_directories(office.pack / "data");
    write(office.pack / "data/organisations.tsv", "damaged");
    CHECK(office.make(kList, "other.html") == office::kRefused);
}

TEST_CASE("packing names each question that should not be asked, and refuses a damaged list of organisations") {
    Office office;
    const files::path form = office.pack / "forms/hoi";
    files::create_directories(form);
    write(form / "survey.csv", "type,name,label\ntext,ton_giao,Tôn giáo\ntext,gop_y,Góp ý\n");
    write(form / "settings.csv", "form_id,version,form_title\nhoi,1,Hỏi\n");
    write(office.pack / "pack.json", R"({"name": "hoi", "version": 1, "title": {"vi": "Hỏi"}})");
    office::KeygenOptions keygen;
    keygen.out = office.folder.path() / "keys";
    REQUIRE(office::keygen(keygen, office.console) == office::kDone);
    const office::PackOptions pack{office.pack, office.folder.path() / "hoi-1.kpk", keygen.out / "office-sign.key"};

    const std::string told = told_while([&] { CHECK(office::pack(pack, office.console) == office::kDone); });   // a person decides
    CHECK(told.find("ton_giao") != std::string::npos);
    CHECK(told.find("gop_y") == std::string::npos);

    files::create_directories(office.pack / "data");
    write(office.pack / "data/organisations.tsv", "feedback-kiosk organisations 1\n001\n");
    CHECK(office::pack(pack, office.console) == office::kRefused);
}
