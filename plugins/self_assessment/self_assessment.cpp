// The self-assessment: a member reviews their own work on the form in force for them. The kiosk asks which one, warns
// against state secrets before the first field, and then seals the review for the branch, prints it and forgets it, or
// both, as the office set. Ratings, their weights and the hints about them are in the workbooks.
//
// Settings: "pack" 2019 | 2023 | 2026 (the rules in force), "output" sealed | print | both.

#include <kiosk/sdk/plugin.hpp>

#include <algorithm>

namespace {

// A kind of review: the name of its option, and of its form.
struct Kind {
    const char* name;
    const char* form;
};

struct Pack {
    const char* name;
    std::vector<Kind> kinds;
};

const std::vector<Pack>& packs() {
    static const std::vector<Pack> kPacks{
        {"2019", {{"annual", "self_review_2019"}, {"probationary", "self_review_probationary"}}},
        {"2023", {{"annual_member", "self_review_2023_a"},
                  {"annual_leader", "self_review_2023_b"},
                  {"probationary", "self_review_probationary"}}},
        {"2026", {{"annual_member", "self_review_2025_a"},
                  {"annual_leader", "self_review_2025_b"},
                  {"quarterly", "self_review_quarterly"},
                  {"probationary", "self_review_probationary"}}},
    };
    return kPacks;
}

enum class Output { sealed = 1, print, both };

Output output_named(std::string_view name) {
    if (name.empty() || name == "sealed") return Output::sealed;
    if (name == "print") return Output::print;
    if (name == "both") return Output::both;
    throw std::invalid_argument("the setting \"output\" must be sealed, print or both");
}

const Pack& pack_named(std::string_view name) {
    if (name.empty()) return packs().back();
    const auto found = std::find_if(packs().begin(), packs().end(), [&](const Pack& pack) { return name == pack.name; });
    if (found == packs().end()) throw std::invalid_argument("the setting \"pack\" must be 2019, 2023 or 2026");
    return *found;
}

class ReviewVisit final : public kiosk::Visit {
  public:
    ReviewVisit(const Pack& pack, Output output) : pack_(pack), output_(output) {}

    void describe(kiosk::Screen& screen) const override {
        if (is_done_) {
            screen.receipt(output_ == Output::print ? "printed_and_wiped" : "sealed_for_branch");
        } else if (kind_ != nullptr) {
            screen.form(kind_->form);
        } else {
            std::vector<kiosk::Option> options;
            for (const Kind& kind : pack_.kinds) options.push_back({kind.name, std::string("kind_") + kind.name});
            screen.heading("which_review").choice("kind", "kind", options).notice("secrets", "no_state_secrets");
        }
    }

    kiosk::Outcome submit(const kiosk::Answers& answers) override {
        if (is_done_) return kiosk::Outcome::finish();
        if (kind_ == nullptr) return choose(answers.value("kind"));
        is_done_ = true;
        if (output_ == Output::print) return kiosk::Outcome::print(kind_->form);
        return kiosk::Outcome::record({.document = output_ == Output::both ? kind_->form : ""});
    }

  private:
    kiosk::Outcome choose(std::string_view name) {
        for (const Kind& kind : pack_.kinds)
            if (name == kind.name) kind_ = &kind;
        return kind_ == nullptr ? kiosk::Outcome::stay({{"kind", "choose_review"}}) : kiosk::Outcome::next();
    }

    const Pack& pack_;
    Output output_;
    const Kind* kind_ = nullptr;
    bool is_done_ = false;
};

class SelfAssessment final : public kiosk::Activity {
  public:
    explicit SelfAssessment(kiosk::Host host)
        : pack_(pack_named(host.setting("pack"))), output_(output_named(host.setting("output"))) {}

    std::unique_ptr<kiosk::Visit> begin() override { return std::make_unique<ReviewVisit>(pack_, output_); }

  private:
    const Pack& pack_;
    Output output_;
};

}  // namespace

KIOSK_PLUGIN(SelfAssessment, "self_assessment", "1.0.0", kiosk::StoragePolicy::sealed)
