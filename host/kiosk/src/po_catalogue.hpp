// PoCatalogue: the interface's words, read from gettext .po files: the host's own and one folder a plugin.
//
// The files are read as they are rather than compiled to .mo and taken through Boost.Locale: a translator's file or a
// plugin dropped in at run time then needs no build step, and none of the process's locale state is involved. What is
// understood of the format: msgid, msgstr, strings continued over lines, the usual escapes, comments. Plural forms are
// not: no sentence of a kiosk needs them.
//
// Immutable once loaded, any thread. Loading fails on a file that is not a catalogue; the error names the line.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/core/text.hpp>

#include <filesystem>
#include <map>
#include <string>

namespace kiosk {

class PoCatalogue final : public core::Catalogue {
  public:
    // Adds every LANGUAGE.po of a folder under a domain. A folder that is not there adds nothing.
    core::Result<void> load(const std::string& domain, const std::filesystem::path& folder);

    std::string words(std::string_view domain, const core::Text& text, std::string_view language) const override;

    // For checks: the ids a language lacks that another has.
    std::vector<std::string> missing(const std::string& domain, const std::string& language) const;

  private:
    using Messages = std::map<std::string, std::string, std::less<>>;
    core::Result<void> load_file(Messages& into, const std::filesystem::path& file);
    const std::string* find(std::string_view domain, std::string_view id, std::string_view language) const;

    std::map<std::string, std::map<std::string, Messages, std::less<>>, std::less<>> domains_;
};

}  // namespace kiosk
