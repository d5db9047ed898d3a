#include "faults.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>

namespace kiosk::test {

namespace {

thread_local Call failing_call = Call::none;
thread_local int calls_left = 0;

bool call_fails(Call call) {
    if (failing_call != call || calls_left-- > 0) return false;
    failing_call = Call::none;
    return true;
}

template <class Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

FailingCall::FailingCall(Call call, int after) {
    failing_call = call;
    calls_left = after;
}
FailingCall::~FailingCall() { failing_call = Call::none; }

}  // namespace kiosk::test

using kiosk::test::Call;

extern "C" {

__attribute__((visibility("default"))) void* sodium_malloc(std::size_t size) {
    if (kiosk::test::allocation_fails()) return nullptr;
    return kiosk::test::real<void*(std::size_t)>("sodium_malloc")(size);
}

__attribute__((visibility("default"))) int crypto_pwhash_scryptsalsa208sha256_ll(
    const std::uint8_t* passwd, std::size_t passwdlen, const std::uint8_t* salt, std::size_t saltlen, std::uint64_t n,
    std::uint32_t r, std::uint32_t p, std::uint8_t* buf, std::size_t buflen) {
    if (kiosk::test::call_fails(Call::scrypt)) return -1;
    return kiosk::test::real<decltype(crypto_pwhash_scryptsalsa208sha256_ll)>("crypto_pwhash_scryptsalsa208sha256_ll")(
        passwd, passwdlen, salt, saltlen, n, r, p, buf, buflen);
}

__attribute__((visibility("default"))) int crypto_pwhash_scryptsalsa208sha256(
    unsigned char* const out, unsigned long long outlen, const char* const passwd, unsigned long long passwdlen,
    const unsigned char* const salt, unsigned long long opslimit, std::size_t memlimit) {
    if (kiosk::test::call_fails(Call::scrypt)) return -1;
    return kiosk::test::real<decltype(crypto_pwhash_scryptsalsa208sha256)>("crypto_pwhash_scryptsalsa208sha256")(
        out, outlen, passwd, passwdlen, salt, opslimit, memlimit);
}

__attribute__((visibility("default"))) int crypto_pwhash_argon2id_str(
    char out[crypto_pwhash_argon2id_STRBYTES], const char* const passwd, unsigned long long passwdlen,
    unsigned long long opslimit, std::size_t memlimit) {
    if (kiosk::test::call_fails(Call::argon2)) return -1;
    return kiosk::test::real<decltype(crypto_pwhash_argon2id_str)>("crypto_pwhash_argon2id_str")(
        out, passwd, passwdlen, opslimit, memlimit);
}

__attribute__((visibility("default"))) int open(const char* path, int flags, ...) {
    if (kiosk::test::call_fails(Call::open)) {
        errno = EMFILE;
        return -1;
    }
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

__attribute__((visibility("default"))) ssize_t write(int file, const void* bytes, std::size_t size) {
    if (kiosk::test::call_fails(Call::write)) {
        errno = ENOSPC;
        return -1;
    }
    if (kiosk::test::call_fails(Call::write_interrupted)) {
        errno = EINTR;
        return -1;
    }
    if (kiosk::test::call_fails(Call::write_short)) size = 1;
    return syscall(SYS_write, file, bytes, size);
}

__attribute__((visibility("default"))) int fsync(int file) {
    if (kiosk::test::call_fails(Call::fsync)) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(syscall(SYS_fsync, file));
}

}  // extern "C"
