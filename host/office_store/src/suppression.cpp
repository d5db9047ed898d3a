#include <kiosk/office_store/suppression.hpp>

#include <algorithm>
#include <numeric>

namespace kiosk::office_store {

ToldQuestion told(const FormSummary& form, const QuestionSummary& question) {
    ToldQuestion all;
    all.n = question.n;
    if (question.numbers) all.mean = question.numbers->mean;
    all.tells_extremes = question.numbers && form.storage != StoragePolicy::anonymous;
    for (const auto& [choice, count] : question.counts) all.counts.emplace_back(count);
    if (form.storage != StoragePolicy::anonymous) return all;
    if (question.n < kFewestAnswers) return {true, std::nullopt, {}, std::nullopt, false};

    std::vector<std::size_t> by_size(question.counts.size());
    std::iota(by_size.begin(), by_size.end(), std::size_t{0});
    std::stable_sort(by_size.begin(), by_size.end(), [&](std::size_t a, std::size_t b) {
        return question.counts[a].second < question.counts[b].second;
    });
    std::uint64_t held_back = 0, choices = 0;
    for (const std::size_t at : by_size) {
        const std::uint64_t count = question.counts[at].second;
        if (count == 0) continue;
        const bool gives_others_away = choices > 0 && (choices < 2 || held_back < kSmallestCount);
        if (count >= kSmallestCount && !gives_others_away) break;
        all.counts[at].reset();
        held_back += count;
        ++choices;
    }
    all.suppressed = choices > 0;
    return all;
}

}  // namespace kiosk::office_store
