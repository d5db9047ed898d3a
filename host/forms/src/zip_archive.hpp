// ZipArchive: the parts of a zip held in memory, read one at a time and under limits. Nothing is written anywhere.
//
// Owns the libzip handle; the bytes must outlive it. One thread at a time. Faults come back as Findings.
#pragma once

#include "fault.hpp"

#include <kiosk/core/bytes.hpp>
#include <kiosk/forms/read_form.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

class ZipArchive {
  public:
    // Refuses what is no zip, too many entries, encrypted entries, names that leave the archive, and names used twice.
    static OrFinding<ZipArchive> open(core::ByteView bytes, const Limits& limits);

    ZipArchive(ZipArchive&&) noexcept;
    ZipArchive& operator=(ZipArchive&&) noexcept;
    ~ZipArchive();

    const std::vector<std::string>& names() const;
    bool has(std::string_view name) const;  // in any letter case, as Excel does

    // Unpacks a part piece by piece: fill(buffer, size) returns bytes written, 0 at the end, -1 on a fault.
    using Source = std::function<long(char* buffer, std::size_t size)>;
    // Null if there is no such part. A fault while reading is then in fault(). The archive must outlive the source.
    Source part(std::string_view name);
    std::optional<std::string> text(std::string_view name, std::size_t at_most);
    const std::optional<Finding>& fault() const;

  private:
    struct State;
    explicit ZipArchive(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kiosk::forms
