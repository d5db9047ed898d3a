// What a visitor reads: choices as they are offered now, labels with answers filled in, translations.

#include "node_shuffle.hpp"
#include "unicode.hpp"
#include "visit_engine.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::forms {
namespace {

bool is_plain_name(std::string_view path) {
    return !path.empty() && path.find_first_of("/[]()@.: '\"") == std::string_view::npos;
}

NodeId child_named(const Document& document, NodeId parent, NameId name) {
    for (NodeId at = document[parent].first_child; at != kNoNode; at = document[at].next)
        if (document[at].name == name && document[at].kind == DocumentNodeKind::element) return at;
    return kNoNode;
}

}  // namespace

// Expressions of labels are bound when they are first shown in a place.
const BoundExpression* VisitEngine::bound_output(const std::string& source, std::uint32_t slot) {
    const auto [entry, is_new] = outputs_.try_emplace(std::to_string(slot) + " " + source);
    if (is_new) {
        const Standing standing{slot, compiled_->frame_slots[slot], false};
        core::Result<BoundExpression> bound = bind_expression(Expression::parse(source), *form_, *compiled_, standing);
        if (bound) entry->second = std::make_unique<BoundExpression>(std::move(*bound));
    }
    return entry->second.get();
}

// Paths inside an item of an itemset; they start at no node of the form.
const BoundExpression* VisitEngine::bound_relative(const std::string& source) {
    const auto [entry, is_new] = outputs_.try_emplace("item " + source);
    if (is_new) {
        core::Result<Expression> parsed = Expression::parse(source);
        if (parsed) {
            core::Result<BoundExpression> bound = bind_names(std::move(*parsed), compiled_->names, nullptr);
            if (bound) entry->second = std::make_unique<BoundExpression>(std::move(*bound));
        }
    }
    return entry->second.get();
}

std::string VisitEngine::text_at(const std::string& relative_path, NodeRef item) {
    const Document& document = *context_.documents[item.document];
    if (is_plain_name(relative_path)) {
        const NameId name = compiled_->names.find(relative_path);
        const NodeId child = name == kNoName ? kNoNode : child_named(document, item.node, name);
        std::string buffer;
        return child == kNoNode ? std::string() : std::string(document.string_value(child, buffer));
    }
    const BoundExpression* bound = bound_relative(relative_path);
    if (bound == nullptr) return {};
    const core::Result<Value> value = Evaluator(*bound, context_).run(item);
    return value ? value_text(*value, context_) : std::string();
}

std::string VisitEngine::text(const TextTemplate& pieces, NodeId node) {
    std::string result;
    for (const TextPiece& piece : pieces) {
        result += piece.text;
        if (piece.output.empty()) continue;
        const BoundExpression* bound = bound_output(piece.output, instance_.slot(node));
        if (bound == nullptr) continue;
        const core::Result<Value> value = evaluate(*bound, node);
        if (value) result += value_text(*value, context_);
    }
    return result;
}

std::shared_ptr<const std::vector<OfferedChoice>> VisitEngine::choices(NodeId node) {
    if (const auto kept = offered_.find(node); kept != offered_.end()) return kept->second;
    const std::uint32_t control = form_->nodes[instance_.slot(node)].control;
    std::vector<OfferedChoice> offered;
    if (control != kNone && form_->controls[control].itemset) {
        offered = offered_by_itemset(node, control);
    } else if (control != kNone) {
        for (const Choice& choice : form_->controls[control].choices) offered.push_back({choice.name, &choice, {}});
    }
    const bool may_keep = control == kNone || may_keep_choices(control);
    auto shared = std::make_shared<const std::vector<OfferedChoice>>(std::move(offered));
    if (may_keep) offered_.emplace(node, shared);
    return shared;
}

// Whether they stay the same until the itemset's expression is marked for recalculation: not if they are answers
// themselves, depend on the time, or are put in order by an expression that nobody watches.
bool VisitEngine::may_keep_choices(std::uint32_t control) const {
    const std::optional<Itemset>& itemset = form_->controls[control].itemset;
    if (!itemset) return true;
    const CompiledForm::OfControl& compiled = compiled_->controls[control];
    return compiled.choices != kNone && compiled.seed == kNone && !compiled.offers_answers && is_plain_name(itemset->value) &&
           !compiled_->expressions[compiled.choices].is_volatile;
}

