// The opinion poll: an anonymous XLSForm, recorded when it is answered, with a few seconds to take it back. Which polls
// there are, when they open and close, follow-ups after a low score, and whether results may be shown afterwards, all
// stand in the workbooks, where the office can change them.

#include <kiosk/sdk/plugin.hpp>

namespace {

using namespace std::chrono_literals;

constexpr auto kUndo = 8s;

class PollVisit final : public kiosk::Visit {
  public:
    explicit PollVisit(kiosk::Host host) : host_(host), polls_(host.open_forms()) {
        if (polls_.size() == 1) poll_ = polls_.front();
    }

    void describe(kiosk::Screen& screen) const override {
        if (is_recorded_) return thank(screen);
        if (!poll_.empty()) {
            screen.form(poll_);
        } else if (polls_.empty()) {
            screen.heading("none_open").text("come_back");
        } else {
            std::vector<kiosk::Option> options;
            for (const std::string& poll : polls_) options.push_back({poll, kiosk::form_title(poll)});
            screen.heading("which_poll").choice("poll", "poll", options);
        }
    }

    // The first tap is an answer by itself, kept at once; follow-ups amend it. A visitor who walks away has voted.
    kiosk::Outcome submit(const kiosk::Answers& answers) override {
        if (polls_.empty()) return kiosk::Outcome::finish();
        if (poll_.empty()) return choose(answers.value("poll"));
        if (is_recorded_) return kiosk::Outcome::record();
        is_recorded_ = true;
        return kiosk::Outcome::amend(kUndo);
    }

  private:
    kiosk::Outcome choose(std::string_view poll) {
        for (const std::string& open : polls_)
            if (open == poll) poll_ = open;
        return poll_.empty() ? kiosk::Outcome::stay({{"poll", "choose_poll"}}) : kiosk::Outcome::next();
    }

    void thank(kiosk::Screen& screen) const {
        screen.receipt("thanks");
        const kiosk::Results results = host_.results(poll_);
        if (results.tallies.empty()) return;
        std::vector<kiosk::Bar> bars;
        std::uint64_t votes = 0;
        for (const kiosk::Tally& tally : results.tallies) {
            bars.push_back({kiosk::choice_label(poll_, tally.choice), tally.votes});
            votes += tally.votes;
        }
        if (results.is_published) {
            screen.chart({"results_of_all_kiosks", {std::to_string(votes)}}, bars, "not_representative_of_all");
        } else {
            screen.chart({"results_so_far", {std::to_string(votes)}}, bars, "not_representative");
        }
    }

    kiosk::Host host_;
    std::vector<std::string> polls_;
    std::string poll_;
    bool is_recorded_ = false;
};

class OpinionPoll final : public kiosk::Activity {
  public:
    explicit OpinionPoll(kiosk::Host host) : host_(host) {}

    std::unique_ptr<kiosk::Visit> begin() override { return std::make_unique<PollVisit>(host_); }

  private:
    kiosk::Host host_;
};

}  // namespace

KIOSK_PLUGIN(OpinionPoll, "opinion_poll", "1.0.0", kiosk::StoragePolicy::anonymous)
