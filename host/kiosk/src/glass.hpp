// Glass: the screen in front of a Machine: lays its pages out, knows where they are scrolled to, and turns fingers and
// keys into presses. Works with a window or without one.
//
// Borrows the machine and the fonts (and with them the current Dear ImGui context). Main thread only.
#pragma once

#include "machine.hpp"

#include <kiosk/app/gesture.hpp>
#include <kiosk/app/page_motion.hpp>
#include <kiosk/ui/compose.hpp>
#include <kiosk/ui/fonts.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

class Glass {
  public:
    // pictures may be null: every page is words then.
    Glass(Machine& machine, const core::ScreenSize& screen, const ui::Fonts& fonts, ui::Pictures* pictures = nullptr);

    void touch(const app::Finger& finger);
    void key(app::Key key);
    void type(std::string text);
    // Moves what moves by itself: a page that glides, one that has just come, a key that is held. False: nothing does.
    bool animate(core::SteadyTime now);
    bool is_moving(core::SteadyTime now) const { return motion_.is_moving(now) || arbiter_.is_gliding(); }
    // When a key that is held is pressed again.
    std::optional<core::SteadyTime> next_deadline() const { return arbiter_.next_repeat(); }
    void mark_read(std::string item) { presence_.read = std::move(item); }   // being read aloud
    void use_screen(const core::ScreenSize& screen) { screen_ = screen; }

    // What was shown is let go of; the next look lays the page out anew.
    void forget();
    const ui::Scene& look();                  // the page as it stands now
    void draw();                              // into the frame that was begun
    // Draws the letters of this page in the text size that a touch would change it to. When nobody waits.
    void foresee_size();

  private:
    bool draw_ink(const app::Finger& finger);
    void finish_stroke();
    void tap(const app::Gesture& gesture, const ui::Scene& scene);
    bool glide(core::SteadyTime now);
    void change_page(const app::ViewModel& view, std::string page);
    void press(const std::string& item);
    bool press_scroll_button(const std::string& item);
    void scroll_by(float mm);
    bool follow(const app::ViewModel& view);
    void show_question(std::string_view name);                       // where a summary of problems leads
    void show_in_body(const ui::PlacedItem& placed, float above_mm);

    Machine& machine_;
    core::ScreenSize screen_;
    const ui::Fonts& fonts_;
    ui::Pictures* pictures_;
    app::GestureArbiter arbiter_;
    app::PageMotion motion_;
    ui::Presence presence_;
    ui::Rect pad_;                            // what presence_.signing lies in
    std::string page_;                        // what presence_ belongs to
    std::string followed_;                    // what the page last scrolled to
    float review_scroll_px_ = 0;              // for when the visitor comes back to it
    ui::Scene scene_;
    app::ViewModel shown_;
    std::uint64_t shown_pictures_ = 0;
    std::optional<ui::Presence> shown_presence_;
};

}  // namespace kiosk
