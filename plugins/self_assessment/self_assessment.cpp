// The self-assessment: a member reviews their own work on the form in force for them. The kiosk asks which one, warns
// against state secrets before the first field, and then seals the review for the branch, prints it and forgets it, or
// both, as the office set. Ratings, their weights and the hints about them are in the workbooks; a layout of the same
// name prints each.
//
// Settings: "forms", the ids of the reviews in force, separated by spaces; "output" sealed | print | both.

#include <kiosk/sdk/plugin.hpp>

#include <algorithm>

namespace {

enum class Output { sealed = 1, print, both };

Output output_named(std::string_view name) {
    if (name.empty() || name == "sealed") return Output::sealed;
    if (name == "print") return Output::print;
    if (name == "both") return Output::both;
    throw std::invalid_argument("the setting \"output\" must be sealed, print or both");
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

class ReviewVisit final : public kiosk::Visit {
  public:
    ReviewVisit(const std::vector<std::string>& forms, Output output) : forms_(forms), output_(output) {}

    void describe(kiosk::Screen& screen) const override {
        if (is_done_) {
            screen.receipt(output_ == Output::print ? "printed_and_wiped" : "sealed_for_branch");
        } else if (!form_.empty()) {
            screen.form(form_);
        } else {
            screen.heading("which_review");
            if (forms_.size() > 1) {
                std::vector<kiosk::Option> options;
                for (const std::string& form : forms_) options.push_back({form, kiosk::form_title(form)});
                screen.choice("review", "review", options);
            } else {
                screen.text(kiosk::form_title(forms_.front()));
            }
            screen.notice("secrets", "no_state_secrets");
        }
    }

    kiosk::Outcome submit(const kiosk::Answers& answers) override {
        if (is_done_) return kiosk::Outcome::finish();
        if (form_.empty()) return choose(forms_.size() > 1 ? answers.value("review") : forms_.front());
        is_done_ = true;
        if (output_ == Output::print) return kiosk::Outcome::print(form_);
        return kiosk::Outcome::record({.document = output_ == Output::both ? form_ : ""});
    }

  private:
    kiosk::Outcome choose(std::string_view form) {
        if (std::find(forms_.begin(), forms_.end(), form) == forms_.end())
            return kiosk::Outcome::stay({{"review", "choose_review"}});
        form_ = form;
        return kiosk::Outcome::next();
    }

    const std::vector<std::string>& forms_;
    Output output_;
    std::string form_;
    bool is_done_ = false;
};

class SelfAssessment final : public kiosk::Activity {
  public:
    explicit SelfAssessment(kiosk::Host host) : forms_(words_of(host.setting("forms"))), output_(output_named(host.setting("output"))) {
        if (forms_.empty()) forms_ = {"self_review_2025_a", "self_review_2025_b", "self_review_quarterly", "self_review_probationary"};
    }

    std::unique_ptr<kiosk::Visit> begin() override { return std::make_unique<ReviewVisit>(forms_, output_); }

  private:
    std::vector<std::string> forms_;
    Output output_;
};

}  // namespace

KIOSK_PLUGIN(SelfAssessment, "self_assessment", "1.0.0", kiosk::StoragePolicy::sealed)
