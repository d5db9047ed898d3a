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

std::string words_of(const forms::TextTemplate& pieces) {
    std::string words;
    for (const forms::TextPiece& piece : pieces) words += piece.text;
    return words;
}

void check_languages(const forms::Form& form, const core::ActivityInfo& activity, std::vector<core::Error>& problems) {
    const auto check = [&](const forms::Translated& label, const std::string& vi, const std::string& en) {
        const bool has_words = std::any_of(label.in.begin(), label.in.end(), [](const forms::LocalText& text) { return !text.text.empty(); });
        for (const std::string& language : activity.languages) {
            const std::uint32_t index = form.find_language(language);
            const bool is_said = index != forms::kNone && index < label.in.size() && !label.in[index].text.empty();
            if (!has_words || is_said) continue;
            note(problems, {"form.untranslated",
                            {"Biểu mẫu " + form.id + ", " + vi + ": thiếu nhãn bằng ngôn ngữ “" + language + "”. Thêm vào cột label của ngôn ngữ này.",
                             "Form " + form.id + ", " + en + ": there is no label in the language “" + language + "”. Add it to that language's label column."}});
        }
    };
    for (const forms::Control& control : form.controls) {
        if (control.node == forms::kNone) continue;
        const std::string& question = form.nodes[control.node].name;
        check(control.label, "câu " + question, "question " + question);
        for (const forms::Choice& choice : control.choices) check(choice.label, "lựa chọn " + choice.name + " của câu " + question, "choice " + choice.name + " of " + question);
    }
    for (const auto& [id, words] : form.itext) check(words, "lựa chọn " + id, "choice " + id);
}

// Every sentence, also those that a walk through the pages would not meet: messages of constraints, of refusals, of the end.
void check_wording(const std::string& where, std::string_view sentence, std::vector<core::Error>& problems) {
    const std::string_view words = ui::unwelcome_words_in(sentence);
    if (words.empty()) return;
    note(problems, {"words.UX-43", {where + ": không viết “" + std::string(words) + "”. Nói điều cần làm, hoặc điều phải đúng.",
                                    where + ": do not write “" + std::string(words) + "”. Say what to do, or what must be true."}});
}

void check_wording(const forms::Form& form, std::vector<core::Error>& problems) {
    const auto check = [&](const forms::Translated& words) {
        for (const forms::LocalText& local : words.in) {
            check_wording(form.id, words_of(local.text), problems);
            check_wording(form.id, words_of(local.guidance), problems);
        }
    };
    check(form.title);
    for (const forms::Control& control : form.controls) {
        check(control.label);
        check(control.hint);
        for (const forms::Choice& choice : control.choices) check(choice.label);
    }
    for (const forms::Node& node : form.nodes) {
        check(node.constraint_message);
        check(node.required_message);
    }
    for (const auto& [id, words] : form.itext) check(words);
}

void check_wording(const plugin_host::PluginCheck& plugin, std::vector<core::Error>& problems) {
    for (const core::Words* words : {&plugin.activity.name, &plugin.activity.reader}) {
        check_wording("manifest.json", words->vi, problems);
        check_wording("manifest.json", words->en, problems);
    }
    for (const auto& [language, messages] : plugin.catalogues)
        for (const auto& [id, words] : messages) check_wording(language + ".po, " + id, words, problems);
}

void check_page(Machine& machine, VirtualClock& clock, const std::string& name, const ui::Fonts& fonts, ui::Pictures& pictures,
                const core::ScreenSize& screen, std::vector<core::Error>& problems) {
    if (!go_to_page(machine, clock, name, {})) return;   // this kiosk has no such page
    Glass glass(machine, screen, fonts, &pictures);
    for (const ui::BrokenRule& broken : ui::broken_rules(glass.look(), fonts)) {
        const std::string where = name + (broken.item.empty() ? "" : ", " + broken.item);
        note(problems, {"page." + broken.rule,
                        {"Trang " + where + " (chữ rất to, màn hình nhỏ nhất): trái quy tắc " + broken.rule + ": " + broken.what + ".",
                         "Page " + where + " (largest text, smallest screen) breaks the rule " + broken.rule + ": " + broken.what + "."}});
    }
}

// Why its tile would say "Tạm dừng": then there is no page to look at.
void note_pause(const Machine& machine, const std::string& id, std::vector<core::Error>& problems) {
    for (const app::Activity& activity : machine.activities())
        if (activity.info.id == id && activity.paused) note(problems, *activity.paused);
}

}  // namespace

std::vector<core::Error> lint_pages(const LaunchOptions& given, const fs::path& library, const plugin_host::PluginCheck& plugin) {
    const core::ActivityInfo& activity = plugin.activity;
    std::vector<core::Error> problems;
    check_wording(plugin, problems);
    auto stage = Stage::create();
    if (!stage) return {stage.error()};
    LaunchOptions options = given;
    options.data = data_around(library, given);
    options.size = app::TextSize::extra_large;
    options.trusts_any_plugin = true;
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
            const FormLibrary& forms = (*composition)->forms();
            if (names.empty()) {
                note_pause(machine, activity.id, problems);
                for (const std::string& id : forms.matching(activity.forms)) {
                    check_languages(**forms.find(id), activity, problems);
                    check_wording(**forms.find(id), problems);
                }
                names = page_names(machine, forms);
                std::erase_if(names, [&](const std::string& name) { return !name.starts_with(activity.id + "/"); });
                names.insert(names.begin(), {"home", activity.id, activity.id + "?missing"});
            }
            check_page(machine, clock, names[index], (*stage)->fonts(), (*stage)->use_pictures((*composition)->pictures()), *options.screen, problems);
        }
    }
    return problems;
}

}  // namespace kiosk
