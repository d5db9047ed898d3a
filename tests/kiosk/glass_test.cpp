// The glass as a finger meets it: drags, taps and glides through the gesture arbiter on real pages, on a virtual clock.
#include "composition.hpp"
#include "glass.hpp"
#include "stage.hpp"
#include "virtual_clock.hpp"

#include <kiosk/core/random.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <string>

using namespace kiosk;
using Phase = app::Finger::Phase;

namespace {

class Visitor {
  public:
    explicit Visitor(const char* screen = "1080x1920@268x476", bool reduces_motion = false) {
        auto made_stage = Stage::create();
        REQUIRE(made_stage);
        stage_ = std::move(*made_stage);
        LaunchOptions options;
        options.data = EVERYTHING_FOLDER;
        options.screen = *core::ScreenSize::parse(screen);
        options.trusts_any_plugin = true;
        options.has_reduced_motion = reduces_motion;
        auto made = Composition::create(options, Purpose::show, clock_, random_, {});
        REQUIRE(made);
        composition_ = std::move(*made);
        glass_.emplace(machine(), composition_->screen(), stage_->fonts(), &stage_->use_pictures(composition_->pictures()));
    }

    Machine& machine() { return composition_->machine(); }
    Glass& glass() { return *glass_; }
    const ui::Scene& look() { return glass_->look(); }
    core::SteadyTime now() { return clock_.steady_now(); }
    const ui::PlacedItem& item(const std::string& id) {
        const ui::PlacedItem* found = look().find(id);
        INFO(id << " on page " << look().page);
        REQUIRE(found);
        return *found;
    }

    void open_form() {
        for (const char* press : {"action.start", "tile.everything", "consent.store.yes", "consent.call.yes", "action.next"}) machine().press(press);
        REQUIRE(look().page == "question");
    }
    void open_review() {
        open_form();
        machine().press("action.review");
        REQUIRE(look().page == "review");
    }
    void show(const std::string& path) {
        REQUIRE(machine().show_question(path));
        machine().press("key.done");
        look();
    }

    void pass(int milliseconds) {
        clock_.advance(core::SteadyTime(milliseconds));
        machine().tick();
    }
    void finger(Phase phase, float x_mm, float y_mm) { glass_->touch({phase, x_mm, y_mm, now()}); }
    void tap(const std::string& id) {
        const ui::PlacedItem placed = item(id);
        const float scale = look().screen.px_per_mm();
        const float x = placed.rect.centre_x() / scale, y = placed.rect.centre_y() / scale;
        REQUIRE(look().hit(placed.rect.centre_x(), placed.rect.centre_y()));
        pass(600);   // a person, not a bouncing panel
        finger(Phase::down, x, y);
        pass(80);
        finger(Phase::up, x, y);
        glass_->look();
    }
    // Up by so much, in 200 ms, then still until it glides no more.
    void drag_up(float mm) {
        const float x = 100, y = look().screen.mm(look().body.bottom()).value - 20;
        pass(600);
        finger(Phase::down, x, y);
        for (int step = 1; step <= 20; ++step) {
            pass(10);
            finger(Phase::move, x, y - mm * static_cast<float>(step) / 20);
        }
        finger(Phase::up, x, y - mm);
        for (int frame = 0; frame < 200 && glass_->animate(now()); ++frame) pass(16);
    }

  private:
    std::unique_ptr<Stage> stage_;
    VirtualClock clock_{core::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 30))};
    core::SeededRandom random_{1};
    std::unique_ptr<Composition> composition_;
    std::optional<Glass> glass_;
};

}  // namespace

TEST_CASE("UX-36, UX-56: a review is dragged to a card, a tap opens its question, and Continue comes back to the same place") {
    Visitor visitor;
    visitor.open_review();
    REQUIRE(visitor.look().scroll_max_px > 0);
    visitor.drag_up(150);
    CHECK(visitor.look().page == "review");   // nothing was pressed on the way
    const float scrolled = visitor.look().scroll_px;
    REQUIRE(scrolled > 100);
    std::string card;
    for (const ui::PlacedItem& placed : visitor.look().items)
        if (card.empty() && placed.item.id.starts_with("card.") && visitor.look().body.contains(placed.rect.centre_x(), placed.rect.y) &&
            visitor.look().body.contains(placed.rect.centre_x(), placed.rect.bottom()))
            card = placed.item.id;
    REQUIRE_FALSE(card.empty());
    const float y = visitor.item(card).rect.y;
    visitor.tap(card);
    REQUIRE(visitor.look().page == "question");
    visitor.machine().press("action.back");   // also without an answer
    if (visitor.look().page != "review") visitor.machine().press("action.review");
    REQUIRE(visitor.look().page == "review");
    CHECK(visitor.look().scroll_px == scrolled);
    CHECK(visitor.item(card).rect.y == y);
}

