// Folder: the little that an export needs of the place it writes to (a USB stick, an office folder), so that tests can
// put a full, lying, read-only or pulled stick in its place. One thread. Names are plain file names, without slashes.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/result.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::exporting {

class Folder {
  public:
    virtual ~Folder() = default;

    // Creates or replaces; returns when the bytes are on the medium as far as it tells the truth.
    virtual core::Result<void> write(std::string_view name, core::ByteView content) = 0;
    // From the medium, not from the page cache. Larger than the limit: refused.
    virtual core::Result<core::Bytes> read(std::string_view name, std::uint64_t maximum_bytes) = 0;
    // Replaces `to`; durable when it returns.
    virtual core::Result<void> rename(std::string_view from, std::string_view to) = 0;
    virtual core::Result<void> remove(std::string_view name) = 0;  // absent already: fine
};

// A folder of a mounted file system. Each failure says what to do about it: stick.full, stick.read_only, stick.gone,
// stick.foreign_format, stick.not_a_folder, stick.not_permitted, stick.too_large_for_it, stick.failed.
class DiskFolder final : public Folder {
  public:
    static core::Result<DiskFolder> open(const std::filesystem::path& folder);  // created if its parent exists

    core::Result<void> write(std::string_view name, core::ByteView content) override;
    core::Result<core::Bytes> read(std::string_view name, std::uint64_t maximum_bytes) override;
    core::Result<void> rename(std::string_view from, std::string_view to) override;
    core::Result<void> remove(std::string_view name) override;

    const std::filesystem::path& path() const { return path_; }
    // Writing took so long that the stick is old, failing or in a slow socket: nothing is wrong with what was written.
    bool is_slow() const;

  private:
    explicit DiskFolder(std::filesystem::path path) : path_(std::move(path)) {}
    core::Error failure(int error) const;

    std::filesystem::path path_;
    std::uint64_t written_bytes_ = 0;
    std::chrono::steady_clock::duration writing_{};
};

core::Words slow_stick();  // what to do about one

// Writes each file as NAME.part, reads it back, compares, and only then renames all, the last file last: a stick pulled
// at any moment holds either every file under its final name or the last one not at all. Codes as above and stick.lies.
struct NewFile {
    std::string name;
    core::ByteView content;
};
core::Result<void> publish(Folder& folder, const std::vector<NewFile>& files);

}  // namespace kiosk::exporting
