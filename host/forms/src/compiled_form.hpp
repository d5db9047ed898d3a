// CompiledForm: what a visit needs beside the Form and what is the same for every visit: parsed expressions with their
// paths resolved to slots, who reads what, the order of recalculation, and the secondary instances as documents.
//
// A slot is the index of a node in Form::nodes. Immutable; shared by visits on any thread. compile_form() collects every
// fault (bad expressions, cycles) instead of stopping at the first; a form with faults cannot be visited.
#pragma once

#include "document.hpp"
#include "evaluator.hpp"
#include "parsed_expressions.hpp"

#include <kiosk/forms/form.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace kiosk::forms {

enum class ExpressionUse : std::uint8_t {
    calculation = 1, relevant, repeat_count, choices,      // these change the instance: recalculated in order
    required, read_only, constraint, action, target, seed, prompt, // these are asked for when needed
};

struct CompiledExpression {
    BoundExpression bound;
    ExpressionUse use = ExpressionUse::calculation;
    std::uint32_t slot = kNone;              // its context; of a repeat count or prompt: the repeat, seen from its anchor
    std::uint32_t owner = kNone;             // index of the control or action it belongs to, if it is not a node's
    bool depends_on_language = false;
    bool is_volatile = false;                // gives something else without anything it reads having changed
};

// Who must be evaluated again when a node of a slot changes: those instances of the expression's context that lie in the
// same instance of the repeat `scope` as the change; all of them where scope is 0.
struct Reader {
    std::uint32_t expression = 0;
    std::uint32_t scope = 0;

    bool operator==(const Reader&) const = default;
    auto operator<=>(const Reader&) const = default;
};

struct CompileFault {
    core::Error error;
    std::uint32_t slot = kNone;
    ExpressionUse use = ExpressionUse::calculation;
    SourceSpan span;                         // inside the expression
    std::string source;                      // the expression
    std::vector<std::uint32_t> cycle;        // slots along it, if that is the fault
};

class CompiledForm {
  public:
    NameTable names;
    std::vector<Document> secondary;         // in the order of Form::secondary
    std::vector<NameId> slot_names;          // by slot
    std::vector<std::uint32_t> frame_slots;  // by slot: the innermost repeat around it or it itself; 0: none
    std::vector<CompiledExpression> expressions;
    std::vector<std::uint32_t> ranks;        // by expression: place in the order of recalculation; kNone: not in it
    std::vector<std::vector<Reader>> readers;            // by slot
    struct OfNode {
        std::uint32_t calculation = kNone, relevant = kNone, required = kNone, read_only = kNone, constraint = kNone;
        std::vector<std::uint32_t> triggered;            // actions fired when it changes
    };
    std::vector<OfNode> nodes;               // by slot
    struct OfControl {
        std::uint32_t choices = kNone, seed = kNone, repeat_count = kNone;
        bool offers_answers = false;             // choices are nodes of the visit itself, not of a list
        std::uint32_t prompt = kNone;            // of a repeat: whether it would be relevant, for offering the first instance
    };
    std::vector<OfControl> controls;         // by index in Form::controls
    struct OfAction {
        std::uint32_t value = kNone;         // kNone: a literal
        std::uint32_t target = kNone;        // of its target_path, seen from the trigger or the root; kNone: it has none
    };
    std::vector<OfAction> actions;           // by index in Form::actions

    // The child of a slot by name; kNone: it has none. parent kNone: the document.
    std::uint32_t child(std::uint32_t parent, NameId name) const;

    std::unordered_map<std::uint64_t, std::uint32_t> children;
};

struct Compilation {
    std::shared_ptr<const CompiledForm> form;
    std::vector<CompileFault> faults;
};
Compilation compile_form(const Form& form, ParsedExpressions& expressions);
inline Compilation compile_form(const Form& form) {
    ParsedExpressions expressions;
    return compile_form(form, expressions);
}

// How an expression stands in a form: its node, and the repeat instance that surrounds the node it starts at.
struct Standing {
    std::uint32_t slot = 0;
    std::uint32_t frame_slot = 0;            // of a repeat count, that of the repeat's parent
    bool wants_all = false;                  // a path alone means every node it names, not the one at hand
};

// Binds an expression for a place in the form; one that did not parse stays the error it is.
core::Result<BoundExpression> bind_expression(const core::Result<Expression>& parsed, const Form& form, const CompiledForm& compiled,
                                              const Standing& standing);

struct SlotRead {
    std::uint32_t slot = 0;
    std::uint32_t scope = 0;
};
// What a bound expression reads of the primary instance.
std::vector<SlotRead> slots_read(const BoundExpression& bound, const Form& form, const CompiledForm& compiled,
                                 const Standing& standing);

}  // namespace kiosk::forms
