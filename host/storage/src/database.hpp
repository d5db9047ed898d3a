// Opening a database of the kiosk: its settings made, read back and enforced; foreign and newer files refused; migrated;
// checked. Throws Refusal for what must be left alone, and SqliteError with is_damage() for what is ours and not whole.
#pragma once

#include "connection.hpp"
#include "data_directory.hpp"
#include "schemas.hpp"

#include <functional>
#include <optional>
#include <string>

namespace kiosk::storage {

struct DatabaseSite {
    const DataDirectory& directory;
    std::string vfs;                 // empty: the operating system's
    std::string box;                 // names the data directory; every database of it bears the same
};

// fill_new runs in the transaction that makes a new database, so that a half-made one is never seen.
Connection open_database(const Schema& schema, const DatabaseSite& site,
                         const std::function<void(Connection&)>& fill_new);

// A database of this schema with no row in it, as bytes; and the page where a table's rows begin, in every such database.
core::Bytes empty_database(const Schema& schema);
std::int64_t first_page_of(const Schema& schema, const std::string& table);

// The box a database bears, if it can be read at all. Touches nothing.
std::optional<std::string> box_of(const Schema& schema, const DatabaseSite& site);

}  // namespace kiosk::storage
