#include "salvage.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
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

void put_big_endian(core::Bytes& page, std::size_t offset, std::uint32_t value) {
    for (std::size_t index = 0; index < 4; ++index)
        page[offset + index] = static_cast<std::byte>(value >> (24 - 8 * index));
}

// The first page tells where each table begins; without it the rest cannot be read. But it is the same in every
// database of one schema, but for the number of pages (at 28) and of free ones (at 32 and 36).
core::Bytes new_first_page(const Schema& schema, std::uint64_t file_bytes) {
    core::Bytes page = empty_database(schema);
    const auto page_bytes = static_cast<std::size_t>(schema.page_bytes);
    page.resize(page_bytes);
    put_big_endian(page, 28, static_cast<std::uint32_t>(file_bytes / page_bytes));
    put_big_endian(page, 32, 0);
    put_big_endian(page, 36, 0);
    return page;
}

}  // namespace

Salvage::Salvage(const Schema& schema, const DatabaseSite& site, std::string path)
    : vfs_(site.vfs), path_(std::move(path)), path_with_new_first_page_(path_ + "-readable") {
    std::error_code failure;
    std::filesystem::copy_file(path_, path_with_new_first_page_, std::filesystem::copy_options::overwrite_existing, failure);
    if (failure) return;
    const core::Bytes page = new_first_page(schema, std::filesystem::file_size(path_, failure));
    std::fstream file(path_with_new_first_page_, std::ios::binary | std::ios::in | std::ios::out);
    file.write(reinterpret_cast<const char*>(page.data()), static_cast<std::streamsize>(page.size()));
}

Salvage::~Salvage() {
    std::error_code ignored;
    std::filesystem::remove(path_with_new_first_page_, ignored);
}

void Salvage::for_each_row(const std::string& select, const std::string& key,
                           const std::function<void(const Statement&)>& show) const {
    if (!show_rows(path_, select, key, show)) show_rows(path_with_new_first_page_.string(), select, key, show);
}

// False if there was nothing to show.
bool Salvage::show_rows(const std::string& path, const std::string& select, const std::string& key,
                        const std::function<void(const Statement&)>& show) const {
    bool has_shown = false;
    for (const char* direction : {" ASC", " DESC"}) {
        std::optional<Connection> damaged;
        std::optional<Statement> row;
        const bool is_open = is_readable([&] {
            damaged.emplace(path, vfs_, Connection::Mode::read_as_it_lies);
            row.emplace(damaged->prepare(select + " ORDER BY " + key + direction));
            return true;
        });
        if (!is_open) return has_shown;
        while (is_readable([&] { return row->step(); })) {
            show(*row);
            has_shown = true;
        }
    }
    return has_shown;
}

}  // namespace kiosk::storage
