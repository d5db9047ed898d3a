// A file being written under a name ending in .part until finish(), which gives it its own. The first failure is kept and
// told by finish(); what was not finished leaves nothing behind.
#pragma once

#include <kiosk/core/result.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

namespace kiosk::exporting {

core::Error cannot_write(const std::filesystem::path& path, int error);

class OutputFile {
  public:
    static core::Result<OutputFile> create(const std::filesystem::path& path);
    OutputFile(OutputFile&&) noexcept = default;
    OutputFile& operator=(OutputFile&&) noexcept = default;
    ~OutputFile();

    void write(std::string_view text);  // not buffered: in large pieces
    bool failed() const { return error_ != 0; }
    core::Result<void> finish();

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    OutputFile(std::filesystem::path path, std::FILE* file) : path_(std::move(path)), file_(file) {}

    std::filesystem::path path_;
    std::unique_ptr<std::FILE, Close> file_;
    int error_ = 0;
};

}  // namespace kiosk::exporting
