// `run`: the kiosk in its window.
#include "commands.hpp"
#include "glass.hpp"

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
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <thread>
#include <utility>

namespace kiosk::commands {
namespace {

// Waits for SIGTERM and SIGINT on a thread of its own, so that they wake a loop that sleeps without end.
class StopSignal {
  public:
    explicit StopSignal(platform::Window& window) {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGTERM);
        sigaddset(&signals_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
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

// What a visitor types must not reach a swap file or a core dump.
void keep_memory_private() {
    prctl(PR_SET_DUMPABLE, 0);
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    mlockall(MCL_CURRENT | MCL_FUTURE);   // refused without the right to; packaging grants it
}

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

// The page as speech reads it: item by item, so that the one being read can be marked.
std::vector<core::Utterance> utterances_of(const app::ViewModel& view) {
    std::vector<core::Utterance> all;
    for (const app::Item& item : view.items)
        if (item.zone != app::Zone::aids && item.zone != app::Zone::keyboard) all.push_back({item.id, item.what_is_said()});
    return all;
}

class KioskLoop final : public platform::LoopClient {
  public:
    KioskLoop(Machine& machine, Glass& glass, platform::Window& window, platform::FramePacer& pacer, platform::ServiceNotifier& notifier, const StopSignal& stop)
        : machine_(machine), glass_(glass), window_(window), pacer_(pacer), notifier_(notifier), stop_(stop) {}

    void handle(const platform::InputEvent& event) override {
        std::visit([this](const auto& what) { handle_one(what); }, event);
    }

    void tick(core::SteadyTime now) override {
        notifier_.beat(now);
        const app::ViewModel before = machine_.view();
        machine_.tick();
        if (glass_.glide(now)) {
            if (!gliding_) gliding_.emplace(pacer_.animate());
        } else {
            gliding_.reset();
        }
        if (machine_.view() != before) pacer_.request_frames(1);
    }

    platform::Layout draw() override {
        glass_.use_screen(window_.screen());
        glass_.draw();
        return platform::Layout::settled;
    }

    std::optional<core::SteadyTime> next_deadline() const override {
        const auto due = machine_.next_deadline(), beat = notifier_.next_beat();
        return due && beat ? std::min(*due, *beat) : due ? due : beat;
    }
    bool is_finished() const override { return stop_.is_raised(); }

  private:
    void handle_one(const platform::PointerEvent& event) {
        const float scale = window_.screen().px_per_mm();
        glass_.touch({phase_of(event.phase), event.x_px / scale, event.y_px / scale, event.time});
        pacer_.request_frames(1);
    }
    void handle_one(const platform::KeyEvent& event) {
        glass_.key(key_of(event.key));
        pacer_.request_frames(1);
    }
    void handle_one(const platform::TextEvent& event) {
        glass_.type(event.utf8);
        pacer_.request_frames(1);
    }

    Machine& machine_;
    Glass& glass_;
    platform::Window& window_;
    platform::FramePacer& pacer_;
    platform::ServiceNotifier& notifier_;
    const StopSignal& stop_;
    std::optional<platform::FramePacer::Animating> gliding_;
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
    keep_memory_private();
    platform::ServiceNotifier notifier = platform::ServiceNotifier::from_environment();
    platform::SystemClock clock;
    platform::SystemRandom random;
    const ui::Context context;

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
    const StopSignal stop(**window);   // before any other thread is made: they inherit the mask

    Machine* machine = nullptr;
    std::unique_ptr<core::Speaker> speaker;
    Outside outside;
    outside.wake = [&window] { (*window)->wake(); };
    if (auto connected = speech::connect([&window] { (*window)->wake(); })) speaker = std::move(*connected);
    outside.has_speech = speaker != nullptr;
    outside.speak = [&](bool is_wanted) {
        if (!speaker) return;
        if (is_wanted && machine) {
            const app::ViewModel view = machine->view();
            speaker->speak(utterances_of(view), view.language);
        } else {
            speaker->stop();
        }
    };
    auto composition = Composition::create(options, Purpose::serve, clock, random, std::move(outside));
    if (!composition) return refuse(console, composition.error());
    machine = &(*composition)->machine();

    Glass glass(*machine, (*window)->screen(), *fonts);
    platform::FramePacer pacer;
    pacer.request_frames();
    if (options.is_safe_mode) machine->take(app::Failed{safe_mode_reason()});
    KioskLoop loop(*machine, glass, **window, pacer, notifier, stop);
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
