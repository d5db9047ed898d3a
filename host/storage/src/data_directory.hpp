// DataDirectory: the kiosk's directory on the file system. Holds the lock that keeps a second kiosk out, the disk reserve,
// and the shelf where damaged databases are kept. One owner; storage thread. Failures are thrown as Refusal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::storage {

class DataDirectory {
  public:
    // Makes the directory if it is missing, locks it and proves that it can be written.
    DataDirectory(std::string path, std::uint64_t reserve_bytes);
    ~DataDirectory();
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;

    const std::string& path() const { return path_; }
    std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }

    // The reserve is given up when the disk is full, so that answers are still taken, and made again when there is room.
    bool release_reserve();
    void restore_reserve();
    bool has_reserve() const;

    // Moves a database and its journal to damaged/, where they stay for good; its new path.
    std::string set_aside(std::string_view name);
    // The database of this name set aside last.
    std::optional<std::string> last_set_aside(std::string_view name) const;

    // After a failed sync the system may show pages that never reached the disk: read them from there again.
    void forget_cached_pages(std::string_view name) const;
    bool has(std::string_view name) const;
    std::optional<int> byte_at(std::string_view name, std::int64_t offset) const;
    void remove(std::string_view name) const;

  private:
    void prove_writable() const;

    std::string path_;
    std::uint64_t reserve_bytes_;
    int lock_ = -1;
};

}  // namespace kiosk::storage
