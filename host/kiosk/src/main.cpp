// feedback-kiosk: reads the command line and hands over to the command.
#include "commands.hpp"
#include "memory_command.hpp"
#include "page_lint.hpp"
#include "plugin_commands.hpp"
#include "type_command.hpp"

#include <kiosk/platform/memory_privacy.hpp>
#include <kiosk/platform/startup_trace.hpp>
#include <kiosk/platform/system.hpp>

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace kiosk;

std::string usual_language() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value && *value) return std::string_view(value).starts_with("en") ? "en" : "vi";
    }
    return "vi";
}

// As written on the command line; turned into LaunchOptions once all of it is read.
struct Arguments {
    std::string data, config, screen, language, size, theme, stick, renderer = "auto";
    bool is_windowed = false, is_safe_mode = false, has_reduced_motion = false, is_json = false;

    void add_to(CLI::App& app) {
        app.add_option("--data", data, "Folder of this kiosk's data");
        app.add_option("--config", config, "Configuration file (default: config.toml in the data folder)");
        app.add_option("--screen", screen, "Size of the screen, such as 1080x1920@268x476");
        app.add_flag("--windowed", is_windowed, "In a window instead of the whole screen");
        app.add_option("--lang", language, "vi or en");
        app.add_option("--size", size, "M, L or XL")->check(CLI::IsMember({"M", "L", "XL"}));
        app.add_option("--theme", theme, "light, contrast-dark or contrast-light")
            ->check(CLI::IsMember({"light", "contrast-dark", "contrast-light"}));
        app.add_option("--renderer", renderer, "auto, gl or raster")->check(CLI::IsMember({"auto", "gl", "raster"}));
        app.add_option("--stick", stick, "Folder that stands for the USB stick in staff mode");
        app.add_flag("--safe-mode", is_safe_mode, "After repeated crashes: no plugins, only the staff pages");
        app.add_flag("--reduced-motion", has_reduced_motion, "Nothing moves by itself");
    }

    core::Result<LaunchOptions> launch() const {
        LaunchOptions options;
        options.data = data;
        options.config = config;
        options.is_windowed = is_windowed;
        options.has_reduced_motion = has_reduced_motion;
        options.renderer = renderer;
        options.stick = stick;
        options.is_safe_mode = is_safe_mode;
        if (!language.empty()) options.language = language;
        if (!size.empty()) options.size = size_named(size);
        if (!theme.empty()) options.theme = theme_named(theme);
        if (!screen.empty()) {
            auto parsed = core::ScreenSize::parse(screen);
            if (!parsed) return parsed.error();
            options.screen = *parsed;
        }
        return options;
    }
};

int list_plugins(const LaunchOptions& options, bool is_json, const commands::Console& console) {
    platform::SystemClock clock;
    platform::SystemRandom random;
    auto composition = Composition::create(options, Purpose::show, clock, random, {});
    if (!composition) return commands::refuse(console, composition.error());
    return commands::list_plugins((*composition)->plugins().plugins(), {console.out, console.err, console.language, is_json});
}

}  // namespace

