#include <kiosk/platform/frame_pacer.hpp>

#include <algorithm>
#include <utility>

namespace kiosk::platform {

FramePacer::Animating::Animating(FramePacer& pacer) : pacer_(&pacer) { ++pacer_->animations_; }

FramePacer::Animating::Animating(Animating&& other) noexcept : pacer_(std::exchange(other.pacer_, nullptr)) {}

FramePacer::Animating& FramePacer::Animating::operator=(Animating&& other) noexcept {
    std::swap(pacer_, other.pacer_);
    return *this;
}

FramePacer::Animating::~Animating() {
    if (!pacer_) return;
    --pacer_->animations_;
    pacer_->request_frames(1);  // where the movement came to rest
}

void FramePacer::request_frames(int count) { requested_ = std::max(requested_, count); }

bool FramePacer::is_frame_due(core::SteadyTime now) const {
    return requested_ > 0 || (animations_ > 0 && now >= last_frame_ + kAnimationInterval);
}

void FramePacer::frame_drawn(core::SteadyTime now) {
    requested_ = std::max(0, requested_ - 1);
    last_frame_ = now;
}

std::optional<core::SteadyTime> FramePacer::sleep_time(core::SteadyTime now) const {
    if (is_frame_due(now)) return core::SteadyTime{0};
    std::optional<core::SteadyTime> until = deadline_;
    if (animations_ > 0) {
        const core::SteadyTime next = last_frame_ + kAnimationInterval;
        until = until ? std::min(*until, next) : next;
    }
    if (!until) return std::nullopt;
    return std::max(core::SteadyTime{0}, *until - now);
}

}  // namespace kiosk::platform
