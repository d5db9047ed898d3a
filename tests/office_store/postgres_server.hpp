// A real PostgreSQL for the tests: its own data in a temporary folder, reached by a socket in it only, gone with the test.
// PostgreSQL refuses to run as root, so root starts it as the user `postgres` that its package made.
#pragma once

#include <kiosk/test_support/temporary_folder.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace office_test {

class PostgresServer {
  public:
    PostgresServer() {
        const std::string programs = program_folder();
        if (programs.empty()) {
            reason_ = "PostgreSQL is not installed (package postgresql)";
            return;
        }
        as_ = ::geteuid() == 0 ? "runuser -u postgres -- " : "";
        if (::geteuid() == 0 && !run("chown postgres '" + folder_ + "'")) return;
        pg_ctl_ = as_ + "'" + programs + "/pg_ctl' -D '" + folder_ + "/data' -s ";
        if (!run(as_ + "'" + programs + "/initdb' -D '" + folder_ + "/data' -U kiosk -A trust -N -E UTF8 --locale=C.UTF-8")) return;
        const std::string options = "-c listen_addresses= -c fsync=off -c unix_socket_directories=" + folder_;
        running_ = run(pg_ctl_ + "-w -l '" + folder_ + "/log' -o '" + options + "' start");
    }
    ~PostgresServer() {
        if (running_) run(pg_ctl_ + "-m immediate stop");
    }
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    bool running() const { return running_; }
    const std::string& reason() const { return reason_; }

    // An empty database of this name.
    std::string create(const std::string& name) const {
        run(as_ + "createdb -h '" + folder_ + "' -U kiosk " + name);
        std::string host;
        for (const char c : folder_) host += c == '/' ? std::string("%2F") : std::string(1, c);
        return "postgresql://kiosk@" + host + "/" + name;
    }

  private:
    static std::string program_folder() {
        std::error_code error;
        std::filesystem::path newest;
        for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql", error)) {
            const auto programs = version.path() / "bin";
            if (std::filesystem::exists(programs / "initdb", error) && (newest.empty() || newest < programs)) newest = programs;
        }
        return newest.string();
    }
    bool run(const std::string& command) const {
        const bool done = std::system(("cd / && " + command + " >/dev/null 2>&1").c_str()) == 0;
        if (!done && reason_.empty()) reason_ = "this failed: " + command;
        return done;
    }

    kiosk::test_support::TemporaryFolder temporary_folder_;
    std::string folder_ = temporary_folder_.path().string(), as_, pg_ctl_;
    mutable std::string reason_;
    bool running_ = false;
};

}  // namespace office_test
