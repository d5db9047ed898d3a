// What stands behind FormVisit: the engine, the sequence of pages, and what blocks the way on.
#pragma once

#include "visit_engine.hpp"

#include <kiosk/forms/form_visit.hpp>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

// Questions shown together; the anchor of a repeat stands for "add another".
using Page = std::vector<NodeId>;

// The pages of a visit as it stands: a question a page, a field-list group a page, hidden things left out.
std::vector<Page> pages_of(VisitEngine& engine);

// ODK submission XML of what is relevant.
// part: null for the whole.
std::string submission_of(const VisitEngine& engine, const SubmissionPart* part);

class FormVisit::Implementation {
  public:
    Implementation(std::shared_ptr<const Form> form, std::shared_ptr<const CompiledForm> compiled, VisitSettings settings,
                   TimeZone zone, std::uint32_t language);

    core::Result<NodeId> question_at(std::string_view path);
    core::Result<void> set(NodeId node, std::string_view value);

    // Why a node blocks the way, as a message id; empty: it does not. `asked`: the visitor has tried to go on.
    std::string_view fault_of(NodeId node, bool asked);
    bool blocks(const std::vector<NodeId>& nodes);           // remembers what was asked for
    NodeView view(NodeId node);

    void refresh_pages();                                    // keeps the visitor where they are
    bool show(NodeId node);                                  // moves to the page that shows it or the first one inside it

    VisitEngine engine;
    std::vector<Page> pages;
    std::size_t current = 0;
    bool ended = false;

  private:
    bool is_inside(NodeId node, NodeId top) const;
    std::string words(NodeView& view, const TextTemplate& pieces, NodeId node);   // and noted in the view, where it repeats answers
    void fill_control(NodeView& view, NodeId node, const Control& control);

    std::set<NodeId> asked_;                                 // found empty when the visitor went on
};

}  // namespace kiosk::forms
