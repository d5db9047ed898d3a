// XmlReader: a forward-only walk over XML, under limits; and XmlTree, a whole document of moderate size.
//
// The only users of libxml2's parser in this library. Documents with a DOCTYPE are refused, so no entity is ever
// expanded; nothing is fetched. A reader lives and dies on one thread, inside any other it was made in. Faults come back
// as Findings.
#pragma once

#include "fault.hpp"

#include <kiosk/forms/read_form.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

struct XmlAttribute {
    std::string prefix, name, value;

    bool operator==(const XmlAttribute&) const = default;
};

class XmlReader {
  public:
    enum class Event : std::uint8_t { start = 1, end, text, finished, fault };
    using Source = std::function<long(char* buffer, std::size_t size)>;

    // part: what the document is called in messages.
    XmlReader(Source source, std::string part, const Limits& limits);
    ~XmlReader();
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;

    Event next();                                  // an empty element gives start, then end
    std::string_view name() const;                 // local name of the element that starts or ends
    std::string_view prefix() const;
    std::string_view text() const;
    std::uint32_t line() const;
    std::optional<std::string> attribute(std::string_view local_name) const;  // of the element that starts; any namespace
    std::vector<XmlAttribute> attributes() const;  // namespace declarations have the prefix "xmlns"
    const Finding& fault() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

struct XmlNode {
    std::string prefix, name;                      // name empty: text
    std::string text;
    std::vector<XmlAttribute> attributes;
    std::vector<std::uint32_t> children;           // indexes into XmlTree::nodes, texts and elements in order
    std::uint32_t line = 0;

    bool is_element() const { return !name.empty(); }
    const std::string* attribute(std::string_view local_name) const;
    const std::string* attribute(std::string_view attribute_prefix, std::string_view local_name) const;
};

struct XmlTree {
    std::vector<XmlNode> nodes;                    // [0] is the document element

    const XmlNode& at(std::uint32_t index) const { return nodes[index]; }
    const XmlNode* child(const XmlNode& parent, std::string_view name) const;  // first element of that local name
    std::string text_of(const XmlNode& node) const;                            // all text inside, tags left out
};

OrFinding<XmlTree> read_xml(std::string_view document, const Limits& limits);

}  // namespace kiosk::forms
