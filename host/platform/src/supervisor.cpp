#include <kiosk/platform/supervisor.hpp>

#include <kiosk/core/assert.hpp>

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <new>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace kiosk::platform {
namespace {

constexpr core::SteadyTime kLookAgain{100};  // while the child works

sigset_t passed_on_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
    return set;
}

struct ThreadState {
    char letter = '?';          // R running, S sleeping, D in the kernel, T stopped, …
    core::SteadyTime cpu{};     // used so far
};

ThreadState main_thread_of(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/task/" + std::to_string(pid) + "/stat");
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const std::size_t name_end = text.rfind(')');
    ThreadState state;
    if (name_end == std::string::npos) return state;
    std::istringstream fields(text.substr(name_end + 1));
    std::string skipped;
    fields >> state.letter;
    for (int i = 4; i < 14; ++i) fields >> skipped;
    std::int64_t user = 0, system = 0;
    fields >> user >> system;
    state.cpu = core::SteadyTime{(user + system) * 1000 / sysconf(_SC_CLK_TCK)};
    return state;
}

}  // namespace

void Heartbeat::working(core::SteadyTime now) {
    working_since_ms_ = now.count();
    if (is_watched_.exchange(true)) return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(alarm_fd_, &one, sizeof one);
}

void Heartbeat::waiting() {
    working_since_ms_ = kWaiting;
    has_waited_ = true;
}

// One supervised child after the other.
class Supervision {
  public:
    Supervision(const SupervisionLimits& limits, const core::Clock& clock) : limits_(limits), clock_(clock) {
        void* const shared = mmap(nullptr, sizeof(Heartbeat), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        KIOSK_ASSERT(shared != MAP_FAILED);
        heartbeat_ = new (shared) Heartbeat;
        heartbeat_->alarm_fd_ = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
        const sigset_t set = passed_on_signals();
        sigprocmask(SIG_BLOCK, &set, &mask_before_);
        signals_fd_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
        KIOSK_ASSERT(heartbeat_->alarm_fd_ >= 0 && signals_fd_ >= 0);
    }
    ~Supervision() {
        close(signals_fd_);
        close(heartbeat_->alarm_fd_);
        munmap(heartbeat_, sizeof(Heartbeat));
        sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
    }
    Supervision(const Supervision&) = delete;
    Supervision& operator=(const Supervision&) = delete;

    struct End {
        int status = 0;
        bool was_hung = false;
        bool is_finished = false;
    };

    End run_child(const std::function<int(Heartbeat&)>& serve) {
        heartbeat_->has_waited_ = false;
        heartbeat_->is_finished_ = false;
        heartbeat_->is_watched_ = true;
        heartbeat_->working_since_ms_ = clock_.steady_now().count();
        const pid_t parent = getpid();
        std::fflush(nullptr);  // or the child would write it again
        child_ = fork();
        KIOSK_ASSERT(child_ >= 0);
        if (child_ == 0) become_child(parent, serve);
        pid_fd_ = static_cast<int>(syscall(SYS_pidfd_open, child_, 0));
        KIOSK_ASSERT(pid_fd_ >= 0);
        End end;
        end.was_hung = !watch();
        if (end.was_hung) kill(child_, SIGKILL);
        waitpid(child_, &end.status, 0);
        close(pid_fd_);
        end.is_finished = heartbeat_->is_finished_ && WIFEXITED(end.status);
        return end;
    }

    // The child is told, and if it has just died, the next one is not started.
    bool was_asked_to_end() const { return was_asked_to_end_; }

  private:
    [[noreturn]] void become_child(pid_t parent, const std::function<int(Heartbeat&)>& serve) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) _exit(1);  // it died in between
        sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
        close(signals_fd_);
        const int code = serve(*heartbeat_);
        heartbeat_->is_finished_ = true;
        std::exit(code);
    }

    // Until the child has ended (true) or is found to hang (false).
    bool watch() {
        for (;;) {
            std::array<pollfd, 3> waiting{pollfd{pid_fd_, POLLIN, 0}, pollfd{signals_fd_, POLLIN, 0},
                                          pollfd{heartbeat_->alarm_fd_, POLLIN, 0}};
            const int timeout = heartbeat_->is_watched_ ? static_cast<int>(kLookAgain.count()) : -1;
            if (poll(waiting.data(), waiting.size(), timeout) < 0) continue;
            if (waiting[0].revents) return true;
            if (waiting[1].revents) pass_on_signal();
            if (waiting[2].revents) clear_alarm();
            if (is_hung()) return false;
        }
    }

    void pass_on_signal() {
        signalfd_siginfo received{};
        if (read(signals_fd_, &received, sizeof received) != sizeof received) return;
        was_asked_to_end_ = true;
        kill(child_, static_cast<int>(received.ssi_signo));
    }

    void clear_alarm() {
        std::uint64_t count = 0;
        [[maybe_unused]] const ssize_t got = read(heartbeat_->alarm_fd_, &count, sizeof count);
    }

    bool is_hung() {
        const std::int64_t since = heartbeat_->working_since_ms_;
        if (since == Heartbeat::kWaiting) {
            // Sleep until the child next works; if it began just now, its mark is seen here or its alarm rings.
            heartbeat_->is_watched_ = false;
            if (heartbeat_->working_since_ms_ == Heartbeat::kWaiting) {
                spell_.reset();
                return false;
            }
            heartbeat_->is_watched_ = true;
        }
        const ThreadState state = main_thread_of(child_);
        if (!spell_ || spell_->since_ms != since) spell_ = Spell{since, state.cpu};
        const core::SteadyTime worked = clock_.steady_now() - core::SteadyTime{since};
        if (!heartbeat_->has_waited_) return worked > limits_.start;
        if (state.letter == 'T' || state.letter == 't') return false;  // stopped from outside
        if (worked > limits_.starved) return true;
        // Wanting the processor but hardly getting it is the machine's fault, not a hang.
        const bool is_starved = state.letter == 'R' && state.cpu - spell_->cpu < limits_.hang / 2;
        return worked > limits_.hang && !is_starved;
    }

    struct Spell {               // of work
        std::int64_t since_ms;
        core::SteadyTime cpu;    // the thread had used when it was first seen
    };

    const SupervisionLimits& limits_;
    const core::Clock& clock_;
    Heartbeat* heartbeat_ = nullptr;
    sigset_t mask_before_{};
    int signals_fd_ = -1;
    int pid_fd_ = -1;
    pid_t child_ = 0;
    bool was_asked_to_end_ = false;
    std::optional<Spell> spell_;
};

int supervise(const SupervisionLimits& limits, const core::Clock& clock, const std::function<int(Heartbeat&)>& serve,
              const std::function<void(const ChildFault&)>& on_fault) {
    Supervision supervision(limits, clock);
    std::vector<core::SteadyTime> faults;
    for (;;) {
        const Supervision::End end = supervision.run_child(serve);
        if (end.is_finished) return WEXITSTATUS(end.status);
        if (supervision.was_asked_to_end()) return 0;
        ChildFault fault;
        if (WIFSIGNALED(end.status)) fault.signal = WTERMSIG(end.status);
        fault.kind = end.was_hung ? ChildFault::Kind::hung
                     : WIFSIGNALED(end.status) ? ChildFault::Kind::crashed : ChildFault::Kind::left;
        on_fault(fault);
        const core::SteadyTime now = clock.steady_now();
        faults.push_back(now);
        std::erase_if(faults, [&](core::SteadyTime at) { return now - at > limits.within; });
        if (std::ssize(faults) > limits.restarts) return kGaveUp;
    }
}

}  // namespace kiosk::platform
