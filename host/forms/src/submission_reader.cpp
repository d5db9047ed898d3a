#include <kiosk/forms/submission.hpp>

#include <libxml/xmlreader.h>

#include <limits>
#include <memory>

namespace kiosk::forms {
namespace {

constexpr int kMaximumDepth = 64;

struct FreeReader {
    void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};
using Reader = std::unique_ptr<xmlTextReader, FreeReader>;

core::Error not_xml() {
    return {"submission.not_xml", {"Câu trả lời không phải là XML hợp lệ nên không đọc được.",
                                   "The answer is not well-formed XML and cannot be read."}};
}

core::Error not_allowed() {
    return {"submission.not_allowed", {"Câu trả lời chứa thành phần XML không được phép (DTD, thực thể, hoặc lồng quá sâu).",
                                       "The answer holds XML that is not allowed (a DTD, an entity, or too deep nesting)."}};
}

std::string text_of(const xmlChar* text) { return text == nullptr ? "" : reinterpret_cast<const char*>(text); }

std::string attribute(xmlTextReader* reader, const char* name) {
    xmlChar* value = xmlTextReaderGetAttribute(reader, reinterpret_cast<const xmlChar*>(name));
    std::string text = text_of(value);
    xmlFree(value);
    return text;
}

void be_silent(void*, const char*, xmlParserSeverities, xmlTextReaderLocatorPtr) {}

// Takes the reader's events one by one.
class Builder {
  public:
    explicit Builder(Submission& submission) : submission_(submission) {}

    // False: something that is not allowed.
    bool take(xmlTextReader* reader) {
        switch (xmlTextReaderNodeType(reader)) {
            case XML_READER_TYPE_ELEMENT: return begin(reader);
            case XML_READER_TYPE_END_ELEMENT: end(); return true;
            case XML_READER_TYPE_TEXT:
            case XML_READER_TYPE_CDATA:
            case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
            case XML_READER_TYPE_WHITESPACE:
                if (!open_.empty()) submission_.elements[open_.back()].value += text_of(xmlTextReaderConstValue(reader));
                return true;
            case XML_READER_TYPE_DOCUMENT_TYPE:
            case XML_READER_TYPE_ENTITY_REFERENCE: return false;
            default: return true;
        }
    }

  private:
    bool begin(xmlTextReader* reader) {
        if (open_.size() >= kMaximumDepth) return false;
        if (open_.empty()) {
            submission_.form_id = attribute(reader, "id");
            submission_.form_version = attribute(reader, "version");
        } else {
            submission_.elements[open_.back()].value.clear();  // the white space around its children
            has_children_ = true;
        }
        open_.push_back(static_cast<std::uint32_t>(submission_.elements.size()));
        submission_.elements.push_back({text_of(xmlTextReaderConstName(reader)), "", 0});
        has_children_ = false;
        if (xmlTextReaderIsEmptyElement(reader) == 1) end();
        return true;
    }

    void end() {
        SubmissionElement& element = submission_.elements[open_.back()];
        element.end = static_cast<std::uint32_t>(submission_.elements.size());
        if (has_children_) element.value.clear();
        has_children_ = true;  // so far as its parent is concerned
        open_.pop_back();
    }

    Submission& submission_;
    std::vector<std::uint32_t> open_;
    bool has_children_ = false;
};

}  // namespace

core::Result<Submission> read_submission(std::string_view xml) {
    if (xml.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return not_allowed();
    Reader reader(xmlReaderForMemory(xml.data(), static_cast<int>(xml.size()), nullptr, "UTF-8",
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT));
    if (!reader) return not_xml();
    xmlTextReaderSetErrorHandler(reader.get(), be_silent, nullptr);
    Submission submission;
    Builder builder(submission);
    int more = 0;
    while ((more = xmlTextReaderRead(reader.get())) == 1)
        if (!builder.take(reader.get())) return not_allowed();
    if (more != 0 || submission.elements.empty()) return not_xml();
    return submission;
}

}  // namespace kiosk::forms
