// XmlLines: XML written a line at a time, so that whoever wrote an attribute can say on which line it stands.
//
// Plain values; pure. What XML cannot hold at all (control characters) is dropped: no author typed it on purpose.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::forms {

std::string escaped(std::string_view text);              // between tags
std::string escaped_attribute(std::string_view text);    // between double quotes

// A start tag being put together. An attribute set twice keeps its place and the later value.
class Tag {
  public:
    explicit Tag(std::string_view name) : name_(name) {}

    Tag& set(std::string_view attribute, std::string_view value);
    std::size_t size() const { return attributes_.size(); }

    std::string open() const { return text() + ">"; }
    std::string closed() const { return text() + "/>"; }
    std::string around(std::string_view content) const { return text() + ">" + std::string(content) + "</" + name_ + ">"; }
    std::string end() const { return "</" + name_ + ">"; }

  private:
    std::string text() const;

    std::string name_;
    std::vector<std::pair<std::string, std::string>> attributes_;
};

class XmlLines {
  public:
    void add(std::string_view line);
    std::uint32_t next() const { return next_; }         // the number of the line that comes
    std::string take() { return std::move(xml_); }

  private:
    std::string xml_;
    std::uint32_t next_ = 1;
};

}  // namespace kiosk::forms
