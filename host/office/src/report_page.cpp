#include "report_page.hpp"

#include <kiosk/office_store/suppression.hpp>

#include <algorithm>
#include <cstdio>
#include <map>

namespace kiosk::office {
namespace {

constexpr std::string_view kStyle =
    "body{font:16px/1.5 'Noto Sans',system-ui,sans-serif;color:#1b2430;background:#fff;max-width:58rem;margin:0 auto;padding:0 1rem 3rem}"
    "header{border-bottom:4px solid #0b5cad;padding:2rem 0 1rem;margin-bottom:1.5rem}h1{font-size:2rem;line-height:1.2;margin:0}"
    "h2{font-size:1.4rem;line-height:1.3;margin:2.5rem 0 .25rem}h3{font-size:1.05rem;line-height:1.35;margin:0 0 .5rem}p{margin:.25rem 0}"
    "section{break-inside:avoid;margin:1rem 0;padding:1rem 1.25rem;border:1px solid #d5dde7;border-radius:.6rem}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #e3e9f0;vertical-align:middle}"
    "tr:last-child td{border-bottom:0}th{font-weight:600;color:#4a5665}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    "table.counts{table-layout:fixed}.counts .bar{width:40%}.counts .n{width:14%}svg{display:block;width:100%;height:1.15rem}.quiet{color:#566273}.alert{color:#a11212;font-weight:600}"
    ".figures{display:flex;flex-wrap:wrap;gap:1rem 3rem;margin-top:1rem}.figures b{display:block;font-size:1.7rem;line-height:1.2}"
    "@page{margin:16mm}@media print{body{max-width:none;padding:0;font-size:11pt}section{border-color:#999}}";

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
    Page(const office_store::StoreSummary& summary, std::string_view language, std::string_view date)
        : summary_(summary), vietnamese_(language != "en"), language_(vietnamese_ ? "vi" : "en"), date_(date) {}

    std::string make() {
        const std::string title = say("Báo cáo góp ý", "Feedback report");
        html_ = "<!DOCTYPE html>\n<html lang=\"" + language_ + "\"><head><meta charset=\"utf-8\"><title>" + title + "</title>" +
                "<meta name=\"viewport\" content=\"width=device-width\"><style>" + std::string(kStyle) + "</style></head><body>\n<header><h1>" +
                title + "</h1><p class=\"quiet\">" + escaped(date_) + "</p>" + figures() + "</header>\n";
        kiosks();
        for (const office_store::ActivitySummary& activity : summary_.activities)
            for (const office_store::FormSummary& form : activity.forms) form_section(activity, form);
        return html_ + "</body></html>\n";
    }

  private:
    std::string say(const char* vi, const char* en) const { return vietnamese_ ? vi : en; }

    // 1234567 as "1.234.567" or "1,234,567".
    std::string number(std::uint64_t value) const {
        std::string digits = std::to_string(value);
        for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, vietnamese_ ? "." : ",");
        return digits;
    }
    std::string decimal(double value, const char* format) const {
        char text[64];
        std::snprintf(text, sizeof text, format, value);
        std::string shown = text;
        if (vietnamese_) std::replace(shown.begin(), shown.end(), '.', ',');
        return shown;
    }

    std::string figures() const {
        std::uint64_t answers = 0;
        for (const auto& activity : summary_.activities)
            for (const auto& form : activity.forms) answers += form.responses;
        const auto figure = [&](std::uint64_t value, const std::string& of) { return "<div><b>" + number(value) + "</b>" + of + "</div>"; };
        return "<div class=\"figures\">" + figure(answers, say("câu trả lời", "answers")) + figure(summary_.kiosks.size(), "kiosk") +
               figure(summary_.bundles, say("gói dữ liệu", "bundles")) + "</div>";
    }

