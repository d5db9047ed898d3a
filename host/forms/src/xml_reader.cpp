#include "xml_reader.hpp"

#include "unicode.hpp"
#include "xml_silence.hpp"

#include <libxml/xmlreader.h>

#include <algorithm>
#include <cstring>

namespace kiosk::forms {
namespace {

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

Finding not_xml(const std::string& part, int line, std::string_view detail) {
    Finding finding = file_fault(
        "xml.malformed", std::string(trimmed(detail)),
        {"“" + part + "” không phải XML đúng quy tắc.", "“" + part + "” is not well-formed XML."},
        {"Nếu là .xlsx: mở bằng Excel hoặc LibreOffice rồi lưu lại. Nếu là XForm: sửa lỗi ở dòng nêu trên.",
         "If it is an .xlsx: open it in Excel or LibreOffice and save it again. If it is an XForm: mend the line named."});
    finding.row = line > 0 ? static_cast<std::uint32_t>(line) : 0;
    return finding;
}

Finding has_doctype(const std::string& part) {
    return file_fault("xml.doctype", part,
                      {"“" + part + "” có khai báo DOCTYPE; không nhận vì có thể chứa thực thể nở bung.",
                       "“" + part + "” declares a DOCTYPE; refused, since it may hold entities that explode."},
                      {"Xoá khai báo <!DOCTYPE …> khỏi tệp.", "Remove the <!DOCTYPE …> declaration from the file."});
}

// libxml2 has limits of its own, met a block ahead of ours: they are told as ours are.
Finding parser_fault(const std::string& part, int line, const std::string& detail, const Limits& limits) {
    const auto tells_of = [&](std::string_view words) { return detail.find(words) != std::string::npos; };
    if (tells_of("Excessive depth")) {
        return limit_fault("xml_depth", limits.xml_depth, {"Độ lồng nhau của các thẻ trong “" + part + "”", "The nesting of tags in “" + part + "”"});
    }
    if (tells_of("huge text node") || tells_of("length too long") || tells_of("Huge input lookup")) {
        return limit_fault("cell_bytes", limits.cell_bytes, {"Độ dài một đoạn chữ trong “" + part + "”", "The length of a text in “" + part + "”"});
    }
    // It looks into the entities of a DOCTYPE before it tells that there is one.
    if (tells_of("entity reference loop") || tells_of("amplification")) return has_doctype(part);
    return not_xml(part, line, detail);
}

}  // namespace

struct XmlReader::State {
    const XmlSilence silence;   // not event by event, which takes as long as the reading
    Source source;
    std::string part;
    Limits limits;
    xmlTextReaderPtr reader = nullptr;
    bool empty_element_open = false;
    std::size_t elements = 0;
    Finding fault;
    std::string error;
    int error_line = 0;

