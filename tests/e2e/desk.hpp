// A desk with an office's computer, kiosks and sticks on it, all in one folder: runs the programs as they are shipped.
#pragma once

#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdlib.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace e2e {

namespace files = std::filesystem;
using kiosk::test_support::TemporaryFolder;

struct Ran {
    int status = -1;
    std::string out;   // both outputs together

    bool says(const std::string& text) const { return out.find(text) != std::string::npos; }
    // What follows the text, to the end of its line.
    std::string after(const std::string& text) const {
        const std::size_t at = out.find(text);
        return at == std::string::npos ? "" : out.substr(at + text.size(), out.find('\n', at) - at - text.size());
    }
};

class Desk {
  public:
    Desk() {
        ::setenv("LC_ALL", "C.UTF-8", 1);
        ::setenv("HOME", at("home").c_str(), 1);
    }

    std::string at(const std::string& name) const { return (folder_.path() / name).string(); }
    std::string content(const std::string& name) const {
        std::ifstream file(folder_.path() / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write(const std::string& name, const std::string& text) const { std::ofstream(folder_.path() / name, std::ios::binary) << text; }

    Ran office(const std::string& arguments) const { return run("'" OFFICE_PROGRAM "' " + arguments); }
    Ran kiosk(const std::string& arguments) const { return run("'" KIOSK_PROGRAM "' " + arguments); }
    Ran run(const std::string& command) const {
        const int status = std::system(("cd " + at(".") + " && " + command + " >'" + at("last.log") + "' 2>&1").c_str());
        const Ran ran{WIFEXITED(status) ? WEXITSTATUS(status) : -1, content("last.log")};
        UNSCOPED_INFO(command << "\n" << ran.out);
        return ran;
    }

    // A kiosk of that id with the office's keys, and so many answers in it.
    void set_up_kiosk(const std::string& id, int answers, const std::string& keys = "keys") const {
        files::create_directories(folder_.path() / id);
        write(id + "/config.toml", "kiosk_id = \"" + id.substr(0, 3) + "\"\n");
        REQUIRE(kiosk("import " + keys + "/office.enrolment --data " + id).status == 0);
        answer(id, answers);
    }
    void answer(const std::string& data, int answers) const {
        REQUIRE(kiosk("simulate --activity opinion_poll --responses " + std::to_string(answers) + " --data " + data).status == 0);
    }
    // Rows of the poll the store holds.
    int answers_in(const std::string& store) const {
        REQUIRE(office("export " + store + " --activity opinion_poll --format csv --out out").status == 0);
        const std::string csv = content("out/opinion_poll.csv");
        return static_cast<int>(std::count(csv.begin(), csv.end(), '\n')) - 1;
    }

  private:
    TemporaryFolder folder_;
};

}  // namespace e2e
