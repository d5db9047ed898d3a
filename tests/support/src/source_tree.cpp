#include <kiosk/test_support/source_tree.hpp>

namespace kiosk::test_support {

std::filesystem::path in_source_tree(const std::filesystem::path& path) {
    return std::filesystem::path(KIOSK_SOURCE_DIR) / path;
}

}  // namespace kiosk::test_support
