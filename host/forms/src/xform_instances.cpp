#include "csv.hpp"
#include "suggestion.hpp"
#include "unicode.hpp"
#include "xform_parts.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace kiosk::forms {
namespace {

std::string qualified(std::string_view prefix, std::string_view name) {
    return prefix.empty() ? std::string(name) : std::string(prefix) + ":" + std::string(name);
}

bool is_declaration(const XmlAttribute& attribute) { return attribute.prefix == "xmlns" || (attribute.prefix.empty() && attribute.name == "xmlns"); }
bool is_template_mark(const XmlAttribute& attribute) { return attribute.prefix == "jr" && attribute.name == "template"; }

bool is_template(const XmlNode& node) { return std::any_of(node.attributes.begin(), node.attributes.end(), is_template_mark); }

bool has_elements(const XmlTree& tree, const XmlNode& node) {
    return std::any_of(node.children.begin(), node.children.end(), [&](std::uint32_t child) { return tree.at(child).is_element(); });
}

// Builds an Instance from a tree of XML, templates left out.
class InstanceBuilder {
  public:
    InstanceBuilder(const XmlTree& tree, Instance& instance) : tree_(tree), instance_(instance) {}

    void add(const XmlNode& node, std::uint32_t parent) {
        const std::uint32_t at = push(qualified(node.prefix, node.name), parent);
        for (const XmlAttribute& attribute : node.attributes) {
            if (is_declaration(attribute) || is_template_mark(attribute)) continue;
            const std::uint32_t child = push("@" + qualified(attribute.prefix, attribute.name), at);
            instance_.elements[child].value = attribute.value;
        }
        if (!has_elements(tree_, node)) instance_.elements[at].value = tree_.text_of(node);
        for (const std::uint32_t child : node.children) {
            if (tree_.at(child).is_element() && !is_template(tree_.at(child))) add(tree_.at(child), at);
        }
        instance_.elements[at].end = static_cast<std::uint32_t>(instance_.elements.size());
    }

    std::uint32_t push(const std::string& name, std::uint32_t parent) {
        const auto [found, is_new] = names_.try_emplace(name, static_cast<std::uint32_t>(instance_.names.size()));
        if (is_new) instance_.names.push_back(name);
        const auto at = static_cast<std::uint32_t>(instance_.elements.size());
        instance_.elements.push_back({found->second, parent, at + 1, {}});
        return at;
    }

  private:
    const XmlTree& tree_;
    Instance& instance_;
    std::unordered_map<std::string, std::uint32_t> names_;
};

// The definition of the primary instance: each path once, templates first, in the order they are met.
class NodeBuilder {
  public:
    NodeBuilder(const XmlTree& tree, const Limits& limits, std::vector<Node>& nodes) : tree_(tree), limits_(limits), nodes_(nodes) {}

    // The name of the limit passed, if one was: what comes after it is left out.
    std::string_view passed() const {
        if (nodes_.size() >= limits_.questions) return "questions";
        return path_bytes_ > limits_.text_bytes ? "text_bytes" : std::string_view();
    }

    // are_siblings: two of them stand below one parent, and not only one in each instance of a repeat around them.
    void add(const std::vector<const XmlNode*>& same, std::uint32_t parent, bool are_siblings = false) {
        if (!passed().empty()) return;
        const auto at = static_cast<std::uint32_t>(nodes_.size());
        const auto marked = std::find_if(same.begin(), same.end(), [](const XmlNode* node) { return is_template(*node); });
        const XmlNode& model = marked == same.end() ? *same.front() : **marked;
        Node node;
        node.name = qualified(model.prefix, model.name);
        node.path = (parent == kNone ? "" : nodes_[parent].path) + "/" + node.name;
        path_bytes_ += node.path.size();
        node.parent = parent;
        const bool has_children = std::any_of(same.begin(), same.end(), [&](const XmlNode* one) { return has_elements(tree_, *one); });
        node.kind = marked != same.end() || (are_siblings && has_children) ? ItemKind::repeat
                    : has_children || parent == kNone                        ? ItemKind::group
                                                                             : ItemKind::question;
        node.starts_empty = std::all_of(same.begin(), same.end(), [](const XmlNode* one) { return is_template(*one); });
        if (!has_children) node.default_value = tree_.text_of(model);
        nodes_.push_back(std::move(node));
        add_children(same, at);
        nodes_[at].end = static_cast<std::uint32_t>(nodes_.size());
    }

