#include "page_lint.hpp"

#include "glass.hpp"
#include "page_route.hpp"
#include "stage.hpp"
#include "virtual_clock.hpp"

#include <kiosk/platform/system.hpp>
#include <kiosk/ui/rules.hpp>

#include <algorithm>

namespace kiosk {
namespace {

namespace fs = std::filesystem;

// The data directory whose plugins/ holds the library; empty where that is the programs' own.
fs::path data_around(const fs::path& library, const LaunchOptions& options) {
    std::error_code ignored;
    const fs::path folder = fs::weakly_canonical(library, ignored).parent_path().parent_path();
    if (folder == fs::weakly_canonical(find_places(options.data).plugins, ignored) || folder.filename() != "plugins") return options.data;
    return folder.parent_path();
}

void note(std::vector<core::Error>& problems, core::Error problem) {
    if (std::find(problems.begin(), problems.end(), problem) == problems.end()) problems.push_back(std::move(problem));
}

void check_languages(const forms::Form& form, const core::ActivityInfo& activity, std::vector<core::Error>& problems) {
    for (const std::string& language : activity.languages) {
        const std::uint32_t index = form.find_language(language);
        for (const forms::Control& control : form.controls) {
            const bool has_words = std::any_of(control.label.in.begin(), control.label.in.end(), [](const forms::LocalText& text) { return !text.text.empty(); });
            const bool is_said = index != forms::kNone && index < control.label.in.size() && !control.label.in[index].text.empty();
            if (!has_words || is_said || control.node == forms::kNone) continue;
            const std::string& question = form.nodes[control.node].name;
            note(problems, {"form.untranslated",
                            {"Biểu mẫu " + form.id + ", câu " + question + ": thiếu nhãn bằng ngôn ngữ “" + language + "”. Thêm vào cột label của ngôn ngữ này.",
                             "Form " + form.id + ", question " + question + ": there is no label in the language “" + language + "”. Add it to that language's label column."}});
        }
    }
}

void check_pages(Machine& machine, VirtualClock& clock, const std::string& name, const ui::Fonts& fonts, const core::ScreenSize& screen,
                 std::vector<core::Error>& problems) {
    if (!go_to_page(machine, clock, name, {})) return;
    Glass glass(machine, screen, fonts);
    for (const ui::BrokenRule& broken : ui::broken_rules(glass.look(), fonts)) {
        const std::string where = name + (broken.item.empty() ? "" : ", " + broken.item);
        note(problems, {"page." + broken.rule,
                        {"Trang " + where + " (chữ rất to, màn hình nhỏ nhất): trái quy tắc " + broken.rule + ": " + broken.what + ".",
                         "Page " + where + " (largest text, smallest screen) breaks the rule " + broken.rule + ": " + broken.what + "."}});
    }
}

}  // namespace

std::vector<core::Error> lint_pages(const LaunchOptions& given, const fs::path& library, const core::ActivityInfo& activity) {
    std::vector<core::Error> problems;
    auto stage = Stage::create();
    if (!stage) return {stage.error()};
    LaunchOptions options = given;
    options.data = data_around(library, given);
    options.size = app::TextSize::extra_large;
    if (!options.screen) options.screen = *core::ScreenSize::parse("1280x800@217x136");
    for (const std::string& language : activity.languages) {
        options.language = language;
        std::vector<std::string> names;
        for (std::size_t index = 0; index == 0 || index < names.size(); ++index) {
            VirtualClock clock{platform::SystemClock().wall_now()};
            core::SeededRandom random(1);
            auto composition = Composition::create(options, Purpose::show, clock, random, {});
            if (!composition) return {composition.error()};
            Machine& machine = (*composition)->machine();
            if (names.empty()) {
                for (const std::string& id : activity.forms)
                    if (const auto form = (*composition)->forms().find(id)) check_languages(**form, activity, problems);
                names = page_names(machine, (*composition)->forms());
                std::erase_if(names, [&](const std::string& name) { return !name.starts_with(activity.id + "/"); });
                if (names.empty()) break;   // no form of it is at hand
            }
            check_pages(machine, clock, names[index], (*stage)->fonts(), *options.screen, problems);
        }
    }
    return problems;
}

}  // namespace kiosk
