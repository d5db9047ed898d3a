// The rules of the specification that take time or touches: each named by its number (UX-…), on a virtual clock.
#include "rehearsal.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>

using namespace kiosk;
using namespace kiosk::ui;
using namespace kiosk::ui::test;
using namespace std::chrono_literals;
using app::Look;

namespace {

const forms::NodeView node(const Rehearsal& kiosk, std::string_view path) { return kiosk.form().node(path); }

std::size_t count(const app::ViewModel& view, Look look) {
    return static_cast<std::size_t>(std::count_if(view.items.begin(), view.items.end(), [&](const app::Item& item) { return item.look == look; }));
}

void open_last_page(Rehearsal& kiosk) {
    kiosk.open_form();
    for (const auto& [path, value] : {std::pair{"/data/guong_mat", "tot"}, {"/data/thang_do", "4"}, {"/data/xa", "x05"}, {"/data/ho_ten", "Hồ Thị Nghĩa"},
                                      {"/data/xac_nhan", "OK"}, {"/data/cung_trang/dien_thoai", "0901234567"}, {"/data/cung_trang/goi_lai", "co"}})
        kiosk.answer(path, value);
}

}  // namespace

TEST_CASE("UX-27, UX-28: any touch starts, and a language is one touch away on every page, keeping the answers") {
    Rehearsal kiosk;
    kiosk.press("action.start");
    CHECK(kiosk.view().page == "home");
    Rehearsal::restart(kiosk);
    kiosk.open_form();
    kiosk.show("hang");
    kiosk.press("choice.co");
    kiosk.press("aid.language");
    CHECK(kiosk.view().language == "en");
    CHECK(kiosk.view().find("choice.co")->label == "Yes");
    CHECK(kiosk.view().find("choice.co")->selected);
}

TEST_CASE("UX-26: the aids change what is shown at once, keep the answers, and are gone with the visitor") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("hang");
    kiosk.press("choice.chua");
    for (const char* aid : {"aid.size", "aid.contrast", "aid.lower"}) kiosk.press(aid);
    CHECK(kiosk.view().size == app::TextSize::large);
    CHECK(kiosk.view().theme == app::Theme::contrast_dark);
    CHECK(kiosk.view().lowered);
    CHECK(kiosk.view().find("choice.chua")->selected);
    kiosk.press("action.end");
    kiosk.press("action.end");
    CHECK(kiosk.view().page == "attract");
    CHECK(kiosk.view().size == app::TextSize::medium);
    CHECK(kiosk.view().theme == app::Theme::light);
    CHECK_FALSE(kiosk.view().lowered);
}

TEST_CASE("UX-30: nothing is agreed to until the visitor says so, and refusing one purpose blocks nothing") {
    Rehearsal kiosk;
    kiosk.press("action.start");
    kiosk.press("tile.everything");
    for (const app::Item& item : kiosk.view().items) CHECK_FALSE((item.id.starts_with("consent.") && item.selected));
    kiosk.press("consent.store.no");
    kiosk.press("action.next");
    CHECK(count(kiosk.view(), Look::problem) == 1);
    kiosk.press("consent.call.yes");
    kiosk.press("action.next");
    CHECK(kiosk.state().in<app::Visiting>()->form.has_value());
}

TEST_CASE("UX-32: an optional question can be passed over; one that must be answered cannot, and says so") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("hang");
    CHECK(kiosk.view().find("action.skip"));
    kiosk.show("thang_do");
    CHECK_FALSE(kiosk.view().find("action.skip"));
    CHECK(kiosk.view().find("action.next")->enabled);
    CHECK(count(kiosk.view(), Look::problem) == 0);
    kiosk.press("action.next");
    CHECK(count(kiosk.view(), Look::problem) == 1);
}

TEST_CASE("UX-36: a card of the review opens its question, and Continue comes back") {
    Rehearsal kiosk;
    open_last_page(kiosk);
    kiosk.press("action.review");
    REQUIRE(kiosk.view().page == "review");
    CHECK(kiosk.view().find("card./data/hang"));
    kiosk.press("card./data/hang");
    REQUIRE(kiosk.view().page == "question");
    kiosk.press("choice.co");
    kiosk.press("action.next");
    CHECK(kiosk.view().page == "review");
    CHECK(kiosk.view().find("card./data/hang")->detail == "Có");
}

