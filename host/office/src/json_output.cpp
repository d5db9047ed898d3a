#include "json_output.hpp"

#include <kiosk/office_store/suppression.hpp>

#include <nlohmann/json.hpp>

namespace kiosk::office {
namespace {

using nlohmann::ordered_json;

std::string text(const ordered_json& json) { return json.dump(2, ' ', false, ordered_json::error_handler_t::replace); }

ordered_json kiosks_json(const office_store::StoreSummary& summary) {
    ordered_json kiosks = ordered_json::array();
    for (const office_store::KioskStatus& kiosk : summary.kiosks)
        kiosks.push_back({{"id", kiosk.id},
                          {"last_sequence", kiosk.last_sequence},
                          {"missing", kiosk.missing},
                          {"broken_links", kiosk.broken_links}});
    return kiosks;
}

ordered_json question_json(const office_store::FormSummary& form, const office_store::QuestionSummary& question) {
    const office_store::ToldQuestion told = office_store::told(form, question);
    ordered_json json{{"name", question.name}, {"type", question.type}};
    json["n"] = told.n ? ordered_json(*told.n) : ordered_json();
    json["counts"] = ordered_json();
    if (question.counted && told.n) {
        json["counts"] = ordered_json::object();
        for (std::size_t i = 0; i < told.counts.size(); ++i)
            if (told.counts[i]) json["counts"][question.counts[i].first.name] = *told.counts[i];
    }
    if (told.mean) json["mean"] = *told.mean;
    if (told.mean && told.tells_extremes) json["min"] = question.numbers->least, json["max"] = question.numbers->greatest;
    json["suppressed"] = told.suppressed;
    return json;
}

}  // namespace

std::string collect_json(const std::vector<CollectedBundle>& bundles, const office_store::StoreSummary& summary) {
    ordered_json merged = ordered_json::array(), refused = ordered_json::array();
    std::uint64_t known = 0;
    office_store::MergeReport total;
    bool all_checked = true;
    for (const CollectedBundle& bundle : bundles) {
        if (bundle.refusal) {
            refused.push_back({{"file", bundle.file.filename().string()},
                               {"code", bundle.refusal->code},
                               {"message", {{"vi", bundle.refusal->message.vi}, {"en", bundle.refusal->message.en}}}});
            continue;
        }
        const office_store::MergeReport& report = bundle.report;
        known += report.known ? 1 : 0;
        all_checked = all_checked && bundle.signature_checked;
        total.added += report.added;
        total.duplicates += report.duplicates;
        total.conflicts += report.conflicts;
        total.withdrawn += report.withdrawn;
        total.unreadable += report.unreadable;
        total.not_tabulated += report.not_tabulated;
        ordered_json forms = ordered_json::array();
        for (const core::FormVersion& form : bundle.forms) forms.push_back({{"id", form.id}, {"version", form.version}});
        merged.push_back({{"file", bundle.file.filename().string()},
                          {"kiosk", bundle.kiosk},
                          {"sequence", bundle.sequence},
                          {"known", report.known},
                          {"signature_checked", bundle.signature_checked},
                          {"added", report.added},
                          {"duplicates", report.duplicates},
                          {"forms", forms}});
    }
    return text({{"bundles", {{"merged", merged.size() - known}, {"duplicate", known}, {"refused", refused}, {"taken", merged}}},
                 {"answers",
                  {{"added", total.added},
                   {"duplicates", total.duplicates},
                   {"conflicts", total.conflicts},
                   {"withdrawn", total.withdrawn},
                   {"unreadable", total.unreadable},
                   {"not_tabulated", total.not_tabulated}}},
                 {"signatures_checked", all_checked},
                 {"kiosks", kiosks_json(summary)}});
}

std::string report_json(const office_store::StoreSummary& summary) {
    ordered_json refused = ordered_json::array(), activities = ordered_json::array();
    for (const office_store::Refusal& refusal : summary.refusals)
        refused.push_back({{"file", refusal.file}, {"code", refusal.code}});
    for (const office_store::ActivitySummary& activity : summary.activities) {
        ordered_json forms = ordered_json::array();
        for (const office_store::FormSummary& form : activity.forms) {
            ordered_json questions = ordered_json::array();
            for (const office_store::QuestionSummary& question : form.questions)
                questions.push_back(question_json(form, question));
            forms.push_back({{"id", form.id}, {"version", form.version}, {"responses", form.responses}, {"questions", questions}});
        }
        activities.push_back({{"id", activity.id}, {"forms", forms}});
    }
    return text({{"kiosks", kiosks_json(summary)},
                 {"bundles", {{"merged", summary.bundles}, {"duplicate", summary.repeated_bundles}, {"refused", refused}}},
                 {"answers",
                  {{"conflicts", summary.conflicts}, {"unreadable", summary.unreadable}, {"withdrawals", summary.withdrawals}}},
                 {"activities", activities}});
}

std::string duplicates_json(const std::string& activity, const std::vector<office_store::PossibleDuplicates>& groups) {
    ordered_json list = ordered_json::array();
    for (const office_store::PossibleDuplicates& group : groups) {
        ordered_json people = ordered_json::array();
        for (const office_store::ReferredPerson& person : group.people)
            people.push_back({{"key", person.key}, {"kiosk", person.kiosk}, {"form", person.form}, {"name", person.name},
                              {"born", person.born}, {"place", person.place}});
        list.push_back({{"likely", group.is_likely}, {"people", people}});
    }
    return text({{"activity", activity}, {"groups", list}});
}

std::string export_json(const std::vector<exporting::ExportedFile>& files) {
    ordered_json list = ordered_json::array();
    for (const exporting::ExportedFile& file : files) list.push_back({{"path", file.path.string()}, {"rows", file.rows}});
    return text({{"files", list}});
}

}  // namespace kiosk::office
