#include "opening.hpp"

#include <kiosk/ui/paint.hpp>

#include <utility>
#include <variant>

namespace kiosk {
namespace {

// A page that comes sooner than this needs no word about waiting; the word would only flash.
constexpr core::SteadyTime kPatience{400};
constexpr core::SteadyTime kAtOnce{0};

app::Finger::Phase phase_of(platform::PointerPhase phase) {
    switch (phase) {
        case platform::PointerPhase::down: return app::Finger::Phase::down;
        case platform::PointerPhase::move: return app::Finger::Phase::move;
        case platform::PointerPhase::up: return app::Finger::Phase::up;
        case platform::PointerPhase::cancel: break;
    }
    return app::Finger::Phase::cancel;
}

}  // namespace

app::Key key_of(platform::Key key) {
    switch (key) {
        case platform::Key::enter: return app::Key::enter;
        case platform::Key::escape: return app::Key::escape;
        case platform::Key::backspace: return app::Key::backspace;
        case platform::Key::remove: return app::Key::remove;
        case platform::Key::left: return app::Key::left;
        case platform::Key::right: return app::Key::right;
        case platform::Key::up: return app::Key::up;
        case platform::Key::down: return app::Key::down;
        case platform::Key::home: case platform::Key::page_up: return app::Key::home;
        case platform::Key::end: case platform::Key::page_down: return app::Key::end;
        case platform::Key::tab: return app::Key::tab;
        case platform::Key::back_tab: return app::Key::back_tab;
    }
    return app::Key::escape;
}

app::Finger finger_of(const platform::PointerEvent& event, float px_per_mm) {
    return {phase_of(event.phase), event.x_px / px_per_mm, event.y_px / px_per_mm, event.time};
}

Opening::Opening(Parts parts) : parts_(std::move(parts)), beside_([this] { read_beside(); }) {}

Opening::~Opening() { beside_.join(); }

void Opening::read_beside() {
    reading_ = parts_.composition.read();
    parts_.trace.mark("store, forms and keyboards read, beside the page");
    is_read_ = true;
    parts_.window.wake();
    if (reading_) {
        parts_.reach_speech();
        parts_.trace.mark("speech looked for, beside the page");
    }
    is_done_ = true;
    parts_.window.wake();
}

void Opening::handle(const platform::InputEvent& event) {
    if (is_awaited()) return;   // more touches would be for a page nobody has seen yet
    if (const auto* pointer = std::get_if<platform::PointerEvent>(&event)) {
        const float px_per_mm = parts_.window.screen().px_per_mm();
        app::Ground ground;
        ground.target_at = [&](float x_mm, float y_mm) { return scene_.target_at(x_mm * px_per_mm, y_mm * px_per_mm); };
        tapped_ = arbiter_.feed(finger_of(*pointer, px_per_mm), ground).tapped;
    } else if (const auto* key = std::get_if<platform::KeyEvent>(&event)) {
        key_ = key_of(key->key);
    }
    parts_.pacer.request_frames(1);
}

void Opening::note_wait(core::SteadyTime now) {
    if (is_awaited() && !asks_patience_at_) asks_patience_at_ = now + kPatience;
    if (!asks_patience_at_ || now < *asks_patience_at_ || asks_patience_) return;
    asks_patience_ = true;
    parts_.pacer.request_frames(1);
}

void Opening::tick(core::SteadyTime now) {
    note_wait(now);
    if (parts_.window.frame_counts().presented > 0 && !std::exchange(is_shown_, true)) parts_.trace.mark("first picture");
    if (parts_.pacer.is_frame_due(now)) return;   // what the visitor sees comes first
    switch (step_) {
        case Step::reading:
            if (!is_read_) return;
            result_ = reading_;
            step_ = Step::plugins;
            return;
        case Step::plugins:
            result_ = parts_.composition.load_plugins();
            parts_.trace.mark("plugins");
            step_ = Step::finishing;
            return;
        case Step::finishing:
            if (!is_done_) return;
            parts_.composition.finish();
            parts_.trace.mark("ready for visitors");
            step_ = Step::open;
            return;
        case Step::open: return;
    }
}

platform::Layout Opening::draw() {
    const app::ViewModel page = asks_patience_ ? parts_.composition.page_while_opening() : parts_.composition.first_page();
    ui::Presence presence;
    presence.pressed = asks_patience_ ? "" : !tapped_.empty() ? tapped_ : arbiter_.pressed();
    scene_ = ui::compose(page, parts_.window.screen(), parts_.fonts, presence);
    ui::paint(scene_, parts_.fonts);
    return platform::Layout::settled;
}

std::optional<core::SteadyTime> Opening::next_deadline() const {
    const bool has_work = step_ == Step::reading ? is_read_.load() : step_ == Step::plugins || (step_ == Step::finishing && is_done_);
    if (has_work) return kAtOnce;
    return asks_patience_ ? std::nullopt : asks_patience_at_;
}

bool Opening::is_finished() const { return !result_ || step_ == Step::open || parts_.is_over(); }

}  // namespace kiosk
