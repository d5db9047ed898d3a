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
    void show_slips(const Thanks& thanks);
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
    void show_dates(const Staff& staff, const StaffReport& report);
    void show_clock(const Staff& staff, const StaffReport& report);
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
    void show_aids_page();
    void show_aids(Zone zone, Look look);

    using Nodes = std::vector<forms::NodeView>;

    // project_visit.cpp
    void show(const Visiting& visit);
    void show_screen(const Visiting& visit);
    void show_who_reads(const Visiting& visit);
    void show_failure(const Visiting& visit);
    void show_end_question();
    void show_remove_question(const Visiting& visit);
    void show_form(const Visiting& visit);
    void show_form_header(const Visiting& visit, const Nodes& page);
    void show_field(const Visiting& visit, const Nodes& page, const forms::NodeView& node);
    void show_undo(std::optional<core::SteadyTime> until);
    void show_plugin_items(const core::Screen& screen, const std::string& activity, const Visiting* visit);

    // project_keyboard.cpp
    void show_keyboard(const FieldEditor& editor);
    Item key_item(const FieldEditor& editor, const text::Key& key) const;

    // project_answers.cpp
    bool may_speak_answers(StoragePolicy storage) const;
    void note_repeated_answers(const forms::NodeView& node);
    void finish_what_is_said();
    void show_signature(const Visiting& visit, const Nodes& page, const forms::NodeView& node);
    std::string signature_in_words(const std::string& value) const;

    // project_question.cpp: one function a Control
    void show_node(const Visiting& visit, const Nodes& page, const forms::NodeView& node);
    void show_control(const Visiting& visit, const Nodes& page, const forms::NodeView& node, Control control);
    void show_guidance(const Visiting& visit, const Nodes& page, const forms::NodeView& node);
    void show_medium(const std::string& file);
    void show_choices(const Nodes& page, const forms::NodeView& node);
    void show_scale(const Nodes& page, const forms::NodeView& node);
    void show_grid_row(const Nodes& page, const forms::NodeView& node);
    void show_search(const Visiting& visit, const Nodes& page, const forms::NodeView& node);
    void show_rank(const Nodes& page, const forms::NodeView& node);
    void show_stars(const Nodes& page, const forms::NodeView& node);
    void show_step(const std::string& name, std::string_view part, int by);
    void show_range(const Nodes& page, const forms::NodeView& node);
    void show_moment(const Nodes& page, const forms::NodeView& node);
    void show_moment_steps(const std::string& name, const std::vector<MomentPart>& parts, const std::optional<Moment>& moment);
    void show_acknowledgement(const Nodes& page, const forms::NodeView& node);
    void show_entries(const Visiting& visit, const forms::NodeView& node);
    std::string entry_name(const Visiting& visit, std::string_view path);
    std::string entry_summary(const Visiting& visit, std::string_view path) const;
    Item& choice(const Nodes& page, const forms::NodeView& node, const forms::ChoiceView& option, Look look);

    // project_review.cpp
    void show_review(const Visiting& visit);
    void show_problems(const Visiting& visit, const Nodes& page);
    std::string problem_of(const Visiting& visit, const forms::NodeView& node) const;   // empty: nothing is wrong
    std::string value_in_words(const forms::NodeView& node) const;

    std::string words(std::string_view id, std::vector<std::string> arguments = {}) const;
    std::string plugin_words(const std::string& activity, const core::Text& text) const;
    std::string seconds_left(core::SteadyTime until) const;
    void say(Item& item, const std::string& marked) const;   // a label that may hold Markdown
    Item& text(Zone zone, Look look, std::string label);
    Item& button(Zone zone, Look look, std::string id, std::string label, std::string icon = {});

    const State& state_;
    const Environment& environment_;
    const core::Catalogue& catalogue_;
    ViewModel view_;
    std::string media_folder_;   // of the form that is shown
    bool hushes_answers_ = false;   // others may hear what the visitor answered
    std::vector<forms::FilledText> repeated_answers_;   // without markup
};

}  // namespace kiosk::app
