// Salvage: reading what is left of a damaged database that was set aside. Storage thread; a shortage is thrown.
#pragma once

#include "connection.hpp"
#include "database.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace kiosk::storage {

class Salvage {
  public:
    Salvage(const Schema& schema, const DatabaseSite& site, std::string path);
    ~Salvage();
    Salvage(const Salvage&) = delete;
    Salvage& operator=(const Salvage&) = delete;

    // Shows every row of `select` that can still be reached, from both ends of `key`'s order towards the damage. Rows may
    // be shown twice, and may be damaged themselves. What cannot be read is passed over; false if something was.
    bool for_each_row(const std::string& select, const std::string& key,
                      const std::function<void(const Statement&)>& show) const;

    // Where a page above the rows is damaged: shows `select` of every page that holds rows, as if it were all of `table`.
    // Rows of other tables may be among them, so only those that pass their check are to be taken.
    void for_each_row_by_page(const std::string& table, const std::string& select, const std::function<void(const Statement&)>& show) const;

  private:
    enum class Reading { nothing = 1, parts, everything };
    Reading show_rows(const std::string& path, const std::string& select, const std::string& key,
                   const std::function<void(const Statement&)>& show) const;

    const Schema& schema_;
    std::string vfs_;
    std::string path_;
    std::filesystem::path path_with_new_first_page_;  // a path, so that removing it needs no memory
};

}  // namespace kiosk::storage