    Event fail(Finding finding) {
        fault = std::move(finding);
        return Event::fault;
    }
};

XmlReader::XmlReader(Source source, std::string part, const Limits& limits) : state_(std::make_unique<State>()) {
    state_->source = std::move(source);
    state_->part = std::move(part);
    state_->limits = limits;
    const auto read = [](void* context, char* buffer, int length) {
        return static_cast<int>(static_cast<State*>(context)->source(buffer, static_cast<std::size_t>(length)));
    };
    const auto close = [](void*) { return 0; };
    state_->reader = xmlReaderForIO(read, close, state_.get(), nullptr, nullptr,
                                    XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_COMPACT);
    const auto on_error = [](void* context, xmlErrorPtr error) {
        auto* state = static_cast<State*>(context);
        if (error == nullptr || error->level < XML_ERR_ERROR || !state->error.empty()) return;
        state->error = error->message == nullptr ? "" : error->message;
        state->error_line = error->line;
    };
    if (state_->reader != nullptr) xmlTextReaderSetStructuredErrorHandler(state_->reader, on_error, state_.get());
}

XmlReader::~XmlReader() {
    if (state_->reader != nullptr) xmlFreeTextReader(state_->reader);
}

XmlReader::Event XmlReader::next() {
    State& state = *state_;
    if (state.reader == nullptr) return state.fail(not_xml(state.part, 0, ""));
    if (state.empty_element_open) {
        state.empty_element_open = false;
        return Event::end;
    }
    for (;;) {
        const int status = xmlTextReaderRead(state.reader);
        if (status == 0 && state.error.empty()) return Event::finished;
        if (status != 1) return state.fail(parser_fault(state.part, state.error_line, state.error, state.limits));
        switch (xmlTextReaderNodeType(state.reader)) {
            case XML_READER_TYPE_ELEMENT:
                if (static_cast<std::size_t>(xmlTextReaderDepth(state.reader)) >= state.limits.xml_depth) {
                    return state.fail(limit_fault("xml_depth", state.limits.xml_depth,
                                                  {"Độ lồng nhau của các thẻ trong “" + state.part + "”",
                                                   "The nesting of tags in “" + state.part + "”"}));
                }
                ++state.elements;
                state.empty_element_open = xmlTextReaderIsEmptyElement(state.reader) == 1;
                return Event::start;
            case XML_READER_TYPE_END_ELEMENT:
                return Event::end;
            case XML_READER_TYPE_TEXT:
            case XML_READER_TYPE_CDATA:
            case XML_READER_TYPE_WHITESPACE:
            case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
                return Event::text;
            case XML_READER_TYPE_DOCUMENT_TYPE:
            case XML_READER_TYPE_ENTITY_REFERENCE:
                return state.fail(has_doctype(state.part));
            default:
                break;  // comments, processing instructions
        }
    }
}

std::string_view XmlReader::name() const { return view(xmlTextReaderConstLocalName(state_->reader)); }
std::string_view XmlReader::prefix() const { return view(xmlTextReaderConstPrefix(state_->reader)); }
std::string_view XmlReader::text() const { return view(xmlTextReaderConstValue(state_->reader)); }
const Finding& XmlReader::fault() const { return state_->fault; }

std::uint32_t XmlReader::line() const {
    // The parser itself may be a block ahead of the node.
    const xmlNodePtr node = xmlTextReaderCurrentNode(state_->reader);
    return node == nullptr ? 0 : static_cast<std::uint32_t>(std::max(0L, xmlGetLineNo(node)));
}

std::optional<std::string> XmlReader::attribute(std::string_view local_name) const {
    std::optional<std::string> found;
    for (int status = xmlTextReaderMoveToFirstAttribute(state_->reader); status == 1;
         status = xmlTextReaderMoveToNextAttribute(state_->reader)) {
        if (view(xmlTextReaderConstLocalName(state_->reader)) == local_name) {
            found = std::string(view(xmlTextReaderConstValue(state_->reader)));
            break;
        }
    }
    xmlTextReaderMoveToElement(state_->reader);
    return found;
}

std::vector<XmlAttribute> XmlReader::attributes() const {
    std::vector<XmlAttribute> all;
    const xmlNodePtr element = xmlTextReaderCurrentNode(state_->reader);
    for (const xmlNs* space = element->nsDef; space != nullptr; space = space->next) {
        if (space->prefix == nullptr) all.push_back({"", "xmlns", std::string(view(space->href))});
        else all.push_back({"xmlns", std::string(view(space->prefix)), std::string(view(space->href))});
    }
    for (xmlAttrPtr one = element->properties; one != nullptr; one = one->next) {
        const std::unique_ptr<xmlChar, decltype(xmlFree)> value(xmlNodeListGetString(element->doc, one->children, 1), xmlFree);
        all.push_back({one->ns == nullptr ? "" : std::string(view(one->ns->prefix)), std::string(view(one->name)), std::string(view(value.get()))});
    }
    return all;
}

const std::string* XmlNode::attribute(std::string_view local_name) const {
    for (const XmlAttribute& candidate : attributes) {
        if (candidate.prefix.empty() && candidate.name == local_name) return &candidate.value;
    }
    return nullptr;
}

const std::string* XmlNode::attribute(std::string_view attribute_prefix, std::string_view local_name) const {
    for (const XmlAttribute& candidate : attributes) {
        if (candidate.prefix == attribute_prefix && candidate.name == local_name) return &candidate.value;
    }
    return nullptr;
}

const XmlNode* XmlTree::child(const XmlNode& parent, std::string_view name) const {
    for (const std::uint32_t index : parent.children) {
        if (nodes[index].name == name) return &nodes[index];
    }
    return nullptr;
}

std::string XmlTree::text_of(const XmlNode& node) const {
    if (!node.is_element()) return node.text;
    std::string all;
    for (const std::uint32_t index : node.children) all += text_of(nodes[index]);
    return all;
}

OrFinding<XmlTree> read_xml(std::string_view document, const Limits& limits) {
    const auto source = [document](char* buffer, std::size_t size) mutable -> long {
        const std::size_t count = std::min(size, document.size());
        std::memcpy(buffer, document.data(), count);
        document.remove_prefix(count);
        return static_cast<long>(count);
    };
    XmlReader reader(source, "XForm", limits);
    XmlTree tree;
    tree.nodes.reserve(std::min(limits.xml_elements, static_cast<std::size_t>(std::ranges::count(document, '<'))));   // about
    std::vector<std::uint32_t> open;
    for (;;) {
        switch (reader.next()) {
            case XmlReader::Event::fault:
                return reader.fault();
            case XmlReader::Event::finished:
                return tree;
            case XmlReader::Event::end:
                open.pop_back();
                break;
            case XmlReader::Event::start:
            case XmlReader::Event::text: {
                const auto index = static_cast<std::uint32_t>(tree.nodes.size());
                if (index >= limits.xml_elements) {
                    return limit_fault("xml_elements", limits.xml_elements, {"Số thẻ trong XForm", "The number of XForm tags"});
                }
                XmlNode node;
                node.line = reader.line();
                const bool is_text = reader.name() == "#text" || reader.name() == "#cdata-section";
                if (is_text) {
                    node.text = nfc(reader.text());
                } else {
                    node.prefix = reader.prefix();
                    node.name = reader.name();
                    node.attributes = reader.attributes();
                    for (XmlAttribute& attribute : node.attributes) attribute.value = nfc(attribute.value);
                }
                if (!open.empty()) tree.nodes[open.back()].children.push_back(index);
                if (!is_text) open.push_back(index);
                tree.nodes.push_back(std::move(node));
                break;
            }
        }
    }
}

}  // namespace kiosk::forms
