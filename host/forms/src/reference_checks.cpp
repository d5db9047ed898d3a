// What the expressions of a Survey need of it as a whole: that none needs itself, and that what they ask for is there.
#include "references.hpp"

#include "cycles.hpp"
#include "suggestion.hpp"

#include <algorithm>

namespace kiosk::forms {

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

void References::add_dependencies(std::uint32_t index, const Written& cell, std::vector<std::uint32_t>& needs) {
    if (cell.xpath.empty()) return;
    const auto& parsed = expressions_.of(cell.xpath).expression;
    if (!parsed) return;
    for (const PathReference& reference : parsed->dependencies()) {
        // "." is the value before: once(), and counting up, are no cycles.
        if (!reference.instance.empty() || reference.path == ".") continue;
        const std::uint32_t target = find_path(index, reference.path);
        if (target != kNone && std::find(needs.begin(), needs.end(), target) == needs.end()) needs.push_back(target);
    }
}

void References::check_instances(const std::vector<SurveyInstance>& instances) {
    std::vector<std::string> ids;
    for (const SurveyInstance& instance : instances) ids.push_back(instance.id);
    for (const SurveyItem& item : survey_.items) {
        for (const Written* cell : {&item.relevant, &item.constraint, &item.required, &item.read_only, &item.calculation,
                                    &item.repeat_count, &item.default_value, &item.choice_filter}) {
            check_instances(*cell, ids);
        }
    }
    check_instances(survey_.settings.instance_name, ids);
}

void References::check_instances(const Written& cell, const std::vector<std::string>& ids) {
    if (cell.xpath.find("instance(") == std::string::npos) return;
    const auto& parsed = expressions_.of(cell.xpath).expression;
    if (!parsed) return;
    for (const PathReference& reference : parsed->dependencies()) {
        const std::string& id = reference.instance;
        if (id.empty() || std::ranges::find(ids, id) != ids.end()) continue;
        report_.error("expression.unknown_instance", cell.place(), cell.text,
                      {"Không có danh sách hay tệp nào tên " + in_quotes(id) + " cho instance().", "There is no list or file named " + in_quotes(id) + " for instance()."},
                      did_you_mean(nearest(id, ids), {"Dùng tên một danh sách ở trang choices, hoặc thêm hàng csv-external tên " + in_quotes(id) + ".",
                                                      "Use the name of a list of the sheet choices, or add a row csv-external named " + in_quotes(id) + "."}));
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
