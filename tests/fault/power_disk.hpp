// A disk that can lose power: an SQLite VFS over files in memory that remembers every change in order, so that the disk can
// be rebuilt as it might be found after a cut at any moment, as often as wanted, from a seed.
//
// The model: a file is durable up to its last sync. At the cut each 512-byte sector changed since is old (7 in 16), new
// (8 in 16) or has noise in its changed bytes (1 in 16); the file's length is old or new. A new name is durable after the
// first sync of its file, or a delete that was synced; all other changes of names are there together or not at all. It is
// the model SQLite's documentation describes; that it finds the loss of SQLite's default settings is a test of it.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/random.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace kiosk::test {

struct DiskChange {
    enum class Kind { create = 1, write = 2, truncate = 3, sync = 4, remove = 5, remove_synced = 6 };
    Kind kind;
    std::string name;
    std::uint64_t offset = 0;  // write; for truncate: the new length
    core::Bytes bytes;         // write
};

// The content of a disk, with what of it is durable.
class PowerDisk {
  public:
    PowerDisk() = default;
    PowerDisk(const PowerDisk& other);  // another disk with the same content
    PowerDisk(PowerDisk&&) = default;
    PowerDisk& operator=(PowerDisk&&) = default;

    void apply(const DiskChange& change);

    // One way this disk may be found after a cut now. Everything on it is durable.
    PowerDisk after_cut(core::Random& random) const;

    bool has(const std::string& name) const { return names_.contains(name); }
    const core::Bytes& content(const std::string& name) const { return names_.at(name)->now; }

  private:
    struct File {
        core::Bytes now;
        core::Bytes durable;
        std::set<std::uint64_t> changed_sectors;
    };
    using Names = std::map<std::string, std::shared_ptr<File>>;

    static core::Bytes found_after_cut(const File& file, core::Random& random);

    Names names_;
    Names durable_names_;
};

// The VFS over one disk, under its name while it lives. One disk at a time; one thread.
class PowerVfs {
  public:
    explicit PowerVfs(PowerDisk disk);
    ~PowerVfs();
    PowerVfs(const PowerVfs&) = delete;
    PowerVfs& operator=(const PowerVfs&) = delete;

    static constexpr const char* kName = "kiosk-power";

    const PowerDisk& disk() const { return disk_; }
    const std::vector<DiskChange>& changes() const { return changes_; }
    void change(DiskChange change);

  private:
    PowerDisk disk_;
    std::vector<DiskChange> changes_;
};

}  // namespace kiosk::test
