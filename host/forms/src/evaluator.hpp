// Evaluates a parsed expression over documents: XPath 1.0 with the OpenRosa functions, and dates that compare and calculate
// as days. An EvaluationContext belongs to one visit (or one `form eval`) and one thread; a BoundExpression is immutable.
// A failure is kept in the context (the first one counts); evaluation then runs out quickly with empty values.
#pragma once

#include "date_time.hpp"
#include "document.hpp"
#include "expression_tree.hpp"
#include "regular_expression.hpp"
#include "value.hpp"

#include <kiosk/core/clock.hpp>
#include <kiosk/core/random.hpp>
#include <kiosk/core/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

// What expressions ask of the form they stand in.
class EvaluationHost {
  public:
    virtual ~EvaluationHost() = default;
    // Where instance('id') starts; empty: there is none.
    virtual std::optional<NodeRef> instance(std::string_view id) = 0;
    // The label of a choice of the question at a path, seen from a node.
    virtual std::string choice_name(std::string_view choice, std::string_view question_path, NodeRef from) = 0;
    virtual std::string itext(std::string_view id) = 0;
    virtual std::string version() = 0;
    // All instances of the node that `node` is an instance of, in document order.
    virtual NodeSet all_instances(NodeRef node) = 0;
};

// Where a path starts without a search: `frames_up` repeat instances above the context's, the node of a slot; the
// first `steps` steps are done with it.
struct PathStart {
    std::uint32_t slot = kNoSlot;
    std::uint16_t frames_up = 0;
    std::uint16_t steps = 0;

    static constexpr std::uint32_t kNoSlot = 0xffffffff;
};

// The nodes of one repeat instance (or of the whole form) by slot, so that a path needs no search.
struct Frame {
    std::uint32_t parent = 0;            // the frame around it; of the outermost one: itself
    std::uint32_t first_slot = 0;        // of the repeat
    std::vector<NodeId> nodes;           // by slot - first_slot; kNoNode inside nested repeats
};

struct BoundExpression {
    Expression expression;
    std::vector<NameId> step_names;      // by Step::id; kNoName where no document has the name
    std::vector<PathStart> starts;       // by path_id; empty where there is no form

    const ExpressionTree& tree() const { return expression.tree(); }
};

struct EvaluationContext {
    static constexpr std::uint64_t kStepLimit = 20'000'000;   // nodes looked at and characters made in one evaluation

    std::vector<const Document*> documents;      // [0]: the main one
    const NameTable* names = nullptr;
    const std::vector<Frame>* frames = nullptr;  // of the main document, where it is a form's
    EvaluationHost* host = nullptr;              // may be null
    core::WallTime now{};
    const TimeZone* zone = nullptr;
    core::Random* random = nullptr;
    RegularExpressions* regular_expressions = nullptr;
    std::string language;

    std::uint64_t steps_left = kStepLimit;
    std::optional<core::Error> error;

    const DocumentNode& at(NodeRef ref) const { return (*documents[ref.document])[ref.node]; }
    bool spend(std::uint64_t steps);             // false once the limit is reached, with an error
    void fail(std::string code, core::Words words);
    double random_number();                      // in [0, 1), 53 bits
};

// XPath's conversions, which need the documents and the time zone.
bool value_truth(const Value& value);
double value_number(const Value& value, EvaluationContext& context);
std::string value_text(const Value& value, EvaluationContext& context);

struct Focus {
    NodeRef node;
    std::size_t position = 1;
    std::size_t size = 1;
};

class Evaluator {
  public:
    Evaluator(const BoundExpression& bound, EvaluationContext& context)
        : bound_(bound), tree_(bound.tree()), context_(context) {}

    // In the context of a node, the position-th of so many; current() is that node.
    core::Result<Value> run(NodeRef node, std::size_t position = 1, std::size_t size = 1);

  private:
    bool to_boolean(const Value& value) const { return value_truth(value); }
    double to_number(const Value& value) const { return value_number(value, context_); }
    std::string to_string(const Value& value) const { return value_text(value, context_); }

