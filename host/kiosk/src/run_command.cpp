// `run`: the kiosk in its window.
#include "commands.hpp"
#include "glass.hpp"
#include "opening.hpp"
#include "page_reader.hpp"

#include <kiosk/platform/memory_privacy.hpp>
#include <kiosk/platform/run_loop.hpp>
#include <kiosk/platform/service_notifier.hpp>
#include <kiosk/platform/startup_trace.hpp>
#include <kiosk/platform/stop_signals.hpp>
#include <kiosk/platform/supervisor.hpp>
#include <kiosk/platform/system.hpp>
#include <kiosk/speech/speech_dispatcher.hpp>
#include <kiosk/ui/context.hpp>
#include <kiosk/ui/letters_to_come.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

namespace kiosk::commands {
namespace {

// What makes the next touch quicker, done while nobody waits, in slices short enough for no touch to wait for one: letters
// of pages to come, and of the page that stands in the size its aid leads to.
class Foresight {
  public:
    Foresight(Machine& machine, Glass& glass, platform::Window& window, const ui::Fonts& fonts, std::function<void()> ready)
        : machine_(machine), glass_(glass), window_(window), fonts_(fonts), ready_(std::move(ready)) {}

    void touched(core::SteadyTime now) { looks_at_page_ = now + kStillness; }
    // True: a frame is wanted, which takes new letters to the GPU.
    bool work(core::SteadyTime now) {
        if (const app::TextSize size = machine_.policies().size; size_ != size) {
            size_ = size;
            letters_.emplace(fonts_, window_.screen(), size);
        }
        if (letters_) {
            if (letters_->draw_some(kSlice)) return false;
            letters_.reset();
            if (const auto ready = std::exchange(ready_, {})) ready();
            return true;
        }
        if (!looks_at_page_ || now < *looks_at_page_) return false;
        looks_at_page_.reset();
        glass_.foresee_size();
        return true;
    }
    std::optional<core::SteadyTime> next() const { return letters_ || !size_ ? core::SteadyTime{} : looks_at_page_; }

  private:
    static constexpr std::chrono::milliseconds kSlice{2};
    static constexpr core::SteadyTime kStillness{300};

    Machine& machine_;
    Glass& glass_;
    platform::Window& window_;
    const ui::Fonts& fonts_;
    std::function<void()> ready_;                       // once, when the first letters are there
    std::optional<app::TextSize> size_;
    std::optional<ui::LettersToCome> letters_;
    std::optional<core::SteadyTime> looks_at_page_;
};

class KioskLoop final : public platform::LoopClient {
  public:
    KioskLoop(Machine& machine, Glass& glass, ui::Pictures& pictures, platform::Window& window, platform::FramePacer& pacer,
              platform::ServiceNotifier& notifier, Foresight foresight, const std::atomic<bool>& is_stopped, PageReader* reader)
        : machine_(machine), glass_(glass), pictures_(pictures), window_(window), pacer_(pacer), notifier_(notifier),
          foresight_(std::move(foresight)), is_stopped_(is_stopped), reader_(reader) {}

    void handle(const platform::InputEvent& event) override {
        std::visit([this](const auto& what) {
            foresight_.touched(what.time);
            handle_one(what);
        }, event);
    }

    void tick(core::SteadyTime now) override {
        notifier_.beat(now);
        const app::ViewModel before = machine_.view();
        machine_.tick();
        keep_moving(glass_.animate(now));
        if (reader_) read_aloud();
        if (machine_.view() != before || std::exchange(shown_pictures_, pictures_.version()) != pictures_.version()) pacer_.request_frames(1);
        if (!pacer_.is_frame_due(now) && foresight_.work(now)) pacer_.request_frames(1);
    }

    platform::Layout draw() override {
        glass_.use_screen(window_.screen());
        glass_.draw();
        // A page that has just come was seen by look() only now.
        if (glass_.is_moving(machine_.now())) keep_moving(true);
        return platform::Layout::settled;
    }
    void rendered() override { pictures_.hand_over(); }

