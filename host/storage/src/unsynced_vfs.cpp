#include <kiosk/storage/unsynced_vfs.hpp>

#include <kiosk/core/assert.hpp>

#include <sqlite3.h>

#include <mutex>

namespace kiosk::storage {

namespace {

constexpr const char* kName = "kiosk-unsynced";

// The system's methods, with xSync replaced. There is one table for databases and one for all other files, because
// SQLite's own VFS gives different tables to different kinds of file.
struct Methods {
    const sqlite3_io_methods* system = nullptr;
    sqlite3_io_methods unsynced{};
};

int skip_sync(sqlite3_file*, int) { return SQLITE_OK; }

Methods& methods_for(const sqlite3_io_methods* system) {
    static std::mutex mutex;
    static Methods known[8];
    const std::lock_guard lock(mutex);
    for (Methods& methods : known) {
        if (methods.system == system) return methods;
        if (methods.system != nullptr) continue;
        methods.system = system;
        methods.unsynced = *system;
        methods.unsynced.xSync = skip_sync;
        return methods;
    }
    KIOSK_ASSERT(!"SQLite has more kinds of file than are known here");
}

sqlite3_vfs* system_vfs() {
    static sqlite3_vfs* const vfs = sqlite3_vfs_find("unix");
    return vfs;
}

int open_unsynced(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
    const int code = system_vfs()->xOpen(system_vfs(), name, file, flags, out_flags);
    if (file->pMethods != nullptr) file->pMethods = &methods_for(file->pMethods).unsynced;
    return code;
}

int delete_unsynced(sqlite3_vfs*, const char* name, int) { return system_vfs()->xDelete(system_vfs(), name, 0); }

}  // namespace

std::string unsynced_vfs() {
    static sqlite3_vfs vfs = [] {
        sqlite3_vfs copy = *system_vfs();
        copy.zName = kName;
        copy.pNext = nullptr;
        copy.xOpen = open_unsynced;
        copy.xDelete = delete_unsynced;
        return copy;
    }();
    sqlite3_vfs_register(&vfs, 0);
    return kName;
}

}  // namespace kiosk::storage
