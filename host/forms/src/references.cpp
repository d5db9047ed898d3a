#include "references.hpp"

#include "fault.hpp"
#include "suggestion.hpp"
#include "unicode.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

std::size_t characters_before(std::string_view text, std::size_t offset) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())),
                                                  [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// Nearest repeat above an item, not counting itself; kNone if there is none.
std::uint32_t repeat_above(const Survey& survey, std::uint32_t item) {
    for (std::uint32_t at = survey.items[item].parent; at != kNone; at = survey.items[at].parent) {
        if (survey.items[at].kind == ItemKind::repeat) return at;
    }
    return kNone;
}

bool is_inside(const Survey& survey, std::uint32_t item, std::uint32_t ancestor) {
    return item >= ancestor && item < survey.items[ancestor].end;
}

bool is_below(const Survey& survey, std::uint32_t item, std::uint32_t ancestor) {
    return ancestor != kNone && item > ancestor && item < survey.items[ancestor].end;
}

bool is_computed_unseen(const SurveyItem& item) {
    return item.type == "calculate" || (item.control.empty() && (!item.calculation.empty() || !item.triggers.empty()));
}

}  // namespace

// Follows an expression character by character: in quotes or not, inside predicates, in which argument of which call.
struct References::Scan {
    struct Call {
        bool is_indexed_repeat;
        std::size_t argument;
    };

    void take(std::string_view text, std::size_t at) {
        const char c = text[at];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '[') {
            ++predicates;
        } else if (c == ']') {
            predicates -= predicates > 0 ? 1 : 0;
        } else if (c == '(') {
            calls.push_back({trimmed(text.substr(0, at)).ends_with("indexed-repeat"), 0});
        } else if (c == ')') {
            if (!calls.empty()) calls.pop_back();
        } else if (c == ',') {
            if (!calls.empty()) ++calls.back().argument;
        }
    }

    // The node and repeats of indexed-repeat() are named as wholes; its indexes are ordinary expressions.
    bool wants_absolute() const {
        if (calls.empty() || !calls.back().is_indexed_repeat) return false;
        const std::size_t argument = calls.back().argument;
        return argument == 0 || argument % 2 == 1;
    }

    char quote = 0;
    int predicates = 0;
    std::vector<Call> calls;
};

References::References(Survey& survey, ParsedExpressions& expressions, const Limits& limits, Report& report)
    : survey_(survey), expressions_(expressions), report_(report), most_reference_bytes_(limits.text_bytes) {
    for (std::uint32_t i = 0; i < survey.items.size(); ++i) {
        by_name_[survey.items[i].name].push_back(i);
        by_path_.emplace(survey.items[i].path, i);
    }
}

std::uint32_t References::find(std::string_view name) const {
    const auto found = by_name_.find(std::string(name));
    return found == by_name_.end() ? kNone : found->second.front();
}

std::string References::path(std::uint32_t context, std::uint32_t target, bool in_predicate) const {
    std::uint32_t shared = repeat_above(survey_, target);
    while (shared != kNone && (context == kNone || !is_inside(survey_, context, shared))) shared = repeat_above(survey_, shared);
    if (shared == kNone) return survey_.items[target].path;
    std::uint32_t common = context;
    std::string up;
    while (!is_inside(survey_, target, common)) {
        up += "../";
        common = survey_.items[common].parent;
    }
    // An item is reached through its parent, even from itself: "../name", never ".".
    if (common == target) {
        up += "../";
        common = survey_.items[common].parent;
    }
    const std::string& top = survey_.items[common].path;
    std::string relative = (up.empty() ? "./" : up) + survey_.items[target].path.substr(top.size() + 1);
    return in_predicate ? "current()/" + relative : relative;
}

