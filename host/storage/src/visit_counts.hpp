// VisitCounts: how many visits began, were finished or given up, and how a poll was answered, held in memory until at
// least ten visits can be released at once. What is on disk therefore never differs by one visitor, and what a power
// cut takes is a count of fewer than ten visits, never an answer. No failure; storage thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::storage {

class VisitCounts {
  public:
    static constexpr int kVisitsAStep = 10;

    // One visit, with all that is counted of it. True: enough visits are held to be released.
    bool add(std::string_view activity, const std::vector<std::string>& events);
    const std::map<std::string, std::int64_t>& held(std::string_view activity);
    void forget(std::string_view activity);  // after their release

  private:
    struct Held {
        int visits = 0;
        std::map<std::string, std::int64_t> events;
    };
    std::map<std::string, Held, std::less<>> held_;
};

}  // namespace kiosk::storage
