#include "files.hpp"

#include <kiosk/exporting/folder.hpp>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <system_error>

namespace kiosk::office {

core::Result<core::Bytes> read_file(const std::filesystem::path& path, std::uint64_t maximum_bytes) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored))
        return core::Error{"file.not_found", {"Không có tệp “" + path.string() + "”.", "There is no file \"" + path.string() + "\"."}};
    const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    auto folder = exporting::DiskFolder::open(parent);
    if (!folder) return folder.error();
    return folder->read(path.filename().string(), maximum_bytes);
}

std::string text_of(core::ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

sealing::SecretBytes ask_secret(const std::string& prompt) {
    constexpr std::size_t kLongest = 1024;
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0) return {};
    const auto tell = [&](const std::string& text) { static_cast<void>(!::write(terminal, text.data(), text.size())); };
    termios before{};
    ::tcgetattr(terminal, &before);
    termios unseen = before;
    unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tell(prompt);
    ::tcsetattr(terminal, TCSAFLUSH, &unseen);
    sealing::SecretBytes secret(kLongest);
    std::size_t length = 0;
    while (length < kLongest && ::read(terminal, secret.data() + length, 1) == 1 && secret.data()[length] != std::byte{'\n'})
        ++length;
    ::tcsetattr(terminal, TCSAFLUSH, &before);
    tell("\n");
    ::close(terminal);
    secret.shrink_to(length);
    return secret;
}

}  // namespace kiosk::office
