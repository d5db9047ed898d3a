#include "document_reader.hpp"

#include "unicode.hpp"
#include "xml_silence.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <map>
#include <memory>

namespace kiosk::forms {
namespace {

constexpr std::size_t kLargestDocument = 64 * 1024 * 1024;

struct FreeDocument { void operator()(xmlDoc* document) const { xmlFreeDoc(document); } };
struct FreeParser { void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); } };

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

class Converter {
  public:
    Converter(ReadDocument& into, NameTable& names) : into_(into), names_(names) {}

    // libxml2 caps the depth of what it parses at 256 elements, so that recursion ends.
    void convert(const xmlNode* first, NodeId parent) {
        for (const xmlNode* node = first; node != nullptr; node = node->next) {
            switch (node->type) {
                case XML_ELEMENT_NODE: element(node, parent); break;
                case XML_TEXT_NODE:
                case XML_CDATA_SECTION_NODE: text(view(node->content), parent); break;
                case XML_COMMENT_NODE:
                    into_.document.append(parent, DocumentNodeKind::comment, kNoName, kNoName, nfc(view(node->content)));
                    break;
                case XML_PI_NODE: {
                    const NameId name = names_.intern(view(node->name));
                    into_.document.append(parent, DocumentNodeKind::instruction, name, name, nfc(view(node->content)));
                    break;
                }
                default: break;
            }
        }
    }

  private:
    // Neighbouring pieces of text (CDATA beside text) are one text node, as XPath wants it.
    void text(std::string_view content, NodeId parent) {
        Document& document = into_.document;
        const NodeId last = document[parent].last_child;
        if (last != kNoNode && document[last].kind == DocumentNodeKind::text) {
            document[last].value = nfc(document[last].value + std::string(content));
        } else if (!content.empty()) {
            document.append(parent, DocumentNodeKind::text, kNoName, kNoName, nfc(content));
        }
    }

    std::pair<NameId, NameId> name_of(const xmlChar* local_name, const xmlNs* name_space) {
        const std::string local(view(local_name));
        if (name_space == nullptr) {
            const NameId plain = names_.intern(local);
            return {plain, plain};
        }
        const std::string prefix(view(name_space->prefix));
        const std::string uri(view(name_space->href));
        return {names_.intern(prefix.empty() ? local : prefix + ":" + local), names_.intern("{" + uri + "}" + local)};
    }

    void element(const xmlNode* node, NodeId parent) {
        const auto [name, expanded] = name_of(node->name, node->ns);
        const NodeId id = into_.document.append(parent, DocumentNodeKind::element, name, expanded);
        namespaces(node, id);          // before the attributes, as in document order
        for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
            const auto [attribute_name, attribute_expanded] = name_of(attribute->name, attribute->ns);
            std::string value;
            for (const xmlNode* piece = attribute->children; piece != nullptr; piece = piece->next) value += view(piece->content);
            into_.document.append(id, DocumentNodeKind::attribute, attribute_name, attribute_expanded, nfc(value));
        }
        convert(node->children, id);
    }

    // Namespace nodes of everything in scope, by prefix; nearer declarations hide farther ones.
    void namespaces(const xmlNode* node, NodeId id) {
        std::map<std::string_view, std::string_view> in_scope{{"xml", "http://www.w3.org/XML/1998/namespace"}};
        for (const xmlNode* at = node; at != nullptr && at->type == XML_ELEMENT_NODE; at = at->parent) {
            for (const xmlNs* declared = at->nsDef; declared != nullptr; declared = declared->next) {
                in_scope.emplace(view(declared->prefix), view(declared->href));
                declare(view(declared->prefix), view(declared->href));
            }
        }
        for (const auto& [prefix, uri] : in_scope) {
            if (uri.empty()) continue;             // xmlns="" takes the default one away
            const NameId name = names_.intern(prefix);
            into_.document.append(id, DocumentNodeKind::name_space, name, name, std::string(uri));
        }
    }

    void declare(std::string_view prefix, std::string_view uri) {
        if (prefix.empty()) return;
        const auto known = std::ranges::find(into_.prefixes, prefix, &std::pair<std::string, std::string>::first);
        if (known == into_.prefixes.end()) into_.prefixes.emplace_back(prefix, uri);
    }

    ReadDocument& into_;
    NameTable& names_;
};

core::Error not_xml(const xmlError* error) {
    const std::string line = error == nullptr ? "?" : std::to_string(error->line);
    std::string reason = error == nullptr || error->message == nullptr ? "" : error->message;
    while (!reason.empty() && (reason.back() == '\n' || reason.back() == ' ')) reason.pop_back();
    return {"document.not_xml", {"Tệp XML sai ở dòng " + line + " (" + reason + "); hãy sửa lại tệp.",
                                 "The XML is wrong at line " + line + " (" + reason + "); correct the file."}};
}

}  // namespace

core::Result<ReadDocument> read_document(std::string_view xml, NameTable& names) {
    if (xml.size() > kLargestDocument) {
        return core::Error{"document.too_large", {"Tệp XML lớn quá 64 MiB; hãy chia nhỏ tệp.",
                                                  "The XML is larger than 64 MiB; split it."}};
    }
    const std::unique_ptr<xmlParserCtxt, FreeParser> parser(xmlNewParserCtxt());
    KIOSK_ASSERT(parser != nullptr);
    const XmlSilence silence;
    constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    const std::unique_ptr<xmlDoc, FreeDocument> parsed(
        xmlCtxtReadMemory(parser.get(), xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, options));
    if (parsed == nullptr) return not_xml(xmlCtxtGetLastError(parser.get()));
    ReadDocument read;
    Converter(read, names).convert(parsed->children, Document::kRoot);
    read.document.number();
    return read;
}

}  // namespace kiosk::forms
