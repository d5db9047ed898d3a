#include "gettext_catalogue.hpp"

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>

namespace kiosk {
namespace {

using Messages = boost::locale::message_format<char>;

std::string filled(std::string message, const std::vector<std::string>& arguments) {
    for (std::size_t index = 0; index < arguments.size(); ++index) {
        const std::string mark = "{" + std::to_string(index) + "}";
        for (std::size_t at = message.find(mark); at != std::string::npos; at = message.find(mark, at + arguments[index].size()))
            message.replace(at, mark.size(), arguments[index]);
    }
    return message;
}

}  // namespace

GettextCatalogue::GettextCatalogue(const std::map<std::string, std::filesystem::path>& folders,
                                   const std::vector<std::string>& languages) {
    namespace gettext = boost::locale::gnu_gettext;
    for (const std::string& language : languages) {
        gettext::messages_info info;
        info.language = language;
        info.encoding = "UTF-8";
        for (const auto& [domain, folder] : folders) {
            info.domains.emplace_back(domain);
            info.paths.push_back(folder.string());
        }
        Messages* const facet = gettext::create_messages_facet<char>(info);
        if (facet) locales_.emplace(language, std::locale(std::locale::classic(), facet));
    }
}

const char* GettextCatalogue::find(std::string_view domain, const std::string& id, std::string_view language) const {
    const auto locale = locales_.find(language);
    if (locale == locales_.end()) return nullptr;
    const auto& messages = std::use_facet<Messages>(locale->second);
    return messages.get(messages.domain(std::string(domain)), nullptr, id.c_str());
}

std::string GettextCatalogue::words(std::string_view domain, const core::Text& text, std::string_view language) const {
    const char* message = find(domain, text.id, language);
    if (!message) message = find(domain, text.id, "vi");
    return filled(message ? message : text.id, text.arguments);
}

}  // namespace kiosk
