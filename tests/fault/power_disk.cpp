#include "power_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace kiosk::test {

namespace {

constexpr std::uint64_t kSectorBytes = 512;

PowerVfs* mounted = nullptr;

struct OpenFile {
    sqlite3_file base;
    std::string* name;          // null for a temporary file
    core::Bytes* temporary;     // its content
};

OpenFile& of(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }

const core::Bytes& content_of(sqlite3_file* file) {
    OpenFile& open = of(file);
    if (open.temporary != nullptr) return *open.temporary;
    static const core::Bytes kGone;
    return mounted->disk().has(*open.name) ? mounted->disk().content(*open.name) : kGone;
}

int close_file(sqlite3_file* file) {
    delete of(file).name;
    delete of(file).temporary;
    return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* into, int length, sqlite3_int64 offset) {
    const core::Bytes& content = content_of(file);
    const auto wanted = static_cast<std::size_t>(length);
    const auto at = static_cast<std::size_t>(offset);
    const std::size_t there = at < content.size() ? std::min(wanted, content.size() - at) : 0;
    if (there > 0) std::memcpy(into, content.data() + at, there);
    if (there == wanted) return SQLITE_OK;
    std::memset(static_cast<char*>(into) + there, 0, wanted - there);
    return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* from, int length, sqlite3_int64 offset) {
    const auto* data = static_cast<const std::byte*>(from);
    const core::Bytes bytes(data, data + length);
    const auto at = static_cast<std::uint64_t>(offset);
    if (core::Bytes* temporary = of(file).temporary) {
        if (temporary->size() < at + bytes.size()) temporary->resize(at + bytes.size());
        std::copy(bytes.begin(), bytes.end(), temporary->begin() + offset);
        return SQLITE_OK;
    }
    mounted->change({DiskChange::Kind::write, *of(file).name, at, bytes});
    return SQLITE_OK;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 length) {
    if (core::Bytes* temporary = of(file).temporary) temporary->resize(static_cast<std::size_t>(length));
    else mounted->change({DiskChange::Kind::truncate, *of(file).name, static_cast<std::uint64_t>(length), {}});
    return SQLITE_OK;
}

int sync_file(sqlite3_file* file, int) {
    if (of(file).temporary == nullptr) mounted->change({DiskChange::Kind::sync, *of(file).name, 0, {}});
    return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(content_of(file).size());
    return SQLITE_OK;
}

int lock_file(sqlite3_file*, int) { return SQLITE_OK; }

int check_reserved_lock(sqlite3_file*, int* is_reserved) {
    *is_reserved = 0;
    return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }

// As SQLite's own VFS says of Linux file systems.
int sector_size(sqlite3_file*) { return 4096; }
int device_characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

const sqlite3_io_methods kMethods{1, close_file, read_file, write_file, truncate_file, sync_file, file_size,
                                  lock_file, lock_file, check_reserved_lock, file_control, sector_size,
                                  device_characteristics, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};

int open_file(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
    OpenFile& open = of(file);
    open = {};
    if (name == nullptr) {
        open.temporary = new core::Bytes();
    } else {
        if (!mounted->disk().has(name)) {
            if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
            mounted->change({DiskChange::Kind::create, name, 0, {}});
        }
        open.name = new std::string(name);
    }
    open.base.pMethods = &kMethods;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* name, int is_synced) {
    if (!mounted->disk().has(name)) return SQLITE_IOERR_DELETE_NOENT;
    mounted->change({is_synced ? DiskChange::Kind::remove_synced : DiskChange::Kind::remove, name, 0, {}});
    return SQLITE_OK;
}

int access_file(sqlite3_vfs*, const char* name, int, int* is_there) {
    *is_there = mounted->disk().has(name) ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* into) {
    return sqlite3_snprintf(size, into, "%s", name) == nullptr ? SQLITE_CANTOPEN : SQLITE_OK;
}

int randomness(sqlite3_vfs*, int length, char* into) {
    core::SeededRandom(7).fill(std::as_writable_bytes(std::span(into, static_cast<std::size_t>(length))));
    return length;
}

int sleep_not(sqlite3_vfs*, int microseconds) { return microseconds; }

int no_time(sqlite3_vfs*, double* julian_day) {
    *julian_day = 2461000.5;
    return SQLITE_OK;
}

sqlite3_vfs power_vfs{1, sizeof(OpenFile), 512, nullptr, PowerVfs::kName, nullptr, open_file, delete_file, access_file,
                      full_path, nullptr, nullptr, nullptr, nullptr, randomness, sleep_not, no_time, nullptr, nullptr,
                      nullptr, nullptr, nullptr};

void garble(std::byte* from, const core::Bytes& old, std::uint64_t at, std::uint64_t length, core::Random& random) {
    for (std::uint64_t index = 0; index < length; ++index) {
        const std::byte before = at + index < old.size() ? old[at + index] : std::byte{};
        if (from[index] != before) random.fill(std::span(from + index, 1));
    }
}

}  // namespace

