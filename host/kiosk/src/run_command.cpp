// `run`: the kiosk in its window.
#include "commands.hpp"
#include "glass.hpp"
#include "page_reader.hpp"

#include <kiosk/platform/memory_privacy.hpp>
#include <kiosk/platform/run_loop.hpp>
#include <kiosk/platform/service_notifier.hpp>
#include <kiosk/platform/supervisor.hpp>
#include <kiosk/platform/system.hpp>
#include <kiosk/speech/speech_dispatcher.hpp>
#include <kiosk/ui/context.hpp>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace kiosk::commands {
namespace {

sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

// Before any thread is made, those of the graphics driver among them: each inherits the mask, and one that lacked it
// would take the signal and end the process.
void hold_stop_signals() {
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

// Waits for SIGTERM and SIGINT on a thread of its own, so that they wake a loop that sleeps without end.
class StopSignal {
  public:
    explicit StopSignal(platform::Window& window) : signals_(stop_signals()) {
        watcher_ = std::thread([this, &window] {
            int signal = 0;
            sigwait(&signals_, &signal);
            is_raised_ = true;
            window.wake();
        });
    }
    ~StopSignal() {
        pthread_kill(watcher_.native_handle(), SIGTERM);
        watcher_.join();
    }
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    bool is_raised() const { return is_raised_; }

  private:
    sigset_t signals_{};
    std::atomic<bool> is_raised_{false};
    std::thread watcher_;
};

app::Key key_of(platform::Key key) {
    switch (key) {
        case platform::Key::enter: return app::Key::enter;
        case platform::Key::escape: return app::Key::escape;
        case platform::Key::backspace: return app::Key::backspace;
        case platform::Key::remove: return app::Key::remove;
        case platform::Key::left: return app::Key::left;
        case platform::Key::right: return app::Key::right;
        case platform::Key::up: return app::Key::up;
        case platform::Key::down: return app::Key::down;
        case platform::Key::home: case platform::Key::page_up: return app::Key::home;
        case platform::Key::end: case platform::Key::page_down: return app::Key::end;
        case platform::Key::tab: return app::Key::tab;
        case platform::Key::back_tab: return app::Key::back_tab;
    }
    return app::Key::escape;
}

app::Finger::Phase phase_of(platform::PointerPhase phase) {
    switch (phase) {
        case platform::PointerPhase::down: return app::Finger::Phase::down;
        case platform::PointerPhase::move: return app::Finger::Phase::move;
        case platform::PointerPhase::up: return app::Finger::Phase::up;
        case platform::PointerPhase::cancel: break;
    }
    return app::Finger::Phase::cancel;
}

class KioskLoop final : public platform::LoopClient {
  public:
    KioskLoop(Machine& machine, Glass& glass, ui::Pictures& pictures, platform::Window& window, platform::FramePacer& pacer,
              platform::ServiceNotifier& notifier, const StopSignal& stop, PageReader* reader)
        : machine_(machine), glass_(glass), pictures_(pictures), window_(window), pacer_(pacer), notifier_(notifier), stop_(stop), reader_(reader) {}

    void handle(const platform::InputEvent& event) override {
        std::visit([this](const auto& what) { handle_one(what); }, event);
    }

    void tick(core::SteadyTime now) override {
        notifier_.beat(now);
        const app::ViewModel before = machine_.view();
        machine_.tick();
        keep_moving(glass_.animate(now));
        if (reader_) read_aloud();
        if (machine_.view() != before || std::exchange(shown_pictures_, pictures_.version()) != pictures_.version()) pacer_.request_frames(1);
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
        for (const auto& due : {machine_.next_deadline(), notifier_.next_beat(), glass_.next_deadline()})
            if (due) next = next ? std::min(*next, *due) : *due;
        return next;
    }
    bool is_finished() const override { return stop_.is_raised(); }

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
        const float scale = window_.screen().px_per_mm();
        glass_.touch({phase_of(event.phase), event.x_px / scale, event.y_px / scale, event.time});
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
    const StopSignal& stop_;
    PageReader* reader_;      // null: no speech
    std::string reading_;
    std::uint64_t shown_pictures_ = 0;
    std::optional<platform::FramePacer::Animating> moving_;
};

int refuse_screen(const Console& console, const core::Error& error) {
    refuse(console, error);
    return kNoScreen;
}

core::Error safe_mode_reason() {
    return {"session.safe_mode", {"Máy đã dừng nhiều lần liền nên chỉ mở trang nhân viên. Nhân viên vẫn xuất được dữ liệu.",
                                  "The kiosk stopped several times in a row, so only the staff pages are open. Staff can still export."}};
}

int serve(const LaunchOptions& options, const Console& console, platform::Heartbeat& heartbeat) {
    hold_stop_signals();
    platform::keep_memory_private();
    platform::ServiceNotifier notifier = platform::ServiceNotifier::from_environment();
    platform::SystemClock clock;
    platform::SystemRandom random;
    ui::Context context;

    const auto config = load_config(options, Purpose::serve);
    if (!config) return refuse(console, config.error());
    platform::WindowOptions window_options;
    window_options.screen = config->screen;
    window_options.is_windowed = options.is_windowed;
    window_options.renderer = platform::parse_renderer_choice(options.renderer).value_or(platform::RendererChoice::automatic);
    auto window = platform::Window::create(window_options, clock);
    if (!window) return refuse_screen(console, window.error());
    auto fonts = ui::Fonts::load();
    if (!fonts) return refuse(console, fonts.error());
    const StopSignal stop(**window);

    std::unique_ptr<core::Speaker> speaker;
    std::optional<PageReader> reader;
    Outside outside;
    outside.wake = [&window] { (*window)->wake(); };
    if (auto connected = speech::connect([&window] { (*window)->wake(); })) speaker = std::move(*connected);
    outside.has_speech = speaker != nullptr;
    if (speaker) reader.emplace(*speaker);
    outside.speak = [&reader](bool is_wanted) {
        if (!reader) return;
        is_wanted ? reader->repeat() : reader->interrupt();
    };
    Glass* shown = nullptr;
    outside.forget = [&] {
        if (shown) shown->forget();
        context.forget_drawing();
        platform::overwrite_unused_stack();
    };
    auto composition = Composition::create(options, Purpose::serve, clock, random, std::move(outside));
    if (!composition) return refuse(console, composition.error());
    Machine& machine = (*composition)->machine();

    ui::Pictures pictures((*composition)->pictures());
    Glass glass(machine, (*window)->screen(), *fonts, &pictures);
    shown = &glass;
    platform::FramePacer pacer;
    pacer.request_frames();
    if (options.is_safe_mode) machine.take(app::Failed{safe_mode_reason()});
    KioskLoop loop(machine, glass, pictures, **window, pacer, notifier, stop, reader ? &*reader : nullptr);
    notifier.ready();
    platform::run_loop(**window, pacer, clock, loop, &heartbeat);
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
