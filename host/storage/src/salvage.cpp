#include "salvage.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <optional>

namespace kiosk::storage {

namespace {

namespace fs = std::filesystem;

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

void write_page(const fs::path& path, std::int64_t number, core::ByteView page) {
    const auto bytes = static_cast<std::streamoff>(page.size());
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    if (!file.seekp((number - 1) * bytes).write(reinterpret_cast<const char*>(page.data()), bytes).flush())
        throw SqliteError::cannot_open(errno);
}

}  // namespace

Salvage::Copy::~Copy() {
    std::error_code ignored;
    fs::remove(path, ignored);
}

Salvage::Salvage(const Schema& schema, const DatabaseSite& site, std::string path)
    : schema_(schema), vfs_(site.vfs), path_(std::move(path)), with_new_first_page_{path_ + "-readable"} {
    std::error_code failure;
    file_bytes_ = fs::file_size(path_, failure);
    if (!failure) fs::copy_file(path_, with_new_first_page_.path, fs::copy_options::overwrite_existing, failure);
    // Without the copy fewer rows would be found, and none is looked for twice.
    if (failure) throw SqliteError::cannot_open(failure.value());
    write_page(with_new_first_page_.path, 1, new_first_page(schema, file_bytes_));
}

bool Salvage::for_each_row(const std::string& select, const std::string& key, const Show& show) const {
    Reading reading = from_both_ends(path_, select, key, show);
    if (reading == Reading::nothing) reading = from_both_ends(with_new_first_page_.path, select, key, show);
    return reading == Reading::everything;
}

void Salvage::for_each_row_by_page(const std::string& table, const std::string& select, const Show& show) const {
    // Kinds of pages, by their first byte (sqlite.org/fileformat.html, 1.6): what has no others below it.
    constexpr std::byte kLeafOfTable{13}, kLeafOfIndex{10};
    const std::int64_t first_page = first_page_of(schema_, table);
    std::ifstream damaged(path_, std::ios::binary);
    if (!damaged.is_open()) throw SqliteError::cannot_open(errno);
    core::Bytes page(static_cast<std::size_t>(schema_.page_bytes));
    for (std::uint64_t at = page.size(); at < file_bytes_; at += page.size()) {
        damaged.clear();
        damaged.seekg(static_cast<std::streamoff>(at));
        // A sector that cannot be read costs its page and no other.
        if (!damaged.read(reinterpret_cast<char*>(page.data()), schema_.page_bytes)) continue;
        if (page[0] != kLeafOfTable && page[0] != kLeafOfIndex) continue;
        write_page(with_new_first_page_.path, first_page, page);
        until_unreadable(with_new_first_page_.path, select, show);
    }
}

Salvage::Reading Salvage::from_both_ends(const std::string& path, const std::string& select, const std::string& key,
                                         const Show& show) const {
    const Reading up = until_unreadable(path, select + " ORDER BY " + key + " ASC", show);
    const Reading down = until_unreadable(path, select + " ORDER BY " + key + " DESC", show);
    return up == down ? up : Reading::parts;
}

Salvage::Reading Salvage::until_unreadable(const std::string& path, const std::string& sql, const Show& show) const {
    std::optional<Connection> damaged;
    std::optional<Statement> row;
    bool has_shown = false, is_at_end = false;
    const auto find_next = [&] {
        if (!row) {
            damaged.emplace(path, vfs_, Connection::Mode::read_as_it_lies);
            row.emplace(damaged->prepare(sql));
        }
        is_at_end = !row->step();
        return !is_at_end;
    };
    // What fails in showing is no damage of this file.
    for (; is_readable(find_next); has_shown = true) show(*row);
    if (!has_shown) return Reading::nothing;
    return is_at_end ? Reading::everything : Reading::parts;
}

}  // namespace kiosk::storage
