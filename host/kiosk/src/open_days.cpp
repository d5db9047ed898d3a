#include "open_days.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace kiosk {
namespace {

bool is_day(const std::string& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    for (const std::size_t at : {0, 1, 2, 3, 5, 6, 8, 9})
        if (std::isdigit(static_cast<unsigned char>(text[at])) == 0) return false;
    return true;
}

std::string day_in_words(const std::string& day) { return day.substr(8, 2) + "/" + day.substr(5, 2) + "/" + day.substr(0, 4); }

}  // namespace

core::Words in_words(const Days& days) {
    core::Words words;
    if (!days.first.empty()) words = {"từ " + day_in_words(days.first), "from " + day_in_words(days.first)};
    if (days.last.empty()) return words;
    words.vi += (words.vi.empty() ? "đến " : " đến ") + day_in_words(days.last);
    words.en += (words.en.empty() ? "until " : " to ") + day_in_words(days.last);
    return words;
}

OpenDays OpenDays::read(std::string_view text) {
    OpenDays days;
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) days.set(line);
    return days;
}

std::string OpenDays::to_text() const {
    std::string text;
    for (const auto& [id, days] : days_)
        text += id + " " + (days.first.empty() ? "-" : days.first) + " " + (days.last.empty() ? "-" : days.last) + "\n";
    return text;
}

bool OpenDays::set(std::string_view line) {
    std::istringstream words{std::string(line)};
    std::string id, more;
    Days days;
    if (!(words >> id >> days.first >> days.last) || words >> more) return false;
    for (std::string* day : {&days.first, &days.last}) {
        if (*day == "-") day->clear();
        else if (!is_day(*day)) return false;
    }
    if (!days.first.empty() && !days.last.empty() && days.last < days.first) return false;
    if (days == Days{}) days_.erase(id);
    else days_.insert_or_assign(id, days);
    return true;
}

Days OpenDays::of(std::string_view id) const {
    const auto found = days_.find(id);
    return found == days_.end() ? Days{} : found->second;
}

std::optional<core::Error> OpenDays::closed(std::string_view id, std::string_view today) const {
    const Days days = of(id);
    if (!days.first.empty() && today < days.first)
        return core::Error{"staff.not_yet", {"Mở từ ngày " + day_in_words(days.first) + ".", "Opens on " + day_in_words(days.first) + "."}};
    if (!days.last.empty() && today > days.last)
        return core::Error{"staff.over", {"Đã kết thúc ngày " + day_in_words(days.last) + ".", "Closed after " + day_in_words(days.last) + "."}};
    return std::nullopt;
}

}  // namespace kiosk
