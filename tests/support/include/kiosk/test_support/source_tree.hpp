// Where the project's own files lie, for tests that read them. Only source_tree.cpp is compiled with the folder's name,
// so a compiler cache serves the tests of one checkout to another.
#pragma once

#include <filesystem>

namespace kiosk::test_support {

// `path` is relative to the repository's root. Does not look whether it exists.
std::filesystem::path in_source_tree(const std::filesystem::path& path);

}  // namespace kiosk::test_support
