// StaffDesk: who carries out what staff mode asks for. Each call comes back at once; the answer arrives as an event, now
// or in a later drain(). Main thread only.
#pragma once

#include <kiosk/app/environment.hpp>
#include <kiosk/app/event.hpp>
#include <kiosk/app/staff.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

class StaffDesk {
  public:
    using Answer = std::function<void(app::Event)>;

    virtual ~StaffDesk() = default;
    virtual void look_at_pin(Answer answer) = 0;                                              // PinLooked
    virtual void check_pin(std::string pin, Answer answer) = 0;                               // PinChecked
    virtual void carry_out(app::StaffAct act, std::string argument, Answer answer) = 0;       // StaffReported, StaffDone
    virtual void drain() = 0;

    // Why the kiosk as a whole takes no answers now (its hours), and when to ask again. Only while nobody is at it.
    virtual std::optional<core::Error> out_of_service() const = 0;
    virtual std::optional<core::SteadyTime> next_change() const = 0;

    // Closed by staff, now or on this day: why. Of an activity by its id, of a poll by kPoll and its form's id.
    static constexpr std::string_view kPoll = "form:";
    virtual std::optional<core::Error> closed(std::string_view what) const = 0;
    // What staff chose over the configuration: language, theme, size.
    virtual void apply_settings(app::Policies& policies) const = 0;
};

// For pictures: any PIN is right, the report is an example, and acts succeed without doing anything.
std::unique_ptr<StaffDesk> make_sample_desk();

}  // namespace kiosk
