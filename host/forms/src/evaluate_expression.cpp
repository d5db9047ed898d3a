#include <kiosk/forms/evaluate_expression.hpp>

#include "document_reader.hpp"
#include "evaluator.hpp"
#include "unicode.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

// Prefixes of the ODK world that an expression may use without the document declaring them.
constexpr std::pair<std::string_view, std::string_view> kKnownPrefixes[] = {
    {"jr", "http://openrosa.org/javarosa"}, {"orx", "http://openrosa.org/xforms"}, {"odk", "http://www.opendatakit.org/xforms"},
    {"h", "http://www.w3.org/1999/xhtml"}, {"xhtml", "http://www.w3.org/1999/xhtml"}, {"xf", "http://www.w3.org/2002/xforms"},
    {"ev", "http://www.w3.org/2001/xml-events"}, {"xsd", "http://www.w3.org/2001/XMLSchema"},
    {"xml", "http://www.w3.org/XML/1998/namespace"}, {"mathml", "http://www.w3.org/1998/Math/MathML"},
};

// A document that may be a whole XForm: instance() and jr:itext() find what it declares.
class DocumentHost final : public EvaluationHost {
  public:
    DocumentHost(const Document& document, const NameTable& names, std::string language)
        : document_(document), names_(names), language_(std::move(language)) {}

    std::optional<NodeRef> instance(std::string_view id) override {
        const NodeId found = element_with(Document::kRoot, "instance", "id", id);
        if (found == kNoNode) return std::nullopt;
        return NodeRef{0, found};
    }

    std::string choice_name(std::string_view, std::string_view, NodeRef) override { return {}; }

    std::string itext(std::string_view id) override {
        const NodeId translation = this->translation();
        if (translation == kNoNode) return {};
        const NodeId text = element_with(translation, "text", "id", id);
        if (text == kNoNode) return {};
        for (NodeId value = document_[text].first_child; value != kNoNode; value = document_[value].next) {
            std::string buffer;
            if (is_element(value, "value") && attribute(value, "form").empty())
                return std::string(document_.string_value(value, buffer));
        }
        return {};
    }

    std::string version() override {
        for (NodeId at = document_[Document::kRoot].first_child; at != kNoNode; at = document_[at].next)
            if (document_[at].kind == DocumentNodeKind::element) return std::string(attribute(at, "version"));
        return {};
    }

    NodeSet all_instances(NodeRef node) override { return {node}; }

  private:
    bool is_element(NodeId id, std::string_view local_name) const {
        const DocumentNode& node = document_[id];
        if (node.kind != DocumentNodeKind::element) return false;
        const std::string_view written = names_.text(node.name);
        const std::size_t colon = written.find(':');
        return (colon == std::string_view::npos ? written : written.substr(colon + 1)) == local_name;
    }
    NodeId attribute_node(NodeId element, std::string_view name) const {
        for (NodeId at = document_[element].first_attribute; at != kNoNode; at = document_[at].next)
            if (document_[at].kind == DocumentNodeKind::attribute && names_.text(document_[at].name) == name) return at;
        return kNoNode;
    }
    std::string_view attribute(NodeId element, std::string_view name) const {
        const NodeId found = attribute_node(element, name);
        return found == kNoNode ? std::string_view() : std::string_view(document_[found].value);
    }
    // In the language asked for, else the default one, else the first.
    NodeId translation() const {
        NodeId first = kNoNode, by_default = kNoNode;
        for (NodeId at = Document::kRoot; at != kNoNode; at = document_.next_in_order(at, Document::kRoot)) {
            if (!is_element(at, "translation")) continue;
            if (!language_.empty() && attribute(at, "lang") == language_) return at;
            if (first == kNoNode) first = at;
            if (by_default == kNoNode && attribute_node(at, "default") != kNoNode) by_default = at;
        }
        return by_default != kNoNode ? by_default : first;
    }
    // The first such element below.
    NodeId element_with(NodeId within, std::string_view element, std::string_view name, std::string_view value) const {
        for (NodeId at = document_.next_in_order(within, within); at != kNoNode; at = document_.next_in_order(at, within)) {
            if (!is_element(at, element)) continue;
            const NodeId found = attribute_node(at, name);
            if (found != kNoNode && document_[found].value == value) return at;
        }
        return kNoNode;
    }

