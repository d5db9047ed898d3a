// What may be told of an anonymous form: nothing of a question that fewer than ten people answered, and no count so small
// that a neighbour could be recognised in it. Pure.
#pragma once

#include <kiosk/office_store/office_store.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace kiosk::office_store {

inline constexpr std::uint64_t kFewestAnswers = 10;  // of a question, before anything of it is told
inline constexpr std::uint64_t kSmallestCount = 5;   // of a choice that anyone chose at all

struct ToldQuestion {
    bool suppressed = false;                          // something is held back
    std::optional<std::uint64_t> n;                   // nothing: too few to tell even how many
    std::vector<std::optional<std::uint64_t>> counts; // in the order of QuestionSummary::counts; empty if none are told
    std::optional<double> mean;                       // of numbers
    bool tells_extremes = false;                      // the least and the greatest are somebody's own answers
};

// A small count is held back, and with it as many of the next smaller ones as it takes that the rest and the total do not
// give it away (complementary suppression). Sealed forms, which the office reads one by one anyway, are told in full.
ToldQuestion told(const FormSummary& form, const QuestionSummary& question);

}  // namespace kiosk::office_store
