// Arguments, the dispatch of calls, and the functions over nodes.

#include "evaluator.hpp"
#include "node_shuffle.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::forms {
namespace {

bool is_inside(const Document& document, NodeId inner, NodeId outer) {
    for (NodeId at = inner; at != kNoNode; at = document[at].parent)
        if (at == outer) return true;
    return false;
}

bool is_named(DocumentNodeKind kind) {
    return kind == DocumentNodeKind::element || kind == DocumentNodeKind::attribute ||
           kind == DocumentNodeKind::instruction || kind == DocumentNodeKind::name_space;
}

}  // namespace

Value Evaluator::call(const ExpressionNode& node, const Focus& focus) {
    if (node.function == Function::if_) return evaluate(node.operands[to_boolean(argument(node, 0, focus)) ? 1 : 2], focus);
    if (node.function == Function::unknown) {
        context_.fail(node.fault.code, node.fault.message);
        return std::string();
    }
    if (std::optional<Value> value = call_text(node, focus)) return std::move(*value);
    if (std::optional<Value> value = call_number(node, focus)) return std::move(*value);
    if (std::optional<Value> value = call_date(node, focus)) return std::move(*value);
    if (std::optional<Value> value = call_nodes(node, focus)) return std::move(*value);
    if (std::optional<Value> value = call_form(node, focus)) return std::move(*value);
    if (std::optional<Value> value = call_geography(node, focus)) return std::move(*value);
    KIOSK_ASSERT(false && "a function of the table that nothing evaluates");
    return std::string();
}

Value Evaluator::argument(const ExpressionNode& node, std::size_t index, const Focus& focus) {
    return evaluate(node.operands[index], focus);
}

std::string_view Evaluator::text_view(const ExpressionNode& node, std::size_t index, const Focus& focus, std::string& buffer) {
    const ExpressionNode& operand = tree_.at(node.operands[index]);
    if (operand.kind == NodeKind::string) return operand.text;
    if (const std::optional<NodeRef> single = single_node(operand, focus)) {
        if (single->node == kNoNode || context_.at(*single).hidden) return {};
        return text_of(*single, buffer);
    }
    buffer = to_string(argument(node, index, focus));
    context_.spend(buffer.size() / 16);
    return buffer;
}

std::string Evaluator::text(const ExpressionNode& node, std::size_t index, const Focus& focus) {
    std::string buffer;
    return std::string(text_view(node, index, focus, buffer));
}

double Evaluator::number(const ExpressionNode& node, std::size_t index, const Focus& focus) {
    return to_number(argument(node, index, focus));
}

std::optional<NodeSet> Evaluator::nodes(const ExpressionNode& node, std::size_t index, const Focus& focus) {
    Value value = argument(node, index, focus);
    if (NodeSet* set = std::get_if<NodeSet>(&value)) return std::move(*set);
    context_.fail("expression.not_nodes", {"Hàm “" + node.text + "()” cần một đường dẫn, không phải một giá trị.",
                                           "The function \"" + node.text + "()\" needs a path, not a value."});
    return std::nullopt;
}

std::vector<std::string> Evaluator::texts(const ExpressionNode& node, std::size_t first, const Focus& focus) {
    std::vector<std::string> all;
    std::string buffer;
    for (std::size_t i = first; i < node.operands.size(); ++i) {
        const Value value = argument(node, i, focus);
        if (const NodeSet* set = std::get_if<NodeSet>(&value)) {
            for (NodeRef item : *set) all.emplace_back(text_of(item, buffer));
        } else {
            all.push_back(to_string(value));
        }
        context_.spend(1 + (all.empty() ? 0 : all.back().size() / 16));
    }
    return all;
}

std::string Evaluator::text_or_context(const ExpressionNode& node, const Focus& focus) {
    if (!node.operands.empty()) return text(node, 0, focus);
    std::string buffer;
    return std::string(text_of(focus.node, buffer));
}

std::optional<Value> Evaluator::call_nodes(const ExpressionNode& node, const Focus& focus) {
    switch (node.function) {
        case Function::last: return static_cast<double>(focus.size);
        case Function::position: return position_of(node, focus);
        case Function::current: return NodeSet{current_};
        case Function::count: {
            const std::optional<NodeSet> items = nodes(node, 0, focus);
            return static_cast<double>(items ? items->size() : 0);
        }
        case Function::count_non_empty: {
            const std::optional<NodeSet> items = nodes(node, 0, focus);
            std::string buffer;
            double count = 0;
            if (items)
                for (NodeRef item : *items) count += text_of(item, buffer).empty() ? 0 : 1;
            return count;
        }
        case Function::name: case Function::local_name: case Function::namespace_uri: return name_of(node, focus);
        case Function::lang: return is_language(node, focus);
        case Function::id: return by_id(node, focus);
        case Function::randomize: return randomized(node, focus);
        case Function::indexed_repeat: return indexed_repeat(node, focus);
        default: return std::nullopt;
    }
}

Value Evaluator::name_of(const ExpressionNode& node, const Focus& focus) {
    NodeRef subject = focus.node;
    if (!node.operands.empty()) {
        const std::optional<NodeSet> set = nodes(node, 0, focus);
        if (!set || set->empty()) return std::string();
        subject = set->front();
    }
    const DocumentNode& found = context_.at(subject);
    if (!is_named(found.kind) || found.name == kNoName) return std::string();
    const std::string& written = context_.names->text(found.name);
    if (node.function == Function::name) return written;
    const std::string& expanded = context_.names->text(found.expanded);
    const std::size_t close = expanded.starts_with('{') ? expanded.find('}') : std::string::npos;
    if (node.function == Function::namespace_uri)
        return close == std::string::npos ? std::string() : expanded.substr(1, close - 1);
    const std::size_t colon = written.find(':');
    return colon == std::string::npos ? written : written.substr(colon + 1);
}

