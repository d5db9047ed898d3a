#include <kiosk/forms/form.hpp>

#include <algorithm>

namespace kiosk::forms {
namespace {

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return folded(x) == folded(y); });
}

template <class Field>
const Field& first_filled(const Form& form, const Translated& translated, std::uint32_t language,
                          Field LocalText::* field) {
    static const Field kEmpty;
    for (const std::uint32_t index : {language, form.default_language}) {
        if (index < translated.in.size() && !(translated.in[index].*field).empty()) return translated.in[index].*field;
    }
    for (const LocalText& local : translated.in) {
        if (!(local.*field).empty()) return local.*field;
    }
    return kEmpty;
}

}  // namespace

std::uint32_t Form::find_node(std::string_view path) const {
    // Down the tree, so that a form of thousands of questions in groups is not searched from end to end.
    if (nodes.empty() || !path.starts_with(nodes[0].path)) return kNone;
    std::uint32_t at = 0;
    while (nodes[at].path.size() < path.size()) {
        std::uint32_t found = kNone;
        for (std::uint32_t child = at + 1; child < nodes[at].end; child = nodes[child].end) {
            const std::string& candidate = nodes[child].path;
            const bool is_prefix = path.starts_with(candidate);
            if (is_prefix && (path.size() == candidate.size() || path[candidate.size()] == '/')) {
                found = child;
                break;
            }
        }
        if (found == kNone) return kNone;
        at = found;
    }
    return nodes[at].path == path ? at : kNone;
}

const Instance* Form::find_instance(std::string_view instance_id) const {
    const auto found = std::lower_bound(secondary.begin(), secondary.end(), instance_id,
                                        [](const Instance& a, std::string_view b) { return a.id < b; });
    return found != secondary.end() && found->id == instance_id ? &*found : nullptr;
}

const Translated* Form::find_itext(std::string_view text_id) const {
    const auto found = std::lower_bound(itext.begin(), itext.end(), text_id,
                                        [](const auto& a, std::string_view b) { return a.first < b; });
    return found != itext.end() && found->first == text_id ? &found->second : nullptr;
}

std::uint32_t Form::find_language(std::string_view name_or_code) const {
    for (const auto member : {&Language::name, &Language::code}) {
        for (std::uint32_t i = 0; i < languages.size(); ++i) {
            if (equal_ignoring_case(languages[i].*member, name_or_code)) return i;
        }
    }
    return kNone;
}

const TextTemplate& Form::text(const Translated& translated, std::uint32_t language) const {
    return first_filled(*this, translated, language, &LocalText::text);
}

const TextTemplate& Form::guidance(const Translated& translated, std::uint32_t language) const {
    return first_filled(*this, translated, language, &LocalText::guidance);
}

const std::string& Form::medium(const Translated& translated, std::uint32_t language,
                                std::string LocalText::* which) const {
    return first_filled(*this, translated, language, which);
}

bool Form::same_meaning(const Form& other) const {
    return id == other.id && version == other.version && title == other.title && languages == other.languages &&
           default_language == other.default_language && style == other.style &&
           instance_namespace == other.instance_namespace && namespaces == other.namespaces &&
           settings == other.settings && submission_url == other.submission_url && public_key == other.public_key &&
           nodes == other.nodes && controls == other.controls && instance == other.instance &&
           secondary == other.secondary && itext == other.itext && actions == other.actions;
}

}  // namespace kiosk::forms
