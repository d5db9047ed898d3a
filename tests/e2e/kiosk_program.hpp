// What tests of the running program share: a data folder of its own with the office's key, forms written on the spot,
// and the kiosk as a child process.
#pragma once

#include <kiosk/test_support/temporary_folder.hpp>

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace kiosk::e2e {

class DataFolder {
  public:
    DataFolder();

    std::filesystem::path path(const std::string& name = "data") const { return folder_.path() / name; }
    void write(const std::string& name, const std::string& content) const;
    std::string read(const std::string& name) const;
    // Puts this survey in the place of every form of the self-assessment: rows of "type,name,label,appearance,required",
    // and choices as rows of "list_name,name,label".
    static constexpr const char* kChoices = "muc,tot,Tốt\nmuc,kha,Khá\nmuc,kem,Kém\n";
    void put_review(const std::string& survey_rows, const std::string& choice_rows = kChoices) const;

  private:
    test_support::TemporaryFolder folder_;
};

// The way from the attract page to that survey, as steps of `play`: the first review of those offered, whatever they are.
inline const std::string kToTheReview =
    "{\"tap\":\"action.start\"}\n{\"tap\":\"tile.self_assessment\"}\n{\"key\":\"Tab\"}\n{\"key\":\"Space\"}\n{\"tap\":\"action.next\"}\n";

// Ends, and is waited for, with its owner. One at a time: it is told of its opening by NOTIFY_SOCKET.
class KioskProgram {
  public:
    explicit KioskProgram(const std::vector<std::string>& arguments);
    ~KioskProgram();
    KioskProgram(const KioskProgram&) = delete;
    KioskProgram& operator=(const KioskProgram&) = delete;

    pid_t pid() const { return pid_; }
    bool is_running();
    int wait();                            // its exit status
    // Until `run` is open for visitors: before, it takes one touch and no more. False: it has not opened in a minute.
    bool wait_until_open();

  private:
    int notices_fd_ = -1;
    std::filesystem::path notices_;
    pid_t pid_ = -1;
    bool has_ended_ = false;
    int status_ = -1;
};

// Runs a program to its end and returns its exit status.
int run(const std::string& program, const std::vector<std::string>& arguments);

}  // namespace kiosk::e2e
