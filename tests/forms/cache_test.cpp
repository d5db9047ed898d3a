// Forms are read once and kept by what their files hold.
#include "reading_helpers.hpp"

#include <kiosk/forms/form_cache.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace kiosk::forms;
using namespace kiosk::forms::testing;

namespace {

const Files kFolder = {{"survey.csv", "type,name,label\nselect_one_from_file xa.csv,xa,Xã\n"}, {"xa.csv", "name,label\na,A\n"}};

Files with(Files files, const std::string& name, const std::string& content) {
    files[name] = content;
    return files;
}

}  // namespace

TEST_CASE("A form whose files are as they were is not read again") {
    FormCache cache;
    const FormReading first = cache.folder("f", folder_of(kFolder));
    REQUIRE(first.form != nullptr);
    CHECK(cache.folder("f", folder_of(kFolder)).form == first.form);
}

TEST_CASE("A change in any of its files, the external ones included, makes a new form; the old one lives on") {
    FormCache cache;
    const auto first = cache.folder("f", folder_of(kFolder)).form;
    const auto second = cache.folder("f", folder_of(with(kFolder, "xa.csv", "name,label\nb,B\n"))).form;
    REQUIRE(second != nullptr);
    CHECK(second != first);
    CHECK(second->find_instance("xa")->elements.back().value == "B");
    CHECK(first->find_instance("xa")->elements.back().value == "A");
    CHECK(cache.folder("f", folder_of(kFolder)).form == first);
}

TEST_CASE("A file that appears later is noticed") {
    FormCache cache;
    Files without = kFolder;
    without.erase("xa.csv");
    CHECK(warnings_of(cache.folder("f", folder_of(without))) == std::vector<std::string>{"external.missing A2"});
    CHECK(warnings_of(cache.folder("f", folder_of(kFolder))).empty());
}

TEST_CASE("Faults are kept as well, and a file that is gone is said to be") {
    FormCache cache;
    const Files bad = {{"survey.csv", "type,name,label\nintger,q,Q\n"}};
    CHECK(errors_of(cache.folder("f", folder_of(bad))) == std::vector<std::string>{"type.unknown A2"});
    CHECK(errors_of(cache.folder("f", folder_of(bad))) == std::vector<std::string>{"type.unknown A2"});
    CHECK(errors_of(cache.file("f.xlsx", folder_of({}))) == std::vector<std::string>{"file.unreadable -"});
}

TEST_CASE("The cache holds the forms used last") {
    FormCache cache;
    const auto first = cache.folder("0", folder_of(kFolder)).form;
    for (std::size_t i = 1; i <= FormCache::kCapacity; ++i) {
        cache.folder(std::to_string(i), folder_of(kFolder));
        if (i == FormCache::kCapacity / 2) CHECK(cache.folder("0", folder_of(kFolder)).form == first);
    }
    CHECK(cache.folder("0", folder_of(kFolder)).form == first);
    CHECK(cache.folder("1", folder_of(kFolder)).form != first);
}
