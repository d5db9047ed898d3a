#include "compiled_form.hpp"

#include <algorithm>
#include <queue>
#include <set>

namespace kiosk::forms {
namespace {

std::uint64_t child_key(std::uint32_t parent, NameId name) { return std::uint64_t{parent} << 32 | name; }

bool is_recalculated(ExpressionUse use) { return use <= ExpressionUse::choices; }

// Whether a path leads into a secondary instance.
bool is_in_list(const ExpressionTree& tree) {
    const ExpressionNode* node = &tree.at(tree.root);
    while (!node->operands.empty() && (node->kind == NodeKind::path || node->kind == NodeKind::filter ||
                                       (node->kind == NodeKind::call && node->function == Function::randomize)))
        node = &tree.at(node->operands[0]);
    return node->kind == NodeKind::call && node->function == Function::instance;
}

Document to_document(const Instance& instance, NameTable& names) {
    Document document;
    std::vector<NodeId> ids(instance.elements.size());
    for (std::size_t i = 0; i < instance.elements.size(); ++i) {
        const Element& element = instance.elements[i];
        const NodeId parent = element.parent == kNone ? Document::kRoot : ids[element.parent];
        const std::string_view name = instance.name(element);
        if (name.starts_with('@')) {
            const NameId attribute = names.intern(name.substr(1));
            ids[i] = document.append(parent, DocumentNodeKind::attribute, attribute, attribute, element.value);
        } else {
            ids[i] = document.append_element(parent, names.intern(name));
            document.set_text(ids[i], element.value);
        }
    }
    document.number();
    return document;
}

class Compiler {
  public:
    Compiler(const Form& form, ParsedExpressions& expressions) : form_(form), expressions_(expressions), compiled_(std::make_shared<CompiledForm>()) {}

    Compilation run() {
        name_everything();
        compile_nodes();
        compile_controls();
        compile_actions();
        collect_readers();
        put_in_order();
        return {std::move(compiled_), std::move(faults_)};
    }

  private:
    void name_everything() {
        CompiledForm& compiled = *compiled_;
        const std::size_t count = form_.nodes.size();
        compiled.slot_names.resize(count);
        compiled.frame_slots.resize(count);
        compiled.nodes.resize(count);
        compiled.readers.resize(count);
        for (std::uint32_t slot = 0; slot < count; ++slot) {
            const Node& node = form_.nodes[slot];
            const NameId name = compiled.names.intern(node.name);
            compiled.slot_names[slot] = name;
            compiled.children.emplace(child_key(node.parent, name), slot);
            const std::uint32_t around = node.parent == kNone ? 0 : compiled.frame_slots[node.parent];
            compiled.frame_slots[slot] = node.kind == ItemKind::repeat && slot != 0 ? slot : around;
        }
        for (const std::string& name : form_.instance.names)
            compiled.names.intern(name.starts_with('@') ? std::string_view(name).substr(1) : std::string_view(name));
        for (const Instance& instance : form_.secondary) compiled.secondary.push_back(to_document(instance, compiled.names));
    }

    Standing standing_of(ExpressionUse use, std::uint32_t slot) const {
        Standing standing{slot, compiled_->frame_slots[slot], use == ExpressionUse::choices || use == ExpressionUse::target};
        if (use == ExpressionUse::repeat_count || use == ExpressionUse::prompt)
            standing.frame_slot = compiled_->frame_slots[form_.nodes[slot].parent];
        return standing;
    }

    std::uint32_t compile(const std::string& source, ExpressionUse use, std::uint32_t slot, std::uint32_t owner = kNone) {
        if (source.empty()) return kNone;
        const ParsedExpressions::Parsed& parsed = expressions_.of(source);
        core::Result<BoundExpression> bound = bind_expression(parsed.expression, form_, *compiled_, standing_of(use, slot));
        if (!bound) {
            faults_.push_back({bound.error(), slot, use, parsed.fault, source, {}});
            return kNone;
        }
        CompiledExpression compiled{std::move(*bound), use, slot, owner, false, false};
        for (const ExpressionNode& node : compiled.bound.tree().nodes) {
            if (node.kind != NodeKind::call) continue;
            compiled.depends_on_language |= node.function == Function::itext || node.function == Function::choice_name ||
                                            node.function == Function::format_date ||
                                            node.function == Function::format_date_time;
            compiled.is_volatile |= node.function == Function::now || node.function == Function::today ||
                                    node.function == Function::random || node.function == Function::uuid ||
                                    node.function == Function::randomize;
        }
        compiled_->expressions.push_back(std::move(compiled));
        return static_cast<std::uint32_t>(compiled_->expressions.size() - 1);
    }