  private:
    void add_children(const std::vector<const XmlNode*>& parents, std::uint32_t at) {
        std::vector<std::pair<std::string, std::vector<const XmlNode*>>> groups;
        std::unordered_map<std::string, std::size_t> index;
        std::set<std::string> with_siblings;
        for (const XmlNode* parent : parents) {
            std::set<std::string> seen;
            for (const std::uint32_t child : parent->children) {
                const XmlNode& node = tree_.at(child);
                if (!node.is_element()) continue;
                const std::string name = qualified(node.prefix, node.name);
                const auto [found, is_new] = index.try_emplace(name, groups.size());
                if (is_new) groups.push_back({name, {}});
                groups[found->second].second.push_back(&node);
                if (!seen.insert(name).second) with_siblings.insert(name);
            }
        }
        for (const auto& [name, same] : groups) add(same, at, with_siblings.contains(name));
    }

    const XmlTree& tree_;
    const Limits& limits_;
    std::vector<Node>& nodes_;
    std::size_t path_bytes_ = 0;
};

const XmlNode* first_element(const XmlTree& tree, const XmlNode& parent) {
    for (const std::uint32_t child : parent.children) {
        if (tree.at(child).is_element()) return &tree.at(child);
    }
    return nullptr;
}

std::string_view file_of(std::string_view uri) {
    for (const std::string_view scheme : {"jr://file-csv/", "jr://file/"}) {
        if (uri.starts_with(scheme)) return uri.substr(scheme.size());
    }
    return {};
}

void fill_from_csv(const Sheet& sheet, Instance& instance) {
    static const XmlTree kNoTree;
    InstanceBuilder builder(kNoTree, instance);
    const std::uint32_t root = builder.push("root", kNone);
    for (std::size_t i = 1; i < sheet.rows.size(); ++i) {
        const std::uint32_t item = builder.push("item", root);
        for (const SheetCell& header : sheet.rows.front().cells) {
            const std::string* text = sheet.rows[i].at(header.column);
            const std::uint32_t cell = builder.push(single_spaced(header.text), item);
            if (text != nullptr) instance.elements[cell].value = *text;
        }
        instance.elements[item].end = static_cast<std::uint32_t>(instance.elements.size());
    }
    instance.elements[root].end = static_cast<std::uint32_t>(instance.elements.size());
}

void fill_from_file(XFormContext& context, const XmlNode& node, const ReadFile& beside, Instance& instance) {
    const Place place = line_place(node, "src");
    const std::string_view file = file_of(instance.source);
    if (instance.source.find("last-saved") != std::string::npos) {
        context.report.error("reference.last_saved", place, instance.source,
                             {"last-saved lấy câu trả lời của người trước nên không dùng được trên kiosk.",
                              "last-saved takes the previous person's answer, so it does not apply on a kiosk."},
                             {"Xoá instance này.", "Remove this instance."});
        return;
    }
    // A name, never a way to another folder.
    const bool is_plain = !file.empty() && file.find_first_of("/\\:") == std::string_view::npos && file != "..";
    const std::optional<core::Bytes> content = is_plain && beside ? beside(file) : std::nullopt;
    if (!content) {
        context.report.warning("external.missing", place, std::string(file.empty() ? instance.source : file),
                               {"Không thấy tệp " + in_quotes(file) + " bên cạnh biểu mẫu.", "The file " + in_quotes(file) + " is not beside the form."},
                               {"Đặt tệp này vào cùng thư mục với biểu mẫu.", "Put the file into the form's folder."});
        return;
    }
    if (ascii_lower(file).ends_with(".csv")) {
        auto sheet = read_csv(*content, file, context.limits);
        if (auto* fault = std::get_if<Finding>(&sheet)) context.report.error(std::move(*fault));
        else fill_from_csv(std::get<Sheet>(sheet), instance);
        return;
    }
    const std::string_view text(reinterpret_cast<const char*>(content->data()), content->size());
    auto tree = read_xml(text, context.limits);
    if (auto* fault = std::get_if<Finding>(&tree)) {
        fault->text = std::string(file) + ": " + fault->text;
        context.report.error(std::move(*fault));
    } else {
        const XmlTree& external = std::get<XmlTree>(tree);
        InstanceBuilder(external, instance).add(external.at(0), kNone);
    }
}

}  // namespace

