// Salvage: reading what is left of a damaged database that was set aside. Storage thread; a shortage is thrown, so that no
// row is given up for it.
#pragma once

#include "connection.hpp"
#include "database.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace kiosk::storage {

class Salvage {
  public:
    using Show = std::function<void(const Statement&)>;

    Salvage(const Schema& schema, const DatabaseSite& site, std::string path);
    Salvage(const Salvage&) = delete;
    Salvage& operator=(const Salvage&) = delete;

    // Shows every row of `select` that can still be reached, from both ends of `key`'s order towards the damage. Rows may
    // be shown twice, and may be damaged themselves. What cannot be read is passed over; false if something was.
    bool for_each_row(const std::string& select, const std::string& key, const Show& show) const;

    // Where a page above the rows is damaged: shows `select` of every page that holds rows, as if it were all of `table`.
    // Rows of other tables may be among them, so only those that pass their check are to be taken.
    void for_each_row_by_page(const std::string& table, const std::string& select, const Show& show) const;

  private:
    // Removed at the end, that of a failed construction too; a path, so that removing it needs no memory.
    struct Copy {
        std::filesystem::path path;
        ~Copy();
    };
    enum class Reading { nothing = 1, parts, everything };
    Reading from_both_ends(const std::string& path, const std::string& select, const std::string& key, const Show& show) const;
    Reading until_unreadable(const std::string& path, const std::string& sql, const Show& show) const;

    const Schema& schema_;
    std::string vfs_;
    std::string path_;
    std::uint64_t file_bytes_ = 0;
    Copy with_new_first_page_;
};

}  // namespace kiosk::storage
