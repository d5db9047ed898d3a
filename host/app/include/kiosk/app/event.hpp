// What happens to the kiosk: the visitor's acts, the passing of time, and what became of its Effects.
#pragma once

#include <kiosk/app/state.hpp>
#include <kiosk/core/outcome.hpp>

#include <memory>
#include <string>
#include <variant>

namespace kiosk::app {

struct Pressed { std::string item; };               // a finger was lifted on it, or Enter pressed
struct CaretPlaced { std::string item; std::size_t offset = 0; };   // a tap in the text of a field
struct StrokeDrawn { std::string item; float pad_width_mm = 0, pad_height_mm = 0; Stroke stroke; };   // on a signature pad
struct Typed { std::string text; };                 // characters of a hardware keyboard, UTF-8
enum class Key { enter = 1, escape, backspace, remove, left, right, up, down, home, end, tab, back_tab };
struct KeyPressed { Key key; };
struct Touched {};                                  // any sign of life: the visitor is still here
struct Ticked {};                                   // time has passed; Environment::now says how much

struct VisitOpened {
    core::VisitToken token{};
    core::Screen screen;
    core::VisitSecret secret;
};
struct VisitBegun { VisitNumber visit{}; core::Result<VisitOpened> result; };
struct Described { VisitNumber visit{}; core::Result<core::Screen> result; };
struct FormReady {
    forms::FormVisit form;
    core::FormVersion version;
    std::shared_ptr<const forms::Form> definition;
};
struct FormOpened { VisitNumber visit{}; core::Result<FormReady> result; };
struct Submitted { VisitNumber visit{}; core::Result<core::Outcome> result; };
struct Recorded { VisitNumber visit{}; core::Result<void> result; };
struct Printed { VisitNumber visit{}; core::Result<void> result; };     // handed to the printer
struct Withdrawn { VisitNumber visit{}; core::Result<void> result; };
struct Undone { VisitNumber visit{}; core::Result<void> result; };
struct OrganisationChecked { VisitNumber visit{}; OrganisationAnswer answer; };
struct PinLooked { PinAnswer answer; };
struct PinChecked { PinAnswer answer; };
struct StaffReported { StaffReport report; };
struct StaffProgressed { core::Words what; };
struct StaffDone { StaffAct act = StaffAct::look; core::Result<core::Words> result; };
// A finger on a page that asks for places (ViewModel::wants_places).
struct TouchedAt { float x_mm = 0, y_mm = 0, width_mm = 0, height_mm = 0; };
struct Failed { core::Error reason; };              // the kiosk as a whole can serve no more
struct Recovered {};                                // it can again

using Event = std::variant<Pressed, CaretPlaced, StrokeDrawn, Typed, KeyPressed, Touched, Ticked, VisitBegun, Described,
                           FormOpened, Submitted, Recorded, Printed, Withdrawn, Undone, OrganisationChecked, PinLooked, PinChecked, StaffReported,
                           StaffProgressed, StaffDone, TouchedAt, Failed, Recovered>;

}  // namespace kiosk::app
