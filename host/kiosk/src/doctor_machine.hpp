// What `doctor` looks at of the machine itself: files, devices, the session. Reads only; main thread.
#pragma once

#include "config.hpp"
#include "places.hpp"

#include <kiosk/app/staff.hpp>
#include <kiosk/core/clock.hpp>

#include <vector>

namespace kiosk {

std::vector<app::StaffLine> look_at_machine(const Places& places, const Config& config, const core::Clock& clock);

}  // namespace kiosk
