// ZIP files in memory, behind libzip: written with constant times, read with limits. Owned by one thread.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/result.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::exporting {

enum class ZipPacking { stored = 1, deflated = 2 };

class ZipWriter {
  public:
    // Takes the content over; it stays in memory until finish().
    void add(std::string name, core::Bytes content, ZipPacking packing);
    void add(std::string name, std::string_view text);

    core::Result<core::Bytes> finish();  // once

  private:
    struct Entry {
        std::string name;
        core::Bytes content;
        ZipPacking packing;
    };
    std::vector<Entry> entries_;
};

class ZipReader {
  public:
    // The bytes must outlive the reader. Refused: what is no ZIP, and one with more entries than the limit.
    static core::Result<ZipReader> open(core::ByteView bytes, std::uint64_t maximum_entries);
    ZipReader(ZipReader&&) noexcept;
    ZipReader& operator=(ZipReader&&) noexcept;
    ~ZipReader();

    std::uint64_t size() const;
    std::string name(std::uint64_t index) const;
    // Refused before a byte is unpacked if the entry says it is larger than the limit, and when it proves to be.
    core::Result<core::Bytes> read(std::uint64_t index, std::uint64_t maximum_bytes) const;

  private:
    class Archive;
    explicit ZipReader(std::unique_ptr<Archive> archive);
    std::unique_ptr<Archive> archive_;
};

}  // namespace kiosk::exporting