    void compile_nodes() {
        for (std::uint32_t slot = 0; slot < form_.nodes.size(); ++slot) {
            const Node& node = form_.nodes[slot];
            CompiledForm::OfNode& of_node = compiled_->nodes[slot];
            of_node.calculation = compile(node.calculation, ExpressionUse::calculation, slot);
            of_node.relevant = compile(node.relevant, ExpressionUse::relevant, slot);
            of_node.required = compile(node.required, ExpressionUse::required, slot);
            of_node.read_only = compile(node.read_only, ExpressionUse::read_only, slot);
            of_node.constraint = compile(node.constraint, ExpressionUse::constraint, slot);
        }
    }

    void compile_controls() {
        compiled_->controls.resize(form_.controls.size());
        for (std::uint32_t index = 0; index < form_.controls.size(); ++index) {
            const Control& control = form_.controls[index];
            if (control.node == kNone) continue;
            CompiledForm::OfControl& of_control = compiled_->controls[index];
            if (control.itemset) {
                of_control.choices = compile(control.itemset->nodeset, ExpressionUse::choices, control.node, index);
                of_control.offers_answers = of_control.choices != kNone && !is_in_list(compiled_->expressions[of_control.choices].bound.tree());
                of_control.seed = compile(control.itemset->seed, ExpressionUse::seed, control.node, index);
            }
            if (form_.nodes[control.node].kind != ItemKind::repeat) continue;
            of_control.repeat_count = compile(control.repeat_count, ExpressionUse::repeat_count, control.node, index);
            if (compiled_->nodes[control.node].relevant != kNone)
                of_control.prompt = compile(form_.nodes[control.node].relevant, ExpressionUse::prompt, control.node, index);
        }
    }

    void compile_actions() {
        for (std::uint32_t index = 0; index < form_.actions.size(); ++index) {
            const Action& action = form_.actions[index];
            CompiledForm::OfAction& of_action = compiled_->actions.emplace_back();
            if (action.target == kNone) continue;
            of_action.value = compile(action.value, ExpressionUse::action, action.target, index);
            const std::uint32_t from = action.trigger == kNone ? 0 : action.trigger;
            of_action.target = compile(action.target_path, ExpressionUse::target, from, index);
            if (action.trigger != kNone) compiled_->nodes[action.trigger].triggered.push_back(index);
        }
    }

    void collect_readers() {
        for (std::uint32_t index = 0; index < compiled_->expressions.size(); ++index) {
            const CompiledExpression& expression = compiled_->expressions[index];
            if (!is_recalculated(expression.use)) continue;
            const Standing standing = standing_of(expression.use, expression.slot);
            for (const SlotRead& read : slots_read(expression.bound, form_, *compiled_, standing))
                compiled_->readers[read.slot].push_back({index, read.scope});
        }
        for (std::vector<Reader>& readers : compiled_->readers) {
            std::ranges::sort(readers);
            readers.erase(std::unique(readers.begin(), readers.end()), readers.end());
        }
    }

    // The slots whose nodes an expression changes: values, or whether and how often they are there.
    std::pair<std::uint32_t, std::uint32_t> slots_written(const CompiledExpression& expression) const {
        const bool is_value = expression.use == ExpressionUse::calculation || expression.use == ExpressionUse::choices;
        return {expression.slot, is_value ? expression.slot + 1 : form_.nodes[expression.slot].end};
    }

    template <class Take>
    void for_each_follower(std::uint32_t index, Take take) const {
        const auto [first, end] = slots_written(compiled_->expressions[index]);
        for (std::uint32_t slot = first; slot < end; ++slot)
            for (const Reader& reader : compiled_->readers[slot]) take(reader.expression, slot);
    }

