#include "filling.hpp"

#include <kiosk/forms/choice_labels.hpp>

#include <algorithm>

namespace kiosk::documents {
namespace {

constexpr std::string_view kDots = "……………………";

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool is_date(std::string_view value) { return value.size() == 10 && value[4] == '-' && value[7] == '-'; }

// As Vietnamese documents write a date: two digits for days below 10 and for January and February.
std::string date_in_words(std::string_view value) {
    if (!is_date(value)) return "ngày …… tháng …… năm ………";
    std::string_view month = value.substr(5, 2);
    if (month[0] == '0' && month[1] > '2') month.remove_prefix(1);
    return "ngày " + std::string(value.substr(8, 2)) + " tháng " + std::string(month) + " năm " + std::string(value.substr(0, 4));
}

std::string date_in_digits(std::string_view value) {
    return std::string(value.substr(8, 2)) + "/" + std::string(value.substr(5, 2)) + "/" + std::string(value.substr(0, 4));
}

std::vector<std::string> split(std::string_view names) {
    std::vector<std::string> all;
    while (!names.empty()) {
        const std::size_t end = std::min(names.find(' '), names.size());
        if (end > 0) all.emplace_back(names.substr(0, end));
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    return all;
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        if (letter == '&') result += "&amp;";
        else if (letter == '<') result += "&lt;";
        else if (letter == '>') result += "&gt;";
        else if (static_cast<unsigned char>(letter) >= 0x20 || letter == '\n') result += letter;
    }
    return result;
}

core::Result<Answers> Answers::read(const Filling& filling) {
    auto submission = forms::read_submission(filling.submission);
    if (!submission) return submission.error();
    return Answers(filling, std::move(*submission));
}

std::vector<Answers::Scope> Answers::instances(std::string_view repeat) const {
    std::vector<Scope> all;
    for (std::size_t i = 0; i < submission_.elements.size(); ++i)
        if (submission_.elements[i].name == repeat) all.emplace_back(i, submission_.elements[i].end);
    return all;
}

std::string Answers::value(std::string_view name, Scope scope) const {
    for (const auto& [first, end] : {scope, whole()})
        for (std::size_t i = first; i < end; ++i)
            if (submission_.elements[i].name == name && submission_.elements[i].end == i + 1) return submission_.elements[i].value;
    return {};
}

std::uint32_t Answers::node(std::string_view name) const {
    for (std::uint32_t i = 0; i < form_.nodes.size(); ++i)
        if (form_.nodes[i].name == name) return i;
    return forms::kNone;
}

std::string Answers::label(std::string_view name) const {
    const std::uint32_t found = node(name);
    if (found == forms::kNone || form_.nodes[found].control == forms::kNone) return std::string(name);
    return forms::plain_words(form_, form_.controls[form_.nodes[found].control].label, language_);
}

std::vector<std::pair<std::string, std::string>> Answers::choices(std::string_view name) const {
    const std::uint32_t found = node(name);
    if (found == forms::kNone || form_.nodes[found].control == forms::kNone) return {};
    return forms::choice_labels(form_, form_.controls[form_.nodes[found].control], language_);
}

std::string Answers::choice_label(std::string_view name, std::string_view choice) const {
    for (const auto& [value, label] : choices(name))
        if (value == choice) return label;
    return std::string(choice);
}

std::string Answers::words(std::string_view name, Scope scope) const {
    const std::string text = value(name, scope);
    const std::uint32_t found = node(name);
    const std::string_view type = found == forms::kNone ? std::string_view{} : std::string_view(form_.nodes[found].type);
    if (type == "select_one") return text.empty() ? text : choice_label(name, text);
    if (type == "select_multiple" || type == "rank") {
        std::string all;
        for (const std::string& choice : split(text)) all += (all.empty() ? "" : ", ") + choice_label(name, choice);
        return all;
    }
    if (is_date(text) && (type == "date" || type == "today")) return date_in_digits(text);
    return text;
}

std::string Answers::expand(std::string_view braces, Scope scope) const {
    if (const std::size_t question = braces.find('?'); question != std::string_view::npos) {
        const std::size_t equals = std::min(braces.find('='), question);
        const std::string found = value(trimmed(braces.substr(0, equals)), scope);
        const bool is_met = equals == question ? !found.empty() : found == trimmed(braces.substr(equals + 1, question - equals - 1));
        return is_met ? escaped(braces.substr(question + 1)) : std::string();
    }
    const std::size_t bar = std::min(braces.find('|'), braces.size());
    const std::string_view name = trimmed(braces.substr(0, bar));
    const std::string_view how = bar == braces.size() ? std::string_view{} : trimmed(braces.substr(bar + 1));
    if (how == "words") return date_in_words(value(name, scope));
    if (how == "label") return escaped(label(name));
    const std::string found = words(name, scope);
    if (found.empty() && how != "empty") return std::string(kDots);
    return escaped(found);
}

std::string Answers::markup(std::string_view text, Scope scope) const {
    std::string result;
    bool is_bold = false, is_italic = false;
    while (!text.empty()) {
        if (text.starts_with("**")) {
            result += (is_bold = !is_bold) ? "<b>" : "</b>";
            text.remove_prefix(2);
        } else if (text.starts_with("__")) {
            result += (is_italic = !is_italic) ? "<i>" : "</i>";
            text.remove_prefix(2);
        } else if (const std::size_t close = text.find('}'); text.front() == '{' && close != std::string_view::npos) {
            result += expand(text.substr(1, close - 1), scope);
            text.remove_prefix(close + 1);
        } else {
            result += escaped(text.substr(0, 1));
            text.remove_prefix(1);
        }
    }
    if (is_italic) result += "</i>";
    if (is_bold) result += "</b>";
    return result;
}

bool Answers::holds(std::string_view condition, Scope scope) const {
    const std::size_t open = condition.find('{'), close = condition.find('}');
    if (open == std::string_view::npos || close == std::string_view::npos) return false;
    const std::string found = value(trimmed(condition.substr(open + 1, close - open - 1)), scope);
    const std::size_t equals = condition.find('=', close);
    return equals == std::string_view::npos ? !found.empty() : found == trimmed(condition.substr(equals + 1));
}

}  // namespace kiosk::documents
