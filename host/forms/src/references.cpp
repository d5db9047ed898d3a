#include "references.hpp"

#include "cycles.hpp"
#include "suggestion.hpp"
#include "unicode.hpp"

#include <kiosk/forms/expression.hpp>

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

References::References(Survey& survey, Report& report) : survey_(survey), report_(report) {
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
        std::vector<std::string> names;
        for (const SurveyItem& item : survey_.items) names.push_back(item.name);
        const std::string near = nearest(inside, names);
        report_.error("reference.unknown", place, "${" + std::string(inside) + "}",
                      {"Không có câu hỏi nào tên " + quoted(inside) + ".", "There is no question named " + quoted(inside) + "."},
                      near.empty() ? core::Words{"Viết đúng tên ở cột name.", "Write a name from the column name."}
                                   : core::Words{"Có phải ý bạn là ${" + near + "}?", "Did you mean ${" + near + "}?"});
        return kNone;
    }
    if (found->second.size() > 1) {
        report_.error("reference.ambiguous", place, "${" + std::string(inside) + "}",
                      {"Có " + std::to_string(found->second.size()) + " câu hỏi cùng tên " + quoted(inside) + ", không biết là câu nào.",
                       "There are " + std::to_string(found->second.size()) + " questions named " + quoted(inside) + "; it is unclear which is meant."},
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

void References::resolve(Written& cell, std::uint32_t context, bool is_predicate, std::string_view column) {
    if (cell.empty()) return;
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
        const std::size_t end = reference_end(text, at);
        if (end == 0) {
            report_malformed(report_, place, text, at);
            return;
        }
        const std::uint32_t target = resolve_name(text.substr(at + 2, end - at - 3), place);
        const bool in_predicate = is_predicate || scan.predicates > 0;
        const std::string replacement = target == kNone          ? "unknown"
                                        : scan.wants_absolute() ? survey_.items[target].path
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
    SourceSpan fault;
    const auto parsed = Expression::parse(cell.xpath, &fault);
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

void References::resolve_texts(const std::vector<LocalWritten>& texts, std::uint32_t) {
    for (const LocalWritten& local : texts) {
        const std::string_view text = local.written.text;
        for (std::size_t at = 0; (at = text.find("${", at)) != std::string_view::npos; at += 2) {
            const std::size_t end = reference_end(text, at);
            if (end == 0) report_malformed(report_, local.written.place(), text, at);
            else resolve_name(text.substr(at + 2, end - at - 3), local.written.place());
        }
    }
}

void References::resolve_select(std::uint32_t index) {
    SurveyItem& item = survey_.items[index];
    resolve(item.choice_filter, index, true, "choice_filter");
    const std::string& list = item.select.list;
    if (item.row == nullptr || !list.starts_with("${")) return;
    const Place place = item.texts.empty() ? Place{"survey", item.row->number, "type", ""}
                                           : item.texts.front().written.table->place(*item.row, "type");
    const std::size_t end = reference_end(list, 0);
    if (end != list.size()) return report_malformed(report_, place, list, 0);
    const std::uint32_t target = resolve_name(std::string_view(list).substr(2, end - 3), place);
    if (target == kNone || repeat_above(survey_, target) != kNone) return;
    report_.error("list.not_a_repeat", place, list,
                  {"Câu hỏi " + quoted(survey_.items[target].name) + " không nằm trong nhóm lặp nên không làm danh sách lựa chọn được.",
                   "The question " + quoted(survey_.items[target].name) + " is in no repeat, so it cannot serve as a list of choices."},
                  {"Dùng một câu hỏi trong begin_repeat … end_repeat.", "Use a question between begin_repeat and end_repeat."});
}

void References::resolve_triggers(std::uint32_t index) {
    SurveyItem& item = survey_.items[index];
    for (const std::string& name : item.triggers) resolve_name(name, item.trigger.place());
}

void References::resolve_item(std::uint32_t index) {
    SurveyItem& item = survey_.items[index];
    resolve(item.relevant, index, false, "relevant");
    resolve(item.constraint, index, false, "constraint");
    resolve(item.required, index, false, "required");
    resolve(item.read_only, index, false, "read_only");
    resolve(item.calculation, index, false, "calculation");
    resolve(item.repeat_count, index, false, "repeat_count");
    // "A + B" may be a sum or a grade: what neither parses nor calls nor refers is a plain value.
    const std::string& value = item.default_value.text;
    const bool may_be_plain = value.find("${") == std::string::npos && value.find('(') == std::string::npos;
    if (item.default_is_dynamic && may_be_plain && !Expression::parse(value)) item.default_is_dynamic = false;
    if (item.default_is_dynamic) resolve(item.default_value, index, false, "default");
    if (!item.select.kind.empty()) resolve_select(index);
    resolve_triggers(index);
    resolve_texts(item.texts, index);
}

void References::resolve_all() {
    for (std::uint32_t i = 0; i < survey_.items.size(); ++i) resolve_item(i);
    for (const ChoiceList& list : survey_.lists) {
        for (const SurveyChoice& choice : list.choices) resolve_texts(choice.texts, kNone);
    }
    resolve_texts(survey_.settings.titles, kNone);
    resolve(survey_.settings.instance_name, kNone, false, "instance_name");
    report_cycles();
}

std::uint32_t References::find_path(std::uint32_t context, std::string_view path) const {
    if (path.starts_with('/')) {
        const auto found = by_path_.find(std::string(path));
        return found == by_path_.end() ? kNone : found->second;
    }
    std::string at = survey_.items[context].path;
    while (!path.empty()) {
        const std::string_view step = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(path.size(), step.size() + 1));
        if (step == "..") at.erase(at.rfind('/'));
        else if (step != ".") at += "/" + std::string(step);
        if (at.empty()) return kNone;
    }
    const auto found = by_path_.find(at);
    return found == by_path_.end() ? kNone : found->second;
}

void References::add_dependencies(std::uint32_t index, const Written& cell, std::vector<std::uint32_t>& needs) const {
    if (cell.xpath.empty()) return;
    const auto parsed = Expression::parse(cell.xpath);
    if (!parsed) return;
    for (const PathReference& reference : parsed->dependencies()) {
        // "." is the value before: once(), and counting up, are no cycles.
        if (!reference.instance.empty() || reference.path == ".") continue;
        const std::uint32_t target = find_path(index, reference.path);
        if (target != kNone && std::find(needs.begin(), needs.end(), target) == needs.end()) needs.push_back(target);
    }
}

void References::report_cycles() {
    std::vector<std::vector<std::uint32_t>> needs(survey_.items.size());
    for (std::uint32_t i = 0; i < survey_.items.size(); ++i) {
        const SurveyItem& item = survey_.items[i];
        if (item.triggers.empty()) add_dependencies(i, item.calculation, needs[i]);
        add_dependencies(i, item.relevant, needs[i]);
        if (item.parent != kNone) needs[i].push_back(item.parent);  // relevance is inherited
    }
    for (const std::vector<std::uint32_t>& cycle : find_cycles(needs)) {
        std::string way;
        for (const std::uint32_t member : cycle) way += survey_.items[member].name + " → ";
        way += survey_.items[cycle.front()].name;
        const SurveyItem& first = survey_.items[cycle.front()];
        const Written& cell = first.calculation.empty() ? first.relevant : first.calculation;
        report_.error("expression.cycle", cell.place(), cell.text,
                      {"Vòng lặp phụ thuộc: " + way + ".", "These depend on each other in a circle: " + way + "."},
                      {"Bỏ một trong các tham chiếu trên để không câu nào cần chính nó.",
                       "Remove one of these references, so that none needs itself."});
    }
}

}  // namespace kiosk::forms
