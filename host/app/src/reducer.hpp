// The parts of reduce(), private to app: a state under change, the effects gathered so far, and the rules by mode.
#pragma once

#include <kiosk/app/reduce.hpp>

#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::app {

// Where the cross of the touch test stands, in shares of the screen.
std::pair<float, float> touch_cross(std::size_t index);

class Reducer {
  public:
    Reducer(State state, const Environment& environment) : state_(std::move(state)), environment_(environment) {}

    void take(Event event);
    Step finish() && { return {std::move(state_), std::move(effects_)}; }

  private:
    // reduce.cpp: time, aids, focus and the way between modes
    void on(Pressed event);
    void on(Touched);
    void on(Ticked);
    void on(Failed event);
    void on(Recovered);
    void press(std::string_view item);
    void press_aid(std::string_view aid);
    void press_in(Attract&, std::string_view item);
    void press_in(Welcome&, std::string_view item);
    void press_in(Home&, std::string_view item);
    void press_in(Thanks& thanks, std::string_view item);
    void press_in(OutOfService& failure, std::string_view item);
    void use_language(std::string language);
    void go_home();
    void leave();               // the visitor has gone: everything of theirs goes too
    void begin_visit(std::string_view activity);

    // visit.cpp: from the first page of an activity to its last
    void on(VisitBegun event);
    void on(Described event);
    void on(FormOpened event);
    void press_in(Visiting& visit, std::string_view item);
    void press_in_dialog(Visiting& visit, std::string_view item);
    void press_consent(Visiting& visit, std::string_view consent);
    void press_card(Visiting& visit, std::string_view path);
    void go_on(Visiting& visit);
    void go_on_from_screen(Visiting& visit);
    void go_on_in_form(Visiting& visit);
    void go_back(Visiting& visit);
    void skip(Visiting& visit);
    void ask_to_end(Visiting& visit);
    void show_screen(Visiting& visit);
    void show_review(Visiting& visit);
    void arrive(Visiting& visit);
    void fail(Visiting& visit, core::Error error);
    Visiting* waiting_for(VisitNumber number, Visiting::Waiting what);

    // keys.cpp: the kiosk by keys alone
    void on(Typed event);
    void on(KeyPressed event);
    void press_shortcut(std::string_view key);
    void focus_on_aids();
    void walk_focus(Key key);
    void walk_keyboard(Key key);

    // typing.cpp: the field being typed into
    void on(CaretPlaced event);
    void open_editor(Visiting& visit, const forms::NodeView& node);
    void press_field(Visiting& visit, std::string_view field);
    void press_key(Visiting& visit, std::string_view key);
    void close_editor(Visiting& visit);
    void store_editor(Visiting& visit);

    // signing.cpp: the signature pad
    void on(StrokeDrawn event);
    void press_signing(Visiting& visit, std::string_view act);
    void load_signature(Visiting& visit);

    // vouching.cpp: an organisation's code
    void on(OrganisationChecked event);
    bool asks_to_vouch(Visiting& visit, const std::vector<forms::NodeView>& nodes);
    void forget_organisation(Visiting& visit, const forms::NodeView& node);
    bool returns_to_vouch(Visiting& visit);

    // staff.cpp: behind the PIN
    void on(PinLooked event);
    void on(PinChecked event);
    void on(StaffReported event);
    void on(StaffProgressed event);
    void on(StaffDone event);
    void on(TouchedAt event);
    void enter_staff();
    void press_in(Staff& staff, std::string_view item);
    void press_key(Staff& staff, std::string_view key);
    void type_digits(Staff& staff, std::string_view text);
    void check_pin(Staff& staff);
    void show_staff(Staff& staff, Staff::Page page);
    void go_back(Staff& staff);
    void show_dates(Staff& staff, std::string_view id);
    void press_step(Staff& staff, std::string_view step);
    void press_date(Staff& staff, std::string_view act);
    void keep_dates(Staff& staff);
    void begin_act(Staff& staff, StaffAct act, std::string argument = {});
    void leave_staff(Staff& staff);

    // outcome.cpp: what the plugin decided, and what becomes of the answers
    void on(Submitted event);
    void on(Recorded event);
    void on(Printed event);
    void on(Withdrawn event);
    void on(Undone event);
    void submit(Visiting& visit);
    void stay(Visiting& visit, core::Stay stay);
    void record(Visiting& visit, core::Record how);
    void print(Visiting& visit, std::string layout);
    void withdraw(Visiting& visit, const std::string& code);
    void try_again(Visiting& visit);
    void undo(Visiting& visit);
    void thank(Visiting& visit, Ending ending);

    // visit_controls.cpp: the controls of a form's page
    void press_choice(Visiting& visit, std::string_view choice);
    void press_step(Visiting& visit, std::string_view step);
    void press_search(Visiting& visit, std::string_view name);
    void press_guidance(Visiting& visit, std::string_view name);
    void press_link(Visiting& visit, std::string_view name);
    void add_entry(Visiting& visit, std::string_view repeat);
    void remove_entry(Visiting& visit);

    const Activity* activity(std::string_view id) const;
    void act(Effect effect) { effects_.push_back(std::move(effect)); }

    State state_;
    Effects effects_;
    const Environment& environment_;
};

}  // namespace kiosk::app
