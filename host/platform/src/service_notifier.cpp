#include <kiosk/platform/service_notifier.hpp>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace kiosk::platform {

ServiceNotifier ServiceNotifier::from_environment() {
    const auto take = [](const char* name) {
        const char* value = std::getenv(name);
        std::string text = value ? value : "";
        unsetenv(name);
        return text;
    };
    const std::string socket = take("NOTIFY_SOCKET"), watchdog = take("WATCHDOG_USEC");
    take("WATCHDOG_PID");
    std::int64_t microseconds = 0;
    std::from_chars(watchdog.data(), watchdog.data() + watchdog.size(), microseconds);
    return {socket, microseconds > 0 ? std::optional(core::SteadyTime(microseconds / 1000)) : std::nullopt};
}

ServiceNotifier::ServiceNotifier(std::string socket, std::optional<core::SteadyTime> watchdog) : socket_(std::move(socket)) {
    if (!socket_.empty() && watchdog) interval_ = *watchdog / 2;
}

void ServiceNotifier::ready() { send("READY=1"); }
void ServiceNotifier::stopping() { send("STOPPING=1"); }

void ServiceNotifier::beat(core::SteadyTime now) {
    if (!interval_ || now < next_) return;
    send("WATCHDOG=1");
    next_ = now + *interval_;
}

std::optional<core::SteadyTime> ServiceNotifier::next_beat() const { return interval_ ? std::optional(next_) : std::nullopt; }

void ServiceNotifier::send(std::string_view message) const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
    std::memcpy(address.sun_path, socket_.data(), socket_.size());
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';   // an abstract socket
    const int file = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (file < 0) return;
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
    [[maybe_unused]] const ssize_t sent =
        sendto(file, message.data(), message.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), length);
    close(file);
}

}  // namespace kiosk::platform
