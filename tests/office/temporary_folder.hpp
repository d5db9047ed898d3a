// A folder that goes when the test does, and whole files as text.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace office_test {

namespace files = std::filesystem;

inline std::string content(const files::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void write(const files::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string pattern = (files::temp_directory_path() / "kiosk_office_XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~TemporaryFolder() { files::remove_all(path_); }
    const files::path& path() const { return path_; }

  private:
    files::path path_;
};

}  // namespace office_test
