// The text form of an age file: strict PEM (RFC 7468, figure 3) with the label AGE ENCRYPTED FILE.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/sealing/stream.hpp>

#include <array>
#include <string>
#include <string_view>

namespace kiosk::sealing {

class ArmorWriter {
  public:
    core::Result<void> write(core::ByteView bytes, const Sink& text);
    core::Result<void> finish(const Sink& text);

  private:
    static constexpr std::size_t kLineBytes = 48;

    core::Result<void> put_line(const Sink& text);

    std::array<std::byte, kLineBytes> line_{};
    std::size_t filled_ = 0;
    bool has_begun_ = false;
};

// Accepts LF and CRLF, and blanks before and after the block (at most 1,024 bytes each), nothing else.
class ArmorReader {
  public:
    core::Result<void> write(core::ByteView text, const Sink& bytes);
    core::Result<void> finish(const Sink& bytes);

  private:
    enum class Place { before = 1, inside = 2, last_line = 3, after = 4 };

    core::Result<void> end_line(const Sink& bytes);
    core::Result<void> read_content(std::string_view line, const Sink& bytes);

    std::string line_;
    Place place_ = Place::before;
    std::size_t blanks_ = 0;
};

}  // namespace kiosk::sealing