TEST_CASE("UX-36: what is missing comes first in the review") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.press("action.review");
    const app::ViewModel view = kiosk.view();
    bool is_past_the_missing = false;
    for (const app::Item& item : view.items) {
        if (item.look != Look::card) continue;
        CHECK_FALSE((is_past_the_missing && item.needed));
        is_past_the_missing = is_past_the_missing || !item.needed;
    }
    CHECK(is_past_the_missing);
}

TEST_CASE("UX-37: what is not yet durable is not confirmed") {
    Rehearsal kiosk;
    kiosk.can_record = false;
    open_last_page(kiosk);
    kiosk.press("action.review");
    kiosk.press("action.next");
    CHECK(kiosk.view().page == "not_saved");
    kiosk.can_record = true;
    kiosk.press("action.next");
    CHECK(kiosk.view().page == "thanks");
    CHECK(kiosk.recorded == 1);
}

TEST_CASE("UX-38: each bar of a result says its number and its share, and is as long as its share") {
    Rehearsal kiosk;
    open_last_page(kiosk);
    kiosk.press("action.review");
    kiosk.press("action.next");
    REQUIRE(kiosk.view().page == "thanks");
    std::vector<const app::Item*> bars;
    const app::ViewModel view = kiosk.view();
    for (const app::Item& item : view.items)
        if (item.look == Look::bar) bars.push_back(&item);
    REQUIRE(bars.size() == 4);
    CHECK(bars[0]->detail == "61 · 48 %");
    CHECK(std::stod(bars[0]->value) == 1);
    CHECK(std::abs(std::stod(bars[1]->value) - 34.0 / 61) < 0.001);
}

TEST_CASE("UX-40: leaving asks once where answers would be lost, and not where there are none") {
    Rehearsal kiosk;
    kiosk.press("action.start");
    kiosk.press("tile.everything");
    kiosk.press("action.end");
    CHECK(kiosk.view().page == "attract");
    kiosk.open_form();
    kiosk.show("hang");
    kiosk.press("choice.co");
    kiosk.press("action.end");
    CHECK(kiosk.view().page == "end");
    kiosk.press("action.back");
    CHECK(kiosk.view().find("choice.co")->selected);
}

TEST_CASE("UX-41: progress is said in words, and never goes back as the visitor goes on") {
    Rehearsal kiosk;
    kiosk.open_form();
    double last = 0;
    for (int page = 0; page < 4; ++page) {
        const app::ViewModel view = kiosk.view();
        const auto progress = std::find_if(view.items.begin(), view.items.end(), [](const app::Item& item) { return item.look == Look::progress; });
        REQUIRE(progress != view.items.end());
        CHECK(progress->label.starts_with("Câu "));
        CHECK(std::stod(progress->value) >= last);
        last = std::stod(progress->value);
        if (view.find("choice.tot")) kiosk.press("choice.tot");
        if (view.find("choice.4")) kiosk.press("choice.4");
        kiosk.press("action.next");
    }
}

TEST_CASE("UX-42: on a page of several questions the summary and the questions say the same, and each line leads to its question") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("dien_thoai");
    CHECK(count(kiosk.view(), Look::problem) == 0);
    kiosk.press("action.next");
    CHECK(count(kiosk.view(), Look::link) == 2);
    CHECK(count(kiosk.view(), Look::problem) == 3);
    kiosk.press("goto.dien_thoai");
    REQUIRE(kiosk.state().in<app::Visiting>()->editor);
    CHECK(kiosk.state().in<app::Visiting>()->editor->path() == "/data/cung_trang/dien_thoai");
}

