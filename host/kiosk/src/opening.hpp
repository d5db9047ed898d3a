// Opening: the kiosk's start behind its first page. That page stands as soon as the window does; what lies on the disk is
// read on a thread beside it, then the plugins are loaded here, one step after another, with fingers looked at in
// between, so that no touch waits for any of it. A touch of the page shows at once; where it leads is for whoever made
// this to say once all is there, and until then a visitor who waits is told so.
//
// Borrows everything it is given. Main thread, but for what it runs beside itself. The destructor waits for that.
#pragma once

#include "composition.hpp"

#include <kiosk/app/gesture.hpp>
#include <kiosk/platform/run_loop.hpp>
#include <kiosk/platform/startup_trace.hpp>
#include <kiosk/ui/compose.hpp>
#include <kiosk/ui/fonts.hpp>

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <thread>

namespace kiosk {

app::Key key_of(platform::Key key);
app::Finger finger_of(const platform::PointerEvent& event, float px_per_mm);

class Opening final : public platform::LoopClient {
  public:
    struct Parts {
        Composition& composition;                // begun, and no more
        const ui::Fonts& fonts;
        platform::Window& window;
        platform::FramePacer& pacer;
        platform::StartupTrace& trace;
        std::function<void()> reach_speech;      // runs beside, after the disk was read
        std::function<bool()> is_over;           // whoever started the kiosk wants it to end
    };
    explicit Opening(Parts parts);
    ~Opening() override;
    Opening(const Opening&) = delete;
    Opening& operator=(const Opening&) = delete;

    void handle(const platform::InputEvent& event) override;
    void tick(core::SteadyTime now) override;
    platform::Layout draw() override;
    std::optional<core::SteadyTime> next_deadline() const override;
    bool is_finished() const override;

    // Once the loop is over: what went wrong; what the visitor did meanwhile, an item or a key.
    const core::Result<void>& result() const { return result_; }
    const std::string& tapped() const { return tapped_; }
    std::optional<app::Key> key() const { return key_; }
    bool has_opened() const { return step_ == Step::open; }

  private:
    enum class Step { reading = 1, plugins, finishing, open };

    void read_beside();
    bool is_awaited() const { return !tapped_.empty() || key_; }
    void note_wait(core::SteadyTime now);

    Parts parts_;
    Step step_ = Step::reading;
    core::Result<void> result_;
    app::GestureArbiter arbiter_;
    std::string tapped_;
    std::optional<app::Key> key_;
    std::optional<core::SteadyTime> asks_patience_at_;
    bool asks_patience_ = false;
    ui::Scene scene_;
    bool is_shown_ = false;

    core::Result<void> reading_;             // the thread's until is_read_
    std::atomic<bool> is_read_{false};
    std::atomic<bool> is_done_{false};
    std::thread beside_;                     // last: it uses the rest
};

}  // namespace kiosk
