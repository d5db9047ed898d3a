#include "form_layout.hpp"

#include <kiosk/core/sha256.hpp>

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>

namespace kiosk::office_store {
namespace {

using core::AnswerType;
using forms::Form;
using forms::kNone;

constexpr std::size_t kLongestName = 50;  // PostgreSQL cuts identifiers at 63 bytes

std::vector<std::string_view> segments(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        const std::size_t end = std::min(path.find('/'), path.size());
        parts.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return parts;
}

// Lower-case letters, digits and underscores, joined by "__". Where that loses something, eight digits of a hash say what.
std::string identifier(std::string_view path) {
    std::string name;
    bool exact = true;
    for (const std::string_view part : segments(path)) {
        if (!name.empty()) name += "__";
        exact = exact && !part.starts_with('_') && !part.ends_with('_') && part.find("__") == std::string_view::npos;
        for (const char c : part) {
            const auto byte = static_cast<unsigned char>(c);
            const bool kept = byte < 0x80 && (std::isalnum(byte) != 0 || c == '_');
            exact = exact && kept;
            name += kept ? static_cast<char>(std::tolower(byte)) : '_';
        }
    }
    if (name.size() > kLongestName) {
        name.resize(kLongestName);
        exact = false;
    }
    if (!exact) name += "_" + core::to_hex(core::ByteView(core::sha256_of(path)).first(4));
    return name;
}

AnswerType answer_type(const forms::Node& node) {
    const std::string& type = node.type;
    if (type == "select_one") return AnswerType::choice;
    if (type == "select_multiple") return AnswerType::choices;
    if (type == "rank") return AnswerType::ranking;
    if (type == "integer" || (type == "range" && node.data_type == "int") || (type == "calculate" && node.data_type == "int"))
        return AnswerType::integer;
    if (type == "decimal" || type == "range" || (type == "calculate" && node.data_type == "decimal"))
        return AnswerType::decimal;
    if (type == "date" || type == "today") return AnswerType::date;
    if (type == "time") return AnswerType::time;
    if (type == "dateTime" || type == "start" || type == "end") return AnswerType::date_time;
    return AnswerType::text;
}

std::string plain_text(const forms::TextTemplate& pieces) {
    std::string text;
    for (const forms::TextPiece& piece : pieces) text += piece.output.empty() ? piece.text : "…";
    return text;
}

class LayoutMaker {
  public:
    explicit LayoutMaker(const Form& form) : form_(form) {
        languages_.push_back(form.default_language);
        for (std::uint32_t i = 0; i < form.languages.size(); ++i)
            if (i != form.default_language) languages_.push_back(i);
    }

    FormLayout make() {
        for (const std::uint32_t language : languages_)
            layout_.languages.push_back(language < form_.languages.size() ? form_.languages[language].code : "");
        layout_.root_path = form_.nodes[0].path;
        layout_.title = plain_text(form_.text(form_.title, form_.default_language));
        for (std::uint32_t i = 1; i < form_.nodes.size(); ++i) take(i);
        return std::move(layout_);
    }

  private:
    void take(std::uint32_t index) {
        const forms::Node& node = form_.nodes[index];
        if (node.kind == forms::ItemKind::repeat) layout_.repeats.push_back(node.path);
        if (node.kind != forms::ItemKind::question || node.type == "note" || is_meta(index)) return;
        const std::string repeat = repeat_of(index);
        const std::string& under = repeat.empty() ? form_.nodes[0].path : repeat;
        LayoutQuestion question{node.path, repeat, table_name(form_.id, form_.nodes[0].path, repeat),
                                identifier(std::string_view(node.path).substr(under.size())), {}};
        question.column.path = node.path;
        question.column.header = header_of(node.path, under);
        question.column.question_type = node.type;
        question.column.type = answer_type(node);
        if (node.control != kNone) {
            question.column.labels = labels_of(form_.controls[node.control].label);
            question.column.choices = choices_of(form_.controls[node.control]);
        }
        layout_.questions.push_back(std::move(question));
    }

