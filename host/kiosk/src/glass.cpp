#include "glass.hpp"

#include <kiosk/ui/paint.hpp>

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

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
        page_ = std::move(page);
        presence_ = {};
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
        const ui::PlacedItem* hit = scene.hit(x_mm * px_per_mm, y_mm * px_per_mm);
        if (scene.whole_screen_is_target) return hit && hit->item.look == app::Look::door ? hit->item.id : "action.start";
        return hit ? hit->item.id : std::string{};
    };
    if (scene.wants_places && finger.phase == app::Finger::Phase::up && ground.target_at(finger.x_mm, finger.y_mm).empty())
        machine_.take(app::TouchedAt{finger.x_mm, finger.y_mm, screen_.width_mm.value, screen_.height_mm.value});
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
    if (!press_scroll_button(item)) machine_.press(item);
}

void Glass::key(app::Key key) { machine_.take(app::KeyPressed{key}); }

void Glass::type(std::string text) { machine_.take(app::Typed{std::move(text)}); }

}  // namespace kiosk