TEST_CASE("UX-52: each situation warns after its own time, and any touch restores the page") {
    Rehearsal kiosk;
    kiosk.press("action.start");
    kiosk.pass(30'100ms);
    CHECK(kiosk.view().page == "attract");   // nothing to lose: no warning

    kiosk.open_form();
    kiosk.show("hang");
    kiosk.press("choice.co");
    const app::ViewModel before = kiosk.view();
    kiosk.pass(59'800ms);
    CHECK(kiosk.view().page == "question");
    kiosk.pass(400ms);
    CHECK(kiosk.view().page == "idle");
    kiosk.press("action.stay");
    CHECK(kiosk.view() == before);

    kiosk.pass(60'100ms);
    REQUIRE(kiosk.view().page == "idle");
    kiosk.press("action.more_time");
    kiosk.pass(299'000ms);
    CHECK(kiosk.view().page == "question");
    kiosk.pass(1'100ms);
    CHECK(kiosk.view().page == "idle");
    kiosk.pass(45'100ms);
    CHECK(kiosk.view().page == "attract");
}

TEST_CASE("UX-52: the warning can be put off without end") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("hang");
    kiosk.press("choice.co");
    for (int times = 0; times < 12; ++times) {
        kiosk.pass(60'100ms);
        REQUIRE(kiosk.view().page == "idle");
        kiosk.press("action.stay");
    }
    CHECK(kiosk.view().find("choice.co")->selected);
}

TEST_CASE("UX-53: at the end of a visit the state is that of a kiosk nobody has touched") {
    Rehearsal kiosk;
    const app::ViewModel fresh = kiosk.view();
    kiosk.open_form();
    kiosk.show("ho_ten");
    kiosk.press("field.ho_ten");
    kiosk.take(app::Typed{"Nguyễn Thị Hồng"});
    kiosk.press("aid.size");
    kiosk.press("action.end");
    kiosk.press("action.end");
    CHECK(kiosk.view() == fresh);
    CHECK(kiosk.state().in<app::Attract>());
}

TEST_CASE("one choice that excludes the others stands alone") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("nhieu");
    kiosk.press("choice.giay_to");
    kiosk.press("choice.cho_lau");
    CHECK(node(kiosk, "/data/nhieu").value == "cho_lau giay_to");   // in the order of the list
    kiosk.press("choice.khong_co");
    CHECK(node(kiosk, "/data/nhieu").value == "khong_co");
    kiosk.press("choice.thai_do");
    CHECK(node(kiosk, "/data/nhieu").value == "thai_do");
}

TEST_CASE("ranking goes by taps; the last place is given, and half an order is not taken") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("xep_hang");
    kiosk.press("choice.nuoc");
    kiosk.press("action.next");
    CHECK(count(kiosk.view(), Look::problem) == 1);
    kiosk.press("choice.duong");
    kiosk.press("choice.cho");
    CHECK(node(kiosk, "/data/xep_hang").value == "nuoc duong cho truong");
    CHECK(kiosk.view().find("choice.truong")->value == "4");
    kiosk.press("choice.duong");
    CHECK(node(kiosk, "/data/xep_hang").value == "nuoc cho");
}

TEST_CASE("a range and a counter go by steps, and stop at their ends") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("khoang");
    kiosk.press("step.khoang.value.1");
    CHECK(node(kiosk, "/data/khoang").value == "0");
    kiosk.press("step.khoang.value.-1");
    CHECK(node(kiosk, "/data/khoang").value == "0");
    for (int times = 0; times < 40; ++times) kiosk.press("step.khoang.value.1");
    CHECK(node(kiosk, "/data/khoang").value == "120");
    CHECK(node(kiosk, "/data/khoang").valid);
    kiosk.show("dem");
    for (int times = 0; times < 5; ++times) kiosk.press("step.dem.value.1");
    CHECK(node(kiosk, "/data/dem").value == "4");
    CHECK(node(kiosk, "/data/dem").valid);
}

TEST_CASE("dates and times are stepped part by part, and are always real") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("gio");
    kiosk.press("step.gio.hour.1");
    CHECK(node(kiosk, "/data/gio").value.starts_with("08:00"));
    kiosk.press("step.gio.minute.-1");
    CHECK(node(kiosk, "/data/gio").value.starts_with("08:55"));
    CHECK(node(kiosk, "/data/gio").valid);
    kiosk.show("thang_nam");
    kiosk.press("step.thang_nam.month.1");
    kiosk.press("step.thang_nam.year.-10");
    CHECK(node(kiosk, "/data/thang_nam").value == "2016-11-01");
    kiosk.show("ngay_gio");
    kiosk.press("step.ngay_gio.day.1");
    kiosk.press("step.ngay_gio.month.3");   // 30 November and three months: the end of February
    CHECK(node(kiosk, "/data/ngay_gio").value.starts_with("2026-02-28T"));
    CHECK(node(kiosk, "/data/ngay_gio").valid);
}

TEST_CASE("a date is typed day, month, year, and shown so") {
    Rehearsal kiosk;
    kiosk.open_form();
    for (const auto& [typed, value] : {std::pair{"27031985", "1985-03-27"}, {"27/3/1985", "1985-03-27"}, {"1 1 2000", "2000-01-01"}}) {
        kiosk.show("ngay");
        kiosk.press("field.ngay");
        for (int letters = 0; letters < 12; ++letters) kiosk.take(app::KeyPressed{app::Key::backspace});
        kiosk.take(app::Typed{typed});
        kiosk.press("key.done");
        CHECK(node(kiosk, "/data/ngay").value == value);
    }
    CHECK(kiosk.view().find("field.ngay")->value == "01/01/2000");
    kiosk.press("field.ngay");
    kiosk.take(app::Typed{"9"});
    kiosk.press("action.next");
    CHECK(count(kiosk.view(), Look::problem) == 1);
}

TEST_CASE("a long list is found without tones") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("xa");
    CHECK(count(kiosk.view(), Look::option) == 30);
    kiosk.press("search.xa");
    kiosk.take(app::Typed{"tien ph"});
    const app::ViewModel view = kiosk.view();
    REQUIRE(count(view, Look::option) == 1);
    CHECK(view.find("choice.x14")->label == "Tiên Phước");
    kiosk.press("choice.x14");
    CHECK(node(kiosk, "/data/xa").value == "x14");
    kiosk.press("search.xa");
    kiosk.take(app::Typed{" zzz"});
    CHECK(count(kiosk.view(), Look::notice) == 1);
    CHECK(kiosk.view().find("choice.x14"));   // what is chosen stays in sight
}

TEST_CASE("entries of a repeat are added, changed and, once asked, removed") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.answer("/data/nguoi[1]/ten_nguoi", "Alăng Bhuôch");
    kiosk.show("nguoi");
    CHECK(kiosk.view().find("card./data/nguoi[1]")->detail == "Alăng Bhuôch");
    kiosk.press("add./data/nguoi");
    CHECK(kiosk.form().page().front() == "/data/nguoi[2]/ten_nguoi");
    kiosk.show("nguoi");
    CHECK(count(kiosk.view(), Look::card) == 2);
    kiosk.press("remove./data/nguoi[1]");
    REQUIRE(kiosk.view().page == "remove");
    kiosk.press("action.back");
    CHECK(count(kiosk.view(), Look::card) == 2);
    kiosk.press("remove./data/nguoi[1]");
    kiosk.press("action.remove");
    CHECK(count(kiosk.view(), Look::card) == 1);
    CHECK(node(kiosk, "/data/nguoi[1]/ten_nguoi").value.empty());
    kiosk.press("card./data/nguoi[1]");
    CHECK(kiosk.form().page().front() == "/data/nguoi[1]/ten_nguoi");
}

