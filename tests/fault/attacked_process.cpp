#include "attacked_process.hpp"

#include <catch2/catch_test_macros.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <initializer_list>

namespace kiosk::test {

namespace {

#ifdef __x86_64__

bool is_one_of(std::uint64_t call, std::initializer_list<long> calls) {
    for (const long one : calls)
        if (call == static_cast<std::uint64_t>(one)) return true;
    return false;
}

bool writes(std::uint64_t call) { return is_one_of(call, {SYS_write, SYS_pwrite64, SYS_writev, SYS_pwritev}); }

bool changes_names(std::uint64_t call) {
    return is_one_of(call, {SYS_mkdir, SYS_mkdirat, SYS_rename, SYS_renameat, SYS_renameat2, SYS_unlink, SYS_unlinkat});
}

// open(path, flags), openat(folder, path, flags): the flags.
std::uint64_t flags_of(const user_regs_struct& registers) {
    return registers.orig_rax == SYS_open ? registers.rsi : registers.orig_rax == SYS_openat ? registers.rdx : 0;
}

bool can_hit(Attack::Kind kind, const user_regs_struct& registers) {
    const std::uint64_t call = registers.orig_rax;
    const bool opens = is_one_of(call, {SYS_open, SYS_openat});
    const bool creates = opens && (flags_of(registers) & O_CREAT) != 0;
    switch (kind) {
        case Attack::Kind::nothing: return false;
        case Attack::Kind::kill: return true;
        case Attack::Kind::no_space:
            return writes(call) || creates || is_one_of(call, {SYS_fallocate, SYS_mkdir, SYS_rename, SYS_renameat});
        case Attack::Kind::io_error:
            return writes(call) || opens || changes_names(call) ||
                   is_one_of(call, {SYS_read, SYS_pread64, SYS_fsync, SYS_fdatasync, SYS_ftruncate, SYS_truncate, SYS_fallocate,
                                    SYS_fstat, SYS_stat, SYS_newfstatat, SYS_statx, SYS_getdents64});
        case Attack::Kind::read_only:
            return changes_names(call) || creates || (opens && (flags_of(registers) & (O_WRONLY | O_RDWR)) != 0) ||
                   is_one_of(call, {SYS_fallocate, SYS_truncate, SYS_utimensat});
        case Attack::Kind::too_many_files: return opens;
        case Attack::Kind::no_memory: return is_one_of(call, {SYS_mmap, SYS_brk, SYS_mremap});
        case Attack::Kind::short_write: return writes(call) && registers.rdx > 1;
    }
    return false;
}

int error_of(Attack::Kind kind) {
    switch (kind) {
        case Attack::Kind::no_space: return ENOSPC;
        case Attack::Kind::read_only: return EROFS;
        case Attack::Kind::too_many_files: return EMFILE;
        case Attack::Kind::no_memory: return ENOMEM;
        default: return EIO;
    }
}

#endif

}  // namespace

AttackedProcess::AttackedProcess(const Life& life, Watched watched) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    process_ = ::fork();
    REQUIRE(process_ >= 0);
    if (process_ == 0) {
        const auto begin = [&] {
            if (watched == Watched::not_at_all) return;
            ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
            ::raise(SIGSTOP);
        };
        const auto report = [&](char what) {
            if (::write(ends[1], &what, 1) != 1) ::_exit(5);
        };
        life(begin, report);
        ::_exit(0);
    }
    ::close(ends[1]);
    reports_ = ends[0];
    reports_inside_ = ends[1];
}

AttackedProcess::~AttackedProcess() { ::close(reports_); }

void AttackedProcess::kill() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

std::string AttackedProcess::reported() {
    std::string all;
    for (char what = 0; ::read(reports_, &what, 1) == 1;) all += what;
    return all;
}

#ifdef __x86_64__

bool AttackedProcess::is_possible() {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0 ? 0 : 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool AttackedProcess::wait_for_stop() {
    ::waitpid(process_, &status_, 0);
    return WIFSTOPPED(status_);
}

void AttackedProcess::enter_call(const Attack& attack) {
    user_regs_struct registers{};
    ::ptrace(PTRACE_GETREGS, process_, nullptr, &registers);
    const bool is_report = registers.orig_rax == SYS_write && registers.rdi == static_cast<std::uint64_t>(reports_inside_);
    const bool is_end = registers.orig_rax == SYS_exit_group;
    if (is_report || is_end || !can_hit(attack.kind, registers)) return;
    ++calls_;
    const bool is_hit = attack.at_call != 0 && (calls_ == attack.at_call || (attack.for_ever && calls_ > attack.at_call));
    if (!is_hit) return;
    ++hits_;
    user_regs_struct changed = registers;
    if (attack.kind == Attack::Kind::short_write) {
        changed.rdx /= 2;
    } else if (registers.orig_rax == SYS_brk) {
        changed.rdi = 0;   // how brk fails: nothing is moved, and it says where the end is
    } else {
        error_to_return_ = error_of(attack.kind);
        changed.orig_rax = ~std::uint64_t{0};   // no call: nothing happens but the error
    }
    first_argument_ = registers.rdi;
    third_argument_ = registers.rdx;
    ::ptrace(PTRACE_SETREGS, process_, nullptr, &changed);
    is_changed_ = true;
}

// A call leaves its arguments as they were, and compilers rely on it.
void AttackedProcess::leave_call() {
    if (!is_changed_) return;
    is_changed_ = false;
    user_regs_struct registers{};
    ::ptrace(PTRACE_GETREGS, process_, nullptr, &registers);
    registers.rdi = first_argument_;
    registers.rdx = third_argument_;
    if (error_to_return_ != 0) registers.rax = static_cast<std::uint64_t>(-static_cast<std::int64_t>(error_to_return_));
    ::ptrace(PTRACE_SETREGS, process_, nullptr, &registers);
    error_to_return_ = 0;
}

AttackedProcess::End AttackedProcess::attack(const Attack& attack) {
    REQUIRE(wait_for_stop());   // at begin()
    ::ptrace(PTRACE_SETOPTIONS, process_, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    bool is_inside = false;
    long signal = 0;
    for (;;) {
        ::ptrace(PTRACE_SYSCALL, process_, nullptr, signal);
        signal = 0;
        if (!wait_for_stop()) return WIFEXITED(status_) && WEXITSTATUS(status_) == 0 ? End::finished : End::crashed;
        if (WSTOPSIG(status_) != (SIGTRAP | 0x80)) {
            signal = WSTOPSIG(status_);   // its own affair
            continue;
        }
        is_inside = !is_inside;
        if (!is_inside) {
            leave_call();
            continue;
        }
        enter_call(attack);
        if (attack.kind == Attack::Kind::kill && hits_ > 0) {
            kill();
            return End::killed;
        }
    }
}

#else

bool AttackedProcess::is_possible() { return false; }
AttackedProcess::End AttackedProcess::attack(const Attack&) { return End::crashed; }

#endif

}  // namespace kiosk::test