    std::optional<core::SteadyTime> next_deadline() const override {
        std::optional<core::SteadyTime> next;
        for (const auto& due : {machine_.next_deadline(), notifier_.next_beat(), glass_.next_deadline(), foresight_.next()})
            if (due) next = next ? std::min(*next, *due) : *due;
        return next;
    }
    bool is_finished() const override { return is_stopped_; }

  private:
    void keep_moving(bool is_moving) {
        if (!is_moving) moving_.reset();
        else if (!moving_) moving_.emplace(pacer_.animate());
    }
    void read_aloud() {
        reader_->follow(machine_.view(), machine_.state().aids);
        const std::string reading = reader_->reading();
        // Who listens is still here; but nobody may be listening to the question whether they are.
        if (!reading.empty() && !machine_.state().warning_ends) machine_.take(app::Touched{});
        if (std::exchange(reading_, reading) != reading) pacer_.request_frames(1);
        glass_.mark_read(reading);
    }
    void interrupt_reading() {
        if (reader_) reader_->interrupt();
    }
    void handle_one(const platform::PointerEvent& event) {
        if (event.phase == platform::PointerPhase::down) interrupt_reading();
        glass_.touch(finger_of(event, window_.screen().px_per_mm()));
        pacer_.request_frames(1);
    }
    void handle_one(const platform::KeyEvent& event) {
        interrupt_reading();
        glass_.key(key_of(event.key));
        pacer_.request_frames(1);
    }
    void handle_one(const platform::TextEvent& event) {
        interrupt_reading();
        glass_.type(event.utf8);
        pacer_.request_frames(1);
    }

    Machine& machine_;
    Glass& glass_;
    ui::Pictures& pictures_;
    platform::Window& window_;
    platform::FramePacer& pacer_;
    platform::ServiceNotifier& notifier_;
    Foresight foresight_;
    const std::atomic<bool>& is_stopped_;
    PageReader* reader_;      // null: no speech
    std::string reading_;
    std::uint64_t shown_pictures_ = 0;
    std::optional<platform::FramePacer::Animating> moving_;
};

// The window that a signal wakes, as long as it is there.
class Woken {
  public:
    Woken(std::atomic<platform::Window*>& woken, platform::Window& window) : woken_(woken) { woken_ = &window; }
    ~Woken() { woken_ = nullptr; }
    Woken(const Woken&) = delete;
    Woken& operator=(const Woken&) = delete;

