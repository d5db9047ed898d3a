#include <kiosk/app/gesture.hpp>

#include <algorithm>
#include <cmath>

namespace kiosk::app {
namespace {

constexpr float kGlideTimeConstantS = 0.25F, kFastestMmS = 1000, kSlowestMmS = 8;
constexpr core::SteadyTime kLongestGlide{1500}, kSpeedWindow{80};

const std::string kRepeatingKey = "key.backspace";

float seconds(core::SteadyTime time) { return std::chrono::duration<float>(time).count(); }

}  // namespace

Gesture GestureArbiter::feed(const Finger& finger, const Ground& ground) {
    switch (finger.phase) {
        case Finger::Phase::down: return came_down(finger, ground);
        case Finger::Phase::move: return moved(finger, ground);
        case Finger::Phase::up: {
            Gesture last = moved(finger, ground);
            Gesture end = lifted(finger);
            end.scroll_mm += last.scroll_mm;
            return end;
        }
        case Finger::Phase::cancel:
            phase_ = Phase::idle;
            pressed_.clear();
            return {};
    }
    return {};
}

Gesture GestureArbiter::came_down(const Finger& finger, const Ground& ground) {
    start_x_mm_ = finger.x_mm;
    start_y_mm_ = last_y_mm_ = finger.y_mm;
    samples_.assign(1, {finger.y_mm, finger.time});
    phase_ = Phase::pressing;
    repeats_at_.reset();
    has_repeated_ = false;
    if (is_gliding()) {   // a touch that stops the page is not a press
        stop();
        phase_ = Phase::spoilt;
        return {};
    }
    std::string target = ground.target_at(finger.x_mm, finger.y_mm);
    pressed_ = is_deaf(target, finger.time) ? std::string{} : std::move(target);
    if (pressed_ == kRepeatingKey) repeats_at_ = finger.time + kHeld;
    return {};
}

Gesture GestureArbiter::moved(const Finger& finger, const Ground& ground) {
    if (phase_ == Phase::idle) return {};
    samples_.push_back({finger.y_mm, finger.time});
    const float across = finger.x_mm - start_x_mm_, along = finger.y_mm - start_y_mm_;
    if (phase_ != Phase::dragging && ground.can_scroll && std::abs(along) >= kSlopMm && std::abs(along) >= std::abs(across)) {
        phase_ = Phase::dragging;
        pressed_.clear();
    }
    if (phase_ == Phase::dragging) {
        Gesture gesture;
        gesture.scroll_mm = last_y_mm_ - finger.y_mm;
        last_y_mm_ = finger.y_mm;
        return gesture;
    }
    // Off the target it is over, even if the finger comes back: nobody acts by accident.
    const bool is_within_slop = std::hypot(across, along) < kSlopMm;
    if (phase_ == Phase::pressing && !is_within_slop && ground.target_at(finger.x_mm, finger.y_mm) != pressed_) {
        phase_ = Phase::spoilt;
        pressed_.clear();
    }
    return {};
}

Gesture GestureArbiter::lifted(const Finger& finger) {
    Gesture gesture;
    if (phase_ == Phase::pressing && !pressed_.empty() && !has_repeated_) {
        gesture.tapped = pressed_;
        gesture.tapped_x_mm = finger.x_mm;
        gesture.tapped_y_mm = finger.y_mm;
        fired_ = pressed_;
        fired_at_ = finger.time;
    } else if (phase_ == Phase::dragging) {
        speed_mm_s_ = speed_at(finger.time);
        glided_to_ = glide_began_ = finger.time;
    }
    phase_ = Phase::idle;
    pressed_.clear();
    return gesture;
}

Gesture GestureArbiter::hold(core::SteadyTime now) {
    if (phase_ != Phase::pressing || pressed_.empty() || !repeats_at_ || now < *repeats_at_) return {};
    Gesture gesture;
    gesture.tapped = pressed_;
    gesture.tapped_x_mm = start_x_mm_;
    gesture.tapped_y_mm = start_y_mm_;
    has_repeated_ = true;
    repeats_at_ = now + kRepeats;   // what was missed while the kiosk was busy is not made up for
    return gesture;
}

float GestureArbiter::speed_at(core::SteadyTime now) const {
    const auto first = std::find_if(samples_.begin(), samples_.end(),
                                    [&](const Sample& sample) { return now - sample.time <= kSpeedWindow; });
    if (first == samples_.end()) return 0;
    const float time = seconds(samples_.back().time - first->time);
    if (time <= 0) return 0;
    const float speed = (first->y_mm - samples_.back().y_mm) / time;
    return std::abs(speed) < kSlowestMmS ? 0 : std::clamp(speed, -kFastestMmS, kFastestMmS);
}

Gesture GestureArbiter::glide(core::SteadyTime now) {
    if (!is_gliding()) return {};
    const float decay = std::exp(-seconds(now - glided_to_) / kGlideTimeConstantS);
    Gesture gesture;
    gesture.scroll_mm = speed_mm_s_ * kGlideTimeConstantS * (1 - decay);
    speed_mm_s_ *= decay;
    glided_to_ = now;
    if (std::abs(speed_mm_s_) < kSlowestMmS || now - glide_began_ >= kLongestGlide) stop();
    return gesture;
}

bool GestureArbiter::is_deaf(const std::string& target, core::SteadyTime now) const {
    const core::SteadyTime since = now - fired_at_;
    // Keys and steps are meant to be pressed again and again.
    const bool is_key = target.starts_with("key.") || target.starts_with("step.") || target.starts_with("scroll.");
    if (target == fired_) return since < (is_key ? kDeafKey : kDeaf);
    return !is_key && since < kDeafPage;
}

}  // namespace kiosk::app
