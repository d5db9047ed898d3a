#include "glass.hpp"

#include <kiosk/ui/paint.hpp>

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

const std::string kReview = "review";
constexpr float kAboveItMm = 30;   // what a question's own words need, over its controls

// "goto.ten" leads to "field.ten", "choice.ten.co", "step.ten.value.1".
bool belongs_to(const std::string& item, std::string_view question) {
    const std::size_t dot = item.find('.');
    if (dot == std::string::npos || item.starts_with("goto.")) return false;
    const std::string_view rest = std::string_view(item).substr(dot + 1);
    return rest == question || (rest.starts_with(question) && rest.substr(question.size()).starts_with('.'));
}

// Two pages are one if neither their kind nor their question differs; a language or a size changes neither.
std::string identity_of(const app::ViewModel& view) {
    std::string identity = view.page;
    for (const app::Item& item : view.items)
        if (item.look == app::Look::progress || item.role == app::Role::radio || item.role == app::Role::field)
            identity.append("|").append(item.look == app::Look::progress ? item.value : item.id);
    return identity;
}

}  // namespace

Glass::Glass(Machine& machine, const core::ScreenSize& screen, const ui::Fonts& fonts)
    : machine_(machine), screen_(screen), fonts_(fonts) {}

const ui::Scene& Glass::look() {
    app::ViewModel view = machine_.view();
    if (std::string page = identity_of(view); page != page_) {
        if (page_ == kReview) review_scroll_px_ = presence_.scroll_px;
        page_ = std::move(page);
        presence_ = {};
        if (page_ == kReview) presence_.scroll_px = review_scroll_px_;   // back where the visitor left it (UX-36)
        else if (view.page != "question") review_scroll_px_ = 0;
        arbiter_.stop();
    }
    presence_.pressed = arbiter_.pressed();
    if (!shown_presence_ || view != shown_ || presence_ != *shown_presence_ || scene_.screen != screen_) {
        scene_ = ui::compose(view, screen_, fonts_, presence_);
        presence_.scroll_px = scene_.scroll_px;
        shown_ = std::move(view);
        shown_presence_ = presence_;
    }
    return scene_;
}

void Glass::draw() { ui::paint(look(), fonts_); }

void Glass::touch(const app::Finger& finger) {
    const ui::Scene& scene = look();
    const float px_per_mm = screen_.px_per_mm();
    app::Ground ground;
    ground.can_scroll = scene.scroll_max_px > 0;
    ground.target_at = [&](float x_mm, float y_mm) -> std::string {
        if (scene.whole_screen_is_target) return "action.start";
        const ui::PlacedItem* hit = scene.hit(x_mm * px_per_mm, y_mm * px_per_mm);
        return hit ? hit->item.id : std::string{};
    };
    const app::Gesture gesture = arbiter_.feed(finger, ground);
    if (gesture.scroll_mm != 0) scroll_by(gesture.scroll_mm);
    if (!gesture.tapped.empty())
        press(gesture.tapped);
    else if (finger.phase == app::Finger::Phase::down)
        machine_.take(app::Touched{});
}

bool Glass::glide(core::SteadyTime now) {
    if (!arbiter_.is_gliding()) return false;
    const float before = presence_.scroll_px;
    scroll_by(arbiter_.glide(now).scroll_mm);
    if (look().scroll_px == before) arbiter_.stop();   // it has come to the end
    return true;
}

void Glass::scroll_by(float mm) {
    presence_.scroll_px = std::clamp(presence_.scroll_px + mm * screen_.px_per_mm(), 0.0F, scene_.scroll_max_px);
    machine_.take(app::Touched{});
}

bool Glass::press_scroll_button(const std::string& item) {
    if (!item.starts_with("scroll.")) return false;
    const float step = scene_.body.height * 0.75F;
    presence_.scroll_px = std::clamp(presence_.scroll_px + (item == "scroll.down" ? step : -step), 0.0F, scene_.scroll_max_px);
    machine_.take(app::Touched{});
    return true;
}

void Glass::press(const std::string& item) {
    if (press_scroll_button(item)) return;
    machine_.press(item);
    if (item.starts_with("goto.")) show_question(std::string_view(item).substr(5));
}

void Glass::show_question(std::string_view name) {
    const ui::Scene& scene = look();
    const auto found = std::find_if(scene.items.begin(), scene.items.end(), [&](const ui::PlacedItem& placed) { return belongs_to(placed.item.id, name); });
    if (found != scene.items.end()) show_in_body(*found, kAboveItMm);
}

// Scrolls no further than it must.
void Glass::show_in_body(const ui::PlacedItem& placed, float above_mm) {
    if (!placed.scrolls) return;
    const float top = placed.rect.y - above_mm * screen_.px_per_mm() - scene_.body.y, bottom = placed.rect.bottom() - scene_.body.bottom();
    if (top < 0 || bottom > 0) presence_.scroll_px = std::clamp(presence_.scroll_px + (top < 0 ? top : std::min(top, bottom + 1)), 0.0F, scene_.scroll_max_px);
}

// What this screen has no room for (one button may stand for all aids) is stepped over.
void Glass::key(app::Key key) {
    machine_.take(app::KeyPressed{key});
    const bool walks = key == app::Key::up || key == app::Key::down || key == app::Key::tab || key == app::Key::back_tab;
    for (std::size_t tries = machine_.view().items.size(); walks && tries > 0 && !machine_.state().focus.empty(); --tries) {
        if (const ui::PlacedItem* focused = look().find(machine_.state().focus)) return show_in_body(*focused, 2);
        machine_.take(app::KeyPressed{key});
    }
}

void Glass::type(std::string text) { machine_.take(app::Typed{std::move(text)}); }

}  // namespace kiosk