// inside: what stands between ${ and }.
std::uint32_t References::resolve_name(std::string_view inside, const Place& place) {
    if (inside.starts_with("last-saved#")) {
        report_.error("reference.last_saved", place, std::string(inside),
                      {"last-saved lấy câu trả lời của người trước nên không dùng được trên kiosk.",
                       "last-saved takes the previous person's answer, so it does not apply on a kiosk."},
                      {"Xoá ${" + std::string(inside) + "}.", "Remove ${" + std::string(inside) + "}."});
        return kNone;
    }
    const auto found = by_name_.find(std::string(inside));
    if (found == by_name_.end()) {
        const std::string near = report_.is_full() ? std::string() : nearest_name(inside);
        report_.error("reference.unknown", place, "${" + std::string(inside) + "}",
                      {"Không có câu hỏi nào tên " + in_quotes(inside) + ".", "There is no question named " + in_quotes(inside) + "."},
                      near.empty() ? core::Words{"Viết đúng tên ở cột name.", "Write a name from the column name."}
                                   : core::Words{"Có phải ý bạn là ${" + near + "}?", "Did you mean ${" + near + "}?"});
        return kNone;
    }
    if (found->second.size() > 1) {
        report_.error("reference.ambiguous", place, "${" + std::string(inside) + "}",
                      {"Có " + std::to_string(found->second.size()) + " câu hỏi cùng tên " + in_quotes(inside) + ", không biết là câu nào.",
                       "There are " + std::to_string(found->second.size()) + " questions named " + in_quotes(inside) + "; it is unclear which is meant."},
                      {"Đặt tên khác nhau cho các câu đó.", "Give them different names."});
        return kNone;
    }
    return found->second.front();
}

namespace {

// The end of the reference that begins at `at`, or 0 if it is malformed.
std::size_t reference_end(std::string_view text, std::size_t at) {
    const std::size_t close = text.find('}', at);
    if (close == std::string_view::npos) return 0;
    std::string_view inside = text.substr(at + 2, close - at - 2);
    if (inside.starts_with("last-saved#")) inside.remove_prefix(11);
    return is_xml_name(inside) ? close + 1 : 0;
}

void report_malformed(Report& report, const Place& place, std::string_view text, std::size_t at) {
    report.error("reference.malformed", place, std::string(text.substr(at, 40)),
                 {"Tham chiếu viết sai ở ký tự thứ " + std::to_string(characters_before(text, at) + 1) + ".",
                  "The reference at character " + std::to_string(characters_before(text, at) + 1) + " is malformed."},
                 {"Viết ${tên_câu_hỏi}, không có dấu cách bên trong.", "Write ${question_name} without spaces inside."});
}

}  // namespace

void References::resolve(Written& cell, std::uint32_t context, std::string_view column, bool is_predicate, std::uint32_t over) {
    if (cell.empty() || reference_bytes_ > most_reference_bytes_) return;
    const std::string_view text = cell.text;
    const Place place = cell.place();
    const std::size_t errors_before = report_.error_count();
    std::vector<Segment> segments;
    Scan scan;
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at, 2) != "${") {
            scan.take(text, at);
            cell.xpath += text[at++];
            continue;
        }
        if (cell.xpath.size() > Expression::kMaximumLength) break;  // the check says so
        const std::size_t end = reference_end(text, at);
        if (end == 0) {
            report_malformed(report_, place, text, at);
            return;
        }
        const std::uint32_t target = resolve_name(text.substr(at + 2, end - at - 3), place);
        count_reference(target, cell);
        const bool in_predicate = is_predicate || scan.predicates > 0;
        const std::string replacement = target == kNone          ? "unknown"
                                        : scan.wants_absolute() ? survey_.items[target].path
                                        : is_below(survey_, target, over)
                                            ? "./" + survey_.items[target].path.substr(survey_.items[over].path.size() + 1)
                                                                : path(context, target, in_predicate && scan.quote == 0);
        segments.push_back({cell.xpath.size(), replacement.size(), at, end - at});
        cell.xpath += replacement;
        at = end;
    }
    // Words for yes and no stand for true() and false() wherever a condition is wanted.
    const YesNo answer = yes_or_no(cell.xpath);
    if (column != "choice_filter" && column != "repeat_count" && answer != YesNo::other) {
        cell.xpath = answer == YesNo::yes ? "true()" : "false()";
    }
    if (report_.error_count() == errors_before) check(cell, column, segments);
}

