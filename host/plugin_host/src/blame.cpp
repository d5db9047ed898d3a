#include <kiosk/plugin_host/blame.hpp>

#include "strikes_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

namespace kiosk::plugin_host {
namespace {

// "opinion_poll describe", NUL-padded; a first byte of NUL means that no call is under way.
constexpr std::size_t kMarkBytes = 256;

std::optional<BlameMark> read_mark(const char* mark) {
    const std::string_view text(mark, ::strnlen(mark, kMarkBytes));
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    return BlameMark{std::string(text.substr(0, space)), std::string(text.substr(space + 1))};
}

char* map_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return nullptr;
    void* memory = MAP_FAILED;
    // Blocks are taken now: writing to a hole on a full disk would be a bus error later.
    const int allocated = ::posix_fallocate(descriptor, 0, kMarkBytes);
    if (allocated == 0) memory = ::mmap(nullptr, kMarkBytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    else errno = allocated;
    ::close(descriptor);
    return memory == MAP_FAILED ? nullptr : static_cast<char*>(memory);
}

// A store the compiler may neither drop nor move: the reader is the next process.
void store_first_byte(char* mark, char byte) {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    *const_cast<volatile char*>(mark) = byte;
    std::atomic_signal_fence(std::memory_order_seq_cst);
}

}  // namespace

Blame::Blame(std::filesystem::path strikes_file)
    : strikes_file_(std::move(strikes_file)), strikes_(read_strikes(strikes_file_)) {}

Blame::~Blame() {
    if (mark_ != nullptr) ::munmap(mark_, kMarkBytes);
}

core::Result<std::unique_ptr<Blame>> Blame::open(const std::filesystem::path& directory) {
    std::unique_ptr<Blame> blame(new Blame(directory / "plugin_strikes.json"));
    const std::filesystem::path file = directory / "plugin_call";
    blame->mark_ = map_file(file);
    if (blame->mark_ == nullptr) {
        const std::string reason = std::strerror(errno);
        return core::Error{"plugin.state_not_written",
                           {"Không mở được " + file.string() + ": " + reason + ". Hãy kiểm tra ổ đĩa và quyền ghi.",
                            "Cannot open " + file.string() + ": " + reason + ". Check the disk and its permissions."}};
    }
    blame->died_in_ = read_mark(blame->mark_);
    if (blame->died_in_) blame->add_strike(blame->died_in_->plugin);
    blame->wipe_mark();
    return blame;
}

std::unique_ptr<Blame> Blame::look(const std::filesystem::path& directory) {
    return std::unique_ptr<Blame>(new Blame(directory / "plugin_strikes.json"));
}

void Blame::write_mark(std::string_view plugin, std::string_view call) {
    if (mark_ == nullptr) return;
    std::string text;
    text.append(plugin).append(" ").append(call);
    text.resize(std::min(text.size(), kMarkBytes - 1));
    text.push_back('\0');
    std::copy(text.begin() + 1, text.end(), mark_ + 1);
    store_first_byte(mark_, text.front());  // last, so that a mark is whole or absent
}

void Blame::wipe_mark() {
    if (mark_ != nullptr) store_first_byte(mark_, '\0');
}

int Blame::strikes(std::string_view plugin) const {
    const auto found = strikes_.find(plugin);
    return found == strikes_.end() ? 0 : found->second;
}

void Blame::add_strike(std::string_view plugin) {
    ++strikes_[std::string(plugin)];
    if (mark_ == nullptr) return;
    // A disk that refuses this must not stop the kiosk: the count still holds until the process ends.
    (void)write_strikes(strikes_file_, strikes_);
}

core::Result<void> Blame::release(std::string_view plugin) {
    strikes_.erase(std::string(plugin));
    return write_strikes(strikes_file_, strikes_);
}

}  // namespace kiosk::plugin_host