    // instanceID and its like: the key says it already.
    bool is_meta(std::uint32_t index) const {
        const auto parent = form_.nodes[index].parent;
        if (parent == kNone || form_.nodes[parent].parent != 0) return false;
        const std::string& name = form_.nodes[parent].name;
        return name == "meta" || name.ends_with(":meta");
    }

    std::string repeat_of(std::uint32_t index) const {
        for (auto at = form_.nodes[index].parent; at != kNone; at = form_.nodes[at].parent)
            if (form_.nodes[at].kind == forms::ItemKind::repeat) return form_.nodes[at].path;
        return {};
    }

    std::vector<std::string> labels_of(const forms::Translated& label) const {
        std::vector<std::string> labels;
        for (const std::uint32_t language : languages_) labels.push_back(plain_text(form_.text(label, language)));
        return labels;
    }

    std::vector<core::AnswerChoice> choices_of(const forms::Control& control) const {
        std::vector<core::AnswerChoice> choices;
        if (control.itemset) return itemset_choices(*control.itemset);
        for (const forms::Choice& choice : control.choices) add(choices, choice.name, labels_of(choice.label));
        return choices;
    }

    // All choices of the list, whatever the filter: instance('tinh')/root/item[…]
    std::vector<core::AnswerChoice> itemset_choices(const forms::Itemset& itemset) const {
        std::vector<core::AnswerChoice> choices;
        const std::string_view nodeset = itemset.nodeset;
        constexpr std::string_view kStart = "instance('";
        if (!nodeset.starts_with(kStart)) return choices;
        const std::size_t end = nodeset.find('\'', kStart.size());
        if (end == std::string_view::npos) return choices;
        const forms::Instance* list = form_.find_instance(nodeset.substr(kStart.size(), end - kStart.size()));
        if (list == nullptr || list->elements.empty()) return choices;
        for (std::uint32_t item = 1; item < list->elements[0].end; item = list->elements[item].end) {
            const std::string* name = child_value(*list, item, itemset.value);
            if (name == nullptr) continue;
            const std::string* label = child_value(*list, item, itemset.label);
            add(choices, *name, label == nullptr ? std::vector<std::string>() : item_labels(*label, itemset.label_is_itext));
        }
        return choices;
    }

    std::vector<std::string> item_labels(const std::string& label, bool is_itext) const {
        if (!is_itext) return std::vector<std::string>(languages_.size(), label);
        const forms::Translated* translated = form_.find_itext(label);
        return translated == nullptr ? std::vector<std::string>() : labels_of(*translated);
    }

    static const std::string* child_value(const forms::Instance& list, std::uint32_t item, const std::string& name) {
        for (std::uint32_t child = item + 1; child < list.elements[item].end; child = list.elements[child].end)
            if (list.name(list.elements[child]) == name) return &list.elements[child].value;
        return nullptr;
    }

    static void add(std::vector<core::AnswerChoice>& choices, const std::string& name, std::vector<std::string> labels) {
        const bool known = std::any_of(choices.begin(), choices.end(), [&](const auto& other) { return other.name == name; });
        if (!known) choices.push_back({name, std::move(labels)});
    }

    const Form& form_;
    std::vector<std::uint32_t> languages_;
    FormLayout layout_;
};

}  // namespace

FormLayout layout_of(const Form& form) {
    if (form.nodes.empty()) return {};
    return LayoutMaker(form).make();
}

std::string table_name(std::string_view form_id, std::string_view root_path, std::string_view repeat_path) {
    const std::string path = "/" + std::string(form_id) +
                             std::string(repeat_path.empty() ? repeat_path : repeat_path.substr(root_path.size()));
    return "form_" + identifier(path);
}

const char* sql_type(AnswerType type) {
    if (type == AnswerType::integer) return "BIGINT";
    if (type == AnswerType::decimal) return "DOUBLE PRECISION";
    return "TEXT";
}

std::string header_of(std::string_view path, std::string_view under) {
    std::string header(path.substr(std::min(path.size(), under.size() + 1)));
    std::replace(header.begin(), header.end(), '/', '-');
    return header;
}

}  // namespace kiosk::office_store
