// The parts of reduce(), private to app: a state under change, the effects gathered so far, and the rules by mode.
#pragma once

#include <kiosk/app/reduce.hpp>

#include <string_view>

namespace kiosk::app {

class Reducer {
  public:
    Reducer(State state, const Environment& environment) : state_(std::move(state)), environment_(environment) {}

    void take(Event event);
    Step finish() && { return {std::move(state_), std::move(effects_)}; }

  private:
    // reduce.cpp: time, aids, focus and the way between modes
    void on(Pressed event);
    void on(Typed event);
    void on(KeyPressed event);
    void on(Touched);
    void on(Ticked);
    void on(Failed event);
    void press(std::string_view item);
    void press_aid(std::string_view aid);
    void press_in(Attract&, std::string_view item);
    void press_in(Welcome&, std::string_view item);
    void press_in(Home&, std::string_view item);
    void press_in(Thanks& thanks, std::string_view item);
    void press_in(OutOfService&, std::string_view) {}
    void use_language(std::string language);
    void walk_focus(Key key);
    void go_home();
    void leave();               // the visitor has gone: everything of theirs goes too
    void begin_visit(std::string_view activity);

    // visit.cpp: from the first page of an activity to its last
    void on(VisitBegun event);
    void on(Described event);
    void on(FormOpened event);
    void on(Submitted event);
    void on(Recorded event);
    void on(Undone event);
    void press_in(Visiting& visit, std::string_view item);
    void press_in_dialog(Visiting& visit, std::string_view item);
    void press_field(Visiting& visit, std::string_view field);
    void press_key(Visiting& visit, std::string_view key);
    void press_consent(Visiting& visit, std::string_view consent);
    void press_card(Visiting& visit, std::string_view path);
    void go_on(Visiting& visit);
    void go_on_from_screen(Visiting& visit);
    void go_on_in_form(Visiting& visit);
    void go_back(Visiting& visit);
    void skip(Visiting& visit);
    void submit(Visiting& visit);
    void record(Visiting& visit, core::Record how);
    void undo(Visiting& visit);
    void ask_to_end(Visiting& visit);
    void show_screen(Visiting& visit);
    void show_review(Visiting& visit);
    void arrive(Visiting& visit);
    void thank(Visiting& visit, bool was_recorded);
    void fail(Visiting& visit, core::Error error);
    void close_editor(Visiting& visit);
    void store_editor(Visiting& visit);
    Visiting* waiting_for(VisitNumber number, Visiting::Waiting what);

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
