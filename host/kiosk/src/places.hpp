// Places: where the kiosk's files lie. Installed and built trees have the same shape (bin, lib/feedback-kiosk/plugins,
// share/feedback-kiosk), so both are found from the program's own place.
#pragma once

#include <filesystem>

namespace kiosk {

struct Places {
    std::filesystem::path forms, keyboards, locale, plugins, words, documents, packs, trust;   // shipped; read only
    std::filesystem::path documents_module;         // load_make_pdf()
    std::filesystem::path data;                     // this kiosk's own

    std::filesystem::path own_forms() const { return data / "forms"; }   // override those shipped
    std::filesystem::path pack_forms() const { return data / "packs/current/forms"; }
    std::filesystem::path pack_data() const { return data / "packs/current/data"; }
    std::filesystem::path own_plugins() const { return data / "plugins"; }
    std::filesystem::path own_documents() const { return data / "documents"; }
    std::filesystem::path own_packs() const { return data / "packs"; }
};

// data: empty for what suits the machine: $XDG_DATA_HOME/feedback-kiosk, else ~/.local/share/feedback-kiosk.
Places find_places(const std::filesystem::path& data);

}  // namespace kiosk
