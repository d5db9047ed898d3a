#include "form_visit_implementation.hpp"

#include <libxml/xmlwriter.h>

#include <algorithm>
#include <memory>
#include <set>

namespace kiosk::forms {
namespace {

struct FreeBuffer { void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); } };
struct FreeWriter { void operator()(xmlTextWriter* writer) const { xmlFreeTextWriter(writer); } };

const xmlChar* bytes(const std::string& text) { return reinterpret_cast<const xmlChar*>(text.c_str()); }

std::string_view local_part(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class SubmissionWriter {
  public:
    SubmissionWriter(const VisitEngine& engine, const SubmissionPart* part)
        : engine_(engine), document_(engine.instance().document()), part_(part),
          part_slot_(part ? engine.form().find_node(part->repeat) : kNone), buffer_(xmlBufferCreate()),
          writer_(xmlNewTextWriterMemory(buffer_.get(), 0)) {
        KIOSK_ASSERT(buffer_ != nullptr && writer_ != nullptr);
    }

    std::string run() {
        xmlTextWriterStartDocument(writer_.get(), nullptr, "UTF-8", nullptr);
        const NodeId root = engine_.instance().root();
        xmlTextWriterStartElement(writer_.get(), bytes(name_of(root)));
        declare_namespaces(root);
        write_attributes(root);
        write_content(root);
        if (!has_meta(root)) write_meta();
        xmlTextWriterEndElement(writer_.get());
        xmlTextWriterEndDocument(writer_.get());
        xmlTextWriterFlush(writer_.get());
        std::string text(reinterpret_cast<const char*>(xmlBufferContent(buffer_.get())),
                         static_cast<std::size_t>(xmlBufferLength(buffer_.get())));
        while (text.ends_with('\n')) text.pop_back();
        return text;
    }

  private:
    const std::string& name_of(NodeId node) const { return engine_.compiled().names.text(document_[node].name); }

    // Repeat templates are a matter of the form, not of its answers.
    bool is_written(NodeId attribute) const {
        return document_[attribute].kind == DocumentNodeKind::attribute && local_part(name_of(attribute)) != "template";
    }

    void declare_namespaces(NodeId root) {
        const Form& form = engine_.form();
        if (!form.instance_namespace.empty())
            xmlTextWriterWriteAttribute(writer_.get(), bytes("xmlns"), bytes(form.instance_namespace));
        std::set<std::string, std::less<>> used;
        const auto use = [&](std::string_view name) {
            if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) used.emplace(name.substr(0, colon));
        };
        for (NodeId at = root; at != kNoNode; at = document_.next_in_order(at, root)) {
            if (document_[at].kind != DocumentNodeKind::element || document_[at].hidden) continue;
            use(name_of(at));
            for (NodeId attribute = document_[at].first_attribute; attribute != kNoNode; attribute = document_[attribute].next)
                if (is_written(attribute)) use(name_of(attribute));
        }
        for (const auto& [prefix, uri] : form.namespaces)
            if (used.contains(prefix)) xmlTextWriterWriteAttribute(writer_.get(), bytes("xmlns:" + prefix), bytes(uri));
    }

    void write_attributes(NodeId element) {
        for (NodeId at = document_[element].first_attribute; at != kNoNode; at = document_[at].next)
            if (is_written(at)) xmlTextWriterWriteAttribute(writer_.get(), bytes(name_of(at)), bytes(document_[at].value));
    }

    void write_content(NodeId parent) {
        for (NodeId at = document_[parent].first_child; at != kNoNode; at = document_[at].next) {
            if (document_[at].kind == DocumentNodeKind::text) {
                if (!document_[at].value.empty()) xmlTextWriterWriteString(writer_.get(), bytes(document_[at].value));
            } else if (document_[at].kind == DocumentNodeKind::element && !document_[at].hidden && !is_left_out(at)) {
                xmlTextWriterStartElement(writer_.get(), bytes(name_of(at)));
                write_attributes(at);
                if (part_ && is_instance_id(at)) xmlTextWriterWriteString(writer_.get(), bytes(part_->instance_id));
                else write_content(at);
                if (is_meta(document_[at].slot) && !has_child(document_[at].slot, "instanceID")) write_instance_id(name_of(at));
                xmlTextWriterEndElement(writer_.get());
            }
        }
    }

    bool is_meta(std::uint32_t slot) const {
        const std::vector<Node>& nodes = engine_.form().nodes;
        return slot != kNone && nodes[slot].parent == 0 && local_part(nodes[slot].name) == "meta";
    }

    bool has_child(std::uint32_t slot, std::string_view local_name) const {
        const std::vector<Node>& nodes = engine_.form().nodes;
        for (std::uint32_t child = slot + 1; child < nodes[slot].end; child = nodes[child].end)
            if (local_part(nodes[child].name) == local_name) return true;
        return false;
    }

    // Whether a block of its own says which submission this is; one that is left out as not relevant does not.
    bool has_meta(NodeId root) const {
        for (NodeId at = document_[root].first_child; at != kNoNode; at = document_[at].next)
            if (document_[at].kind == DocumentNodeKind::element && !document_[at].hidden && is_meta(document_[at].slot)) return true;
        return false;
    }

    // An instance of the repeat of which another one is wanted.
    bool is_left_out(NodeId element) const {
        if (part_slot_ == kNone || document_[element].slot != part_slot_) return false;
        std::size_t instance = 1;
        for (NodeId at = document_[element].previous; at != kNoNode; at = document_[at].previous)
            if (document_[at].kind == DocumentNodeKind::element && document_[at].slot == part_slot_) ++instance;
        return instance != part_->instance;
    }

    bool is_instance_id(NodeId element) const {
        const NodeId parent = document_[element].parent;
        return local_part(name_of(element)) == "instanceID" && local_part(name_of(parent)) == "meta" &&
               document_[parent].parent == engine_.instance().root();
    }

    void write_meta() {
        xmlTextWriterStartElement(writer_.get(), bytes("meta"));
        xmlTextWriterWriteAttribute(writer_.get(), bytes("xmlns"), bytes("http://openrosa.org/xforms"));
        write_instance_id("meta");
        xmlTextWriterEndElement(writer_.get());
    }

    // In the namespace of the block it stands in.
    void write_instance_id(std::string_view meta) {
        const std::size_t colon = meta.find(':');
        const std::string prefix(colon == std::string_view::npos ? std::string_view() : meta.substr(0, colon + 1));
        xmlTextWriterWriteElement(writer_.get(), bytes(prefix + "instanceID"),
                                  bytes(part_ ? part_->instance_id : engine_.settings().instance_id));
    }

    const VisitEngine& engine_;
    const Document& document_;
    const SubmissionPart* part_;
    std::uint32_t part_slot_;
    std::unique_ptr<xmlBuffer, FreeBuffer> buffer_;
    std::unique_ptr<xmlTextWriter, FreeWriter> writer_;
};

}  // namespace

std::string submission_of(const VisitEngine& engine, const SubmissionPart* part) { return SubmissionWriter(engine, part).run(); }

}  // namespace kiosk::forms
