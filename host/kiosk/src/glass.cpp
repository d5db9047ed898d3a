#include "glass.hpp"

#include "page_identity.hpp"

#include <kiosk/ui/caret.hpp>
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

}  // namespace

Glass::Glass(Machine& machine, const core::ScreenSize& screen, const ui::Fonts& fonts, ui::Pictures* pictures)
    : machine_(machine), screen_(screen), fonts_(fonts), pictures_(pictures) {}

const ui::Scene& Glass::look() {
    app::ViewModel view = machine_.view();
    if (std::string page = identity_of(view); page != page_) change_page(view, std::move(page));
    presence_.pressed = arbiter_.pressed();
    const std::uint64_t pictures = pictures_ ? pictures_->version() : 0;
    if (!shown_presence_ || view != shown_ || presence_ != *shown_presence_ || scene_.screen != screen_ || pictures != shown_pictures_) {
        scene_ = ui::compose(view, screen_, fonts_, presence_, pictures_);
        presence_.scroll_px = scene_.scroll_px;
        if (follow(view)) {
            scene_ = ui::compose(view, screen_, fonts_, presence_, pictures_);
            presence_.scroll_px = scene_.scroll_px;
        }
        shown_ = std::move(view);
        shown_presence_ = presence_;
        shown_pictures_ = pictures;
    }
    return scene_;
}

void Glass::change_page(const app::ViewModel& view, std::string page) {
    if (page_ == kReview) review_scroll_px_ = presence_.scroll_px;
    const bool is_first = std::exchange(page_, std::move(page)).empty();
    presence_ = {};
    if (page_ == kReview) presence_.scroll_px = review_scroll_px_;   // back where the visitor left it (UX-36)
    else if (view.page != "question") review_scroll_px_ = 0;
    arbiter_.stop();
    // The warning hides what was answered, and does so at once.
    const bool is_still = machine_.policies().reduces_motion || view.theme != app::Theme::light || view.size == app::TextSize::extra_large || view.page == "idle";
    if (is_first || is_still) motion_.stop();
    else motion_.begin(machine_.now());
}

// What is typed into, and what the keys are on, is never out of sight: the page scrolls to it when it changes.
bool Glass::follow(const app::ViewModel& view) {
    std::string followed = view.focus;
    const ui::PlacedItem* target = view.focus.starts_with("key.") ? nullptr : scene_.find(view.focus);
    for (const ui::PlacedItem& placed : scene_.items)
        if (placed.item.editing) {
            if (!target) target = &placed;
            followed += "|" + placed.item.id + std::to_string(placed.item.value.size()) + ":" + std::to_string(placed.item.caret);
        }
    if (std::exchange(followed_, followed) == followed || !target || !target->scrolls) return false;
    const float above = scene_.body.y - target->rect.y, below = target->rect.bottom() - scene_.body.bottom();
    const float margin = 3 * screen_.px_per_mm();
    if (above <= 0 && below <= 0) return false;
    presence_.scroll_px += above > 0 ? -above - margin : below + margin;
    return true;
}

void Glass::forget() {
    presence_ = {};
    scene_ = {};
    shown_ = {};
    shown_presence_.reset();
    page_.clear();
    motion_.stop();
    followed_.clear();
}

void Glass::draw() {
    const ui::Scene& scene = look();
    ui::paint(scene, fonts_, pictures_);
    if (const float veil = motion_.veil(machine_.now()); veil > 0) ui::paint_veil(scene, veil);
}

bool Glass::animate(core::SteadyTime now) {
    if (const app::Gesture again = arbiter_.hold(now); !again.tapped.empty()) tap(again, look());
    const bool is_gliding = glide(now);
    return motion_.is_moving(now) || is_gliding;
}

void Glass::foresee_size() {
    app::Aids aids = machine_.state().aids;
    aids.size = app::after(aids.size);
    const app::ViewModel view = machine_.view_with(aids);
    if (view.find("aid.size")) static_cast<void>(ui::compose(view, screen_, fonts_, {}));   // measuring a letter draws it
}

// A finger on a signature pad draws, at the full rate it is reported with, and is no gesture.
bool Glass::draw_ink(const app::Finger& finger) {
    const float px_per_mm = screen_.px_per_mm();
    const ui::Point point{finger.x_mm * px_per_mm, finger.y_mm * px_per_mm};
    if (finger.phase == app::Finger::Phase::down) {
        const ui::Scene& scene = look();
        const ui::PlacedItem* pad = scene.hit(point.x, point.y);
        if (!pad || pad->item.look != app::Look::signature || arbiter_.is_gliding()) return false;
        presence_.signing = pad->item.id;
        pad_ = pad->rect;
    }
    if (presence_.signing.empty()) return false;
    const ui::Point within{std::clamp(point.x, pad_.x, pad_.right()), std::clamp(point.y, pad_.y, pad_.bottom())};
    if (presence_.stroke.empty() || presence_.stroke.back() != within) presence_.stroke.push_back(within);
    if (finger.phase == app::Finger::Phase::up || finger.phase == app::Finger::Phase::cancel) finish_stroke();
    return true;
}

void Glass::finish_stroke() {
    const float px_per_mm = screen_.px_per_mm();
    app::StrokeDrawn drawn{std::exchange(presence_.signing, {}), pad_.width / px_per_mm, pad_.height / px_per_mm, {}};
    for (const ui::Point& point : std::exchange(presence_.stroke, {}))
        drawn.stroke.push_back({(point.x - pad_.x) / px_per_mm, (point.y - pad_.y) / px_per_mm});
    machine_.take(std::move(drawn));
}

void Glass::touch(const app::Finger& finger) {
    if (draw_ink(finger)) return;
    const ui::Scene& scene = look();
    const float px_per_mm = screen_.px_per_mm();
    app::Ground ground;
    ground.can_scroll = scene.scroll_max_px > 0;
    ground.target_at = [&](float x_mm, float y_mm) { return scene.target_at(x_mm * px_per_mm, y_mm * px_per_mm); };
    if (scene.wants_places && finger.phase == app::Finger::Phase::up && ground.target_at(finger.x_mm, finger.y_mm).empty())
        machine_.take(app::TouchedAt{finger.x_mm, finger.y_mm, screen_.width_mm.value, screen_.height_mm.value});
    const app::Gesture gesture = arbiter_.feed(finger, ground);
    if (gesture.scroll_mm != 0) scroll_by(gesture.scroll_mm);
    if (!gesture.tapped.empty())
        tap(gesture, scene);
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

// A tap in a field also says where in its text.
void Glass::tap(const app::Gesture& gesture, const ui::Scene& scene) {
    const float px_per_mm = screen_.px_per_mm();
    const ui::PlacedItem* placed = scene.find(gesture.tapped);
    app::CaretPlaced caret{gesture.tapped, 0};
    const bool is_field = placed && placed->item.role == app::Role::field && placed->item.look == app::Look::field;
    if (is_field) caret.offset = ui::caret_at(scene, *placed, fonts_, gesture.tapped_x_mm * px_per_mm, gesture.tapped_y_mm * px_per_mm);
    press(gesture.tapped);
    if (is_field) machine_.take(std::move(caret));
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
