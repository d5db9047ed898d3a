// Rehearsal: the kiosk's pages with nothing behind them: reduce() and project() over the real catalogues and the form that
// has one of each question, answered at once by a plugin, a store and a clock made of a few lines. For tests of how pages
// look and behave; one at a time, main thread.
#pragma once

#include <kiosk/app/gesture.hpp>
#include <kiosk/app/project.hpp>
#include <kiosk/app/reduce.hpp>
#include <kiosk/raster/damage.hpp>
#include <kiosk/raster/picture.hpp>
#include <kiosk/ui/compose.hpp>
#include <kiosk/ui/context.hpp>
#include <kiosk/ui/fonts.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::ui::test {

// The messages of a folder of .po files, read as they stand.
class PoCatalogue final : public core::Catalogue {
  public:
    void add(const std::string& domain, const std::string& folder);
    std::string words(std::string_view domain, const core::Text& text, std::string_view language) const override;

  private:
    std::map<std::string, std::string, std::less<>> messages_;   // "domain/language/id"
};

// The three screens of the specification.
core::ScreenSize standing();
core::ScreenSize lying();
core::ScreenSize small();

class Rehearsal {
  public:
    Rehearsal();
    ~Rehearsal();

    // Back to the attract page, as if nobody had been there.
    static void restart(Rehearsal& kiosk);
    void press(std::string item);
    void take(app::Event event);
    void pass(core::SteadyTime time);

    // To the page of a question of the form; "nguoi" is where the entries of the repeat are listed.
    void open_form();
    void show(std::string_view question);
    void answer(std::string_view path, std::string_view value);
    void use(app::TextSize size, app::Theme theme, const std::string& language = "vi");

    app::ViewModel view() const;
    Scene scene(const core::ScreenSize& screen, const Presence& presence = {}) const;
    raster::Picture picture(const Scene& scene);
    // Only where it differs from the frame before, into the picture of that one; under a page's veil.
    void draw_damage(raster::DamageTracker& damage, raster::Picture& shown, const Scene& scene, float veil);
    const app::State& state() const { return state_; }
    const forms::FormVisit& form() const { return *state_.in<app::Visiting>()->form; }
    const Fonts& fonts() const;

    app::Policies policies;
    std::vector<app::Activity> activities;
    core::SteadyTime now{1'000'000};
    bool can_record = true;
    bool has_pictures = true;
    int recorded = 0;

  private:
    app::Environment environment() const;
    void carry_out(app::Effect effect);
    core::Screen consent_page() const;
    core::Screen thanks_page() const;

    struct Stage;
    std::unique_ptr<Stage> stage_;
    PoCatalogue catalogue_;
    std::shared_ptr<const forms::Form> definition_;
    app::State state_;
    bool has_consented_ = false;
};

}  // namespace kiosk::ui::test
