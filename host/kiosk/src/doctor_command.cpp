// `doctor` and `config check`: what this kiosk has, lacks, and what to do about it.
#include "commands.hpp"
#include "doctor_machine.hpp"
#include "office_keys.hpp"

#include <kiosk/platform/system.hpp>
#include <kiosk/speech/speech_dispatcher.hpp>
#include <kiosk/ui/context.hpp>
#include <kiosk/ui/fonts.hpp>

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <ostream>

namespace kiosk::commands {
namespace {

struct Finding {
    std::string what;                       // "font", "forms", …
    std::optional<core::Error> problem;     // empty: it is well
    core::Words good;
    bool is_minor = false;                  // the kiosk serves without it
};

Finding look_at_fonts() {
    const ui::Context context;
    const auto fonts = ui::Fonts::load();
    return {"font", fonts ? std::nullopt : std::optional(fonts.error()), {"Có phông chữ Noto Sans.", "Noto Sans is installed."}};
}

Finding look_at_display() {
    const char* display = std::getenv("DISPLAY");
    if (!(display && *display) && std::filesystem::exists("/usr/lib/xorg/Xorg"))
        return {"display", {}, {"Phiên kiosk tự mở màn hình X11.", "The kiosk's session opens its own X11 display."}};
    const core::Error none{"doctor.no_display", {"Không có màn hình X11 (DISPLAY trống). Đăng nhập phiên X11 rồi mở lại.", "There is no X11 display (DISPLAY is empty). Log in to an X11 session and start again."}};
    return {"display", display && *display ? std::nullopt : std::optional(none), {"Có màn hình X11.", "There is an X11 display."}};
}

Finding look_at_graphics() {
    const bool has_gpu = std::filesystem::exists("/dev/dri");
    return {"graphics", {}, has_gpu ? core::Words{"Có bộ xử lý đồ họa cho OpenGL.", "There is a GPU for OpenGL."}
                                    : core::Words{"Không có OpenGL trên GPU: máy tự vẽ bằng phần mềm.", "No OpenGL on a GPU: the software renderer draws."}};
}

Finding look_at_speech() {
    const auto speech = speech::connect({});
    return {"speech", speech ? std::nullopt : std::optional(speech.error()), {"Đọc được thành tiếng.", "Pages can be read aloud."}, true};
}

Finding look_at_keys(const Places& places) {
    const auto keys = read_office_keys(places.data);
    if (!keys) return {"keys", keys.error(), {}};
    if (!keys->sealer) return {"keys", no_office_keys_error(places.data), {}};
    std::string words;
    for (const std::string& key : keys->words) words += "\n    " + key;
    if (keys->is_demo)
        return {"keys", core::Error{"keys.demo", {"Khóa đang dùng là khóa chạy thử, câu trả lời không được giữ kín. Trước khi dùng thật, hãy tạo khóa bằng feedback-office keygen và thay " + office_keys_file(places.data).string() + "." + words,
                                                  "The keys are for trying out: answers are not kept secret. Before real use make keys with feedback-office keygen and replace " + office_keys_file(places.data).string() + "." + words}}, {}};
    return {"keys", {}, {"Có khóa của cơ quan. So các từ này với phiếu khóa của cơ quan:" + words,
                         "The office's keys are here. Compare these words with the office's key sheet:" + words}};
}

std::vector<Finding> look_at_activities(const Composition& composition) {
    std::vector<Finding> all;
    for (const core::Error& problem : composition.forms().problems()) all.push_back({"form", problem, {}});
    for (const core::PluginStatus& plugin : composition.plugins().plugins()) {
        all.push_back({"plugin " + plugin.activity.id, plugin.reason, {"Hoạt động " + plugin.activity.id + " sẵn sàng.", "Activity " + plugin.activity.id + " is ready."}});
        for (const std::string& form : plugin.activity.forms) {
            // "poll_*" stands for as many forms as there are; one that the others leave empty is no fault.
            if (!composition.forms().matching({form}).empty()) continue;
            if (form.ends_with('*') && !composition.forms().matching(plugin.activity.forms).empty()) continue;
            all.push_back({"form " + form, composition.forms().find(form).error(), {}});
        }
    }
    return all;
}

}  // namespace

int check_config(const std::filesystem::path& file, const Console& console) {
    if (!std::filesystem::exists(file))
        return refuse(console, {"config.not_found", {"Không có tệp cấu hình " + file.string() + ".", "There is no configuration file " + file.string() + "."}});
    const ConfigReading reading = read_config(file);
    for (const core::Error& fault : reading.faults) console.err << fault.message.in(console.language) << '\n';
    if (!reading.faults.empty()) return kRefused;
    console.out << (console.language == "en" ? "The configuration is in order.\n" : "Cấu hình dùng được.\n");
    return kDone;
}

int doctor(const LaunchOptions& options, bool is_json, const Console& console) {
    platform::SystemClock clock;
    platform::SystemRandom random;
    std::vector<Finding> findings{look_at_fonts(), look_at_display(), look_at_graphics(), look_at_speech(), look_at_keys(find_places(options.data))};
    auto composition = Composition::create(options, Purpose::show, clock, random, {});
    if (composition)
        for (Finding& finding : look_at_activities(**composition)) findings.push_back(std::move(finding));
    else
        findings.push_back({"config", composition.error(), {}});
    const auto config = load_config(options, Purpose::serve);
    for (app::StaffLine& line : look_at_machine(find_places(options.data), config ? *config : Config{}, clock)) {
        if (line.mark == app::Mark::good) findings.push_back({line.what, {}, line.words});
        else findings.push_back({line.what, core::Error{"doctor." + line.what, line.words}, {}, line.mark == app::Mark::attention});
    }

    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    bool is_well = true;
    for (const Finding& finding : findings) {
        const std::string words = (finding.problem ? finding.problem->message : finding.good).in(console.language);
        is_well = is_well && (!finding.problem || finding.is_minor);
        const char* mark = !finding.problem ? "● " : finding.is_minor ? "▲ " : "✕ ";
        json.push_back({{"what", finding.what}, {"ok", !finding.problem || finding.is_minor}, {"attention", finding.problem && finding.is_minor}, {"code", finding.problem ? finding.problem->code : ""}, {"message", words}});
        if (!is_json) console.out << mark << words << '\n';
    }
    if (is_json) console.out << json.dump(2) << '\n';
    return is_well ? kDone : kRefused;
}

}  // namespace kiosk::commands
