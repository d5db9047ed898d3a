#include "report_page.hpp"

#include <kiosk/office_store/suppression.hpp>

#include <algorithm>
#include <cstdio>

namespace kiosk::office {
namespace {

constexpr std::string_view kStyle =
    "body{font:16px/1.5 'Noto Sans',system-ui,sans-serif;color:#1b2430;background:#fff;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem}h1{font-size:1.8rem;margin:0 0 1rem}h2{font-size:1.35rem;margin:2.5rem 0 .5rem;border-bottom:2px solid "
    "#0b5cad;padding-bottom:.25rem}h3{font-size:1.05rem;margin:1.5rem 0 .25rem}table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d8dee6;vertical-align:middle}td.n,th.n{text-align:"
    "right;font-variant-numeric:tabular-nums;width:6rem}td.bar{width:45%}svg{display:block;width:100%;height:1.1rem}"
    ".quiet{color:#5a6675}.alert{color:#a11212;font-weight:600}section{break-inside:avoid}@media print{body{margin:0;max-width:none}}";

std::string escaped(std::string_view text) {
    std::string html;
    for (const char c : text) switch (c) {
            case '&': html += "&amp;"; break;
            case '<': html += "&lt;"; break;
            case '>': html += "&gt;"; break;
            case '"': html += "&quot;"; break;
            default: html += c;
        }
    return html;
}

class Page {
  public:
    Page(const office_store::StoreSummary& summary, std::string_view language)
        : summary_(summary), vietnamese_(language != "en"), language_(vietnamese_ ? "vi" : "en") {}

    std::string make() {
        const std::string title = say("Báo cáo góp ý", "Feedback report");
        html_ = "<!DOCTYPE html>\n<html lang=\"" + language_ + "\"><head><meta charset=\"utf-8\"><title>" + title + "</title>" +
                "<meta name=\"viewport\" content=\"width=device-width\"><style>" + std::string(kStyle) +
                "</style></head><body>\n<h1>" + title + "</h1>\n";
        kiosks();
        for (const office_store::ActivitySummary& activity : summary_.activities)
            for (const office_store::FormSummary& form : activity.forms) form_section(activity, form);
        return html_ + "</body></html>\n";
    }

  private:
    std::string say(const char* vi, const char* en) const { return vietnamese_ ? vi : en; }

    void kiosks() {
        html_ += "<section><h2>" + say("Kiosk", "Kiosks") + "</h2><table><tr><th>" + say("Mã", "Id") + "</th><th class=\"n\">" +
                 say("Gói cuối", "Last bundle") + "</th><th>" + say("Còn thiếu", "Missing") + "</th></tr>\n";
        for (const office_store::KioskStatus& kiosk : summary_.kiosks) {
            std::string missing;
            for (const std::uint64_t sequence : kiosk.missing) missing += (missing.empty() ? "" : ", ") + std::to_string(sequence);
            html_ += "<tr><td>" + escaped(kiosk.id) + "</td><td class=\"n\">" + std::to_string(kiosk.last_sequence) + "</td><td" +
                     (missing.empty() ? ">–" : " class=\"alert\">" + missing) + "</td></tr>\n";
        }
        html_ += "</table>";
        for (const office_store::Refusal& refusal : summary_.refusals)
            html_ += "<p class=\"alert\">" + say("Không nhận: ", "Refused: ") + escaped(refusal.file) + " (" + escaped(refusal.code) + ")</p>";
        html_ += "</section>\n";
    }

    void form_section(const office_store::ActivitySummary& activity, const office_store::FormSummary& form) {
        html_ += "<h2>" + escaped(activity.id) + " · " + escaped(form.id) + " <span class=\"quiet\">" + say("phiên bản ", "version ") +
                 escaped(form.version) + "</span></h2>\n<p>" + std::to_string(form.responses) + say(" câu trả lời", " answers") + "</p>\n";
        if (form.storage == StoragePolicy::anonymous)
            html_ += "<p class=\"quiet\">" + say("Câu hỏi có dưới 10 người trả lời và các số quá nhỏ không được công bố.",
                                                  "Questions with fewer than 10 answers, and counts that are too small, are not told.") + "</p>\n";
        const auto language = std::find(form.languages.begin(), form.languages.end(), language_);
        const auto at = static_cast<std::size_t>(language == form.languages.end() ? 0 : language - form.languages.begin());
        for (const office_store::QuestionSummary& question : form.questions) question_section(form, question, at);
    }

    static const std::string& label(const std::vector<std::string>& labels, std::size_t at, const std::string& otherwise) {
        return at < labels.size() && !labels[at].empty() ? labels[at] : otherwise;
    }

    void question_section(const office_store::FormSummary& form, const office_store::QuestionSummary& question, std::size_t language) {
        const office_store::ToldQuestion told = office_store::told(form, question);
        html_ += "<section><h3>" + escaped(label(question.labels, language, question.name)) + "</h3>\n";
        if (!told.n) {
            html_ += "<p class=\"quiet\">" + say("Dưới 10 người trả lời.", "Fewer than 10 answers.") + "</p></section>\n";
            return;
        }
        html_ += "<p class=\"quiet\">n = " + std::to_string(*told.n) + "</p>";
        if (question.counted) counts(question, told, language);
        html_ += "</section>\n";
    }

    void counts(const office_store::QuestionSummary& question, const office_store::ToldQuestion& told, std::size_t language) {
        html_ += "<table>";
        for (std::size_t i = 0; i < told.counts.size(); ++i) {
            const core::AnswerChoice& choice = question.counts[i].first;
            html_ += "<tr><td>" + escaped(label(choice.labels, language, choice.name)) + "</td>";
            if (!told.counts[i] || *told.n == 0) {
                html_ += "<td class=\"bar\"></td><td class=\"n\">–</td><td class=\"n\"></td></tr>\n";
                continue;
            }
            const double percent = 100.0 * static_cast<double>(*told.counts[i]) / static_cast<double>(*told.n);
            char share[32];
            std::snprintf(share, sizeof share, "%.1f", percent);
            std::string shown = share;
            if (vietnamese_) std::replace(shown.begin(), shown.end(), '.', ',');
            html_ += std::string("<td class=\"bar\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"") +
                     shown + "%\"><rect width=\"100\" height=\"10\" fill=\"#e6edf5\"/><rect width=\"" + share +
                     "\" height=\"10\" fill=\"#0b5cad\"/></svg></td><td class=\"n\">" + std::to_string(*told.counts[i]) +
                     "</td><td class=\"n\">" + shown + " %</td></tr>\n";
        }
        html_ += "</table>";
    }

    const office_store::StoreSummary& summary_;
    bool vietnamese_;
    std::string language_;
    std::string html_;
};

}  // namespace

std::string report_page(const office_store::StoreSummary& summary, std::string_view language) {
    return Page(summary, language).make();
}

}  // namespace kiosk::office