void References::check(Written& cell, std::string_view column, const std::vector<Segment>& segments) {
    const auto& [parsed, fault] = expressions_.of(cell.xpath);
    if (parsed) return;
    std::size_t offset = fault.offset;
    for (auto segment = segments.rbegin(); segment != segments.rend(); ++segment) {
        if (fault.offset < segment->xpath_offset) continue;
        const std::size_t inside = fault.offset - segment->xpath_offset;
        offset = segment->cell_offset +
                 (inside < segment->xpath_length ? 0 : inside - segment->xpath_length + segment->cell_length);
        break;
    }
    const std::string position = std::to_string(characters_before(cell.text, offset) + 1);
    Place place = cell.place();
    if (place.column.empty()) place.column = column;
    report_.error(parsed.error().code, place, cell.text, parsed.error().message,
                  {"Sửa biểu thức ở ký tự thứ " + position + ".", "Mend the expression at character " + position + "."});
}

TextTemplate References::pieces(const Written& text, std::uint32_t context) {
    TextTemplate result;
    std::string_view rest = text.text;
    std::string plain;
    for (std::size_t at; (at = rest.find("${")) != std::string_view::npos;) {
        const std::size_t end = reference_end(rest, at);
        const std::uint32_t target = end == 0 ? kNone : find(rest.substr(at + 2, end - at - 3));
        if (target == kNone) break;
        plain += rest.substr(0, at);
        if (!plain.empty()) result.push_back({std::move(plain), {}});
        plain.clear();
        result.push_back({{}, path(context, target, false)});
        rest.remove_prefix(end);
    }
    plain += rest;
    if (!plain.empty()) result.push_back({std::move(plain), {}});
    return result;
}

void References::resolve_texts(const std::vector<LocalWritten>& texts) {
    for (const LocalWritten& local : texts) {
        const std::string_view text = local.written.text;
        for (std::size_t at = 0; (at = text.find("${", at)) != std::string_view::npos; at += 2) {
            const std::size_t end = reference_end(text, at);
            if (end == 0) report_malformed(report_, local.written.place(), text, at);
            else count_reference(resolve_name(text.substr(at + 2, end - at - 3), local.written.place()), local.written);
        }
    }
}

// Each ${name} becomes its path: a short cell can become a long text.
void References::count_reference(std::uint32_t target, const Written& cell) {
    if (target == kNone || reference_bytes_ > most_reference_bytes_) return;
    reference_bytes_ += survey_.items[target].path.size();
    if (reference_bytes_ <= most_reference_bytes_) return;
    Finding fault = limit_fault("text_bytes", most_reference_bytes_, {"Tổng độ dài các tham chiếu ${…}", "The references ${…} altogether"});
    const Place place = cell.place();
    fault.sheet = place.sheet;
    fault.row = place.row;
    fault.column = place.column;
    fault.cell = place.cell;
    report_.error(std::move(fault));
}

std::string References::nearest_name(std::string_view name) const {
    std::vector<std::string> names;
    for (const SurveyItem& item : survey_.items) names.push_back(item.name);
    return nearest(name, names);
}

// ${name} in an attribute or an appearance becomes its path, as in an expression.
void References::resolve_attribute(std::string& text, std::uint32_t context) {
    const SurveyItem& item = survey_.items[context];
    for (std::size_t at = 0; (at = text.find("${", at)) != std::string::npos;) {
        const std::size_t end = reference_end(text, at);
        if (end == 0) return report_malformed(report_, item.type_cell.place(), text, at);
        const std::uint32_t target = resolve_name(std::string_view(text).substr(at + 2, end - at - 3), item.type_cell.place());
        if (target == kNone || reference_bytes_ > most_reference_bytes_) return;
        count_reference(target, item.type_cell);
        const std::string replacement = path(context, target, false);
        text.replace(at, end - at, replacement);
        at += replacement.size();
    }
}

void References::resolve_select(std::uint32_t index) {
    SurveyItem& item = survey_.items[index];
    resolve(item.choice_filter, index, "choice_filter", true, repeat_of_choices(index));
    for (const auto& [name, value] : item.parameters) {
        if (name != "seed" || !value.starts_with("${") || item.row == nullptr) continue;
        resolve_name(std::string_view(value).substr(2, value.size() - 3), item.type_cell.table->place(*item.row, "parameters"));
    }
}

