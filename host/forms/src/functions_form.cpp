// Functions that ask the form: other instances, choice labels, translations, the value so far.

#include "evaluator.hpp"

namespace kiosk::forms {
namespace {

NodeId child_named(const Document& document, NodeId parent, NameId name) {
    for (NodeId at = document[parent].first_child; at != kNoNode; at = document[at].next)
        if (document[at].name == name) return at;
    return kNoNode;
}

}  // namespace

std::optional<Value> Evaluator::call_form(const ExpressionNode& node, const Focus& focus) {
    switch (node.function) {
        case Function::instance: return instance_root(node, focus);
        case Function::pulldata: return looked_up(node, focus);
        case Function::once: {
            std::string buffer;
            const std::string_view value = text_of(current_, buffer);
            return value.empty() ? text(node, 0, focus) : std::string(value);
        }
        case Function::choice_name:
            if (context_.host == nullptr) return std::string();
            return context_.host->choice_name(text(node, 0, focus), text(node, 1, focus), current_);
        case Function::itext:
            if (context_.host == nullptr) return std::string();
            return context_.host->itext(text(node, 0, focus));
        case Function::version: return context_.host == nullptr ? std::string() : context_.host->version();
        default: return std::nullopt;
    }
}

Value Evaluator::instance_root(const ExpressionNode& node, const Focus& focus) {
    const std::string id = text(node, 0, focus);
    const std::optional<NodeRef> root = context_.host == nullptr ? std::nullopt : context_.host->instance(id);
    if (root) return NodeSet{*root};
    context_.fail("expression.unknown_instance", {"Không có danh sách “" + id + "”; hãy kiểm tra tên trong instance() hoặc pulldata().",
                                                  "There is no instance \"" + id + "\"; check the name in instance() or pulldata()."});
    return NodeSet{};
}

// pulldata(instance, wanted column, key column, key): of the first row whose key is that.
Value Evaluator::looked_up(const ExpressionNode& node, const Focus& focus) {
    const Value root = instance_root(node, focus);
    const NodeSet& start = std::get<NodeSet>(root);
    if (start.empty()) return std::string();
    const NameId wanted = context_.names->find(text(node, 1, focus));
    const NameId key_column = context_.names->find(text(node, 2, focus));
    const std::string key = text(node, 3, focus);
    const Document& document = *context_.documents[start.front().document];
    const NodeId list = document[start.front().node].first_child;
    if (list == kNoNode || wanted == kNoName || key_column == kNoName) return std::string();
    std::string buffer;
    for (NodeId row = document[list].first_child; row != kNoNode; row = document[row].next) {
        if (!context_.spend(2)) break;
        const NodeId key_cell = child_named(document, row, key_column);
        if (key_cell == kNoNode || document.string_value(key_cell, buffer) != key) continue;
        const NodeId cell = child_named(document, row, wanted);
        return cell == kNoNode ? std::string() : std::string(document.string_value(cell, buffer));
    }
    return std::string();
}

}  // namespace kiosk::forms
