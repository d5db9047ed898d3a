#include "faulty_vfs.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>

namespace kiosk::test {

namespace {

struct Plan {
    bool is_on = false;
    Fault fault = Fault::io_error;
    std::uint64_t at_call = 0;
    bool for_ever = false;
    std::uint64_t calls = 0;
    std::uint64_t failures = 0;
    int error_number = 0;
};

Plan plan;

bool fails() {
    if (!plan.is_on) return false;
    ++plan.calls;
    if (plan.at_call == 0) return false;
    if (plan.calls != plan.at_call && !(plan.for_ever && plan.calls > plan.at_call)) return false;
    ++plan.failures;
    return true;
}

bool is(Fault fault) { return plan.is_on && plan.fault == fault; }

int failed(int code, int error_number) {
    plan.error_number = error_number;
    return code;
}

sqlite3_vfs* system_vfs() { return sqlite3_vfs_find("unix"); }

// The system's file lies right behind this one.
struct FaultyFile {
    sqlite3_file base;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<FaultyFile*>(file)->real(); }

int close_file(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }

int read_file(sqlite3_file* file, void* into, int length, sqlite3_int64 offset) {
    if (is(Fault::io_error) && fails()) return failed(SQLITE_IOERR_READ, EIO);
    return real(file)->pMethods->xRead(real(file), into, length, offset);
}

int write_file(sqlite3_file* file, const void* from, int length, sqlite3_int64 offset) {
    if (is(Fault::io_error) && fails()) return failed(SQLITE_IOERR_WRITE, EIO);
    if (is(Fault::read_only) && fails()) return failed(SQLITE_IOERR_WRITE, EROFS);
    if (is(Fault::disk_full) && fails()) return failed(SQLITE_FULL, ENOSPC);
    if (is(Fault::short_write) && fails()) {
        real(file)->pMethods->xWrite(real(file), from, length / 2, offset);
        return failed(SQLITE_FULL, ENOSPC);
    }
    return real(file)->pMethods->xWrite(real(file), from, length, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    if (is(Fault::io_error) && fails()) return failed(SQLITE_IOERR_TRUNCATE, EIO);
    return real(file)->pMethods->xTruncate(real(file), size);
}

int sync_file(sqlite3_file* file, int flags) {
    if ((is(Fault::io_error) || is(Fault::failed_sync)) && fails()) return failed(SQLITE_IOERR_FSYNC, EIO);
    if (is(Fault::disk_full) && fails()) return failed(SQLITE_IOERR_FSYNC, ENOSPC);
    return real(file)->pMethods->xSync(real(file), flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    if (is(Fault::io_error) && fails()) return failed(SQLITE_IOERR_FSTAT, EIO);
    return real(file)->pMethods->xFileSize(real(file), size);
}

int lock_file(sqlite3_file* file, int level) {
    if (is(Fault::io_error) && fails()) return failed(SQLITE_IOERR_LOCK, EIO);
    return real(file)->pMethods->xLock(real(file), level);
}

int unlock_file(sqlite3_file* file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }

int check_reserved_lock(sqlite3_file* file, int* result) {
    if (is(Fault::io_error) && fails()) return failed(SQLITE_IOERR_CHECKRESERVEDLOCK, EIO);
    return real(file)->pMethods->xCheckReservedLock(real(file), result);
}

int file_control(sqlite3_file* file, int operation, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }

const sqlite3_io_methods kMethods{1, close_file, read_file, write_file, truncate_file, sync_file, file_size, lock_file,
                                  unlock_file, check_reserved_lock, file_control, sector_size, characteristics,
                                  nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};

int open_file(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
    file->pMethods = nullptr;
    if (is(Fault::io_error) && fails()) return failed(SQLITE_CANTOPEN, EIO);
    if (is(Fault::too_many_files) && fails()) return failed(SQLITE_CANTOPEN, EMFILE);
    if (is(Fault::read_only) && fails()) {
        // As the system's VFS does: it opens for reading, and the write is refused later.
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
        plan.error_number = EROFS;
    }
    const int code = system_vfs()->xOpen(system_vfs(), name, real(file), flags, out_flags);
    if (code == SQLITE_OK) file->pMethods = &kMethods;
    return code;
}

int delete_file(sqlite3_vfs*, const char* name, int sync) {
    if (is(Fault::io_error) && fails()) return failed(SQLITE_IOERR_DELETE, EIO);
    if (is(Fault::read_only) && fails()) return failed(SQLITE_IOERR_DELETE, EROFS);
    return system_vfs()->xDelete(system_vfs(), name, sync);
}

int access_file(sqlite3_vfs*, const char* name, int flags, int* result) {
    if (is(Fault::io_error) && fails()) return failed(SQLITE_IOERR_ACCESS, EIO);
    return system_vfs()->xAccess(system_vfs(), name, flags, result);
}

int last_error(sqlite3_vfs*, int, char*) { return plan.error_number; }

sqlite3_mem_methods system_memory;

void* allocate(int size) { return is(Fault::no_memory) && fails() ? nullptr : system_memory.xMalloc(size); }

void* reallocate(void* memory, int size) {
    return is(Fault::no_memory) && fails() ? nullptr : system_memory.xRealloc(memory, size);
}

}  // namespace

void FaultPlan::start(Fault fault, std::uint64_t at_call, bool for_ever) {
    plan = {true, fault, at_call, for_ever, 0, 0, 0};
}

void FaultPlan::stop() { plan.is_on = false; }
std::uint64_t FaultPlan::calls() { return plan.calls; }
std::uint64_t FaultPlan::failures() { return plan.failures; }

void install_faulty_sqlite() {
    static sqlite3_vfs vfs;
    if (vfs.zName != nullptr) return;
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory);
    sqlite3_mem_methods memory = system_memory;
    memory.xMalloc = allocate;
    memory.xRealloc = reallocate;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &memory);
    sqlite3_initialize();
    vfs = *system_vfs();
    vfs.pNext = nullptr;
    vfs.zName = kFaultyVfs;
    vfs.szOsFile += static_cast<int>(sizeof(FaultyFile));
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = access_file;
    vfs.xGetLastError = last_error;
    sqlite3_vfs_register(&vfs, 0);
}

}  // namespace kiosk::test
