#include "places.hpp"

#include <cstdlib>

namespace kiosk {
namespace {

std::filesystem::path usual_data_directory() {
    const auto from = [](const char* name) { const char* value = std::getenv(name); return value ? std::filesystem::path(value) : std::filesystem::path(); };
    const std::filesystem::path shared = from("XDG_DATA_HOME");
    return (shared.empty() ? from("HOME") / ".local/share" : shared) / "feedback-kiosk";
}

}  // namespace

Places find_places(const std::filesystem::path& data) {
    std::error_code ignored;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    const std::filesystem::path prefix = program.parent_path().parent_path();
    Places places;
    places.forms = prefix / "share/feedback-kiosk/forms";
    places.locale = prefix / "share/feedback-kiosk/locale";
    places.documents = prefix / "share/feedback-kiosk/documents";
    places.packs = prefix / "share/feedback-kiosk/packs";
    places.trust = prefix / "share/feedback-kiosk/trust";
    places.keyboards = prefix / "share/feedback-kiosk/keyboards";
    places.words = prefix / "share/feedback-kiosk/words";
    places.documents_module = prefix / "lib/feedback-kiosk/documents.so";
    places.plugins = prefix / "lib/feedback-kiosk/plugins";
    places.data = data.empty() ? usual_data_directory() : data;
    return places;
}

}  // namespace kiosk
