// GettextCatalogue: the interface's words, from compiled gettext catalogues (FOLDER/LANGUAGE/LC_MESSAGES/DOMAIN.mo)
// read by Boost.Locale: the host's own and one folder a plugin. The process's locale is neither used nor changed.
// Immutable once made, any thread. A catalogue that is not there is as if empty: words fall back to Vietnamese, then
// to the id.
#pragma once

#include <kiosk/core/text.hpp>

#include <filesystem>
#include <locale>
#include <map>
#include <string>
#include <vector>

namespace kiosk {

class GettextCatalogue final : public core::Catalogue {
  public:
    // folders: by domain.
    GettextCatalogue(const std::map<std::string, std::filesystem::path>& folders, const std::vector<std::string>& languages);

    std::string words(std::string_view domain, const core::Text& text, std::string_view language) const override;

  private:
    const char* find(std::string_view domain, const std::string& id, std::string_view language) const;

    std::map<std::string, std::locale, std::less<>> locales_;   // by language
};

}  // namespace kiosk