    void kiosks() {
        html_ += "<section><h3>" + say("Kiosk", "Kiosks") + "</h3><table><tr><th>" + say("Mã", "Id") + "</th><th class=\"n\">" +
                 say("Gói cuối", "Last bundle") + "</th><th>" + say("Còn thiếu", "Missing") + "</th></tr>\n";
        for (const office_store::KioskStatus& kiosk : summary_.kiosks) {
            std::string missing;
            for (const std::uint64_t sequence : kiosk.missing) missing += (missing.empty() ? "" : ", ") + std::to_string(sequence);
            html_ += "<tr><td>" + escaped(kiosk.id) + "</td><td class=\"n\">" + std::to_string(kiosk.last_sequence) + "</td><td" +
                     (missing.empty() ? ">" + say("không", "none") : " class=\"alert\">" + say("gói số ", "bundle ") + missing) + "</td></tr>\n";
        }
        html_ += "</table>";
        for (const office_store::Refusal& refusal : summary_.refusals)
            html_ += "<p class=\"alert\">" + say("Không nhận: ", "Refused: ") + escaped(refusal.file) + " (" + escaped(refusal.code) + ")</p>";
        if (summary_.conflicts + summary_.unreadable > 0)
            html_ += "<p class=\"alert\">" + number(summary_.conflicts) + say(" câu trả lời trùng mã khác nội dung, ", " answers with a known id and other content, ") +
                     number(summary_.unreadable) + say(" không đọc được (đã giữ nguyên).", " unreadable (kept as they came).") + "</p>";
        html_ += "</section>\n";
    }

    std::string activity_name(const std::string& id) const {
        static const std::map<std::string, core::Words> known{
            {"opinion_poll", {"Thăm dò ý kiến", "Opinion poll"}},
            {"self_assessment", {"Tự kiểm điểm, tự đánh giá", "Self-assessment"}},
            {"candidate_referral", {"Giới thiệu quần chúng ưu tú", "Candidate referral"}}};
        const auto found = known.find(id);
        return found == known.end() ? id : found->second.in(language_);
    }

    void form_section(const office_store::ActivitySummary& activity, const office_store::FormSummary& form) {
        html_ += "<h2>" + escaped(activity_name(activity.id)) + (form.title.empty() ? "" : ": " + escaped(form.title)) + "</h2>\n<p class=\"quiet\">" +
                 escaped(form.id) + ", " + say("phiên bản ", "version ") + escaped(form.version) + " · " + number(form.responses) +
                 say(" câu trả lời", " answers") + "</p>\n";
        if (form.storage == StoragePolicy::anonymous)
            html_ += "<p class=\"quiet\">" + say("Người trả lời tự nguyện, không phải mẫu đại diện. Câu có dưới 10 người trả lời và các số quá nhỏ (–) không được công bố.",
                                                  "Volunteers answered; they represent nobody else. Questions with fewer than 10 answers, and counts that are too small (–), are not told.") + "</p>\n";
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
        html_ += "<p class=\"quiet\">" + number(*told.n) + say(" người trả lời", " answered");
        if (told.mean) html_ += say(", trung bình ", ", mean ") + decimal(*told.mean, "%.2f");
        if (told.mean && told.tells_extremes)
            html_ += say(", từ ", ", from ") + decimal(question.numbers->least, "%g") + say(" đến ", " to ") + decimal(question.numbers->greatest, "%g");
        html_ += "</p>";
        if (question.counted) counts(question, told, language);
        html_ += "</section>\n";
    }

    void counts(const office_store::QuestionSummary& question, const office_store::ToldQuestion& told, std::size_t language) {
        html_ += "<table class=\"counts\">";
        for (std::size_t i = 0; i < told.counts.size(); ++i) {
            const core::AnswerChoice& choice = question.counts[i].first;
            html_ += "<tr><td>" + escaped(label(choice.labels, language, choice.name)) + "</td>";
            if (!told.counts[i] || *told.n == 0) {
                html_ += "<td class=\"bar\"></td><td class=\"n\">–</td><td class=\"n\"></td></tr>\n";
                continue;
            }
            const double percent = 100.0 * static_cast<double>(*told.counts[i]) / static_cast<double>(*told.n);
            char width[32];
            std::snprintf(width, sizeof width, "%.1f", percent);
            const std::string shown = decimal(percent, "%.1f");
            html_ += "<td class=\"bar\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" + shown +
                     "%\"><rect width=\"100\" height=\"10\" fill=\"#e6edf5\"/><rect width=\"" + width + "\" height=\"10\" fill=\"#0b5cad\"/></svg></td><td class=\"n\">" +
                     number(*told.counts[i]) + "</td><td class=\"n\">" + shown + " %</td></tr>\n";
        }
        html_ += "</table>";
    }

    const office_store::StoreSummary& summary_;
    bool vietnamese_;
    std::string language_, date_, html_;
};

}  // namespace

std::string report_page(const office_store::StoreSummary& summary, std::string_view language, std::string_view date) {
    return Page(summary, language, date).make();
}

}  // namespace kiosk::office
