// VisitInstance: the primary instance of one visit: its document, the frames that find nodes without a search, repeats
// added and removed, and relevance as far as it is inherited. Knows nothing of expressions.
//
// Owned by one visit, one thread. NodeIds of removed repeat instances are never used again.
#pragma once

#include "compiled_form.hpp"
#include "document.hpp"

#include <kiosk/forms/form.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

class VisitInstance {
  public:
    VisitInstance(const Form& form, const CompiledForm& compiled);

    const Document& document() const { return document_; }
    const std::vector<Frame>& frames() const { return frames_; }
    NodeId root() const { return frames_[0].nodes[0]; }
    std::uint32_t slot(NodeId node) const { return document_[node].slot; }
    bool is_anchor(NodeId node) const { return document_[node].kind == DocumentNodeKind::anchor; }
    bool is_repeat_instance(NodeId node) const;

    std::string_view value(NodeId node) const;      // of a question
    bool set_value(NodeId node, std::string_view value);   // whether it changed

    // Relevance of a node by itself; it is hidden if it or a node around it is not relevant.
    bool is_hidden(NodeId node) const { return document_[node].hidden; }
    // The nodes whose being hidden changed are added to `changed`.
    void set_relevant(NodeId node, bool is_relevant, std::vector<NodeId>& changed);

    // Where the instances of a repeat stand, in the frame around them.
    NodeId anchor(std::uint32_t repeat_slot, std::uint32_t frame) const;
    std::vector<NodeId> instances(NodeId anchor) const;    // in order
    std::size_t instance_count(NodeId anchor) const;
    NodeId anchor_of(NodeId repeat_instance) const;
    std::size_t position(NodeId repeat_instance) const;    // from 1
    NodeId add_instance(NodeId anchor);                    // at the end, with the defaults
    void remove_instance(NodeId repeat_instance);

    // Instances of a slot inside one frame (0: everywhere), in no particular order.
    void instances_of(std::uint32_t slot, std::uint32_t frame, std::vector<NodeId>& found) const;
    void anchors_of(std::uint32_t repeat_slot, std::uint32_t frame, std::vector<NodeId>& found) const;
    // The nearest frame around a node that is an instance of `repeat_slot` (0: the whole form).
    std::uint32_t frame_around(NodeId node, std::uint32_t repeat_slot) const;

    std::string path(NodeId node) const;                   // "/data/member[2]/name"; of an anchor "/data/member"
    NodeId find(std::string_view path) const;              // kNoNode: there is none
    // Elements and anchors, in document order, from `node` on; anchors come after the instances they stand for.
    void list(std::vector<NodeId>& found) const;

  private:
    void read_start();
    NodeId add_node(NodeId parent, NodeId before, std::uint32_t slot, std::uint32_t frame);
    void build_below(NodeId parent, std::uint32_t slot, std::uint32_t frame);
    void add_missing_anchors(NodeId parent);
    void count_nested(NodeId parent);
    NodeId add_anchor(NodeId parent, NodeId before, std::uint32_t slot, std::uint32_t frame);
    std::uint32_t new_frame(std::uint32_t repeat_slot, std::uint32_t parent);
    NodeId& entry(std::uint32_t slot, std::uint32_t frame);
    void list_below(NodeId parent, std::vector<NodeId>& found) const;

    const Form& form_;
    const CompiledForm& compiled_;
    Document document_;
    std::vector<Frame> frames_;
    std::vector<bool> irrelevant_;                         // by node: not relevant by itself
    std::vector<std::vector<std::uint32_t>> frames_of_;    // by repeat slot: its living frames
    std::vector<std::uint32_t> start_counts_;              // by repeat slot; kNone: not known
};

}  // namespace kiosk::forms
