#include <catch2/catch_test_macros.hpp>

#include "sample.hpp"

#include <kiosk/office_store/suppression.hpp>

#include <algorithm>

using namespace kiosk;
using namespace kiosk::office_store;

namespace {

FormSummary anonymous_form() {
    FormSummary form;
    form.storage = StoragePolicy::anonymous;
    return form;
}

QuestionSummary choice_question(const std::vector<std::uint64_t>& counts) {
    QuestionSummary question;
    question.counted = true;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        question.counts.emplace_back(core::AnswerChoice{"c" + std::to_string(i), {}}, counts[i]);
        question.n += counts[i];
    }
    return question;
}

using Told = std::vector<std::optional<std::uint64_t>>;
constexpr auto kHeld = std::nullopt;

Told counts_told(const std::vector<std::uint64_t>& counts) { return told(anonymous_form(), choice_question(counts)).counts; }

}  // namespace

TEST_CASE("nothing of a question is told before ten people have answered it, not even how many") {
    const ToldQuestion nine = told(anonymous_form(), choice_question({9, 0}));
    CHECK(nine.suppressed);
    CHECK_FALSE(nine.n);
    CHECK(nine.counts.empty());
    const ToldQuestion ten = told(anonymous_form(), choice_question({10, 0}));
    CHECK_FALSE(ten.suppressed);
    CHECK(ten.n == 10);
    CHECK(ten.counts == Told{10, 0});
}

TEST_CASE("a small count is held back, and with it enough that the total does not give it away") {
    CHECK(counts_told({50, 30, 20}) == Told{50, 30, 20});
    CHECK(counts_told({50, 30, 2}) == Told{50, kHeld, kHeld});
    CHECK(counts_told({50, 3, 2}) == Told{50, kHeld, kHeld});
    CHECK(counts_told({50, 1, 1}) == Told{kHeld, kHeld, kHeld});
    CHECK(counts_told({50, 6, 0, 1}) == Told{50, kHeld, 0, kHeld});
}

TEST_CASE("whatever the counts, what is held back cannot be worked out from the rest and the total") {
    core::SeededRandom random(5);
    for (int round = 0; round < 20'000; ++round) {
        std::vector<std::uint64_t> counts(2 + random.below(5));
        for (std::uint64_t& count : counts) count = random.below(random.below(2) == 0 ? 8 : 60);
        const QuestionSummary question = choice_question(counts);
        const ToldQuestion shown = told(anonymous_form(), question);
        if (!shown.n) continue;
        std::uint64_t held = 0, choices = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (shown.counts[i]) CHECK((*shown.counts[i] == 0 || *shown.counts[i] >= kSmallestCount));
            else held += counts[i], ++choices;
        }
        CAPTURE(counts);
        const auto in_use = std::count_if(counts.begin(), counts.end(), [](std::uint64_t count) { return count > 0; });
        if (choices > 0 && in_use > 1) CHECK(choices >= 2);
        if (choices > 0 && static_cast<std::uint64_t>(in_use) > choices) CHECK(held >= kSmallestCount);
        CHECK(shown.suppressed == (choices > 0));
    }
}

TEST_CASE("numbers of an anonymous form are told by their mean alone; a sealed form is told in full") {
    QuestionSummary age;
    age.n = 12;
    age.numbers = {18, 41.5, 93};
    const ToldQuestion anonymous = told(anonymous_form(), age);
    CHECK(anonymous.mean == 41.5);
    CHECK_FALSE(anonymous.tells_extremes);
    age.n = 9;
    CHECK_FALSE(told(anonymous_form(), age).mean);
    const ToldQuestion sealed = told(FormSummary(), age);
    CHECK(sealed.n == 9);
    CHECK(sealed.tells_extremes);
    CHECK(told(FormSummary(), choice_question({1, 1})).counts == Told{1, 1});
}

TEST_CASE("published results move on only when ten more have answered, and small numbers stay out of them") {
    auto store = OfficeStore::open(":memory:", sample::read_definition);
    REQUIRE(store);
    core::SeededRandom random(6);
    std::uint64_t sequence = 0;
    const auto rating_after = [&](std::size_t more) {
        const std::vector<core::Response> answers = [&] {
            std::vector<core::Response> all;
            for (std::size_t i = 0; i < more; ++i) all.push_back(sample::response(random, "<rating>tot</rating><age>30</age>", 2));
            return all;
        }();
        REQUIRE(store->merge(sample::bundle("K07", ++sequence, answers)));
        const auto published = store->publish_results();
        REQUIRE(published);
        for (const PublishedCount& one : *published)
            if (one.question == "rating" && one.choice == "tot") return one.count;
        return std::uint64_t{0};
    };
    CHECK(rating_after(9) == 0);
    CHECK(rating_after(1) == 10);
    CHECK(rating_after(9) == 10);
    CHECK(rating_after(1) == 20);
    CHECK(rating_after(25) == 45);
}

TEST_CASE("a summary of numbers tells the least, the mean and the greatest, and a calculated 3.0 counts as an integer") {
    auto store = OfficeStore::open(":memory:", sample::read_definition);
    REQUIRE(store);
    core::SeededRandom random(7);
    std::vector<core::Response> answers;
    for (const std::string age : {"3.0", "5", "abc", "", "10", "1e300"}) answers.push_back(sample::response(random, "<age>" + age + "</age>", 2));
    REQUIRE(store->merge(sample::bundle("K07", 1, answers)));
    const auto summary = store->summary();
    REQUIRE(summary);
    for (const QuestionSummary& question : summary->activities.at(0).forms.at(0).questions) {
        if (question.name != "age") continue;
        CHECK(question.n == 3);
        REQUIRE(question.numbers);
        CHECK(question.numbers->least == 3);
        CHECK(question.numbers->mean == 6);
        CHECK(question.numbers->greatest == 10);
    }
}
