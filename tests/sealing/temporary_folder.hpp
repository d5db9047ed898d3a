// A folder of its own for one test, gone afterwards, and the programs that are run in it.
#pragma once

#include <kiosk/test_support/temporary_folder.hpp>

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace kiosk::test {

class TemporaryFolder : public test_support::TemporaryFolder {
  public:
    void write(const std::string& name, std::string_view content) const {
        std::ofstream(path() / name, std::ios::binary) << content;
    }

    std::string read(const std::string& name) const {
        std::ifstream file(path() / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    // Exit status of a shell command run in the folder.
    int run(const std::string& command) const {
        const int status = std::system(("cd '" + path().string() + "' && ( " + command + " ) >out.txt 2>&1").c_str());
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
};

}  // namespace kiosk::test
