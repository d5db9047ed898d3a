// A file being written, buffered, under a name ending in .part until finish(). Failures are remembered and told there.
#pragma once

#include <kiosk/core/result.hpp>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kiosk::exporting {

core::Error cannot_write(const std::filesystem::path& path, int error);

class OutputFile {
  public:
    static core::Result<OutputFile> create(const std::filesystem::path& path);
    OutputFile(OutputFile&&) noexcept = default;
    OutputFile& operator=(OutputFile&&) noexcept = default;
    ~OutputFile();

    void add(std::string_view text) {
        if (used_ + text.size() > kCapacity) return add_slowly(text);
        text.copy(buffer_.get() + used_, text.size());
        used_ += text.size();
    }
    void add(char c) {
        if (used_ == kCapacity) flush();
        buffer_[used_++] = c;
    }
    template <class Number>
    void add_number(Number value) {
        if (used_ + 32 > kCapacity) flush();
        used_ = static_cast<std::size_t>(std::to_chars(buffer_.get() + used_, buffer_.get() + kCapacity, value).ptr -
                                         buffer_.get());
    }

    bool failed() const { return error_ != 0; }
    core::Result<void> finish();  // written, under its final name

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    OutputFile(std::filesystem::path path, std::FILE* file)
        : path_(std::move(path)), file_(file), buffer_(std::make_unique<char[]>(kCapacity)) {}
    void flush();
    void add_slowly(std::string_view text);

    static constexpr std::size_t kCapacity = 1 << 18;
    std::filesystem::path path_;
    std::unique_ptr<std::FILE, Close> file_;
    std::unique_ptr<char[]> buffer_;
    std::size_t used_ = 0;
    int error_ = 0;
};

}  // namespace kiosk::exporting
