// The opinion poll: one anonymous XLSForm. The first tap is a whole ballot: it is kept at once, with a few seconds to
// take it back, and whatever else the form then asks (follow-ups after a low score, say) amends it. What is asked, and
// when, stands in the workbook, where the office can change it.

#include <kiosk/sdk/plugin.hpp>

namespace {

using namespace std::chrono_literals;

constexpr auto kUndo = 8s;

class PollVisit final : public kiosk::Visit {
  public:
    explicit PollVisit(std::string form) : form_(std::move(form)) {}

    void describe(kiosk::Screen& screen) const override {
        if (is_kept_) screen.receipt("anonymous");
        else screen.form(form_);
    }

    kiosk::Outcome submit(const kiosk::Answers&) override {
        if (is_kept_) return kiosk::Outcome::record();
        is_kept_ = true;
        return kiosk::Outcome::amend(kUndo);
    }

  private:
    std::string form_;
    bool is_kept_ = false;
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