    const Document& document_;
    const NameTable& names_;
    std::string language_;
};

core::Result<BoundExpression> prepare(std::string_view source, const NameTable& names,
                                      const std::vector<std::pair<std::string, std::string>>& prefixes, SourceSpan* fault) {
    core::Result<Expression> expression = parse_for_evaluation(nfc(source), fault);
    if (!expression) return expression.error();
    return bind_names(std::move(*expression), names, &prefixes);
}

EvaluatedValue shown(const Value& value, EvaluationContext& evaluation) {
    if (const bool* boolean = std::get_if<bool>(&value)) return *boolean;
    if (const double* number = std::get_if<double>(&value)) return *number;
    const NodeSet* nodes = std::get_if<NodeSet>(&value);
    if (nodes == nullptr) return value_text(value, evaluation);
    NodeTexts texts;
    std::string buffer;
    for (NodeRef node : *nodes) texts.emplace_back(evaluation.documents[node.document]->string_value(node.node, buffer));
    return texts;
}

}  // namespace

core::Result<EvaluatedValue> evaluate_expression(std::string_view source, std::string_view xml, std::string_view context,
                                                 const EvaluationSettings& settings, SourceSpan* fault) {
    const core::Result<TimeZone> zone = TimeZone::find(settings.timezone);
    if (!zone) return zone.error();
    NameTable names;
    ReadDocument read;
    if (!xml.empty()) {
        core::Result<ReadDocument> parsed = read_document(xml, names);
        if (!parsed) return parsed.error();
        read = std::move(*parsed);
    }
    for (const auto& [prefix, uri] : kKnownPrefixes) {
        const auto known = std::ranges::find(read.prefixes, prefix, &std::pair<std::string, std::string>::first);
        if (known == read.prefixes.end()) read.prefixes.emplace_back(prefix, uri);
    }
    for (const auto& [prefix, uri] : read.prefixes) names.intern("{" + uri + "}");
    const core::Result<BoundExpression> bound = prepare(source, names, read.prefixes, fault);
    if (!bound) return bound.error();

    core::SeededRandom random(settings.seed);
    RegularExpressions regular_expressions;
    DocumentHost host(read.document, names, settings.language);
    EvaluationContext evaluation;
    evaluation.documents = {&read.document};
    evaluation.names = &names;
    evaluation.host = &host;
    evaluation.now = settings.now;
    evaluation.zone = &*zone;
    evaluation.random = &random;
    evaluation.regular_expressions = &regular_expressions;
    evaluation.language = settings.language;

    NodeRef at{0, Document::kRoot};
    if (!context.empty()) {
        const core::Result<BoundExpression> place = prepare(context, names, read.prefixes, nullptr);
        if (!place) return place.error();
        const core::Result<Value> found = Evaluator(*place, evaluation).run(at);
        if (!found) return found.error();
        const NodeSet* nodes = std::get_if<NodeSet>(&*found);
        if (nodes == nullptr || nodes->empty()) {
            return core::Error{"expression.no_context", {"Không tìm thấy mục “" + std::string(context) + "” trong tài liệu.",
                                                         "There is no node \"" + std::string(context) + "\" in the document."}};
        }
        at = nodes->front();
    }
    const core::Result<Value> value = Evaluator(*bound, evaluation).run(at);
    if (!value) return value.error();
    return shown(*value, evaluation);
}

core::Result<core::WallTime> parse_moment(std::string_view text, const std::string& timezone) {
    const core::Result<TimeZone> zone = TimeZone::find(timezone);
    if (!zone) return zone.error();
    if (const Instant instant = parse_date_time(trim(text), *zone)) return core::WallTime(std::chrono::milliseconds(*instant));
    const std::string shown(text);
    return core::Error{"time.not_understood", {"“" + shown + "” không phải là một thời điểm; ví dụ 2026-11-24T08:30:00+07:00.",
                                               "\"" + shown + "\" is not a moment; for example 2026-11-24T08:30:00+07:00."}};
}

std::string number_as_text(double number) { return number_text(number); }

}  // namespace kiosk::forms
