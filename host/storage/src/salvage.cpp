#include "salvage.hpp"

#include <optional>

namespace kiosk::storage {

namespace {

// Runs a step of reading; false if the damage stopped it.
template <class Step>
bool is_readable(const Step& step) {
    try {
        return step();
    } catch (const SqliteError& failure) {
        if (failure.is_shortage()) throw;
        return false;
    }
}

}  // namespace

void for_each_readable_row(const std::string& path, const std::string& vfs, const std::string& select,
                           const std::string& key, const std::function<void(const Statement&)>& show) {
    for (const char* direction : {" ASC", " DESC"}) {
        std::optional<Connection> damaged;
        std::optional<Statement> row;
        const bool is_open = is_readable([&] {
            damaged.emplace(path, vfs, Connection::Mode::read_as_it_lies);
            row.emplace(damaged->prepare(select + " ORDER BY " + key + direction));
            return true;
        });
        if (!is_open) return;
        while (is_readable([&] { return row->step(); })) show(*row);
    }
}

}  // namespace kiosk::storage
