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
    // be shown twice, and may be damaged themselves. What cannot be read is passed over.
    void for_each_row(const std::string& select, const std::string& key,
                      const std::function<void(const Statement&)>& show) const;

  private:
    bool show_rows(const std::string& path, const std::string& select, const std::string& key,
                   const std::function<void(const Statement&)>& show) const;

    std::string vfs_;
    std::string path_;
    std::filesystem::path path_with_new_first_page_;  // a path, so that removing it needs no memory
};

}  // namespace kiosk::storage
