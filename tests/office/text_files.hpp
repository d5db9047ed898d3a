// Whole files as text.
#pragma once

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

}  // namespace office_test
