// project(): what the visitor sees of a state. Pure; words come from the catalogue and from the form.
#pragma once

#include <kiosk/app/environment.hpp>
#include <kiosk/app/state.hpp>
#include <kiosk/app/view_model.hpp>
#include <kiosk/core/text.hpp>

namespace kiosk::app {

ViewModel project(const State& state, const Environment& environment, const core::Catalogue& catalogue);

}  // namespace kiosk::app
