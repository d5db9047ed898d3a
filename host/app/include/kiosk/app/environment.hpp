// Environment: what reduce() and project() may know of the world, as values: the time, the policies of this kiosk and
// the activities it offers. Nothing here changes while an event is being reduced.
#pragma once

#include <kiosk/app/keyboards.hpp>
#include <kiosk/app/view_model.hpp>
#include <kiosk/core/activity.hpp>
#include <kiosk/core/clock.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::app {

// To whose key answers are sealed. demo: one made for trying out, whose secret half lies open. none: nothing is taken.
enum class OfficeKey { office = 1, demo, none };

// The office's choices. The defaults are UX-52's.
struct Policies {
    using Seconds = std::chrono::seconds;

    std::vector<std::string> languages{"vi", "en"};  // the first is where every visit starts
    TextSize size = TextSize::medium;
    Theme theme = Theme::light;
    bool has_speech = false;                         // a speech engine was found
    OfficeKey office_key = OfficeKey::office;        // what was found
    bool has_headphones = false;                     // only the visitor hears: personal answers may be spoken
    bool reduces_motion = false;                     // nothing moves by itself
    bool asks_language = false;                      // a page for it before home; with more than two, always
    bool has_tall_screen = true;                     // room for a keyboard with a row of figures beside the page
    bool skips_home = false;                         // with one activity there is nothing to choose
    std::string organisation;                        // shown on the attract page
    std::string whom_to_call;                        // shown when the kiosk is out of service: a name, a number

    Seconds browsing_idle{30};                       // nothing was answered yet: no warning, back to attract
    Seconds form_idle{90};
    Seconds personal_idle{60};                       // forms with personal data
    Seconds warning{30};
    Seconds patient_warning{45};                     // keyboard open, largest text or speech on; idle times double
    Seconds extended_idle{300};                      // after "Cần thêm thời gian"
    Seconds poll_cool_down{6};                       // from one anonymous ballot to the next
    Seconds thanks_after_poll{13};
    Seconds thanks_after_form{15};
    Seconds thanks_with_code{30};
    Seconds thanks_extension{30};
    Seconds staff_idle{300};                         // staff mode locks itself
    Seconds staff_pin_idle{45};
};

struct Activity {
    core::ActivityInfo info;
    std::optional<core::Error> paused;               // why its tile says "Tạm dừng"
};

struct Environment {
    core::SteadyTime now{};
    const Policies& policies;
    const std::vector<Activity>& activities;
    const Keyboards* keyboards = nullptr;            // none: a hardware keyboard only
    core::WallTime wall_now{};                       // where a date that is stepped begins
};

}  // namespace kiosk::app
