#include <kiosk/sdk/testing.hpp>

#include <catch2/catch_test_macros.hpp>

using kiosk::Outcome;
using kiosk::testing::VisitDriver;
using Answers = std::vector<std::pair<std::string, std::string>>;

namespace {

struct Person {
    std::string name, born, consent;
};

Answers form_with(const std::vector<Person>& people) {
    Answers answers{{"/data/thong_bao/dong_y_gt", "dong_y"}, {"/data/gioi_thieu/to_chuc", "doan_thanh_nien"}};
    for (std::size_t i = 0; i < people.size(); ++i) {
        const std::string path = "/data/gioi_thieu/ung_vien[" + std::to_string(i + 1) + "]";
        answers.push_back({path + "/ten/ho_ten", people[i].name});
        answers.push_back({path + "/ngay_sinh", people[i].born});
        answers.push_back({path + "/dong_y", people[i].consent});
    }
    return answers;
}

void choose_to_refer(VisitDriver& visit) { CHECK(visit.submit({{"wish", "refer"}}) == Outcome::next()); }

}  // namespace

TEST_CASE("one may refer or withdraw") {
    VisitDriver visit(kiosk_plugin);
    CHECK(visit.describe().transcript() ==
          "heading \"what_to_do\"\nchoice wish \"wish\" \"wish_refer\" \"wish_withdraw\" [refer] [withdraw]\n");
    CHECK(visit.submit() == Outcome::stay({{"wish", "choose_one"}}));
}

TEST_CASE("the pack chooses the form, the setting names who answers for the data") {
    VisitDriver visit(kiosk_plugin, {{"form", "candidate_referral_2019"}, {"controller", "Huyện ủy Nam Giang"}});
    CHECK(visit.describe().transcript().ends_with("notice controller \"controller\"(Huyện ủy Nam Giang)\n"));
    choose_to_refer(visit);
    CHECK(visit.describe().transcript() == "form candidate_referral_2019\n");

    VisitDriver today(kiosk_plugin);
    choose_to_refer(today);
    CHECK(today.describe().transcript() == "form candidate_referral_2026\n");
}

TEST_CASE("a referrer who does not agree is let go, and nothing is kept") {
    VisitDriver visit(kiosk_plugin);
    choose_to_refer(visit);
    CHECK(visit.submit({{"/data/thong_bao/dong_y_gt", "khong"}}) == Outcome::finish());
}

TEST_CASE("people who agreed are kept as one record each, with a code to withdraw") {
    VisitDriver visit(kiosk_plugin);
    choose_to_refer(visit);
    CHECK(visit.submit(form_with({{"Bríu Liếc", "1990", "da_dong_y"}, {"Alăng Hạnh", "05/09/1995", "da_dong_y"}})) ==
          Outcome::record({.each = "/data/gioi_thieu/ung_vien", .has_withdrawal_code = true}));
    CHECK(visit.describe().transcript() == "receipt \"keep_the_code\" [code]\n");
    CHECK(visit.submit() == Outcome::finish());
}

TEST_CASE("of people who were not asked nothing is kept but a printed draft") {
    VisitDriver visit(kiosk_plugin);
    choose_to_refer(visit);
    CHECK(visit.submit(form_with({{"Bríu Liếc", "1990", "chua_hoi"}})) == Outcome::print("referral_draft"));
    CHECK(visit.describe().transcript() == "receipt \"draft_only\"\n");
}

TEST_CASE("somebody who was not asked does not travel with those who agreed") {
    VisitDriver visit(kiosk_plugin);
    choose_to_refer(visit);
    CHECK(visit.submit(form_with({{"Bríu Liếc", "1990", "da_dong_y"}, {"Alăng Hạnh", "1995", "chua_hoi"}})) ==
          Outcome::stay({{"/data/gioi_thieu/ung_vien[2]/dong_y", "not_asked_yet"}}));
}

TEST_CASE("the same person twice is noticed once, and is no hindrance") {
    VisitDriver same(kiosk_plugin);
    choose_to_refer(same);
    const Answers twice = form_with({{"Zơ Râm Hạnh", "1990", "da_dong_y"},
                                     {"Zơ Râm Hạnh", "1991", "da_dong_y"},
                                     {"zơ râm  hạnh", "1990", "da_dong_y"}});
    CHECK(same.submit(twice) == Outcome::stay({{"/data/gioi_thieu/ung_vien[3]/ten/ho_ten", {"same_person_twice", {"zơ râm  hạnh"}}}}));
    CHECK(same.submit(twice).kind() == Outcome::Kind::record);
}

TEST_CASE("a referral of nobody is not sent") {
    VisitDriver visit(kiosk_plugin);
    choose_to_refer(visit);
    CHECK(visit.submit(form_with({})) ==
          Outcome::stay({{"/data/gioi_thieu/ung_vien", "nobody_referred"}}));
}

TEST_CASE("a referral is withdrawn by its code") {
    VisitDriver visit(kiosk_plugin);
    visit.submit({{"wish", "withdraw"}});
    CHECK(visit.describe().transcript() == "form referral_withdrawal\n");
    CHECK(visit.submit() == Outcome::stay({{"/data/ma", "code_needed"}}));
    CHECK(visit.submit({{"/data/ma", "7KQ2-XM4P-90TD"}}) == Outcome::withdraw("7KQ2-XM4P-90TD"));
    CHECK(visit.describe().transcript() == "receipt \"withdrawal_passed_on\"\n");
    CHECK(visit.submit({{"/data/ma", "7KQ2-XM4P-9OTD"}}) == Outcome::withdraw("7KQ2-XM4P-9OTD"));  // was mistyped
}

TEST_CASE("repeats are counted by their highest instance and by whole names") {
    const kiosk_answer answers[] = {{KIOSK_STR("/data/a[2]/x"), KIOSK_STR("1")}, {KIOSK_STR("/data/ab[7]/x"), KIOSK_STR("1")},
                                    {KIOSK_STR("/data/a[10]/x"), KIOSK_STR("1")}, {KIOSK_STR("/data/a"), KIOSK_STR("1")}};
    CHECK(kiosk::Answers(answers).repeats("/data/a") == 10);
    CHECK(kiosk::Answers(answers).repeats("/data/ab") == 7);
    CHECK(kiosk::Answers(answers).repeats("/data/b") == 0);
}
