// A database of the store as others see it: its bytes, and what any SQLite does to it.
#pragma once

#include "storage_fixtures.hpp"

#include <catch2/catch_test_macros.hpp>
#include <sqlite3.h>

#include <string>
#include <string_view>

namespace kiosk::test {

inline void sql(const std::string& file, const std::string& statement) {
    sqlite3* connection = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &connection) == SQLITE_OK);
    INFO(statement);
    CHECK(sqlite3_exec(connection, statement.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(connection);
}

inline std::string one_value(const std::string& file, const char* statement) {
    sqlite3* connection = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &connection) == SQLITE_OK);
    std::string value;
    sqlite3_exec(connection, statement, [](void* into, int, char** columns, char**) {
        *static_cast<std::string*>(into) = columns[0];
        return 0;
    }, &value, nullptr);
    sqlite3_close(connection);
    return value;
}

inline void overwrite(const std::string& path, std::size_t at, const std::string& bytes) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(at));
    file << bytes;
    REQUIRE(file.good());
}

// Hits the envelope of as many sealed answers as asked for, found by its bytes.
inline int damage_sealed(const std::string& path, int at_most) {
    const core::Bytes raw = bytes_of(path);
    const std::string_view text(reinterpret_cast<const char*>(raw.data()), raw.size());
    const std::string envelope(200, 0x5a);
    int hit = 0;
    for (std::size_t at = 0; hit < at_most && (at = text.find(envelope, at)) != std::string_view::npos; at += 250, ++hit)
        overwrite(path, at, std::string(100, 'x'));
    return hit;
}

// Says that the schema has this version, in both places where it stands, as the program that made it would.
inline void set_schema_version(const std::string& path, const std::string& version) {
    core::Sha256Stream stream;
    for (const std::string_view text : {std::string_view("schema"), std::string_view(version)}) {
        const auto size = static_cast<std::int64_t>(text.size());
        stream.add(std::as_bytes(std::span(&size, 1)));
        stream.add(std::as_bytes(std::span(text)));
    }
    const core::Sha256 digest = stream.finish();
    const std::string check = core::to_hex(core::ByteView(digest).first(8));
    sql(path, "PRAGMA user_version=" + version + "; UPDATE meta SET value='" + version + "', row_check=x'" + check +
                  "' WHERE name='schema'");
}

}  // namespace kiosk::test