  private:
    std::atomic<platform::Window*>& woken_;
};

int refuse_screen(const Console& console, const core::Error& error) {
    refuse(console, error);
    return kNoScreen;
}

core::Error safe_mode_reason() {
    return {"session.safe_mode", {"Máy đã dừng nhiều lần liền nên chỉ mở trang nhân viên. Nhân viên vẫn xuất được dữ liệu.",
                                  "The kiosk stopped several times in a row, so only the staff pages are open. Staff can still export."}};
}

// What the visitor did while the kiosk was opening happens now.
void catch_up(const Opening& opening, Machine& machine, Glass& glass) {
    if (!opening.tapped().empty()) machine.press(opening.tapped());
    if (opening.key()) glass.key(*opening.key());
}

int serve(const LaunchOptions& options, const Console& console, platform::Heartbeat& heartbeat) {
    platform::StartupTrace trace(options.started);
    trace.mark("program, in its own process");
    std::atomic<bool> is_stopped{false};
    std::atomic<platform::Window*> woken{nullptr};
    // Before any thread is made, those of the graphics driver among them: each inherits that the signals are blocked.
    const platform::StopSignals stop([&] {
        is_stopped = true;
        if (platform::Window* window = woken) window->wake();
    });
    platform::keep_memory_private();
    platform::ServiceNotifier notifier = platform::ServiceNotifier::from_environment();
    platform::SystemClock clock;
    platform::SystemRandom random;
    ui::Context context;

    std::unique_ptr<platform::Window> window;
    std::unique_ptr<core::Speaker> speaker;
    std::optional<PageReader> reader;
    Glass* shown = nullptr;
    Outside outside;
    outside.wake = [&window] { window->wake(); };
    outside.speak = [&reader](bool is_wanted) {
        if (!reader) return;
        is_wanted ? reader->repeat() : reader->interrupt();
    };
    outside.forget = [&] {
        if (shown) shown->forget();
        context.forget_drawing();
        platform::overwrite_unused_stack();
    };
    auto composition = Composition::begin(options, Purpose::serve, clock, random, std::move(outside));
    if (!composition) return refuse(console, composition.error());
    trace.mark("configuration");

    platform::WindowOptions window_options;
    window_options.screen = (*composition)->config().screen;
    window_options.is_windowed = options.is_windowed;
    window_options.renderer = platform::parse_renderer_choice(options.renderer).value_or(platform::RendererChoice::automatic);
    window_options.trace = &trace;
    auto opened = platform::Window::create(window_options, clock);
    if (!opened) return refuse_screen(console, opened.error());
    window = std::move(*opened);
    const Woken while_it_lives(woken, *window);
    auto fonts = ui::Fonts::load(ui::LettersToCome::room(window->screen(), (*composition)->config().policies.size));
    if (!fonts) return refuse(console, fonts.error());
    trace.mark("fonts");

    platform::FramePacer pacer;
    Opening opening({**composition, *fonts, *window, pacer, trace,
                     [&] {
                         if (auto connected = speech::connect([&window] { window->wake(); })) speaker = std::move(*connected);
                         (*composition)->has_speech(speaker != nullptr);
                     },
                     [&is_stopped] { return is_stopped.load(); }});
    // Without the heartbeat: the supervisor gives the start more time than a hang.
    platform::run_loop(*window, pacer, clock, opening);
    if (!opening.result()) return refuse(console, opening.result().error());
    if (!opening.has_opened()) return kDone;

    if (speaker) reader.emplace(*speaker);
    Machine& machine = (*composition)->machine();
    ui::Pictures pictures((*composition)->pictures());
    Glass glass(machine, window->screen(), *fonts, &pictures);
    shown = &glass;
    if (options.is_safe_mode) machine.take(app::Failed{safe_mode_reason()});
    catch_up(opening, machine, glass);
    const auto tell_start = [&] {
        trace.mark("letters of pages to come");
        if (options.traces_start) console.err << trace.table() << std::flush;
    };
    KioskLoop loop(machine, glass, pictures, *window, pacer, notifier, {machine, glass, *window, *fonts, tell_start}, is_stopped, reader ? &*reader : nullptr);
    notifier.ready();
    platform::run_loop(*window, pacer, clock, loop, &heartbeat);
    notifier.stopping();
    return kDone;
}

std::string fault_in_words(const platform::ChildFault& fault, const std::string& language) {
    const std::string signal = std::to_string(fault.signal);
    switch (fault.kind) {
        case platform::ChildFault::Kind::hung: return core::Words{"máy bị treo", "the kiosk hung"}.in(language);
        case platform::ChildFault::Kind::left: return core::Words{"một tiện ích đã tự thoát", "a plugin made it exit"}.in(language);
        case platform::ChildFault::Kind::crashed: break;
    }
    return core::Words{"máy bị dừng đột ngột (tín hiệu " + signal + ")", "the kiosk died (signal " + signal + ")"}.in(language);
}

}  // namespace

// In a child, so that a plugin that crashes or hangs costs the visitor seconds and not the day.
int run_kiosk(const LaunchOptions& options, const Console& console) {
    const platform::SystemClock clock;
    return platform::supervise(
        {}, clock, [&](platform::Heartbeat& heartbeat) { return serve(options, console, heartbeat); },
        [&](const platform::ChildFault& fault) {
            console.err << "feedback-kiosk: " << fault_in_words(fault, console.language)
                        << core::Words{"; khởi động lại.\n", "; starting again.\n"}.in(console.language) << std::flush;
        });
}

}  // namespace kiosk::commands
