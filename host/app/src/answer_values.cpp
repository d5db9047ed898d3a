#include "answer_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <utility>

namespace kiosk::app {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string two(int value) {
    char text[16];
    std::snprintf(text, sizeof text, "%02d", value);
    return text;
}

std::string four(int value) {
    char text[16];
    std::snprintf(text, sizeof text, "%04d", value);
    return text;
}

// "2026-11-30": year, month and day of it; nothing if it is not written so.
std::optional<std::array<int, 3>> iso_date(std::string_view text) {
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = number(text.substr(0, 4)), month = number(text.substr(5, 2)), day = number(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    return std::array{*year, *month, *day};
}

std::vector<std::string_view> digit_groups(std::string_view text) {
    std::vector<std::string_view> groups;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_digit(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && is_digit(text[end])) ++end;
        groups.push_back(text.substr(at, end - at));
        at = end;
    }
    return groups;
}

std::string iso_from_typed_date(std::string_view typed) {
    auto groups = digit_groups(typed);
    if (groups.size() == 1 && groups[0].size() == 8)
        groups = {groups[0].substr(0, 2), groups[0].substr(2, 2), groups[0].substr(4, 4)};
    const bool is_whole = groups.size() == 3 && groups[0].size() <= 2 && groups[1].size() <= 2 && groups[2].size() == 4;
    if (!is_whole) return std::string(typed);
    return std::string(groups[2]) + "-" + two(*number(groups[1])) + "-" + two(*number(groups[0]));
}

std::string with_replaced(std::string_view text, char from, char to) {
    std::string changed(text);
    std::replace(changed.begin(), changed.end(), from, to);
    return changed;
}

int days_in(int year, int month) {
    using namespace std::chrono;
    return static_cast<int>(static_cast<unsigned>(
        (std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / last).day()));
}

int turned(int value, int by, int first, int count) { return first + (((value - first + by) % count) + count) % count; }

constexpr std::array<std::pair<std::string_view, MomentPart>, 5> kParts{{{"day", MomentPart::day},
                                                                         {"month", MomentPart::month},
                                                                         {"year", MomentPart::year},
                                                                         {"hour", MomentPart::hour},
                                                                         {"minute", MomentPart::minute}}};

std::string shortest(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.10g", value);
    return text;
}

std::vector<std::string> places(std::string_view order) {
    std::vector<std::string> all;
    while (!order.empty()) {
        const std::size_t end = order.find(' ');
        if (end != 0) all.emplace_back(order.substr(0, end));
        if (end == std::string_view::npos) break;
        order.remove_prefix(end + 1);
    }
    return all;
}

}  // namespace

std::string typed_from_value(std::string_view type, std::string_view value) {
    if (type == "date")
        if (const auto date = iso_date(value); date && value.size() == 10)
            return two((*date)[2]) + "/" + two((*date)[1]) + "/" + four((*date)[0]);
    if (type == "decimal") return with_replaced(value, '.', ',');
    return std::string(value);
}

std::string value_from_typed(std::string_view type, std::string_view typed) {
    while (typed.starts_with(' ')) typed.remove_prefix(1);
    while (typed.ends_with(' ')) typed.remove_suffix(1);
    if (type == "date") return iso_from_typed_date(typed);
    if (type == "decimal") return with_replaced(typed, ',', '.');
    return std::string(typed);
}

std::optional<Moment> Moment::read(std::string_view type, std::string_view value) {
    Moment moment;
    if (type != "time") {
        const auto date = iso_date(value);
        if (!date) return std::nullopt;
        moment.year = (*date)[0], moment.month = (*date)[1], moment.day = (*date)[2];
        if (type == "date") return moment;
        if (value.size() < 16 || value[10] != 'T') return std::nullopt;
        value.remove_prefix(11);
    }
    if (value.size() < 5 || value[2] != ':') return std::nullopt;
    const auto hour = number(value.substr(0, 2)), minute = number(value.substr(3, 2));
    if (!hour || !minute) return std::nullopt;
    moment.hour = *hour, moment.minute = *minute;
    return moment;
}

