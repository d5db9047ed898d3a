#include "visit_counts.hpp"

namespace kiosk::storage {

bool VisitCounts::add(std::string_view activity, const std::vector<std::string>& events) {
    Held& held = held_[std::string(activity)];
    ++held.visits;
    for (const std::string& event : events) ++held.events[event];
    return held.visits >= kVisitsAStep;
}

const std::map<std::string, std::int64_t>& VisitCounts::held(std::string_view activity) {
    return held_[std::string(activity)].events;
}

void VisitCounts::forget(std::string_view activity) { held_.erase(std::string(activity)); }

}  // namespace kiosk::storage
