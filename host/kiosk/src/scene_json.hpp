// The layout dump of COMMANDS: a Scene as JSON text. Any thread. Cannot fail.
#pragma once

#include <kiosk/ui/scene.hpp>

#include <optional>
#include <string>

namespace kiosk {

// One document; `indent` below zero: on one line.
std::string to_json(const ui::Scene& scene, int indent);

// A line of `play --dump`: the same with the step it followed.
struct StepReport {
    std::size_t step = 0;
    std::string name;       // of {"dump":"name"}; else empty
    std::string error;      // why the step failed; empty: it did not
};
std::string to_json(const ui::Scene& scene, const StepReport& report);

}  // namespace kiosk
