#include <kiosk/test_support/xvfb.hpp>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace kiosk::test_support {
namespace {

[[noreturn]] void become_xvfb(int report_fd, const std::string& screen) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);  // a test that crashes leaves no server behind
    const std::string fd = std::to_string(report_fd);
    execlp("Xvfb", "Xvfb", "-displayfd", fd.c_str(), "-screen", "0", screen.c_str(), "-nolisten", "tcp", "-noreset",
           nullptr);
    _exit(127);
}

}  // namespace

core::Result<std::unique_ptr<Xvfb>> Xvfb::start(int width_px, int height_px) {
    const core::Error failed{"xvfb.not_started", {"Không khởi động được Xvfb. Hãy cài gói xvfb.",
                                                  "Xvfb did not start. Install the package xvfb."}};
    const std::string screen = std::to_string(width_px) + "x" + std::to_string(height_px) + "x24";
    int report[2];
    if (pipe(report) != 0) return failed;
    const pid_t pid = fork();
    if (pid == 0) {
        close(report[0]);
        become_xvfb(report[1], screen);
    }
    close(report[1]);
    std::string number;  // the server writes the display it found free, and a newline, when it is ready
    char c = 0;
    while (pid > 0 && read(report[0], &c, 1) == 1 && c != '\n') number += c;
    close(report[0]);
    if (pid < 0) return failed;
    if (number.empty()) {
        waitpid(pid, nullptr, 0);
        return failed;
    }
    return std::unique_ptr<Xvfb>(new Xvfb(pid, ":" + number));
}

Xvfb::Xvfb(pid_t pid, std::string display) : pid_(pid), display_(std::move(display)) {
    if (const char* const before = std::getenv("DISPLAY")) display_before_ = before;
    setenv("DISPLAY", display_.c_str(), 1);
}

Xvfb::~Xvfb() {
    if (display_before_)
        setenv("DISPLAY", display_before_->c_str(), 1);
    else
        unsetenv("DISPLAY");
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
}

}  // namespace kiosk::test_support