bool read_primary_instance(XFormContext& context, const XmlNode& instance) {
    const XmlNode* root = first_element(context.tree, instance);
    if (root == nullptr) {
        context.report.error("xform.no_instance", line_place(instance, ""), "",
                             {"Thẻ <instance> đầu tiên trống.", "The first <instance> is empty."},
                             {"Đặt vào đó phần tử gốc, ví dụ <data id=\"…\">.", "Put the root element in it, such as <data id=\"…\">."});
        return false;
    }
    Form& form = context.form;
    NodeBuilder builder(context.tree, context.limits, form.nodes);
    builder.add({root}, kNone);
    if (!builder.passed().empty()) {
        const bool is_count = builder.passed() == "questions";
        context.report.error(limit_fault(builder.passed(), is_count ? context.limits.questions : context.limits.text_bytes,
                                         is_count ? core::Words{"Số phần tử của instance", "The number of elements of the instance"}
                                                  : core::Words{"Tổng độ dài đường dẫn của instance", "The paths of the instance altogether"}));
        return false;
    }
    for (std::uint32_t i = 0; i < form.nodes.size(); ++i) context.nodes_by_path.emplace(form.nodes[i].path, i);
    InstanceBuilder(context.tree, form.instance).add(*root, kNone);
    for (const XmlAttribute& attribute : root->attributes) {
        if (attribute.prefix.empty() && attribute.name == "id") form.id = attribute.value;
        else if (attribute.name == "version") form.version = attribute.value;
        else if (attribute.prefix.empty() && attribute.name == "xmlns") form.instance_namespace = attribute.value;
        else if (attribute.prefix == "kiosk") form.settings.emplace_back("kiosk:" + attribute.name, attribute.value);
    }
    if (form.id.empty()) form.id = form.instance_namespace;
    return true;
}

void read_secondary_instance(XFormContext& context, const XmlNode& node, const ReadFile& beside) {
    Instance instance;
    if (const std::string* id = node.attribute("id")) instance.id = *id;
    if (const std::string* source = node.attribute("src")) instance.source = *source;
    if (const XmlNode* root = first_element(context.tree, node)) {
        InstanceBuilder(context.tree, instance).add(*root, kNone);
    } else if (!instance.source.empty()) {
        fill_from_file(context, node, beside, instance);
    }
    std::vector<Instance>& all = context.form.secondary;
    const auto at = std::lower_bound(all.begin(), all.end(), instance.id,
                                     [](const Instance& one, const std::string& id) { return one.id < id; });
    if (at != all.end() && at->id == instance.id) {
        context.report.error("xform.duplicate_instance", line_place(node, "id"), instance.id,
                             {"Có hai <instance> cùng id " + in_quotes(instance.id) + ".", "Two <instance> have the id " + in_quotes(instance.id) + "."},
                             {"Đổi id của một trong hai.", "Change the id of one of them."});
        return;
    }
    all.insert(at, std::move(instance));
}

std::string absolute_path(std::string_view base, std::string_view reference) {
    reference = trimmed(reference);
    if (reference.starts_with("instance(") || reference.find('(') != std::string_view::npos) return {};
    std::string path = reference.starts_with('/') ? "" : std::string(base);
    if (reference.starts_with("current()/")) reference.remove_prefix(10);
    while (!reference.empty()) {
        const std::string_view step = trimmed(reference.substr(0, reference.find('/')));
        reference.remove_prefix(std::min(reference.size(), reference.find('/') == std::string_view::npos ? reference.size() : reference.find('/') + 1));
        if (step.empty() || step == ".") continue;
        if (step != "..") path += "/" + std::string(step);
        else if (!path.empty()) path.erase(path.rfind('/'));
    }
    return path;
}

}  // namespace kiosk::forms