// The repeat a select_one ${name} takes its choices from; kNone if it has a list, or a name in no repeat.
std::uint32_t References::repeat_of_choices(std::uint32_t index) {
    const SurveyItem& item = survey_.items[index];
    const std::string& list = item.select.list;
    if (item.row == nullptr || !list.starts_with("${")) return kNone;
    const Place place = item.type_cell.place();
    const std::size_t end = reference_end(list, 0);
    if (end != list.size()) {
        report_malformed(report_, place, list, 0);
        return kNone;
    }
    const std::uint32_t target = resolve_name(std::string_view(list).substr(2, end - 3), place);
    if (target == kNone) return kNone;
    const std::uint32_t repeat = repeat_above(survey_, target);
    if (repeat == kNone) {
        report_.warning("list.not_a_repeat", place, list,
                        {"Câu hỏi " + in_quotes(survey_.items[target].name) + " không nằm trong nhóm lặp nên chỉ cho một lựa chọn.",
                         "The question " + in_quotes(survey_.items[target].name) + " is in no repeat, so it gives a single choice."},
                        {"Nên dùng một câu hỏi trong begin_repeat … end_repeat.", "Better use a question between begin_repeat and end_repeat."});
    }
    return repeat;
}

void References::resolve_triggers(std::uint32_t index) {
    SurveyItem& item = survey_.items[index];
    for (const std::string& name : item.triggers) {
        const std::uint32_t target = resolve_name(name, item.trigger.place());
        if (target == kNone) continue;
        if (survey_.items[target].kind != ItemKind::question) report_group_trigger(item, name);
        else if (is_computed_unseen(survey_.items[target])) report_unseen_trigger(item, name);
    }
}

void References::report_group_trigger(const SurveyItem& item, const std::string& name) {
    report_.error("trigger.not_a_question", item.trigger.place(), "${" + name + "}",
                  {in_quotes(name) + " là một nhóm, không phải câu hỏi, nên không làm trigger được.", in_quotes(name) + " is a group, not a question, so it cannot be a trigger."},
                  {"Dùng tên một câu hỏi.", "Name a question."});
}

// Only what a visitor changes sets a trigger off.
void References::report_unseen_trigger(const SurveyItem& item, const std::string& name) {
    report_.error("trigger.not_shown", item.trigger.place(), "${" + name + "}",
                  {"Câu " + in_quotes(name) + " được tính ra chứ không hiện cho người trả lời, nên không làm trigger được.",
                   "The question " + in_quotes(name) + " is computed and not shown, so it cannot be a trigger."},
                  {"Dùng câu mà người trả lời chọn hoặc điền, hoặc bỏ trigger để công thức luôn được tính lại.",
                   "Use a question that visitors answer, or drop the trigger: the calculation then follows every change."});
}

void References::resolve_item(std::uint32_t index) {
    SurveyItem& item = survey_.items[index];
    resolve(item.relevant, index, "relevant");
    resolve(item.constraint, index, "constraint");
    resolve(item.required, index, "required");
    resolve(item.read_only, index, "read_only");
    resolve(item.calculation, index, "calculation");
    resolve(item.repeat_count, index, "repeat_count");
    // "A + B" may be a sum or a grade: what neither parses nor calls nor refers is a plain value.
    const std::string& value = item.default_value.text;
    const bool may_be_plain = value.find("${") == std::string::npos && value.find('(') == std::string::npos;
    if (item.default_is_dynamic && may_be_plain && !expressions_.of(value).expression) item.default_is_dynamic = false;
    if (item.default_is_dynamic) resolve(item.default_value, index, "default");
    if (!item.select.kind.empty()) resolve_select(index);
    resolve_triggers(index);
    for (Pairs* attributes : {&item.bind_attributes, &item.body_attributes, &item.instance_attributes}) {
        for (auto& attribute : *attributes) resolve_attribute(attribute.second, index);
    }
    for (std::string& token : item.appearance) resolve_attribute(token, index);
    resolve_texts(item.texts);
}

void References::resolve_all() {
    for (std::uint32_t i = 0; i < survey_.items.size(); ++i) resolve_item(i);
    for (const ChoiceList& list : survey_.lists) {
        for (const SurveyChoice& choice : list.choices) resolve_texts(choice.texts);
    }
    resolve_texts(survey_.settings.titles);
    resolve(survey_.settings.instance_name, kNone, "instance_name");
    report_cycles();
}

}  // namespace kiosk::forms
