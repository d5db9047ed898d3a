// @name_en@: what this activity is for, and what it does with the answers.

#include <kiosk/sdk/plugin.hpp>

namespace {

using namespace std::chrono_literals;

// One visitor's run. Shows the form, records it, says thank you.
class @ActivityClass@Visit final : public kiosk::Visit {
  public:
    void describe(kiosk::Screen& screen) const override {
        if (is_recorded_) screen.receipt("thanks");
        else screen.form("@activity_id@");
    }

    kiosk::Outcome submit(const kiosk::Answers& answers) override {
        // What a workbook can check (required, constraint, relevant) belongs in the form; judge here only the rest.
        if (!answers.has("/data/comment")) return kiosk::Outcome::stay({{"/data/comment", "say_something"}});
        is_recorded_ = true;
        return kiosk::Outcome::record({.undo = 8s});
    }

  private:
    bool is_recorded_ = false;
};

class @ActivityClass@ final : public kiosk::Activity {
  public:
    std::unique_ptr<kiosk::Visit> begin() override { return std::make_unique<@ActivityClass@Visit>(); }
};

}  // namespace

KIOSK_PLUGIN(@ActivityClass@, "@activity_id@", "1.0.0", kiosk::StoragePolicy::sealed)
