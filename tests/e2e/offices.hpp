// A kiosk and its office in one temporary folder, and the real programs run in them. Gone with the object.
#pragma once

#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/wait.h>

namespace files = std::filesystem;
using kiosk::test_support::TemporaryFolder;

class Offices {
  public:
    Offices() {
        for (const char* name : {"data/keys", "data/forms", "stick", "trust"}) files::create_directories(folder_.path() / name);
        REQUIRE(office("keygen --out " + at("keys")) == 0);
        files::copy_file(folder_.path() / "keys/recipients.txt", folder_.path() / "data/keys/recipients.txt");
    }

    std::string at(const std::string& name) const { return "'" + (folder_.path() / name).string() + "'"; }
    files::path path(const std::string& name) const { return folder_.path() / name; }

    int kiosk(const std::string& arguments) const { return run(KIOSK_PROGRAM, arguments); }
    int office(const std::string& arguments) const { return run(OFFICE_PROGRAM, arguments); }

    std::string play_arguments(const std::string& script, const std::string& clock) const {
        std::ofstream(folder_.path() / "script.jsonl") << script;
        return "play " + at("script.jsonl") + " --data " + at("data") + " --clock " + clock + " --dump " + at("dump.jsonl");
    }

    // The stick goes to the office and is merged, twice.
    void collect() const {
        REQUIRE(kiosk("export --data " + at("data") + " --to " + at("stick")) == 0);
        REQUIRE(office("kiosk add " + at("stick/kiosk.enrolment") + " --trust " + at("trust")) == 0);
        const std::string collect = "collect " + at("stick") + " --key " + at("keys/office-key.txt") + " --trust " +
                                    at("trust") + " --into " + at("office.db");
        REQUIRE(office(collect) == 0);
        REQUIRE(office(collect) == 0);  // the same stick once more adds nothing
    }

    // The CSV the office opens, after export and collection.
    std::string csv(const std::string& labels, const std::string& activity = "opinion_poll") const {
        collect();
        REQUIRE(office("export " + at("office.db") + " --activity " + activity + " --format csv " + labels + " --out " + at("out")) == 0);
        return content("out/" + activity + ".csv");
    }

    std::string content(const std::string& name) const {
        std::ifstream file(folder_.path() / name, std::ios::binary);
        std::ostringstream all;
        all << file.rdbuf();
        return all.str();
    }

  private:
    int run(const std::string& program, const std::string& arguments) const {
        const std::string command = "'" + program + "' " + arguments + " >" + at("out.log") + " 2>&1";
        const int status = std::system(command.c_str());
        INFO(command << '\n' << content("out.log"));
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    TemporaryFolder folder_;
};
