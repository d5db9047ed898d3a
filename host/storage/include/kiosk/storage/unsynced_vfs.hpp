// For simulations that store a million answers: an SQLite VFS that is the system's but never waits for the disk. What it
// stores survives the end of the process and not a power cut. Never for a kiosk.
#pragma once

#include <string>

namespace kiosk::storage {

// Registers it (once is enough; again is harmless). For StoreOptions::sqlite_vfs.
std::string unsynced_vfs();

}  // namespace kiosk::storage