Value Evaluator::is_language(const ExpressionNode& node, const Focus& focus) {
    const auto lower = [](std::string text) {
        std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return text;
    };
    const std::string wanted = lower(text(node, 0, focus));
    const Document& document = *context_.documents[focus.node.document];
    const NameId attribute_name = context_.names->find("xml:lang");
    for (NodeId at = focus.node.node; at != kNoNode && attribute_name != kNoName; at = document[at].parent) {
        for (NodeId attribute = document[at].first_attribute; attribute != kNoNode; attribute = document[attribute].next) {
            if (document[attribute].name != attribute_name) continue;
            const std::string language = lower(document[attribute].value);
            return language == wanted || language.starts_with(wanted + "-");
        }
    }
    return false;
}

// Without a DTD an id is an attribute called id or xml:id.
Value Evaluator::by_id(const ExpressionNode& node, const Focus& focus) {
    std::vector<std::string> wanted;
    for (const std::string& text : texts(node, 0, focus))
        for (std::string_view word : words_of(text)) wanted.emplace_back(word);
    const Document& document = *context_.documents[focus.node.document];
    const NameId names[] = {context_.names->find("id"), context_.names->find("xml:id")};
    NodeSet found;
    for (NodeId at = Document::kRoot; at != kNoNode; at = document.next_in_order(at, Document::kRoot)) {
        if (!context_.spend(1)) return NodeSet{};
        for (NodeId attribute = document[at].first_attribute; attribute != kNoNode; attribute = document[attribute].next) {
            const bool is_id = document[attribute].kind == DocumentNodeKind::attribute &&
                               std::ranges::find(names, document[attribute].name) != std::end(names);
            if (is_id && std::ranges::find(wanted, document[attribute].value) != wanted.end()) {
                found.push_back({focus.node.document, at});
                break;
            }
        }
    }
    return found;
}

// position(node): among the neighbours of its name, which are the instances of its repeat.
Value Evaluator::position_of(const ExpressionNode& node, const Focus& focus) {
    if (node.operands.empty()) return static_cast<double>(focus.position);
    const std::optional<NodeSet> set = nodes(node, 0, focus);
    if (!set || set->empty()) return std::nan("");
    const Document& document = *context_.documents[set->front().document];
    const NameId name = document[set->front().node].name;
    double position = 1;
    for (NodeId at = document[set->front().node].previous; at != kNoNode; at = document[at].previous) {
        if (document[at].kind != DocumentNodeKind::element) continue;
        if (document[at].name != name) break;
        position += 1;
        context_.spend(1);
    }
    return position;
}

Value Evaluator::randomized(const ExpressionNode& node, const Focus& focus) {
    const std::optional<NodeSet> items = nodes(node, 0, focus);
    if (!items) return NodeSet{};
    if (node.operands.size() < 2) return shuffled(*items, [&] { return context_.random_number(); });
    const Value seed = argument(node, 1, focus);
    return shuffled_by_seed(*items, shuffle_seed(to_number(seed), to_string(seed)));
}

// indexed-repeat(target, repeat, index, …): the targets inside the index-th of the repeats, however the paths were
// written. In a form a path from inside the repeat stands for all instances.
Value Evaluator::indexed_repeat(const ExpressionNode& node, const Focus& focus) {
    const auto all_of = [&](std::size_t index) {
        std::optional<NodeSet> found = nodes(node, index, focus);
        if (!found) return NodeSet{};
        if (found->size() == 1 && found->front().document == 0 && context_.host != nullptr)
            return context_.host->all_instances(found->front());
        return std::move(*found);
    };
    struct Pair {
        NodeSet repeats;
        double index;
    };
    std::vector<Pair> pairs;
    for (std::size_t i = 1; i + 1 < node.operands.size(); i += 2) pairs.push_back({all_of(i), number(node, i + 1, focus)});
    NodeSet targets = all_of(0);
    if (context_.error || targets.empty()) return NodeSet{};
    const Document& document = *context_.documents[targets.front().document];
    // From the outermost repeat inwards, in whatever order they were given.
    const auto depth = [&](const Pair& pair) {
        std::size_t levels = 0;
        for (NodeId at = pair.repeats.empty() ? kNoNode : pair.repeats.front().node; at != kNoNode; at = document[at].parent)
            ++levels;
        return levels;
    };
    std::ranges::stable_sort(pairs, {}, depth);
    NodeId within = Document::kRoot;
    for (const Pair& pair : pairs) {
        std::vector<NodeId> inside;
        for (NodeRef repeat : pair.repeats)
            if (is_inside(document, repeat.node, within)) inside.push_back(repeat.node);
        if (std::isnan(pair.index) || pair.index < 1 || pair.index > static_cast<double>(inside.size())) return NodeSet{};
        within = inside[static_cast<std::size_t>(pair.index) - 1];
    }
    std::erase_if(targets, [&](NodeRef target) { return !is_inside(document, target.node, within); });
    return targets;
}

}  // namespace kiosk::forms
