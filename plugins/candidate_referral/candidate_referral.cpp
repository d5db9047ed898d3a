// The candidate referral: a mass organisation refers one or several people, each kept as a record of its own, each only
// with the person's consent. What a workbook can check, it checks; this decides what happens to people who were not asked
// and notices the same person twice. Or somebody withdraws an earlier referral by its code.
//
// Settings: "form", the workbook in force (organisations, places, criteria); "controller" (who answers for the data: name,
// address).

#include <kiosk/sdk/plugin.hpp>

#include <algorithm>
#include <cctype>
#include <set>

namespace {

constexpr std::string_view kPeople = "/data/gioi_thieu/ung_vien";
constexpr std::string_view kCode = "/data/ma";

// A name for comparing: spaces and case do not tell people apart. (Letters beyond ASCII keep their case: a referrer
// types the same name the same way.)
std::string folded(std::string_view name) {
    std::string result;
    for (const char letter : name) {
        const auto byte = static_cast<unsigned char>(letter);
        if (std::isspace(byte) == 0) result.push_back(static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte));
    }
    return result;
}

class ReferralVisit final : public kiosk::Visit {
  public:
    ReferralVisit(std::string form, std::string controller) : form_(std::move(form)), controller_(std::move(controller)) {}

    void describe(kiosk::Screen& screen) const override {
        switch (page_) {
            case Page::wish:
                screen.heading("what_to_do").choice("wish", "wish", {{"refer", "wish_refer"}, {"withdraw", "wish_withdraw"}});
                if (!controller_.empty()) screen.notice("controller", {"controller", {controller_}});
                return;
            case Page::referral:
                // Purpose, rights and consent stand in the form: their wording is then kept, hashed, with every record.
                screen.form(form_);
                return;
            case Page::withdrawal: screen.form("referral_withdrawal"); return;
            case Page::recorded: screen.receipt("keep_the_code", kiosk::ReceiptCode::shown); return;
            case Page::printed: screen.receipt("draft_only"); return;
            case Page::withdrawn: screen.receipt("withdrawal_passed_on"); return;
        }
    }

    kiosk::Outcome submit(const kiosk::Answers& answers) override {
        switch (page_) {
            case Page::wish:
                if (!answers.has("wish")) return kiosk::Outcome::stay({{"wish", "choose_one"}});
                page_ = answers.value("wish") == "withdraw" ? Page::withdrawal : Page::referral;
                return kiosk::Outcome::next();
            case Page::referral: return judge(answers);
            case Page::withdrawal: case Page::withdrawn:   // again, if the kiosk found the code mistyped
                if (!answers.has(kCode)) return kiosk::Outcome::stay({{std::string(kCode), "code_needed"}});
                page_ = Page::withdrawn;
                return kiosk::Outcome::withdraw(std::string(answers.value(kCode)));
            default: return kiosk::Outcome::finish();
        }
    }

  private:
    enum class Page { wish = 1, referral, withdrawal, recorded, printed, withdrawn };

    kiosk::Outcome judge(const kiosk::Answers& answers) {
        if (answers.value("/data/thong_bao/dong_y_gt") == "khong") return kiosk::Outcome::finish();
        const std::size_t people = answers.repeats(kPeople);
        if (people == 0) return kiosk::Outcome::stay({{std::string(kPeople), "nobody_referred"}});
        if (auto issues = twice(answers, people); !issues.empty()) return kiosk::Outcome::stay(std::move(issues));

        std::vector<kiosk::Issue> not_asked;
        for (std::size_t person = 1; person <= people; ++person) {
            const std::string consent = kiosk::Answers::at(kPeople, person) + "/dong_y";
            if (answers.value(consent) != "da_dong_y") not_asked.push_back({consent, "not_asked_yet"});
        }
        if (not_asked.size() == people) {  // nothing is kept of people who do not know
            page_ = Page::printed;
            return kiosk::Outcome::print("referral_draft");
        }
        if (!not_asked.empty()) return kiosk::Outcome::stay(std::move(not_asked));
        page_ = Page::recorded;
        return kiosk::Outcome::record({.each = std::string(kPeople), .has_withdrawal_code = true});
    }

    // Says once of each pair that it looks like one person; two people may really share name and birth date.
    std::vector<kiosk::Issue> twice(const kiosk::Answers& answers, std::size_t people) {
        std::vector<kiosk::Issue> issues;
        std::set<std::string> seen;
        for (std::size_t person = 1; person <= people; ++person) {
            const std::string path = kiosk::Answers::at(kPeople, person);
            const std::string name(answers.value(path + "/ten/ho_ten"));
            const std::string key = folded(name) + "|" + std::string(answers.value(path + "/ngay_sinh"));
            if (!seen.insert(key).second && noticed_.insert(key).second)
                issues.push_back({path + "/ten/ho_ten", {"same_person_twice", {name}}});
        }
        return issues;
    }

    std::string form_;
    std::string controller_;
    Page page_ = Page::wish;
    std::set<std::string> noticed_;
};

class CandidateReferral final : public kiosk::Activity {
  public:
    explicit CandidateReferral(kiosk::Host host) : controller_(host.setting("controller")), form_(host.setting("form")) {
        if (form_.empty()) form_ = "candidate_referral_2026";
    }

    std::unique_ptr<kiosk::Visit> begin() override { return std::make_unique<ReferralVisit>(form_, controller_); }

  private:
    std::string controller_;
    std::string form_;
};

}  // namespace

KIOSK_PLUGIN(CandidateReferral, "candidate_referral", "1.0.0", kiosk::StoragePolicy::sealed)
