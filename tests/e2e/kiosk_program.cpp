#include "kiosk_program.hpp"

#include <catch2/catch_test_macros.hpp>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kiosk::e2e {
namespace {

namespace files = std::filesystem;

constexpr const char* kReviewForms[] = {"self_review_2019",   "self_review_2023_a",    "self_review_2023_b",      "self_review_2025_a",
                                        "self_review_2025_b", "self_review_quarterly", "self_review_probationary"};

pid_t start(const std::string& program, const std::vector<std::string>& arguments) {
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    const pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);   // a test that crashes leaves no kiosk behind
        if (const int nowhere = open("/dev/null", O_WRONLY); nowhere >= 0) dup2(nowhere, STDOUT_FILENO);
        execv(program.c_str(), argv.data());
        _exit(127);
    }
    return pid;
}

int status_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

}  // namespace

DataFolder::DataFolder() {
    for (const char* name : {"data/keys", "data/forms", "stick", "trust"}) files::create_directories(folder_.path() / name);
    REQUIRE(run(OFFICE_PROGRAM, {"keygen", "--out", (folder_.path() / "keys").string()}) == 0);
    files::copy_file(folder_.path() / "keys/recipients.txt", folder_.path() / "data/keys/recipients.txt");
}

void DataFolder::write(const std::string& name, const std::string& content) const {
    files::create_directories((folder_.path() / name).parent_path());
    std::ofstream(folder_.path() / name, std::ios::binary) << content;
}

std::string DataFolder::read(const std::string& name) const {
    std::ifstream file(folder_.path() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void DataFolder::put_review(const std::string& survey_rows, const std::string& choice_rows) const {
    for (const std::string id : kReviewForms) {
        write("data/forms/" + id + "/survey.csv", "type,name,label::Tiếng Việt (vi),appearance,required\n" + survey_rows);
        write("data/forms/" + id + "/choices.csv", "list_name,name,label::Tiếng Việt (vi)\n" + choice_rows);
        write("data/forms/" + id + "/settings.csv", "form_id,version,form_title,default_language,style\n" + id + ",1,Phiếu thử,Tiếng Việt (vi),pages\n");
    }
}

KioskProgram::KioskProgram(const std::vector<std::string>& arguments)
    : notices_fd_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)),
      notices_(files::temp_directory_path() / ("kiosk-notices-" + std::to_string(getpid()))) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    notices_.string().copy(address.sun_path, sizeof address.sun_path - 1);
    files::remove(notices_);
    REQUIRE(bind(notices_fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    setenv("NOTIFY_SOCKET", notices_.c_str(), 1);
    pid_ = start(KIOSK_PROGRAM, arguments);
    unsetenv("NOTIFY_SOCKET");
    REQUIRE(pid_ > 0);
}

bool KioskProgram::wait_until_open() {
    for (pollfd waiting{notices_fd_, POLLIN, 0}; poll(&waiting, 1, 60'000) == 1;) {
        char notice[256];
        const ssize_t size = recv(notices_fd_, notice, sizeof notice, 0);
        if (size > 0 && std::string_view(notice, static_cast<std::size_t>(size)).find("READY=1") != std::string_view::npos) return true;
    }
    return false;
}

KioskProgram::~KioskProgram() {
    close(notices_fd_);
    std::error_code ignored;
    files::remove(notices_, ignored);
    if (!is_running()) return;
    kill(pid_, SIGKILL);
    wait();
}

bool KioskProgram::is_running() {
    if (!has_ended_) has_ended_ = waitpid(pid_, &status_, WNOHANG) == pid_;
    return !has_ended_;
}

int KioskProgram::wait() {
    if (!has_ended_) waitpid(pid_, &status_, 0);
    has_ended_ = true;
    return status_of(status_);
}

int run(const std::string& program, const std::vector<std::string>& arguments) {
    const pid_t pid = start(program, arguments);
    int status = -1;
    if (pid > 0) waitpid(pid, &status, 0);
    return status_of(status);
}

}  // namespace kiosk::e2e
