// The parts of project(), private to app: gathers the items of one page in reading order.
#pragma once

#include "form_pages.hpp"

#include <kiosk/app/project.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::app {

class Projector {
  public:
    Projector(const State& state, const Environment& environment, const core::Catalogue& catalogue)
        : state_(state), environment_(environment), catalogue_(catalogue) {}

    ViewModel page() &&;

  private:
    // project.cpp
    void show(const Attract&);
    void show(const Welcome&);
    void show(const Home&);
    void show(const Thanks& thanks);
    void show(const OutOfService& failure);
    void show_slips(const std::vector<WithdrawalSlip>& slips);
    void show_idle_warning();
    void show_key_notice();
    void show_door();

    // project_staff.cpp
    void show(const Staff& staff);
    void show_pin(const Staff& staff);
    void show_pin_state(const Staff& staff);
    void show_keypad(const Staff& staff);
    void show_staff_home(const Staff& staff);
    void show_staff_page(const Staff& staff);
    void show_give(const StaffReport& report);
    void show_take(const Staff& staff, const StaffReport& report);
    void show_staff_activities(const StaffReport& report);
    void show_display();
    void show_ruler();
    void show_touch_test(const Staff& staff);
    void show_staff_plugins(const StaffReport& report);
    void show_log(const StaffReport& report);
    void show_confirm(const Staff& staff);
    void show_working(const Staff& staff);
    void show_state(const StaffReport& report, std::string_view only);
    void show_state(const StaffReport& report, const std::function<bool(const StaffLine&)>& is_wanted);
    Item& staff_act(std::string id, std::string label, std::string icon = {});
    void staff_title(std::string_view id);
    void show_aids();

    // project_visit.cpp
    void show(const Visiting& visit);
    void show_screen(const Visiting& visit);
    void show_who_reads(const Visiting& visit);
    void show_failure(const Visiting& visit);
    void show_end_question();
    void show_review(const Visiting& visit);
    void show_form(const Visiting& visit);
    void show_form_header(const Visiting& visit, const std::vector<forms::NodeView>& nodes);
    void show_node(const Visiting& visit, const std::vector<forms::NodeView>& page, const forms::NodeView& node);
    void show_choices(const std::vector<forms::NodeView>& page, const forms::NodeView& node);
    void show_field(const Visiting& visit, const forms::NodeView& node);
    void show_keyboard(const FieldEditor& editor);   // project_keyboard.cpp
    Item key_item(const FieldEditor& editor, const text::Key& key) const;
    void show_problems(const Visiting& visit, const std::vector<forms::NodeView>& nodes);
    void show_undo(std::optional<core::SteadyTime> until);
    void show_plugin_items(const core::Screen& screen, const std::string& activity, const Visiting* visit);
    bool may_speak_answers(const Visiting& visit) const;   // project_answers.cpp
    void show_signature(const Visiting& visit, const forms::NodeView& node);
    std::string signature_in_words(const std::string& value) const;
    std::string value_in_words(const forms::NodeView& node) const;
    std::string problem_in_words(const forms::NodeView& node) const;

    std::string words(std::string_view id, std::vector<std::string> arguments = {}) const;
    std::string plugin_words(const std::string& activity, const core::Text& text) const;
    std::string seconds_left(core::SteadyTime until) const;
    Item& text(Zone zone, Look look, std::string label);
    Item& button(Zone zone, Look look, std::string id, std::string label, std::string icon = {});

    const State& state_;
    const Environment& environment_;
    const core::Catalogue& catalogue_;
    ViewModel view_;
};

}  // namespace kiosk::app
