#include "document.hpp"

namespace kiosk::forms {

NameId NameTable::intern(std::string_view name) {
    if (const auto found = ids_.find(name); found != ids_.end()) return found->second;
    const auto id = static_cast<NameId>(texts_.size());
    const auto [entry, inserted] = ids_.emplace(std::string(name), id);
    texts_.push_back(&entry->first);     // keys of a node-based map stay where they are
    return id;
}

NameId NameTable::find(std::string_view name) const {
    const auto found = ids_.find(name);
    return found == ids_.end() ? kNoName : found->second;
}

Document::Document() {
    nodes_.emplace_back();
    nodes_.back().kind = DocumentNodeKind::root;
}

NodeId Document::append(NodeId parent, DocumentNodeKind kind, NameId name, NameId expanded, std::string value) {
    numbered_ = false;
    const auto id = static_cast<NodeId>(nodes_.size());
    DocumentNode& node = nodes_.emplace_back();
    node.kind = kind;
    node.name = name;
    node.expanded = expanded;
    node.value = std::move(value);
    node.parent = parent;
    DocumentNode& above = nodes_[parent];
    node.hidden = above.hidden;
    if (kind == DocumentNodeKind::attribute || kind == DocumentNodeKind::name_space) {
        NodeId* link = &above.first_attribute;
        while (*link != kNoNode) {
            node.previous = *link;
            link = &nodes_[*link].next;
        }
        *link = id;
        return id;
    }
    node.previous = above.last_child;
    if (above.last_child != kNoNode) nodes_[above.last_child].next = id;
    else above.first_child = id;
    above.last_child = id;
    return id;
}

NodeId Document::insert(NodeId parent, NodeId sibling, DocumentNodeKind kind, NameId name) {
    if (sibling == kNoNode) return append(parent, kind, name, name);
    numbered_ = false;
    const auto id = static_cast<NodeId>(nodes_.size());
    nodes_.emplace_back();
    DocumentNode& node = nodes_[id];
    DocumentNode& after = nodes_[sibling];
    node.kind = kind;
    node.name = node.expanded = name;
    node.parent = parent;
    node.hidden = nodes_[parent].hidden;
    node.previous = after.previous;
    node.next = sibling;
    if (after.previous != kNoNode) nodes_[after.previous].next = id;
    else nodes_[parent].first_child = id;
    after.previous = id;
    return id;
}

void Document::detach(NodeId id) {
    numbered_ = false;
    DocumentNode& node = nodes_[id];
    DocumentNode& above = nodes_[node.parent];
    if (node.previous != kNoNode) nodes_[node.previous].next = node.next;
    else above.first_child = node.next;
    if (node.next != kNoNode) nodes_[node.next].previous = node.previous;
    else above.last_child = node.previous;
    node.parent = node.previous = node.next = kNoNode;
}

NodeId Document::next_in_order(NodeId node, NodeId within) const {
    if (nodes_[node].first_child != kNoNode) return nodes_[node].first_child;
    while (node != within) {
        if (nodes_[node].next != kNoNode) return nodes_[node].next;
        node = nodes_[node].parent;
        if (node == kNoNode) return kNoNode;
    }
    return kNoNode;
}

std::string_view Document::string_value(NodeId id, std::string& buffer) const {
    const DocumentNode& node = nodes_[id];
    if (node.kind != DocumentNodeKind::element && node.kind != DocumentNodeKind::root) return node.value;
    if (node.first_child == kNoNode) return {};
    if (node.first_child == node.last_child && nodes_[node.first_child].kind == DocumentNodeKind::text)
        return nodes_[node.first_child].value;
    buffer.clear();
    for (NodeId at = next_in_order(id, id); at != kNoNode; at = next_in_order(at, id))
        if (nodes_[at].kind == DocumentNodeKind::text) buffer += nodes_[at].value;
    return buffer;
}

void Document::set_text(NodeId element, std::string_view text) {
    const NodeId child = nodes_[element].first_child;
    if (child != kNoNode && nodes_[child].kind == DocumentNodeKind::text && nodes_[child].next == kNoNode) {
        nodes_[child].value = text;
    } else if (!text.empty()) {
        const bool numbered = numbered_;
        const NodeId added = append(element, DocumentNodeKind::text, kNoName, kNoName, std::string(text));
        nodes_[added].order = nodes_[element].order;     // nothing can stand between the two
        numbered_ = numbered;
    }
}

void Document::number() const {
    if (numbered_) return;
    std::uint32_t order = 0;
    for (NodeId at = kRoot; at != kNoNode; at = next_in_order(at, kRoot)) {
        nodes_[at].order = order++;
        for (NodeId attribute = nodes_[at].first_attribute; attribute != kNoNode; attribute = nodes_[attribute].next)
            nodes_[attribute].order = order++;
    }
    numbered_ = true;
}

}  // namespace kiosk::forms
