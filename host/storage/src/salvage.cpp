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
    : schema_(schema), vfs_(site.vfs), path_(std::move(path)), path_with_new_first_page_(path_ + "-readable") {
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

bool Salvage::for_each_row(const std::string& select, const std::string& key,
                           const std::function<void(const Statement&)>& show) const {
    Reading reading = show_rows(path_, select, key, show);
    if (reading == Reading::nothing) reading = show_rows(path_with_new_first_page_.string(), select, key, show);
    return reading == Reading::everything;
}

void Salvage::for_each_row_by_page(const std::string& table, const std::string& select,
                                   const std::function<void(const Statement&)>& show) const {
    // Kinds of pages, by their first byte (sqlite.org/fileformat.html, 1.6): what has no others below it.
    constexpr char kLeafOfTable = 13, kLeafOfIndex = 10;
    const std::string path = path_with_new_first_page_.string();
    std::int64_t root = 0;
    const bool has_root = is_readable([&] {
        const Connection first_page(path, vfs_, Connection::Mode::read_as_it_lies);
        root = first_page.integer("SELECT rootpage FROM sqlite_schema WHERE name='" + table + "'");
        return root > 1;
    });
    if (!has_root) return;
    const auto page_bytes = static_cast<std::streamoff>(schema_.page_bytes);
    std::ifstream damaged(path_, std::ios::binary);
    std::string page(static_cast<std::size_t>(page_bytes), '\0');
    for (std::streamoff at = page_bytes; damaged.seekg(at).read(page.data(), page_bytes); at += page_bytes) {
        if (page[0] != kLeafOfTable && page[0] != kLeafOfIndex) continue;
        std::fstream(path, std::ios::binary | std::ios::in | std::ios::out).seekp((root - 1) * page_bytes).write(page.data(), page_bytes);
        is_readable([&] {
            Connection leaf(path, vfs_, Connection::Mode::read_as_it_lies);
            Statement row = leaf.prepare(select);
            while (row.step()) show(row);
            return true;
        });
    }
}

// From both ends towards the damage.
Salvage::Reading Salvage::show_rows(const std::string& path, const std::string& select, const std::string& key,
                                    const std::function<void(const Statement&)>& show) const {
    bool has_shown = false, is_whole = true;
    for (const char* direction : {" ASC", " DESC"}) {
        std::optional<Connection> damaged;
        std::optional<Statement> row;
        const bool is_open = is_readable([&] {
            damaged.emplace(path, vfs_, Connection::Mode::read_as_it_lies);
            row.emplace(damaged->prepare(select + " ORDER BY " + key + direction));
            return true;
        });
        if (!is_open) return has_shown ? Reading::parts : Reading::nothing;
        bool is_at_end = false;
        while (is_readable([&] {
            is_at_end = !row->step();
            return !is_at_end;
        })) {
            show(*row);
            has_shown = true;
        }
        is_whole = is_whole && is_at_end;
    }
    if (is_whole && has_shown) return Reading::everything;
    return has_shown ? Reading::parts : Reading::nothing;
}

}  // namespace kiosk::storage
