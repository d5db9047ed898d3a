#include <kiosk/sealing/keygen.hpp>

#include "refusals.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace kiosk::sealing {

namespace {

class File {
  public:
    File(const std::filesystem::path& path, int flags, mode_t mode)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
    File(const File&) = delete;
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    bool is_open() const { return descriptor_ >= 0; }
    bool sync() const { return ::fsync(descriptor_) == 0; }

    bool write(core::ByteView bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) return false;
            if (written > 0) bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return true;
    }

  private:
    int descriptor_;
};

}  // namespace

core::Result<void> write_key_files(const std::filesystem::path& folder, const std::vector<KeyFile>& files) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return refuse(Refusal::file_not_written);
    for (const KeyFile& file : files)
        if (std::filesystem::symlink_status(folder / file.name, error).type() != std::filesystem::file_type::not_found)
            return refuse(Refusal::file_exists);
    for (const KeyFile& file : files) {
        const File out(folder / file.name, O_WRONLY | O_CREAT | O_EXCL, file.is_secret ? 0600 : 0644);
        if (!out.is_open() || !out.write(file.content.view()) || !out.sync()) return refuse(Refusal::file_not_written);
    }
    const File directory(folder, O_RDONLY | O_DIRECTORY, 0);
    if (!directory.is_open() || !directory.sync()) return refuse(Refusal::file_not_written);
    return {};
}

}  // namespace kiosk::sealing