PowerDisk::PowerDisk(const PowerDisk& other) {
    std::map<const File*, std::shared_ptr<File>> copies;
    const auto copy = [&](const std::shared_ptr<File>& file) {
        std::shared_ptr<File>& made = copies[file.get()];
        if (!made) made = std::make_shared<File>(*file);
        return made;
    };
    for (const auto& [name, file] : other.names_) names_[name] = copy(file);
    for (const auto& [name, file] : other.durable_names_) durable_names_[name] = copy(file);
}

void PowerDisk::apply(const DiskChange& change) {
    using Kind = DiskChange::Kind;
    if (change.kind == Kind::create) {
        names_[change.name] = std::make_shared<File>();
        return;
    }
    const auto found = names_.find(change.name);
    if (found == names_.end()) return;
    const std::shared_ptr<File> file = found->second;
    switch (change.kind) {
        case Kind::create: break;
        case Kind::write: {
            const std::uint64_t end = change.offset + change.bytes.size();
            if (file->now.size() < end) file->now.resize(end);
            std::copy(change.bytes.begin(), change.bytes.end(), file->now.begin() + static_cast<std::ptrdiff_t>(change.offset));
            for (std::uint64_t sector = change.offset / kSectorBytes; sector * kSectorBytes < end; ++sector)
                file->changed_sectors.insert(sector);
            break;
        }
        case Kind::truncate: file->now.resize(change.offset); break;
        case Kind::sync:
            file->durable = file->now;
            file->changed_sectors.clear();
            durable_names_[change.name] = file;
            break;
        case Kind::remove: names_.erase(found); break;
        case Kind::remove_synced:
            names_.erase(found);
            durable_names_ = names_;
            break;
    }
}

core::Bytes PowerDisk::found_after_cut(const File& file, core::Random& random) {
    if (file.changed_sectors.empty() && file.now.size() == file.durable.size()) return file.durable;
    core::Bytes found = file.durable;
    found.resize(std::max(file.durable.size(), file.now.size()));
    for (const std::uint64_t sector : file.changed_sectors) {
        const std::uint64_t at = sector * kSectorBytes;
        if (at >= file.now.size()) continue;
        const std::uint64_t length = std::min(kSectorBytes, file.now.size() - at);
        const std::uint64_t fate = random.below(16);
        if (fate < 7) continue;
        std::memcpy(found.data() + at, file.now.data() + at, length);
        if (fate == 15) garble(found.data() + at, file.durable, at, length, random);
    }
    found.resize(random.below(2) == 0 ? file.durable.size() : file.now.size());
    return found;
}

PowerDisk PowerDisk::after_cut(core::Random& random) const {
    PowerDisk found;
    const Names& names = random.below(2) == 0 ? durable_names_ : names_;
    for (const auto& [name, file] : names) {
        auto kept = std::make_shared<File>();
        kept->now = found_after_cut(*file, random);
        kept->durable = kept->now;
        found.names_[name] = std::move(kept);
    }
    found.durable_names_ = found.names_;
    return found;
}

PowerVfs::PowerVfs(PowerDisk disk) : disk_(std::move(disk)) {
    mounted = this;
    sqlite3_vfs_register(&power_vfs, 0);
}

PowerVfs::~PowerVfs() {
    sqlite3_vfs_unregister(&power_vfs);
    mounted = nullptr;
}

void PowerVfs::change(DiskChange change) {
    disk_.apply(change);
    changes_.push_back(std::move(change));
}

}  // namespace kiosk::test
