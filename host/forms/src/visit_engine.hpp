// VisitEngine: the living side of a visit: it evaluates the form's expressions over the instance and, after a change,
// exactly those that may have changed, in the order of their dependencies; runs actions; keeps repeats at their count and
// answers among their choices. FormVisit puts pages, validity and words on top.
//
// Owned by one visit, one thread. An expression that fails counts as blank (a calculation) or as true (anything else):
// a mistake in a workbook must not lock a visitor in.
#pragma once

#include "compiled_form.hpp"
#include "evaluator.hpp"
#include "visit_instance.hpp"

#include <kiosk/forms/form_visit.hpp>

#include <memory>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kiosk::forms {

// One choice as it is offered: a literal <item>, or an element of an itemset.
struct OfferedChoice {
    std::string name;
    const Choice* literal = nullptr;
    NodeRef item;                            // of an itemset
};

class VisitEngine final : public EvaluationHost {
  public:
    static constexpr std::size_t kMostInstances = 1'000;     // of one repeat, by hand or by its count

    VisitEngine(std::shared_ptr<const Form> form, std::shared_ptr<const CompiledForm> compiled, VisitSettings settings,
                TimeZone zone, std::uint32_t language);
    VisitEngine(const VisitEngine&) = delete;
    VisitEngine& operator=(const VisitEngine&) = delete;

    // Preloads, calculations, first-load actions. Once, before anything else.
    void start();

    const Form& form() const { return *form_; }
    const CompiledForm& compiled() const { return *compiled_; }
    const VisitInstance& instance() const { return instance_; }
    const TimeZone& zone() const { return zone_; }
    const VisitSettings& settings() const { return settings_; }
    std::uint32_t language() const { return language_; }

    // A change by the visitor, with everything that follows from it. A repeat whose count asks for more instances than a
    // visit may hold, or never settles, stays as it is, and excess() says so until the next change.
    void set_value(NodeId node, std::string_view value);
    NodeId add_repeat(NodeId anchor);
    void remove_repeat(NodeId repeat_instance);
    void set_language(std::uint32_t language);
    void finish();                           // timestamps of the end
    const std::optional<core::Error>& excess() const { return excess_; }

    // Everything again; changes nothing if the incremental way is right. For tests.
    void recalculate_everything();

    // For the visitor's eyes; nothing changes.
    bool is_required(NodeId node);
    bool is_read_only(NodeId node);
    bool constraint_holds(NodeId node);
    bool is_offered(NodeId anchor);          // whether a first instance would be relevant
    // Kept until something its filter reads changes.
    std::shared_ptr<const std::vector<OfferedChoice>> choices(NodeId node);
    std::string choice_label(const OfferedChoice& choice, NodeId question);
    const Translated* item_words(const OfferedChoice& choice, NodeId question);  // null: it has only a name or a plain label
    std::string text(const TextTemplate& pieces, NodeId node);

    // EvaluationHost
    std::optional<NodeRef> instance(std::string_view id) override;
    std::string choice_name(std::string_view choice, std::string_view question_path, NodeRef from) override;
    std::string itext(std::string_view id) override;
    std::string version() override;
    NodeSet all_instances(NodeRef node) override;

  private:
    core::Result<Value> evaluate(const BoundExpression& bound, NodeId node);
    std::optional<Value> evaluate(std::uint32_t expression, NodeId node);
    bool is_true(std::uint32_t expression, NodeId node, bool otherwise);
    std::string stored(const Value& value, const Node& node);
    const BoundExpression* bound_output(const std::string& source, std::uint32_t slot);
    const BoundExpression* bound_relative(const std::string& source);
    std::string text_at(const std::string& relative_path, NodeRef item);
    std::vector<OfferedChoice> offered_by_itemset(NodeId node, std::uint32_t control);
    bool may_keep_choices(std::uint32_t control) const;

    void preload(bool at_end);
    void name_instance();
    void leave_out();
    bool is_left_out(std::uint32_t slot) const;
    void mark(std::uint32_t expression, NodeId node);
    void mark_all_in(std::uint32_t expression, std::uint32_t frame);
    void mark_readers(std::uint32_t slot, NodeId changed);
    void mark_structure(NodeId anchor);
    void mark_all_below(NodeId node);
    void recalculate();
    void recalculate_one(std::uint32_t expression, NodeId node);
    void apply_repeat_count(std::uint32_t expression, NodeId anchor);
    void prune_choices(NodeId node);
    void write(NodeId node, std::string_view value);
    NodeId append_instance(NodeId anchor);
    void take_away(NodeId repeat_instance);
    void run_triggered(std::uint32_t trigger_slot, NodeId trigger);
    void run_event(std::string_view event, NodeId within, std::uint32_t repeat_slot);
    void run_action(std::uint32_t action, std::uint32_t frame, NodeId from);
    std::vector<NodeId> targets_of(std::uint32_t action, std::uint32_t frame, NodeId from);
    void settle();                           // recalculates and runs triggered actions until nothing changes
    void begin_step();
    void refresh_time();

    std::shared_ptr<const Form> form_;
    std::shared_ptr<const CompiledForm> compiled_;
    VisitSettings settings_;
    TimeZone zone_;
    core::SeededRandom random_;
    RegularExpressions regular_expressions_;
    VisitInstance instance_;
    EvaluationContext context_;
    std::uint32_t language_;
    std::vector<std::vector<NodeId>> dirty_;                 // by rank
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> dirty_ranks_;
    std::vector<NodeId> to_mark_;                            // of mark_all_in(), kept for its room
    std::vector<std::uint32_t> by_rank_;                     // expression of a rank
    std::vector<std::pair<std::uint32_t, NodeId>> fired_;    // triggers that changed, until their actions ran
    bool is_loading_ = false;
    std::optional<core::Error> excess_;
    std::unordered_map<NodeId, int> shrinks_;                // of a counted repeat, by its anchor; in this step
    std::unordered_map<NodeId, std::shared_ptr<const std::vector<OfferedChoice>>> offered_;
    std::unordered_map<std::string, std::unique_ptr<BoundExpression>> outputs_;
};

}  // namespace kiosk::forms