    Value evaluate(NodeIndex index, const Focus& focus);
    Value fold(const ExpressionNode& node, const Focus& focus);
    Value calculate(Operator operation, const Value& left, const Value& right) const;
    NodeSet path(const ExpressionNode& node, const Focus& focus);
    NodeSet filter(const ExpressionNode& node, const Focus& focus);
    NodeSet walk(NodeSet from, const Step& step);
    void along_axis(NodeRef from, const Step& step, NodeSet& found);
    void along_descendants(NodeRef from, const Step& step, NodeSet& found);
    bool matches(const Document& document, NodeId id, const Step& step) const;
    void apply_predicates(const std::vector<NodeIndex>& predicates, NodeSet& nodes, std::size_t first);
    std::optional<NodeRef> start_of(const ExpressionNode& node, NodeRef from) const;
    std::optional<NodeRef> single_node(const ExpressionNode& node, const Focus& focus) const;
    void in_document_order(NodeSet& nodes) const;
    void drop_hidden(NodeSet& nodes) const;

    bool compare(Operator operation, const Value& left, const Value& right) const;
    bool compare_one(Operator operation, const Value& left, const Value& right) const;
    double number_of(std::string_view text) const;
    std::string_view text_of(NodeRef ref, std::string& buffer) const;

    // Functions, by kind (functions_*.cpp). Arguments are counted by the parser.
    Value call(const ExpressionNode& node, const Focus& focus);
    std::optional<Value> call_text(const ExpressionNode& node, const Focus& focus);
    std::optional<Value> call_number(const ExpressionNode& node, const Focus& focus);
    std::optional<Value> call_date(const ExpressionNode& node, const Focus& focus);
    std::optional<Value> call_nodes(const ExpressionNode& node, const Focus& focus);
    std::optional<Value> call_form(const ExpressionNode& node, const Focus& focus);
    std::optional<Value> call_geography(const ExpressionNode& node, const Focus& focus);

    Value argument(const ExpressionNode& node, std::size_t index, const Focus& focus);
    std::string text(const ExpressionNode& node, std::size_t index, const Focus& focus);
    // Without a copy where the argument is one node or a literal.
    std::string_view text_view(const ExpressionNode& node, std::size_t index, const Focus& focus, std::string& buffer);
    double number(const ExpressionNode& node, std::size_t index, const Focus& focus);
    std::optional<NodeSet> nodes(const ExpressionNode& node, std::size_t index, const Focus& focus);
    // The arguments from `first` on, every node of a node-set by itself.
    std::vector<std::string> texts(const ExpressionNode& node, std::size_t first, const Focus& focus);
    std::string text_or_context(const ExpressionNode& node, const Focus& focus);

    DateValue to_date(const Value& value) const;
    Value date(const ExpressionNode& node, const Focus& focus);
    Value decimal_time(const ExpressionNode& node, const Focus& focus);
    Value formatted_date(const ExpressionNode& node, const Focus& focus);
    Value checklist(const ExpressionNode& node, const Focus& focus, bool is_weighted);
    Value digest_text(const ExpressionNode& node, const Focus& focus);
    Value coalesced(const ExpressionNode& node, const Focus& focus);
    Value substring(const ExpressionNode& node, const Focus& focus);
    Value part(const ExpressionNode& node, const Focus& focus);
    Value name_of(const ExpressionNode& node, const Focus& focus);
    Value is_language(const ExpressionNode& node, const Focus& focus);
    Value by_id(const ExpressionNode& node, const Focus& focus);
    Value position_of(const ExpressionNode& node, const Focus& focus);
    Value randomized(const ExpressionNode& node, const Focus& focus);
    Value indexed_repeat(const ExpressionNode& node, const Focus& focus);
    Value looked_up(const ExpressionNode& node, const Focus& focus);
    Value instance_root(const ExpressionNode& node, const Focus& focus);

    const BoundExpression& bound_;
    const ExpressionTree& tree_;
    EvaluationContext& context_;
    NodeRef current_;
};

// Names of steps as the documents have them. `uris`: prefix → namespace URI where names are namespaced ("{uri}local");
// empty where documents keep prefixes as written. Fails on a prefix that is not declared anywhere.
core::Result<BoundExpression> bind_names(Expression expression, const NameTable& names,
                                         const std::vector<std::pair<std::string, std::string>>* uris);

}  // namespace kiosk::forms