TEST_CASE("other, with its text, is asked when it is chosen") {
    Rehearsal kiosk;
    kiosk.open_form();
    kiosk.show("khac");
    kiosk.press("choice.other");
    kiosk.press("action.next");
    CHECK(kiosk.form().page().front() == "/data/khac_other");
    CHECK(kiosk.view().find("field.khac_other"));
}

TEST_CASE("UX-57: what a person answered of themselves is spoken only where a headphone is fitted") {
    Rehearsal kiosk;
    open_last_page(kiosk);
    kiosk.answer("/data/y_kien", "Đường vào thôn còn lầy");
    kiosk.answer("/data/nguoi[1]/ten_nguoi", "Alăng Bhuôch");
    const auto says_an_answer = [&] {
        for (const app::Item& item : kiosk.view().items)
            for (const char* answer : {"Hồ Thị Nghĩa", "0901234567", "090 123 4567", "lầy", "Alăng Bhuôch"})
                if (item.what_is_said().find(answer) != std::string::npos) {
                    UNSCOPED_INFO(item.id << " of " << kiosk.view().page << " says " << item.what_is_said());
                    return true;
                }
        return false;
    };
    const auto visits_all_pages = [&] {
        bool is_said = false;
        for (const char* question : {"ho_ten", "y_kien", "dien_thoai", "ten_nguoi", "nguoi"}) {
            kiosk.show(question);
            is_said = is_said || says_an_answer();
            kiosk.press("field." + std::string(question));   // also while it is typed into
            is_said = is_said || says_an_answer();
        }
        kiosk.show("nguoi");
        kiosk.press("remove./data/nguoi[1]");
        is_said = is_said || says_an_answer();
        kiosk.press("action.back");
        kiosk.press("action.review");
        return is_said || says_an_answer();
    };
    CHECK_FALSE(visits_all_pages());
    kiosk.policies.has_headphones = true;
    CHECK(visits_all_pages());
}
