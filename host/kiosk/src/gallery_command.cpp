// `gallery`: every page on every screen, in every theme, size and language, with the rules it breaks.
#include "commands.hpp"
#include "glass.hpp"
#include "page_route.hpp"
#include "stage.hpp"

#include <kiosk/platform/system.hpp>
#include <kiosk/raster/png.hpp>
#include <kiosk/ui/rules.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <memory>
#include <ostream>
#include <utility>

namespace kiosk::commands {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> kScreens{"1080x1920@268x476", "1920x1080@476x268", "1280x800@217x136"};
constexpr std::array kThemes{app::Theme::light, app::Theme::contrast_dark, app::Theme::contrast_light};
constexpr std::array kSizes{app::TextSize::medium, app::TextSize::large, app::TextSize::extra_large};

// Pages that a press would leave, so that their sizes and colours have to be set before they are reached.
bool is_fleeting(std::string_view page) { return page == "attract" || page == "idle" || page == "out_of_service"; }

class Gallery {
  public:
    Gallery(LaunchOptions options, const GalleryOptions& wanted, Stage& stage)
        : options_(std::move(options)), wanted_(wanted), stage_(stage), now_(platform::SystemClock().wall_now()),
          screens_(options_.screen ? std::vector{*options_.screen} : usual_screens()) {}

    core::Result<Json> show() {
        const std::vector<std::string> languages = options_.language ? std::vector{*options_.language} : std::vector<std::string>{"vi", "en"};
        for (const std::string& language : languages) {
            std::vector<std::string> names{"attract"};
            for (std::size_t index = 0; index < names.size(); ++index) {
                if (auto shown = show_page(names[index], language, index == 0 ? &names : nullptr); !shown) return shown.error();
            }
            bars_.clear();
        }
        return Json{{"pages", pages_}, {"broken", std::move(broken_)}};
    }

  private:
    static std::vector<core::ScreenSize> usual_screens() {
        std::vector<core::ScreenSize> screens;
        for (const std::string_view screen : kScreens) screens.push_back(*core::ScreenSize::parse(screen));
        return screens;
    }

    bool is_wanted(app::Theme theme, app::TextSize size) const {
        return (!options_.theme || theme == *options_.theme) && (!options_.size || size == *options_.size);
    }

    // One page in one language. Its sizes and themes are those a visitor makes, with the aids.
    core::Result<void> show_page(std::string name, const std::string& language, std::vector<std::string>* all_names) {
        VirtualClock clock{now_};
        core::SeededRandom random(1);
        std::unique_ptr<Composition> composition;   // uses both
        const auto arrive = [&](app::Theme theme, app::TextSize size) -> core::Result<bool> {
            LaunchOptions options = options_;
            options.theme = theme;
            options.size = size;
            options.language = language;
            Outside outside;
            outside.has_speech = true;
            auto made = Composition::create(options, name == "welcome" ? Purpose::show_welcome : Purpose::show, clock, random, outside);
            if (!made) return made.error();
            composition = std::move(*made);
            pictures_ = &stage_.use_pictures(composition->pictures());
            if (all_names) {
                *all_names = page_names(composition->machine(), composition->forms());
                all_names = nullptr;
            }
            return static_cast<bool>(go_to_page(composition->machine(), clock, name, {}));   // else this kiosk has no such page
        };
        for (const app::Theme theme : kThemes)
            for (const app::TextSize size : kSizes) {
                if (!composition || is_fleeting(name)) {
                    const auto there = arrive(theme, size);
                    if (!there) return there.error();
                    if (!*there) return {};
                }
                Machine& machine = composition->machine();
                while (machine.view().size != size) machine.press("aid.size");
                while (machine.view().theme != theme) machine.press("aid.contrast");
                if (!is_wanted(theme, size)) continue;
                for (const core::ScreenSize& screen : screens_) {
                    Glass glass(machine, screen, stage_.fonts(), pictures_);
                    if (auto shown = show_one(name, glass.look()); !shown) return shown;
                }
            }
        return {};
    }

    // The bar of aids as it stood on the first page of its screen, size and theme.
    const ui::Scene& first_with_aids(const ui::Scene& scene) {
        const std::string key = std::to_string(scene.screen.width_px) + std::string(app::name_of(scene.size)) + std::string(app::name_of(scene.theme));
        return bars_.try_emplace(key, scene).first->second;
    }

    core::Result<void> show_one(const std::string& name, const ui::Scene& scene) {
        ++pages_;
        std::vector<ui::BrokenRule> broken = ui::broken_rules(scene, stage_.fonts());
        const bool has_aids = std::any_of(scene.items.begin(), scene.items.end(), [](const ui::PlacedItem& placed) { return placed.item.zone == app::Zone::aids; });
        if (has_aids)
            for (ui::BrokenRule& rule : ui::broken_between(first_with_aids(scene), scene)) broken.push_back(std::move(rule));
        const std::string screen = std::to_string(scene.screen.width_px) + "x" + std::to_string(scene.screen.height_px);
        const std::string theme(app::name_of(scene.theme)), size(app::name_of(scene.size));
        for (const ui::BrokenRule& rule : broken)
            broken_.push_back({{"page", name}, {"screen", screen}, {"theme", theme}, {"size", size}, {"language", scene.language},
                               {"rule", rule.rule}, {"item", rule.item}, {"what", rule.what}});
        if (!wanted_.has_pictures) return {};
        std::string file = name;
        std::replace_if(file.begin(), file.end(), [](char letter) { return letter == '/' || letter == '?'; }, '.');
        return raster::write_png(stage_.picture_of(scene), wanted_.out / (file + "_" + screen + "_" + theme + "_" + size + "_" + scene.language + ".png"));
    }

    LaunchOptions options_;
    const GalleryOptions& wanted_;
    Stage& stage_;
    ui::Pictures* pictures_ = nullptr;
    core::WallTime now_;
    std::vector<core::ScreenSize> screens_;
    std::map<std::string, ui::Scene> bars_;
    std::size_t pages_ = 0;
    Json broken_ = Json::array();
};

}  // namespace

int gallery(const LaunchOptions& options, const GalleryOptions& wanted, const Console& console) {
    std::error_code error;
    std::filesystem::create_directories(wanted.out, error);
    auto stage = Stage::create();
    if (!stage) return refuse(console, stage.error());
    auto report = Gallery(options, wanted, **stage).show();
    if (!report) return refuse(console, report.error());
    std::ofstream(wanted.out / "report.json") << report->dump(2) << '\n';
    const Json& broken = (*report)["broken"];
    if (wanted.is_json) {
        console.out << report->dump(2) << '\n';
    } else {
        for (const Json& rule : broken)
            console.out << rule["rule"].get<std::string>() << "  " << rule["page"].get<std::string>() << "  " << rule["screen"].get<std::string>() << " "
                        << rule["theme"].get<std::string>() << " " << rule["size"].get<std::string>() << " " << rule["language"].get<std::string>() << "  "
                        << rule["item"].get<std::string>() << ": " << rule["what"].get<std::string>() << '\n';
        console.out << (*report)["pages"] << " pages, " << broken.size() << " broken rules\n";
    }
    return broken.empty() ? kDone : kRefused;
}

}  // namespace kiosk::commands
