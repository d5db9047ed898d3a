#include <kiosk/platform/stop_signals.hpp>

#include <kiosk/core/assert.hpp>

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <utility>

namespace kiosk::platform {
namespace {

sigset_t stop_signal_set() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
    return set;
}

}  // namespace

StopSignals::StopSignals(std::function<void()> on_stop) : on_stop_(std::move(on_stop)) {
    const sigset_t set = stop_signal_set();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    signals_fd_ = signalfd(-1, &set, SFD_CLOEXEC);
    end_fd_ = eventfd(0, EFD_CLOEXEC);
    KIOSK_ASSERT(signals_fd_ >= 0 && end_fd_ >= 0);
    watcher_ = std::thread([this] { watch(); });
}

StopSignals::~StopSignals() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(end_fd_, &one, sizeof one);
    watcher_.join();
    close(end_fd_);
    close(signals_fd_);
    const sigset_t set = stop_signal_set();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void StopSignals::watch() {
    std::array<pollfd, 2> waiting{pollfd{signals_fd_, POLLIN, 0}, pollfd{end_fd_, POLLIN, 0}};
    for (;;) {
        if (poll(waiting.data(), waiting.size(), -1) < 0) continue;  // interrupted
        if (waiting[1].revents) return;
        signalfd_siginfo received{};
        if (read(signals_fd_, &received, sizeof received) == sizeof received) on_stop_();
    }
}

}  // namespace kiosk::platform
