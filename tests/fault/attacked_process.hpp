// A process of its own that lives a piece of a kiosk's life while it is attacked: killed, or its system calls made to fail
// (ptrace; Linux on x86-64). It tells through a pipe how far it came, so that what it confirmed before the attack is known.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string>

namespace kiosk::test {

struct Attack {
    enum class Kind {
        nothing = 1,     // only counts the calls that could be hit
        kill,            // SIGKILL on the way into any call
        no_space,        // ENOSPC of writing, growing, creating
        io_error,        // EIO of everything that touches files
        read_only,       // EROFS of everything that changes them
        too_many_files,  // EMFILE of opening
        no_memory,       // ENOMEM of asking the system for memory
        short_write,     // half of it is written, and the call says so
    };
    Kind kind = Kind::nothing;
    std::uint64_t at_call = 0;   // 1: the first that this kind can hit
    bool for_ever = false;       // that one and all that follow
};

class AttackedProcess {
  public:
    using Report = std::function<void(char)>;
    // What the process does. It must call begin() once: attacks start there. Ends the process when it returns.
    using Life = std::function<void(const std::function<void()>& begin, const Report& report)>;
    enum class Watched { calls = 1, not_at_all };

    AttackedProcess(const Life& life, Watched watched);
    ~AttackedProcess();
    AttackedProcess(const AttackedProcess&) = delete;
    AttackedProcess& operator=(const AttackedProcess&) = delete;

    static bool is_possible();   // whether this machine lets us watch calls

    enum class End { finished = 1, killed, crashed };
    End attack(const Attack& attack);   // watched processes only; returns at the end of the process
    std::uint64_t calls() const { return calls_; }     // that the attack could have hit
    std::uint64_t hits() const { return hits_; }
    void kill();
    std::string reported();             // all of it, once the process has ended

  private:
    bool wait_for_stop();
    void enter_call(const Attack& attack);
    void leave_call();

    pid_t process_ = -1;
    int reports_ = -1, reports_inside_ = -1;
    int status_ = 0;
    std::uint64_t calls_ = 0, hits_ = 0;
    bool is_changed_ = false;
    std::uint64_t first_argument_ = 0, third_argument_ = 0;
    int error_to_return_ = 0;
};

}  // namespace kiosk::test
