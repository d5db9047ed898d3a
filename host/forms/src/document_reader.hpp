// XML text into a Document, by libxml2. No network, no entities beyond XML's own five, capped in size and depth. Text is
// brought to NFC. Elements and attributes get their namespaced name ("{uri}local") beside the one written.
#pragma once

#include "document.hpp"

#include <kiosk/core/result.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::forms {

struct ReadDocument {
    Document document;
    std::vector<std::pair<std::string, std::string>> prefixes;   // every prefix declared anywhere → URI; the first counts
};

core::Result<ReadDocument> read_document(std::string_view xml, NameTable& names);

}  // namespace kiosk::forms