Moment Moment::near(core::WallTime now) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(now));
    Moment moment;
    moment.year = static_cast<int>(date.year());
    moment.month = static_cast<int>(static_cast<unsigned>(date.month()));
    moment.day = static_cast<int>(static_cast<unsigned>(date.day()));
    return moment;
}

std::string Moment::value(std::string_view type) const {
    const std::string date = four(year) + "-" + two(month) + "-" + two(day);
    const std::string time = two(hour) + ":" + two(minute) + ":00.000";
    return type == "date" ? date : type == "time" ? time : date + "T" + time;
}

std::string Moment::in_words(MomentPart part) const {
    switch (part) {
        case MomentPart::day: return two(day);
        case MomentPart::month: return two(month);
        case MomentPart::year: return four(year);
        case MomentPart::hour: return two(hour);
        case MomentPart::minute: return two(minute);
    }
    return {};
}

void Moment::step(MomentPart part, int by) {
    switch (part) {
        case MomentPart::day: day = turned(day, by, 1, days_in(year, month)); break;
        case MomentPart::month: month = turned(month, by, 1, 12); break;
        case MomentPart::year: year = std::clamp(year + by, 1900, 2199); break;
        case MomentPart::hour: hour = turned(hour, by, 0, 24); break;
        case MomentPart::minute: minute = turned(minute - minute % 5, by * 5, 0, 60); break;
    }
    day = std::min(day, days_in(year, month));
}

void Moment::step_minutes(int by) { minute = turned(minute, by, 0, 60); }

std::optional<MomentPart> moment_part_named(std::string_view name) {
    for (const auto& [known, part] : kParts)
        if (known == name) return part;
    return std::nullopt;
}

std::string_view name_of(MomentPart part) {
    for (const auto& [name, known] : kParts)
        if (known == part) return name;
    return {};
}

std::string Range::stepped(std::string_view value, int by) const {
    if (value.empty()) return shortest(start);
    double next = std::strtod(std::string(value).c_str(), nullptr) + by * step;
    const double low = has_end ? std::min(start, end) : start, high = has_end ? std::max(start, end) : next;
    next = std::clamp(next, low, std::max(low, high));
    return shortest(std::abs(next) < 1e-9 ? 0 : next);
}

std::string Range::end_value() const { return shortest(end); }

double Range::share(std::string_view value) const {
    if (value.empty() || end == start) return 0;
    return std::clamp((std::strtod(std::string(value).c_str(), nullptr) - start) / (end - start), 0.0, 1.0);
}

std::size_t Range::steps() const {
    return step == 0 ? 0 : static_cast<std::size_t>(std::lround(std::abs((end - start) / step)));
}

std::string with_place_switched(std::string_view order, std::string_view choice, const std::vector<std::string>& all) {
    std::vector<std::string> placed = places(order);
    const bool last_was_given = placed.size() == all.size() && placed.back() != choice;
    if (std::erase(placed, choice) > 0) {
        if (last_was_given) placed.pop_back();   // nobody chose it
    } else {
        placed.emplace_back(choice);
        const auto is_free = [&](const std::string& name) { return std::find(placed.begin(), placed.end(), name) == placed.end(); };
        if (placed.size() + 1 == all.size()) placed.push_back(*std::find_if(all.begin(), all.end(), is_free));
    }
    std::string joined;
    for (const std::string& name : placed) joined.append(joined.empty() ? "" : " ").append(name);
    return joined;
}

std::size_t place_in(std::string_view order, std::string_view choice) {
    const auto placed = places(order);
    const auto found = std::find(placed.begin(), placed.end(), choice);
    return found == placed.end() ? 0 : static_cast<std::size_t>(found - placed.begin()) + 1;
}

}  // namespace kiosk::app
