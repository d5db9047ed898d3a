#include "publication.hpp"

#include <kiosk/office_store/suppression.hpp>

#include <array>
#include <span>

namespace kiosk::office_store {
namespace {

constexpr std::uint64_t kStep = kFewestAnswers;

// One question of one form version.
class Publication {
  public:
    Publication(Database& database, const FormSummary& form, const QuestionSummary& question)
        : database_(database), form_(form), question_(question),
          of_question_{std::string_view(form.id), std::string_view(form.version), std::string_view(question.name)} {}

    // What was published stands until ten more have answered.
    core::Result<void> move_on() {
        const ToldQuestion now = told(form_, question_);
        if (!now.n || now.counts.empty()) return {};
        std::uint64_t before = 0;
        auto read = for_each(database_, "SELECT MAX(n) FROM published WHERE form_id = $1 AND version = $2 AND question = $3", of_question_,
                             [&](const Statement& row) { before = static_cast<std::uint64_t>(integer_of(row.cell(0))); });
        if (!read) return read;
        if (before != 0 && *now.n < before + kStep) return {};
        if (auto gone = run(database_, "DELETE FROM published WHERE form_id = $1 AND version = $2 AND question = $3", of_question_); !gone)
            return gone;
        for (std::size_t i = 0; i < now.counts.size(); ++i) {
            if (!now.counts[i]) continue;
            const Value row[]{of_question_[0], of_question_[1], of_question_[2], std::string_view(question_.counts[i].first.name),
                              static_cast<std::int64_t>(*now.counts[i]), static_cast<std::int64_t>(*now.n)};
            if (auto added = run(database_, "INSERT INTO published (form_id, version, question, choice, count, n) VALUES ($1, $2, $3, $4, $5, $6)", row); !added)
                return added;
        }
        return {};
    }

  private:
    Database& database_;
    const FormSummary& form_;
    const QuestionSummary& question_;
    std::array<Value, 3> of_question_;
};

}  // namespace

core::Result<std::vector<PublishedCount>> publish_results(Database& database, const StoreSummary& summary) {
    auto transaction = Transaction::begin(database);
    if (!transaction) return transaction.error();
    for (const ActivitySummary& activity : summary.activities)
        for (const FormSummary& form : activity.forms) {
            if (form.storage != StoragePolicy::anonymous) continue;
            for (const QuestionSummary& question : form.questions)
                if (auto moved = Publication(database, form, question).move_on(); !moved) return moved.error();
        }
    std::vector<PublishedCount> counts;
    auto read = for_each(database, "SELECT form_id, version, question, choice, count FROM published ORDER BY form_id, version, question, choice",
                         {}, [&](const Statement& row) {
                             counts.push_back({text_of(row.cell(0)), text_of(row.cell(1)), text_of(row.cell(2)), text_of(row.cell(3)),
                                               static_cast<std::uint64_t>(integer_of(row.cell(4)))});
                         });
    if (!read) return read.error();
    if (auto committed = transaction->commit(); !committed) return committed.error();
    return counts;
}

}  // namespace kiosk::office_store