int main(int argc, char** argv) {
    const auto started = platform::StartupTrace::program_start();
    CLI::App app{"Touchscreen survey and feedback kiosk", "feedback-kiosk"};
    app.require_subcommand(0, 1);
    Arguments arguments;
    arguments.add_to(app);
    const auto command = [&](const char* name, const char* what) {
        CLI::App* made = app.add_subcommand(name, what);
        made->fallthrough();
        return made;
    };
    CLI::App* run_command = command("run", "Open the kiosk (what happens without a command)");
    bool traces_start = false;
    run_command->add_flag("--trace-start", traces_start, "Tell when each stage of the start was reached, and the heap then");

    commands::RenderOptions render;
    CLI::App* render_command = command("render", "Draw one page to a picture, with no display");
    render_command->add_option("--page", render.page, "attract, home, question, …, or ACTIVITY/QUESTION")->required();
    render_command->add_option("--answers", render.answers, "Answers to give first, one step a line");
    render_command->add_option("--shot", render.shot, "Picture to write, PNG");
    render_command->add_option("--dump", render.dump, "Layout to write, JSON");

    commands::GalleryOptions gallery;
    CLI::App* gallery_command = command("gallery", "Every page in every size and colour, with the rules it breaks");
    gallery_command->add_option("--out", gallery.out, "Folder for the pictures and the report")->required();
    gallery_command->add_flag("--json", gallery.is_json, "The report as JSON");
    bool has_no_pictures = false;
    gallery_command->add_flag("--no-pictures", has_no_pictures, "The report only");

    commands::PlayOptions play;
    std::string pace = "real";
    CLI::App* play_command = command("play", "Play a scripted visit");
    play_command->add_option("script", play.script, "Steps, one JSON object a line")->required();
    play_command->add_option("--clock", pace, "real or virtual")->check(CLI::IsMember({"real", "virtual"}));
    play_command->add_option("--dump", play.dump, "Layouts to write, one JSON object a step");
    play_command->add_option("--shots", play.shots, "Folder for a picture of each step");

    CLI::App* plugins_command = command("plugins", "List the plugins, or check one");
    plugins_command->add_flag("--json", arguments.is_json, "As JSON");
    std::string plugin_file;
    CLI::App* check_plugin = plugins_command->add_subcommand("check", "What is wrong with a plugin");
    check_plugin->add_option("file", plugin_file, "The plugin's .so")->required();
    check_plugin->add_flag("--json", arguments.is_json, "As JSON");

    std::string config_file;
    CLI::App* config_command = command("config", "The configuration");
    CLI::App* check_config = config_command->add_subcommand("check", "What is wrong with it");
    check_config->add_option("file", config_file, "Configuration file");
    config_command->require_subcommand(1);

    CLI::App* doctor_command = command("doctor", "What this kiosk has and lacks");
    doctor_command->add_flag("--json", arguments.is_json, "As JSON");
    bool shows_memory = false;
    doctor_command->add_flag("--memory", shows_memory, "Instead, what the running kiosk has in memory, and what for");

    commands::SimulateOptions simulate;
    CLI::App* simulate_command = command("simulate", "Give random answers through the real form, plugin and store");
    simulate_command->add_option("--activity", simulate.activity, "Its id")->required();
    simulate_command->add_option("--responses", simulate.responses, "How many")->required();
    simulate_command->add_option("--seed", simulate.seed, "Of the randomness");

    commands::ExportOptions exporting;
    CLI::App* export_command = command("export", "Write what waits to a stick, as one signed bundle");
    export_command->add_option("--to", exporting.to, "Folder to write to")->required();
    export_command->add_flag("--again", exporting.again, "Also what was exported before without a receipt: a lost stick");

    commands::ImportOptions importing;
    CLI::App* import_command = command("import", "Take what the office sent: a form pack, a receipt, or its keys");
    import_command->add_option("file", importing.file, "NAME.kpk, KIOSK.receipt or office.enrolment, its .minisig beside it")->required();
    import_command->add_flag("--replace", importing.replaces, "Take the office's keys though the old ones did not sign them");

    std::filesystem::path enrolment_folder;
    CLI::App* enrol_command = command("enrol", "Write this kiosk's enrolment for the office");
    enrol_command->add_option("--to", enrolment_folder, "Folder to write to")->required();

    CLI::App* pin_command = command("pin", "Give the kiosk a new staff PIN and print it");

    text::TypingOptions typing;
    std::vector<std::string> keys;
    CLI::App* type_command = command("type", "Keys in, the Vietnamese they type out");
    type_command->add_option("--method", typing.method, "telex or vni")->required()->transform(CLI::CheckedTransformer(
        std::map<std::string, text::TypingMethod>{{"telex", text::TypingMethod::telex}, {"vni", text::TypingMethod::vni}}));
    type_command->add_option("--tone-style", typing.tone_style, "old or new")->transform(CLI::CheckedTransformer(
        std::map<std::string, text::ToneStyle>{{"old", text::ToneStyle::old_style}, {"new", text::ToneStyle::new_style}}));
    type_command->add_option("keys", keys, "Keys of one line; without any, lines of standard input");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = app.exit(error);
        return status == 0 ? commands::kDone : commands::kWrongUsage;
    }

    const std::string language = arguments.language.empty() ? usual_language() : arguments.language == "en" ? "en" : "vi";
    const commands::Console console{std::cout, std::cerr, language};
    auto options = arguments.launch();
    if (!options) {
        commands::refuse(console, options.error());
        return commands::kWrongUsage;
    }
    options->started = started;
    options->traces_start = traces_start;
    const bool serves_visitors = *play_command || app.get_subcommands().empty() || *run_command;
    if (serves_visitors && traces_start) platform::StartupTrace::hand_on(started);
    if (serves_visitors) platform::restart_with_freed_memory_overwritten(argv);
    play.is_virtual = pace == "virtual";
    gallery.has_pictures = !has_no_pictures;

    if (*render_command) return commands::render(*options, render, console);
    if (*gallery_command) return commands::gallery(*options, gallery, console);
    if (*play_command) return commands::play(*options, play, console);
    if (*check_plugin)
        return commands::check_plugin_file(plugin_file, plugin_host::Trust::development(), {console.out, console.err, language, arguments.is_json},
                                           [&](const plugin_host::PluginCheck& plugin) { return lint_pages(*options, plugin_file, plugin); });
    if (*plugins_command) return list_plugins(*options, arguments.is_json, console);
    if (*check_config) return commands::check_config(config_file.empty() ? find_places(options->data).data / "config.toml" : std::filesystem::path(config_file), console);
    if (*doctor_command && shows_memory) return commands::show_memory(arguments.is_json, console);
    if (*doctor_command) return commands::doctor(*options, arguments.is_json, console);
    if (*simulate_command) return commands::simulate(*options, simulate, console);
    if (*export_command) return commands::export_answers(*options, exporting, console);
    if (*import_command) return commands::import_file(*options, importing, console);
    if (*enrol_command) return commands::enrol(*options, enrolment_folder, console);
    if (*pin_command) return commands::set_pin(*options, console);
    if (*type_command) return commands::run_type_command(typing, keys, std::cin, std::cout);
    return commands::run_kiosk(*options, console);
}
