#include <kiosk/app/page_motion.hpp>

namespace kiosk::app {

float PageMotion::veil(core::SteadyTime now) const {
    if (!began_ || now < *began_ || now - *began_ >= kLength) return 0;
    const float left = 1 - static_cast<float>((now - *began_).count()) / static_cast<float>(kLength.count());
    return kThickest * left * left;   // quick at first, and coming softly to rest
}

}  // namespace kiosk::app
