// Document: an XML document as a flat arena of nodes joined by index: compact, quick to walk, cheap to copy. Expressions are
// evaluated over it. libxml2 parses into it (document_reader.hpp) and serialises from it.
//
// NameTable gives every element and attribute name a number; documents that are evaluated together share one table.
// One thread at a time while it changes; a finished one may be read from any thread once number() was called.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kiosk::forms {

using NameId = std::uint32_t;
using NodeId = std::uint32_t;
inline constexpr NameId kNoName = 0xffffffff;
inline constexpr NodeId kNoNode = 0xffffffff;

class NameTable {
  public:
    NameId intern(std::string_view name);
    NameId find(std::string_view name) const;                       // kNoName: no document has it
    const std::string& text(NameId id) const { return *texts_[id]; }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, NameId, Hash, std::equal_to<>> ids_;
    std::vector<const std::string*> texts_;
};

enum class DocumentNodeKind : std::uint8_t {
    root = 1, element, attribute, text, comment, instruction, name_space,
    anchor,                              // marks where a repeat's instances stand, even when there are none; matches nothing
};

struct DocumentNode {
    DocumentNodeKind kind = DocumentNodeKind::element;
    bool hidden = false;                 // not relevant, itself or an ancestor: paths do not find it
    NameId name = kNoName;               // as written: "orx:meta"; target of an instruction; prefix of a namespace
    NameId expanded = kNoName;           // "{uri}meta", or as `name` where there is no namespace
    NodeId parent = kNoNode;
    NodeId first_child = kNoNode, last_child = kNoNode;
    NodeId previous = kNoNode, next = kNoNode;
    NodeId first_attribute = kNoNode;
    mutable std::uint32_t order = 0;     // position in document order, after number()
    std::uint32_t slot = 0xffffffff;     // index of the form's node, in a primary instance
    std::uint32_t frame = 0;             // repeat instance it lies in, in a primary instance
    std::string value;                   // of text, attribute, comment, instruction, namespace
};

class Document {
  public:
    Document();                          // just the root node, id 0

    static constexpr NodeId kRoot = 0;

    const DocumentNode& operator[](NodeId id) const { return nodes_[id]; }
    DocumentNode& operator[](NodeId id) { return nodes_[id]; }
    std::size_t size() const { return nodes_.size(); }

    NodeId append(NodeId parent, DocumentNodeKind kind, NameId name, NameId expanded, std::string value = {});
    NodeId append_element(NodeId parent, NameId name) { return append(parent, DocumentNodeKind::element, name, name); }
    // As the child of `parent` before `sibling`; at the end where that is kNoNode.
    NodeId insert(NodeId parent, NodeId sibling, DocumentNodeKind kind, NameId name);
    void detach(NodeId node);                                       // its ids stay valid, but nothing leads to them

    // The concatenated text of a node, without copying where it lies in one piece.
    std::string_view string_value(NodeId node, std::string& buffer) const;
    // Replaces an element's content by one text.
    void set_text(NodeId element, std::string_view text);

    // Numbers all nodes in document order, if the structure changed since it was last done.
    void number() const;
    // The node after `node` in document order, attributes left out; without going below it or out of `within`.
    NodeId next_in_order(NodeId node, NodeId within) const;

  private:
    std::vector<DocumentNode> nodes_;
    mutable bool numbered_ = false;
};

}  // namespace kiosk::forms
