#include "data_directory.hpp"

#include "failure.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <utility>

namespace kiosk::storage {

namespace {

namespace fs = std::filesystem;

constexpr const char* kLockFile = "lock";
constexpr const char* kReserveFile = "reserve";
constexpr const char* kProbeFile = "probe";
constexpr const char* kDamagedFolder = "damaged";

class Descriptor {
  public:
    Descriptor(const std::string& path, int flags) : value_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~Descriptor() { if (value_ >= 0) ::close(value_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int value() const { return value_; }
    bool is_open() const { return value_ >= 0; }
    int release() { return std::exchange(value_, -1); }

  private:
    int value_;
};

[[noreturn]] void refuse(const std::string& path, int error_number = errno) { throw Refusal(error_of_errno(error_number, path)); }

void sync_directory(const std::string& path) {
    const Descriptor directory(path, O_RDONLY | O_DIRECTORY);
    if (!directory.is_open() || ::fsync(directory.value()) != 0) refuse(path);
}

// The n of "n-answers.db"; 0 for any other name.
std::uint64_t shelf_number(const std::string& file_name, std::string_view name) {
    std::uint64_t number = 0;
    const char* end = file_name.data() + file_name.size();
    const auto [rest, error] = std::from_chars(file_name.data(), end, number);
    const bool fits = error == std::errc{} && std::string_view(rest, static_cast<std::size_t>(end - rest)) == "-" + std::string(name);
    return fits ? number : 0;
}

// A folder that cannot be read is not an empty one: what lies there would be written over, or never be looked into.
std::uint64_t last_shelf_number(const std::string& folder, std::string_view name) {
    std::uint64_t last = 0;
    std::error_code failure;
    fs::directory_iterator entry(folder, failure);
    for (; !failure && entry != fs::directory_iterator(); entry.increment(failure))
        last = std::max(last, shelf_number(entry->path().filename().string(), name));
    if (failure && failure != std::errc::no_such_file_or_directory) refuse(folder, failure.value());
    return last;
}

std::uint64_t free_bytes(const std::string& path) {
    struct statvfs room {};
    if (::statvfs(path.c_str(), &room) != 0) return 0;
    return static_cast<std::uint64_t>(room.f_bavail) * room.f_frsize;
}

}  // namespace

DataDirectory::DataDirectory(std::string path, std::uint64_t reserve_bytes)
    : path_(std::move(path)), reserve_bytes_(reserve_bytes) {
    std::error_code failure;
    const bool was_made = fs::create_directories(path_, failure);
    if (failure) refuse(path_, failure.value());
    if (was_made) ::chmod(path_.c_str(), 0700);
    Descriptor lock(file(kLockFile), O_RDWR | O_CREAT);
    if (!lock.is_open()) refuse(path_);
    if (::flock(lock.value(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) throw Refusal(in_use_error(path_));
        refuse(path_);
    }
    prove_writable();
    lock_ = lock.release();
    restore_reserve();
}

DataDirectory::~DataDirectory() { ::close(lock_); }

void DataDirectory::prove_writable() const {
    const std::string probe = file(kProbeFile);
    const Descriptor descriptor(probe, O_WRONLY | O_CREAT | O_TRUNC);
    if (!descriptor.is_open()) refuse(path_);
    const bool was_written = ::write(descriptor.value(), "kiosk\n", 6) == 6;
    const int write_errno = errno;
    ::unlink(probe.c_str());
    // A full disk is no reason to stay shut: slots are pre-allocated, and the reserve is there for the rest.
    if (!was_written && write_errno != ENOSPC) refuse(path_, write_errno);
}

bool DataDirectory::has_reserve() const {
    std::error_code failure;
    const auto size = fs::file_size(file(kReserveFile), failure);
    return !failure && size >= reserve_bytes_;
}

bool DataDirectory::release_reserve() {
    if (reserve_bytes_ == 0 || !has_reserve()) return false;
    return ::truncate(file(kReserveFile).c_str(), 0) == 0;
}

void DataDirectory::restore_reserve() {
    if (reserve_bytes_ == 0 || has_reserve() || free_bytes(path_) < 2 * reserve_bytes_) return;
    const Descriptor reserve(file(kReserveFile), O_RDWR | O_CREAT);
    if (!reserve.is_open()) return;
    // Too little room is not a failure here: it is what status() reports.
    if (::posix_fallocate(reserve.value(), 0, static_cast<off_t>(reserve_bytes_)) == 0) return;
    if (::ftruncate(reserve.value(), 0) != 0) refuse(path_);
}

std::string DataDirectory::set_aside(std::string_view name) {
    const std::string folder = file(kDamagedFolder);
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) refuse(path_, failure.value());
    const std::string shelved =
        folder + "/" + std::to_string(last_shelf_number(folder, name) + 1) + "-" + std::string(name);
    // The journal first: left behind alone, it would be played into the new database.
    const std::string journal = file(name) + "-journal";
    if (::rename(journal.c_str(), (shelved + "-journal").c_str()) != 0 && errno != ENOENT) refuse(path_);
    if (::rename(file(name).c_str(), shelved.c_str()) != 0) refuse(path_);
    sync_directory(folder);
    sync_directory(path_);
    return shelved;
}

std::optional<std::string> DataDirectory::last_set_aside(std::string_view name) const {
    const std::string folder = file(kDamagedFolder);
    const std::uint64_t last = last_shelf_number(folder, name);
    if (last == 0) return std::nullopt;
    return folder + "/" + std::to_string(last) + "-" + std::string(name);
}

void DataDirectory::forget_cached_pages(std::string_view name) const {
    for (const std::string& path : {file(name), file(name) + "-journal"}) {
        const Descriptor descriptor(path, O_RDONLY);
        if (descriptor.is_open()) ::posix_fadvise(descriptor.value(), 0, 0, POSIX_FADV_DONTNEED);
    }
}

std::optional<int> DataDirectory::byte_at(std::string_view name, std::int64_t offset) const {
    const Descriptor descriptor(file(name), O_RDONLY);
    unsigned char byte = 0;
    if (!descriptor.is_open() || ::pread(descriptor.value(), &byte, 1, offset) != 1) return std::nullopt;
    return byte;
}

bool DataDirectory::has(std::string_view name) const {
    std::error_code ignored;
    return fs::exists(file(name), ignored);
}

void DataDirectory::remove(std::string_view name) const { ::unlink(file(name).c_str()); }

}  // namespace kiosk::storage
