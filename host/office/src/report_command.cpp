#include "collector.hpp"
#include "commands.hpp"
#include "json_output.hpp"
#include "report_page.hpp"

#include <kiosk/exporting/folder.hpp>
#include <kiosk/office_store/suppression.hpp>

namespace kiosk::office {
namespace {

void tell_question(const office_store::FormSummary& form, const office_store::QuestionSummary& question, const Console& console) {
    const office_store::ToldQuestion told = office_store::told(form, question);
    if (!told.n)
        return console.say({"    " + question.name + ": dưới 10 người trả lời, không công bố",
                            "    " + question.name + ": fewer than 10 answers, not told"});
    console.say({"    " + question.name + ": " + std::to_string(*told.n) + " trả lời",
                 "    " + question.name + ": " + std::to_string(*told.n) + " answers"});
    for (std::size_t i = 0; i < told.counts.size(); ++i)
        console.say("      " + question.counts[i].first.name + ": " + (told.counts[i] ? std::to_string(*told.counts[i]) : "–"));
}

void tell(const office_store::StoreSummary& summary, const Console& console) {
    for (const office_store::KioskStatus& kiosk : summary.kiosks) {
        const std::string last = std::to_string(kiosk.last_sequence), missing = std::to_string(kiosk.missing.size());
        console.say({"Kiosk " + kiosk.id + ": gói cuối số " + last + ", thiếu " + missing + " gói",
                     "Kiosk " + kiosk.id + ": last bundle " + last + ", " + missing + " missing"});
    }
    for (const office_store::Refusal& refusal : summary.refusals)
        console.say({"Không nhận: " + refusal.file + " [" + refusal.code + "]", "Refused: " + refusal.file + " [" + refusal.code + "]"});
    for (const office_store::ActivitySummary& activity : summary.activities)
        for (const office_store::FormSummary& form : activity.forms) {
            const std::string name = activity.id + " / " + form.id + " " + form.version + ": " + std::to_string(form.responses);
            console.say({name + " câu trả lời", name + " answers"});
            for (const office_store::QuestionSummary& question : form.questions) tell_question(form, question, console);
        }
}

}  // namespace

int report(const ReportOptions& options, const Console& console) {
    auto store = office_store::OfficeStore::open_existing(options.store, read_definition);
    if (!store) return console.refuse(store.error());
    if (auto frozen = store->freeze(); !frozen) return console.refuse(frozen.error());
    auto summary = store->summary();
    if (!summary) return console.refuse(summary.error());
    if (!options.html.empty()) {
        const std::string page = report_page(*summary, console.language(), today());
        const std::filesystem::path parent = options.html.has_parent_path() ? options.html.parent_path() : ".";
        auto folder = exporting::DiskFolder::open(parent);
        if (!folder) return console.refuse(folder.error());
        const auto bytes = std::as_bytes(std::span(page.data(), page.size()));
        if (auto written = exporting::publish(*folder, {{options.html.filename().string(), bytes}}); !written)
            return console.refuse(written.error());
        console.say({"Đã ghi báo cáo vào " + options.html.string(), "The report is in " + options.html.string()});
    }
    if (console.json()) console.print_json(report_json(*summary));
    else if (options.html.empty()) tell(*summary, console);
    return kDone;
}

}  // namespace kiosk::office