std::vector<OfferedChoice> VisitEngine::offered_by_itemset(NodeId node, std::uint32_t control_index) {
    const Control& control = form_->controls[control_index];
    const CompiledForm::OfControl& compiled = compiled_->controls[control_index];
    if (compiled.choices == kNone) return {};
    std::optional<Value> value = evaluate(compiled.choices, node);
    NodeSet* items = value ? std::get_if<NodeSet>(&*value) : nullptr;
    if (items == nullptr) return {};
    if (control.itemset->randomize) {
        std::int64_t seed = 0;
        if (compiled.seed != kNone) {
            const std::optional<Value> seed_value = evaluate(compiled.seed, node);
            if (seed_value) seed = shuffle_seed(value_number(*seed_value, context_), value_text(*seed_value, context_));
        } else {
            // Of the visit, and the same each time the question is shown.
            seed = static_cast<std::int64_t>((settings_.seed + 1) * 0x9E3779B97F4A7C15ULL + node);
        }
        *items = shuffled_by_seed(*items, seed);
    }
    std::vector<OfferedChoice> offered;
    for (NodeRef item : *items) {
        std::string name = text_at(control.itemset->value, item);
        if (!name.empty()) offered.push_back({std::move(name), nullptr, item});
    }
    return offered;
}

const Translated* VisitEngine::item_words(const OfferedChoice& choice, NodeId question) {
    if (choice.literal != nullptr) return &choice.literal->label;
    const Control& control = form_->controls[form_->nodes[instance_.slot(question)].control];
    if (!control.itemset || !control.itemset->label_is_itext) return nullptr;
    return form_->find_itext(text_at(control.itemset->label, choice.item));
}

std::string VisitEngine::choice_label(const OfferedChoice& choice, NodeId question) {
    if (const Translated* words = item_words(choice, question)) return text(form_->text(*words, language_), question);
    if (choice.literal != nullptr) return choice.name;
    const Control& control = form_->controls[form_->nodes[instance_.slot(question)].control];
    return control.itemset ? text_at(control.itemset->label, choice.item) : choice.name;
}

// An answer that is no longer offered goes, as when the district changes under a chosen commune.
void VisitEngine::prune_choices(NodeId node) {
    const std::string value(instance_.value(node));
    if (value.empty()) return;
    offered_.erase(node);
    const std::shared_ptr<const std::vector<OfferedChoice>> offered = choices(node);
    std::string kept;
    for (std::string_view word : words_of(value)) {
        if (std::ranges::find(*offered, word, &OfferedChoice::name) == offered->end()) continue;
        if (!kept.empty()) kept += ' ';
        kept += word;
    }
    if (kept != value) write(node, kept);
}

std::optional<NodeRef> VisitEngine::instance(std::string_view id) {
    for (std::uint32_t i = 0; i < form_->secondary.size(); ++i)
        if (form_->secondary[i].id == id) return NodeRef{i + 1, Document::kRoot};
    return std::nullopt;
}

std::string VisitEngine::choice_name(std::string_view choice, std::string_view question_path, NodeRef from) {
    const std::string path(trimmed(question_path));
    const BoundExpression* bound = bound_output(path, instance_.slot(from.node));
    if (bound == nullptr) return {};
    const core::Result<Value> path_value = evaluate(*bound, from.node);
    const NodeSet* nodes = path_value ? std::get_if<NodeSet>(&*path_value) : nullptr;
    if (nodes == nullptr || nodes->empty() || nodes->front().document != 0) return {};
    const NodeId question = nodes->front().node;
    const std::shared_ptr<const std::vector<OfferedChoice>> offered = choices(question);
    const auto found = std::ranges::find(*offered, choice, &OfferedChoice::name);
    return found == offered->end() ? std::string() : choice_label(*found, question);
}

std::string VisitEngine::itext(std::string_view id) {
    const Translated* words = form_->find_itext(id);
    return words == nullptr ? std::string() : text(form_->text(*words, language_), instance_.root());
}

std::string VisitEngine::version() { return form_->version; }

NodeSet VisitEngine::all_instances(NodeRef node) {
    const std::uint32_t slot = instance_.slot(node.node);
    if (slot == PathStart::kNoSlot) return {node};
    std::vector<NodeId> nodes;
    instance_.instances_of(slot, 0, nodes);
    instance_.document().number();
    std::ranges::sort(nodes, {}, [&](NodeId id) { return instance_.document()[id].order; });
    NodeSet all;
    for (NodeId id : nodes) all.push_back({0, id});
    return all;
}

}  // namespace kiosk::forms
