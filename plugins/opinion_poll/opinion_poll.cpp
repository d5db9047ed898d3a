// The opinion poll: one anonymous XLSForm, recorded when it is answered, with a few seconds to take it back. Follow-ups
// after a low score are in the form, where the office can change them.

#include <kiosk/sdk/plugin.hpp>

namespace {

using namespace std::chrono_literals;

constexpr auto kUndo = 8s;

class PollVisit final : public kiosk::Visit {
  public:
    explicit PollVisit(std::string form) : form_(std::move(form)) {}

    void describe(kiosk::Screen& screen) const override {
        if (is_recorded_) screen.receipt("thanks");
        else screen.form(form_);
    }

    // The first tap is an answer by itself, kept at once; follow-ups amend it. A visitor who walks away has voted.
    kiosk::Outcome submit(const kiosk::Answers&) override {
        if (is_recorded_) return kiosk::Outcome::record();
        is_recorded_ = true;
        return kiosk::Outcome::amend(kUndo);
    }

  private:
    std::string form_;
    bool is_recorded_ = false;
};

class OpinionPoll final : public kiosk::Activity {
  public:
    explicit OpinionPoll(kiosk::Host host) : host_(host) {}

    std::unique_ptr<kiosk::Visit> begin() override {
        const std::string_view form = host_.setting("form");
        return std::make_unique<PollVisit>(std::string(form.empty() ? "portal_poll" : form));
    }

  private:
    kiosk::Host host_;
};

}  // namespace

KIOSK_PLUGIN(OpinionPoll, "opinion_poll", "1.0.0", kiosk::StoragePolicy::anonymous)
