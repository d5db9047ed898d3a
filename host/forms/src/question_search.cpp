// The old appearance search('file', 'contains', 'column', ${q}): choices from a file, found by what was typed. Its one
// choice names the file's columns for value and label. It becomes a select from that file with a filter.
#include "question_rules.hpp"

#include "unicode.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

// The end of the call whose parenthesis opens at `open`; npos if it never closes.
std::size_t call_end(std::string_view text, std::size_t open) {
    int depth = 0;
    char quote = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != 0) quote = c == quote ? 0 : quote;
        else if (c == '\'' || c == '"') quote = c;
        else if (c == '(') ++depth;
        else if (c == ')' && --depth == 0) return at;
    }
    return std::string_view::npos;
}

std::vector<std::string> arguments_of(std::string_view inside) {
    std::vector<std::string> arguments(1);
    int depth = 0;
    char quote = 0;
    for (const char c : inside) {
        if (quote != 0) quote = c == quote ? 0 : quote;
        else if (c == '\'' || c == '"') quote = c;
        else if (c == '(') ++depth;
        else if (c == ')') --depth;
        if (c == ',' && quote == 0 && depth == 0) arguments.emplace_back();
        else arguments.back() += c;
    }
    for (std::string& argument : arguments) argument = trimmed(argument);
    return arguments;
}

// What a quoted argument says; empty if it is none.
std::string literal(std::string_view argument) {
    const bool is_quoted = argument.size() >= 2 && (argument[0] == '\'' || argument[0] == '"') && argument.back() == argument[0];
    return is_quoted ? std::string(trimmed(argument.substr(1, argument.size() - 2))) : std::string();
}

// "contains(ten, ${q}) or contains(ma, ${q})"; empty if the function or a column will not do.
std::string condition(std::string_view function, std::string_view columns, const std::string& text) {
    std::string all;
    for (const std::string& column : arguments_of(columns)) {
        if (!is_xml_name(column)) return {};
        if (!all.empty()) all += " or ";
        if (function == "contains") all += "contains(" + column + ", " + text + ")";
        else if (function == "startswith") all += "starts-with(" + column + ", " + text + ")";
        else if (function == "endswith") all += "ends-with(" + column + ", " + text + ")";
        else if (function == "matches") all += column + " = " + text;
        else return {};
    }
    return all;
}

// The filter a call stands for, "" for none. False if it is not understood.
bool filter_of(const std::vector<std::string>& arguments, std::string& filter) {
    filter.clear();
    if (arguments.size() == 1) return true;
    if (arguments.size() != 4 && arguments.size() != 6) return false;
    filter = condition(literal(arguments[1]), literal(arguments[2]), arguments[3]);
    if (filter.empty() || arguments.size() == 4) return !filter.empty();
    const std::string second = condition("matches", literal(arguments[4]), arguments[5]);
    filter = "(" + filter + ") and " + second;
    return !second.empty();
}

}  // namespace

void QuestionRules::take_search(SurveyItem& item, std::string& appearance) {
    constexpr std::string_view kCall = "search(";
    const std::size_t at = appearance.find(kCall);
    if (at == std::string::npos || (at > 0 && appearance[at - 1] != ' ')) return;
    const std::size_t end = call_end(appearance, at + kCall.size() - 1);
    if (end == std::string::npos) return report_search(item, appearance.substr(at));
    const std::string call = appearance.substr(at, end + 1 - at);
    appearance.erase(at, call.size());
    const std::vector<std::string> arguments = arguments_of(std::string_view(call).substr(kCall.size(), call.size() - kCall.size() - 1));
    const std::string file = literal(arguments[0]);
    std::string filter;
    const ChoiceList* list = item.select.kind.empty() || item.select.from_file ? nullptr : survey_.list(item.select);
    if (file.empty() || list == nullptr || list->choices.size() != 1 || !filter_of(arguments, filter)) return report_search(item, call);
    const SurveyChoice& columns = list->choices.front();
    const auto label = std::ranges::find(columns.texts, "label", &LocalWritten::key);
    if (label == columns.texts.end() || !is_xml_name(columns.name) || !is_xml_name(label->written.text)) return report_search(item, call);
    item.parameters.emplace_back("value", columns.name);
    item.parameters.emplace_back("label", label->written.text);
    item.select.from_file = true;
    item.select.list = ascii_lower(file).ends_with(".csv") ? file : file + ".csv";
    if (filter.empty()) return;
    Written cell = written(table_, *item.row, "appearance");
    cell.text = item.choice_filter.empty() ? filter : "(" + item.choice_filter.text + ") and (" + filter + ")";
    item.choice_filter = std::move(cell);
}

void QuestionRules::report_search(const SurveyItem& item, std::string_view call) {
    report_.error("appearance.not_applicable", table_.place(*item.row, "appearance"), std::string(call),
                  {"Không hiểu lời gọi " + in_quotes(call) + ".", "The call " + in_quotes(call) + " is not understood."},
                  {"Dùng loại select_one_from_file TỆP.csv với choice_filter.", "Use the type select_one_from_file FILE.csv with choice_filter."});
}

}  // namespace kiosk::forms
