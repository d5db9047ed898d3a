// Reading what is left of a damaged database.
#pragma once

#include "connection.hpp"

#include <functional>
#include <string>

namespace kiosk::storage {

// Shows every row of `select` that can still be reached, from both ends of `key`'s order towards the damage. Rows may be
// shown twice, and may be damaged themselves. What cannot be read is passed over; a shortage is thrown.
void for_each_readable_row(const std::string& path, const std::string& vfs, const std::string& select,
                           const std::string& key, const std::function<void(const Statement&)>& show);

}  // namespace kiosk::storage