    // Kahn's order, by the place in the form where there is a choice. What is left over lies on a cycle.
    void put_in_order() {
        CompiledForm& compiled = *compiled_;
        const std::size_t count = compiled.expressions.size();
        std::vector<std::uint32_t> waiting_for(count, 0);
        std::vector<std::uint32_t> last_source(count, kNone);
        for (std::uint32_t index = 0; index < count; ++index) {
            if (!is_recalculated(compiled.expressions[index].use)) continue;
            for_each_follower(index, [&](std::uint32_t follower, std::uint32_t) {
                if (last_source[follower] == index) return;
                last_source[follower] = index;
                ++waiting_for[follower];
            });
        }
        std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
        for (std::uint32_t index = 0; index < count; ++index)
            if (is_recalculated(compiled.expressions[index].use) && waiting_for[index] == 0) ready.push(index);
        compiled.ranks.assign(count, kNone);
        std::uint32_t rank = 0;
        std::ranges::fill(last_source, kNone);
        for (std::uint32_t next = 0; next < count;) {
            while (!ready.empty()) {
                const std::uint32_t index = ready.top();
                ready.pop();
                compiled.ranks[index] = rank++;
                for_each_follower(index, [&](std::uint32_t follower, std::uint32_t) {
                    if (last_source[follower] == index) return;
                    last_source[follower] = index;
                    if (--waiting_for[follower] == 0 && compiled.ranks[follower] == kNone) ready.push(follower);
                });
            }
            if (compiled.ranks[next] == kNone && may_come_round(compiled.expressions[next].use)) ready.push(next);
            else ++next;
        }
        report_cycles();
    }

    // Choices may be filtered by what follows them, their own answer too: they only ever take answers away. And a repeat
    // may go on while its last instance asks for more; a visit stops one that never settles.
    static bool may_come_round(ExpressionUse use) { return use == ExpressionUse::choices || use == ExpressionUse::repeat_count; }

    void report_cycles() {
        std::set<std::uint32_t> reported;
        for (std::uint32_t index = 0; index < compiled_->expressions.size(); ++index) {
            const bool is_stuck = is_recalculated(compiled_->expressions[index].use) && compiled_->ranks[index] == kNone;
            if (!is_stuck || reported.contains(index)) continue;
            const std::vector<std::uint32_t> cycle = cycle_from(index);
            const bool is_new = std::ranges::none_of(cycle, [&](std::uint32_t member) { return reported.contains(member); });
            reported.insert(cycle.begin(), cycle.end());
            if (is_new && !cycle.empty()) report(cycle);
        }
    }

    // Follows stuck expressions until one comes back.
    std::vector<std::uint32_t> cycle_from(std::uint32_t start) const {
        std::vector<std::uint32_t> trail;
        std::vector<bool> dead(compiled_->expressions.size(), false);
        trail.push_back(start);
        while (!trail.empty()) {
            std::uint32_t next = kNone;
            for_each_follower(trail.back(), [&](std::uint32_t follower, std::uint32_t) {
                const bool is_stuck = compiled_->ranks[follower] == kNone && !dead[follower];
                if (is_stuck && (next == kNone || follower < next)) next = follower;
            });
            if (next == kNone) {
                dead[trail.back()] = true;
                trail.pop_back();
                continue;
            }
            const auto back = std::ranges::find(trail, next);
            if (back != trail.end()) return {back, trail.end()};
            trail.push_back(next);
        }
        return {};
    }

    void report(const std::vector<std::uint32_t>& cycle) {
        CompileFault fault;
        std::string names;
        for (std::uint32_t member : cycle) {
            const std::uint32_t slot = compiled_->expressions[member].slot;
            if (!fault.cycle.empty() && fault.cycle.back() == slot) continue;
            fault.cycle.push_back(slot);
            names += form_.nodes[slot].name + " → ";
        }
        names += form_.nodes[fault.cycle.front()].name;
        const CompiledExpression& first = compiled_->expressions[cycle.front()];
        fault.slot = first.slot;
        fault.use = first.use;
        fault.source = first.bound.expression.source();
        fault.error = {"form.cycle", {"Các câu phụ thuộc lẫn nhau thành vòng: " + names + "; hãy bỏ một trong các phụ thuộc này.",
                                      "Questions depend on each other in a circle: " + names + "; remove one of these dependencies."}};
        faults_.push_back(std::move(fault));
    }

    const Form& form_;
    ParsedExpressions& expressions_;
    std::shared_ptr<CompiledForm> compiled_;
    std::vector<CompileFault> faults_;
};

}  // namespace

std::uint32_t CompiledForm::child(std::uint32_t parent, NameId name) const {
    const auto found = children.find(child_key(parent, name));
    return found == children.end() ? kNone : found->second;
}

Compilation compile_form(const Form& form, ParsedExpressions& expressions) { return Compiler(form, expressions).run(); }

}  // namespace kiosk::forms