TEST_CASE("UX-56: a button that scrolls moves the page by three quarters of what is seen, and back") {
    Visitor visitor;
    visitor.open_review();
    visitor.tap("scroll.down");
    CHECK(std::abs(visitor.look().scroll_px - std::min(visitor.look().scroll_max_px, visitor.look().body.height * 0.75F)) < 1);
    visitor.tap("scroll.up");
    CHECK(visitor.look().scroll_px == 0);
    CHECK(visitor.look().page == "review");
}

TEST_CASE("UX-42: a link of what to mend leads to its question, wherever the page is scrolled to") {
    Visitor visitor("1280x800@217x136");
    visitor.open_form();
    visitor.show("/data/cung_trang/dien_thoai");
    visitor.tap("action.next");
    REQUIRE(visitor.look().find("goto.goi_lai"));
    REQUIRE(visitor.look().scroll_max_px > 0);
    visitor.tap("scroll.down");
    visitor.tap("goto.goi_lai");
    const ui::PlacedItem& choice = visitor.item("choice.goi_lai.co");
    CHECK(choice.rect.y >= visitor.look().body.y);
    CHECK(choice.rect.bottom() <= visitor.look().body.bottom() + 1);
}

TEST_CASE("UX-51: the key that takes away a letter, held for two seconds, takes one after another, and none on lift") {
    Visitor visitor;
    visitor.open_form();
    visitor.show("/data/ho_ten");
    visitor.tap("field.ho_ten");
    visitor.machine().take(app::Typed{"Bhling"});
    const ui::PlacedItem key = visitor.item("key.backspace");
    const float scale = visitor.look().screen.px_per_mm(), x = key.rect.centre_x() / scale, y = key.rect.centre_y() / scale;
    const auto value = [&] { return visitor.item("field.ho_ten").item.value; };
    visitor.pass(600);
    visitor.finger(Phase::down, x, y);
    REQUIRE(visitor.glass().next_deadline());
    const std::string before = value();
    for (int time = 0; time < 1900; time += 100) visitor.pass(100), visitor.glass().animate(visitor.now());
    CHECK(value() == before);
    for (int time = 0; time < 400; time += 100) visitor.pass(100), visitor.glass().animate(visitor.now());
    CHECK(value().size() == before.size() - 2);   // at 2.0 and 2.2 s
    visitor.finger(Phase::up, x, y);
    CHECK(value().size() == before.size() - 2);
    CHECK_FALSE(visitor.glass().next_deadline());
}

TEST_CASE("UX-48: “Xóa hết” can be taken back for five seconds, then is what it says again") {
    Visitor visitor;
    visitor.open_form();
    visitor.show("/data/ho_ten");
    visitor.tap("field.ho_ten");
    visitor.machine().take(app::Typed{"Bhling"});
    const std::string typed = visitor.item("field.ho_ten").item.value;
    const std::string clears = visitor.item("key.clear").item.label;
    visitor.tap("key.clear");
    CHECK(visitor.item("field.ho_ten").item.value.empty());
    CHECK(visitor.item("key.clear").item.label != clears);
    visitor.tap("key.clear");
    CHECK(visitor.item("field.ho_ten").item.value == typed);
    visitor.tap("key.clear");
    visitor.pass(5001);
    CHECK(visitor.item("key.clear").item.label == clears);
    visitor.tap("key.clear");
    CHECK(visitor.item("field.ho_ten").item.value.empty());
}

TEST_CASE("UX-54: a page comes within 200 ms, takes touches meanwhile, and then nothing moves") {
    Visitor visitor;
    visitor.look();
    visitor.machine().press("action.start");
    visitor.look();
    CHECK(visitor.glass().is_moving(visitor.now()));
    visitor.machine().press("tile.everything");   // through the veil
    CHECK(visitor.look().page == "consent");
    visitor.pass(100);
    CHECK(visitor.glass().is_moving(visitor.now()));
    visitor.pass(100);
    CHECK_FALSE(visitor.glass().is_moving(visitor.now()));
    visitor.machine().press("consent.store.yes");   // the same page, changed: at once
    visitor.look();
    CHECK_FALSE(visitor.glass().is_moving(visitor.now()));
}

TEST_CASE("UX-54: with reduced motion, in high contrast and in the largest text nothing moves; nor when the warning hides a page") {
    {
        Visitor still("1080x1920@268x476", true);
        still.look();
        still.machine().press("action.start");
        still.look();
        CHECK_FALSE(still.glass().is_moving(still.now()));
    }
    Visitor visitor;
    visitor.look();
    visitor.machine().press("action.start");
    visitor.machine().press("aid.contrast");
    visitor.look();
    CHECK_FALSE(visitor.glass().is_moving(visitor.now()));
    visitor.machine().press("aid.contrast");
    visitor.machine().press("aid.contrast");
    visitor.open_form();
    visitor.pass(1000);
    visitor.pass(65'000);
    REQUIRE(visitor.look().page == "idle");
    CHECK_FALSE(visitor.glass().is_moving(visitor.now()));
}
