#include <catch2/catch_test_macros.hpp>

#include "sample.hpp"

#include <kiosk/office_store/duplicates.hpp>

using namespace kiosk;
using office_store::OfficeStore;

namespace {

// One referral form: several people a visit.
forms::Form referral_form() {
    using forms::ItemKind;
    forms::Form form;
    form.id = "referral";
    form.version = "1";
    form.languages = {{"Tiếng Việt (vi)", "vi"}};
    sample::add_node(form, ItemKind::group, "/data", "group", forms::kNone);
    sample::add_node(form, ItemKind::repeat, "/data/ung_vien", "repeat", 0);
    sample::add_node(form, ItemKind::group, "/data/ung_vien/ten", "group", 1);
    sample::add_node(form, ItemKind::question, "/data/ung_vien/ten/ho_ten", "text", 2);
    sample::add_node(form, ItemKind::question, "/data/ung_vien/ngay_sinh", "text", 1);
    sample::add_node(form, ItemKind::question, "/data/ung_vien/thon", "text", 1);
    return form;
}

struct Person {
    std::string name, born, place;
};

// The groups found among these people, each referred in a visit of its own.
std::vector<office_store::PossibleDuplicates> found(const std::vector<Person>& people) {
    auto store = OfficeStore::open(":memory:", [](std::string_view) { return core::Result<forms::Form>(referral_form()); });
    REQUIRE(store);
    core::SeededRandom random(1);
    std::vector<core::Response> answers;
    const core::FormVersion version{"referral", "1", core::sha256_of("referral")};
    for (const Person& person : people) {
        core::Response answer;
        answer.id = core::ResponseId::make(random);
        answer.activity = "candidate_referral";
        answer.storage = StoragePolicy::sealed;
        answer.form = version;
        answer.document = "<data><ung_vien><ten><ho_ten>" + person.name + "</ho_ten></ten><ngay_sinh>" + person.born +
                          "</ngay_sinh><thon>" + person.place + "</thon></ung_vien></data>";
        answers.push_back(answer);
    }
    auto bundle = sample::bundle("K07", 1, answers);
    bundle.definitions = {{version, "referral"}};
    REQUIRE(store->merge(bundle));
    const auto groups = office_store::possible_duplicates(*store, "candidate_referral");
    REQUIRE(groups);
    return *groups;
}

bool are_found(const Person& a, const Person& b) { return !found({a, b}).empty(); }

}  // namespace

TEST_CASE("tones, marks, case, spaces and spelling of a name do not hide someone referred twice") {
    const std::string born = "12/03/1998";
    for (const auto& [one, other] : {std::pair{"Nguyễn Thị Hường", "NGUYEN THI HUONG"}, std::pair{"Lê Thị Thuý", "Lê Thị Thúy"},
                                     std::pair{"Đinh Quý", "Đinh Quí"}, std::pair{"Bh'riu Liếc", "Bhriu Liếc"},
                                     std::pair{"Zơ Râm Thị Hoa", "Zơrâm Thị Hoa"}, std::pair{"Nguyễn Thị Hường", "Nguyễn Thị Hướng"}}) {
        CAPTURE(one, other);
        const auto groups = found({{one, born, ""}, {"Trần Văn Đức", born, ""}, {other, born, ""}});
        REQUIRE(groups.size() == 1);
        CHECK(groups[0].is_likely);
        CHECK(groups[0].people.size() == 2);
    }
}

TEST_CASE("one slip in a longer name is a possibility, two slips or a short name are not") {
    CHECK(are_found({"Nguyễn Văn Thành", "1998", ""}, {"Nguyễn Văn Thàn", "1998", ""}));
    CHECK(are_found({"Nguyễn Văn Thành", "1998", ""}, {"Nguyễn Văm Thành", "1998", ""}));
    CHECK_FALSE(found({{"Nguyễn Văn Thành", "1/1/1998", ""}, {"Nguyễn Văm Thành", "1/1/1998", ""}})[0].is_likely);
    CHECK_FALSE(are_found({"Nguyễn Văn Thành", "1998", ""}, {"Nguyễn Vă Thà", "1998", ""}));
    CHECK_FALSE(are_found({"Lê An", "1998", ""}, {"Lê Ban", "1998", ""}));
}

TEST_CASE("birth dates must agree as far as both are known, however they are written") {
    CHECK(found({{"Lê Văn An", "12/03/1998", ""}, {"Lê Văn An", "1998-03-12", ""}})[0].is_likely);
    CHECK(are_found({"Lê Văn An", "12/03/1998", ""}, {"Lê Văn An", "3/1998", ""}));
    CHECK(are_found({"Lê Văn An", "12/03/1998", ""}, {"Lê Văn An", "1998", ""}));
    CHECK_FALSE(found({{"Lê Văn An", "12/03/1998", ""}, {"Lê Văn An", "1998", ""}})[0].is_likely);
    CHECK_FALSE(are_found({"Lê Văn An", "12/03/1998", ""}, {"Lê Văn An", "4/1998", ""}));
    CHECK_FALSE(are_found({"Lê Văn An", "1998", ""}, {"Lê Văn An", "1999", ""}));
}

TEST_CASE("a common name and a year alone do not join people of different places") {
    CHECK_FALSE(are_found({"Nguyễn Văn An", "1998", "Thôn Pà Đấu"}, {"Nguyễn Văn An", "1998", "Thôn Vinh"}));
    CHECK(are_found({"Nguyễn Văn An", "1998", "Thôn Pà Đấu"}, {"Nguyễn Văn An", "1998", "thon pa dau"}));
    CHECK(are_found({"Nguyễn Văn An", "1998", "Thôn Pà Đấu"}, {"Nguyễn Văn An", "1998", ""}));
    CHECK(are_found({"Nguyễn Văn An", "1/2/1998", "Thôn Pà Đấu"}, {"Nguyễn Văn An", "1/2/1998", "Thôn Vinh"}));
}

TEST_CASE("likely groups come first, nobody is in two, and a form without a name or birth date gives none") {
    const auto groups = found({{"An Thị Bình", "1990", ""}, {"An Thị Bình", "1990", ""}, {"Võ Văn Dũng", "1/1/1990", ""},
                               {"Võ Văn Dũng", "1/1/1990", ""}, {"Võ Văn Dũng", "1990", ""}, {"", "1990", ""}, {"", "1990", ""}});
    REQUIRE(groups.size() == 2);
    CHECK(groups[0].is_likely);
    CHECK(groups[0].people.size() == 3);
    CHECK(groups[0].people[0].name == "Võ Văn Dũng");
    CHECK_FALSE(groups[1].is_likely);

    auto store = OfficeStore::open(":memory:", sample::read_definition);
    REQUIRE(store);
    core::SeededRandom random(2);
    const std::string body = "<who><name>An</name></who>";
    REQUIRE(store->merge(sample::bundle("K07", 1, {sample::response(random, body), sample::response(random, body)})));
    CHECK(office_store::possible_duplicates(*store, "opinion_poll")->empty());
}
