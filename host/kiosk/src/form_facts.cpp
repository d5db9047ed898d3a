#include "form_facts.hpp"

#include <kiosk/core/form_words.hpp>
#include <kiosk/forms/choice_labels.hpp>
#include <kiosk/forms/evaluate_expression.hpp>
#include <kiosk/forms/submission.hpp>

#include <algorithm>
#include <variant>

namespace kiosk {
namespace {

std::string_view setting(const forms::Form& form, std::string_view name) {
    for (const auto& [key, value] : form.settings)
        if (key == name) return value;
    return {};
}

std::uint32_t language_in(const forms::Form& form, std::string_view language) {
    const std::uint32_t found = form.find_language(language);
    return found == forms::kNone ? form.default_language : found;
}

// "2026-11-30", whatever a spreadsheet made of it: a date with a time, or 30/11/2026.
std::string as_day(std::string_view text) {
    if (text.size() >= 10 && text[2] == '/' && text[5] == '/')
        return std::string(text.substr(6, 4)) + "-" + std::string(text.substr(3, 2)) + "-" + std::string(text.substr(0, 2));
    return std::string(text.substr(0, 10));
}

std::uint64_t total(const Tallies& tallies) {
    std::uint64_t votes = 0;
    for (const auto& [choice, count] : tallies) votes += count;
    return votes;
}

}  // namespace

std::string today(const core::Clock& clock, const std::string& timezone) {
    forms::EvaluationSettings settings;
    settings.now = clock.wall_now();
    settings.timezone = timezone;
    const auto value = forms::evaluate_expression("format-date(today(), '%Y-%m-%d')", {}, {}, settings);
    const std::string* text = value ? std::get_if<std::string>(&*value) : nullptr;
    return text ? *text : std::string();
}

bool is_open(const forms::Form& form, std::string_view today) {
    const std::string_view opens = setting(form, "kiosk:opens"), closes = setting(form, "kiosk:closes");
    return (opens.empty() || as_day(opens) <= today) && (closes.empty() || today <= as_day(closes));
}

const forms::Control* poll_question(const forms::Form& form) {
    const auto found = std::find_if(form.controls.begin(), form.controls.end(), [&](const forms::Control& control) {
        return control.node != forms::kNone && form.nodes[control.node].type == "select_one";
    });
    return found == form.controls.end() ? nullptr : &*found;
}

Tallies tallies_of(const forms::Form& form, const std::map<std::string, std::int64_t>& votes, std::uint64_t least) {
    const forms::Control* question = poll_question(form);
    if (!question || setting(form, "kiosk:results") != "yes") return {};
    Tallies tallies;
    for (const auto& [choice, label] : forms::choice_labels(form, *question, form.default_language)) {
        const auto found = votes.find(choice);
        tallies.emplace_back(choice, found == votes.end() || found->second < 0 ? 0 : static_cast<std::uint64_t>(found->second));
    }
    if (total(tallies) < least) tallies.clear();
    return tallies;
}

plugin_host::FormResults results_of(const forms::Form& form, const std::map<std::string, std::int64_t>& votes,
                                    std::span<const exporting::PublishedCount> published) {
    const forms::Control* question = poll_question(form);
    if (!question) return {};
    std::map<std::string, std::int64_t> counts;
    for (const exporting::PublishedCount& count : published)
        if (count.form == form.id && count.version == form.version && count.question == form.nodes[question->node].name)
            counts[count.choice] = static_cast<std::int64_t>(count.count);
    Tallies own = tallies_of(form, votes), all = tallies_of(form, counts);
    const bool is_whole = std::all_of(all.begin(), all.end(), [&](const auto& tally) { return counts.contains(tally.first); });
    if (!is_whole || total(all) <= total(own)) return {std::move(own), false};
    return {std::move(all), true};
}

std::string vote_in(const forms::Form& form, std::string_view submission) {
    const forms::Control* question = poll_question(form);
    const auto read = forms::read_submission(submission);
    if (!question || !read) return {};
    for (const forms::SubmissionElement& element : read->elements)
        if (element.name == form.nodes[question->node].name && !element.value.empty()) return element.value;
    return {};
}

std::string FormWords::words(std::string_view domain, const core::Text& text, std::string_view language) const {
    if (!text.id.starts_with(core::kFormWords)) return messages_.words(domain, text, language);
    const std::string_view name = std::string_view(text.id).substr(core::kFormWords.size());
    const std::size_t slash = name.find('/');
    const auto form = forms_.find(std::string(name.substr(0, slash)));
    if (!form) return std::string(name);
    const std::uint32_t index = language_in(**form, language);
    if (slash == std::string_view::npos) return forms::plain_words(**form, (*form)->title, index);
    const std::string_view choice = name.substr(slash + 1);
    if (const forms::Control* question = poll_question(**form))
        for (const auto& [value, label] : forms::choice_labels(**form, *question, index))
            if (value == choice) return label;
    return std::string(choice);
}

}  // namespace kiosk
