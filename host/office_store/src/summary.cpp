#include "summary.hpp"

#include "answer_forms.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace kiosk::office_store {
namespace {

core::Result<std::uint64_t> count_of(Database& database, const std::string& table) {
    std::uint64_t count = 0;
    auto read = for_each(database, "SELECT COUNT(*) FROM " + table, {},
                         [&](const Statement& row) { count = static_cast<std::uint64_t>(integer_of(row.cell(0))); });
    if (!read) return read.error();
    return count;
}

core::Result<void> add_kiosks(Database& database, StoreSummary& summary) {
    struct Bundle {
        std::set<std::string> hashes, previous;
    };
    std::map<std::string, std::map<std::uint64_t, Bundle>> kiosks;
    auto read = for_each(database, "SELECT kiosk_id, sequence, sha256, previous_sha256 FROM bundles", {},
                         [&](const Statement& row) {
                             Bundle& bundle = kiosks[text_of(row.cell(0))][static_cast<std::uint64_t>(integer_of(row.cell(1)))];
                             bundle.hashes.insert(text_of(row.cell(2)));
                             bundle.previous.insert(text_of(row.cell(3)));
                             ++summary.bundles;
                         });
    if (!read) return read;
    for (const auto& [id, bundles] : kiosks) {
        KioskStatus status{id, bundles.rbegin()->first, {}, {}};
        std::uint64_t expected = 1;
        const Bundle* before = nullptr;
        for (const auto& [sequence, bundle] : bundles) {
            const bool follows = before != nullptr && sequence == expected;
            // A long gap is told by its first thousand numbers; nobody reads more.
            for (; expected < sequence && status.missing.size() < 1000; ++expected) status.missing.push_back(expected);
            expected = sequence + 1;
            const bool linked = !follows || std::any_of(bundle.previous.begin(), bundle.previous.end(),
                                                        [&](const auto& hash) { return before->hashes.contains(hash); });
            if (!linked) status.broken_links.push_back(sequence);
            before = &bundle;
        }
        summary.kiosks.push_back(std::move(status));
    }
    return {};
}

// Adds one answer, given `times` times, to the counts of a question with choices.
void add_answer(QuestionSummary& question, core::AnswerType type, std::string_view answer, std::uint64_t times) {
    question.n += times;
    const auto add = [&](std::string_view name) {
        for (auto& [choice, count] : question.counts)
            if (choice.name == name) {
                count += times;
                return;
            }
        question.counts.emplace_back(core::AnswerChoice{std::string(name), {}}, times);  // no version's list has it
    };
    if (type == core::AnswerType::choice) return add(answer);
    while (!answer.empty()) {
        const std::size_t end = std::min(answer.find(' '), answer.size());
        if (end > 0) add(answer.substr(0, end));
        answer.remove_prefix(std::min(end + 1, answer.size()));
    }
}

core::Result<QuestionSummary> summarise_question(Database& database, const core::AnswerColumn& column,
                                                 const std::string& table, const std::string& sql_column,
                                                 std::span<const Value> activity_and_version) {
    QuestionSummary question{column.path, column.header, column.question_type, column.labels, 0, false, {}, {}};
    const std::string from = " FROM " + sql_name(table) + " WHERE \"_activity\" = $1 AND \"_form_version\" = $2";
    question.counted = column.type == core::AnswerType::choice || column.type == core::AnswerType::choices;
    if (!question.counted) {
        const bool is_number = column.type == core::AnswerType::integer || column.type == core::AnswerType::decimal;
        const std::string name = sql_name(sql_column), as_double = "(CAST(" + name + " AS DOUBLE PRECISION))";
        const std::string numbers = ", MIN" + as_double + ", AVG" + as_double + ", MAX" + as_double;
        auto read = for_each(database, "SELECT COUNT(" + name + ")" + (is_number ? numbers : "") + from, activity_and_version,
                             [&](const Statement& row) {
                                 question.n = static_cast<std::uint64_t>(integer_of(row.cell(0)));
                                 if (is_number && question.n > 0)
                                     question.numbers = {row.cell(1).decimal, row.cell(2).decimal, row.cell(3).decimal};
                             });
        if (!read) return read.error();
        return question;
    }
    for (const core::AnswerChoice& choice : column.choices) question.counts.emplace_back(choice, 0);
    const std::string sql = "SELECT " + sql_name(sql_column) + ", COUNT(*)" + from + " AND " + sql_name(sql_column) +
                            " IS NOT NULL GROUP BY " + sql_name(sql_column);
    auto read = for_each(database, sql, activity_and_version, [&](const Statement& row) {
        add_answer(question, column.type, text_of(row.cell(0)), static_cast<std::uint64_t>(integer_of(row.cell(1))));
    });
    if (!read) return read.error();
    return question;
}

core::Result<FormSummary> summarise_form(Database& database, const std::string& activity, const VersionedForm& versioned) {
    const core::AnswerForm& form = versioned.united.form;
    FormSummary summary{form.id, versioned.version, versioned.title, form.storage, 0, form.languages, {}};
    const Value values[]{std::string_view(activity), std::string_view(versioned.version)};
    for (std::size_t table = 0; table < form.tables.size(); ++table) {
        const SqlTable& sql = versioned.united.tables[table];
        if (table == 0) {
            auto read = for_each(
                database,
                "SELECT COUNT(*) FROM " + sql_name(sql.name) + " WHERE \"_activity\" = $1 AND \"_form_version\" = $2", values,
                [&](const Statement& row) { summary.responses = static_cast<std::uint64_t>(integer_of(row.cell(0))); });
            if (!read) return read.error();
        }
        for (std::size_t i = 0; i < form.tables[table].columns.size(); ++i) {
            auto question =
                summarise_question(database, form.tables[table].columns[i], sql.name, sql.columns[i], values);
            if (!question) return question.error();
            summary.questions.push_back(std::move(*question));
        }
    }
    return summary;
}

}  // namespace

core::Result<std::vector<std::string>> list_activities(Database& database) {
    return texts_of(database, "SELECT DISTINCT activity FROM activity_forms ORDER BY activity", {});
}

core::Result<StoreSummary> summarise_bundles(Database& database) {
    StoreSummary summary;
    if (auto added = add_kiosks(database, summary); !added) return added.error();
    auto read = for_each(database, "SELECT file_name, code FROM refusals ORDER BY file_name, code", {},
                         [&](const Statement& row) {
                             summary.refusals.push_back({text_of(row.cell(0)), text_of(row.cell(1))});
                         });
    if (!read) return read.error();
    for (const auto& [source, into] :
         {std::pair{"conflicts", &summary.conflicts}, std::pair{"unreadable", &summary.unreadable},
          std::pair{"withdrawals", &summary.withdrawals}, std::pair{"repeats", &summary.repeated_bundles}}) {
        auto count = count_of(database, source);
        if (!count) return count.error();
        *into = *count;
    }
    return summary;
}

core::Result<StoreSummary> summarise(Database& database) {
    auto summary = summarise_bundles(database);
    if (!summary) return summary;
    auto activities = list_activities(database);
    if (!activities) return activities.error();
    for (const std::string& activity : *activities) {
        auto forms = forms_by_version(database, activity);
        if (!forms) return forms.error();
        ActivitySummary of_activity{activity, {}};
        for (const VersionedForm& form : *forms) {
            auto of_form = summarise_form(database, activity, form);
            if (!of_form) return of_form.error();
            of_activity.forms.push_back(std::move(*of_form));
        }
        summary->activities.push_back(std::move(of_activity));
    }
    return summary;
}

}  // namespace kiosk::office_store
