#include "projector.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::app {
namespace {

std::string_view title_of(Ending ending) {
    switch (ending) {
        case Ending::recorded: return "thanks.recorded";
        case Ending::printed: return "thanks.printed";
        case Ending::withdrawn: return "thanks.withdrawn";
        case Ending::nothing: break;
    }
    return "thanks.ended";
}

// "7KQ2M-…" → "7 K Q 2 M, …", so that it is read out letter by letter.
std::string spelled(std::string_view code) {
    std::string letters;
    for (const char letter : code) letters.append(letter == '-' ? "," : letters.empty() ? "" : " ").append(letter == '-' ? "" : std::string(1, letter));
    return letters;
}

}  // namespace

ViewModel project(const State& state, const Environment& environment, const core::Catalogue& catalogue) {
    return Projector(state, environment, catalogue).page();
}

ViewModel Projector::page() && {
    view_.language = state_.aids.language;
    view_.size = state_.aids.size;
    view_.theme = state_.aids.theme;
    view_.lowered = state_.aids.lowered;
    view_.words_for_more = words("action.more");
    view_.words_for_less = words("action.less");
    view_.words_for_help = words("aid.help");
    // What hides the page is a page of its own: nobody behind the visitor can read what is under it.
    if (state_.warning_ends)
        show_idle_warning();
    else if (state_.shows_aids)
        show_aids_page();
    else
        std::visit([this](const auto& mode) { show(mode); }, state_.mode);
    if (state_.in<Visiting>()) finish_what_is_said();
    const bool has_aids = !state_.in<Attract>() && !state_.in<OutOfService>() && !state_.in<Staff>() && view_.page != "aids" &&
                          view_.page != "idle";
    if (has_aids) show_aids(Zone::aids, Look::aid);
    if (view_.find(state_.focus)) view_.focus = state_.focus;
    return std::move(view_);
}

std::string Projector::words(std::string_view id, std::vector<std::string> arguments) const {
    return catalogue_.words("kiosk", core::Text{std::string(id), std::move(arguments)}, state_.aids.language);
}

std::string Projector::plugin_words(const std::string& activity, const core::Text& text) const {
    return catalogue_.words(activity, text, state_.aids.language);
}

std::string Projector::seconds_left(core::SteadyTime until) const {
    using namespace std::chrono;
    const auto left = std::max(until - environment_.now, core::SteadyTime{});
    return std::to_string(ceil<seconds>(left).count());
}

Item& Projector::text(Zone zone, Look look, std::string label) {
    Item item;
    item.id = "text." + std::to_string(view_.items.size());
    item.zone = zone;
    item.look = look;
    item.label = std::move(label);
    return view_.items.emplace_back(std::move(item));
}

Item& Projector::button(Zone zone, Look look, std::string id, std::string label, std::string icon) {
    Item item;
    item.id = std::move(id);
    item.role = Role::button;
    item.zone = zone;
    item.look = look;
    item.label = std::move(label);
    item.icon = std::move(icon);
    return view_.items.emplace_back(std::move(item));
}

void Projector::show(const Attract&) {
    view_.page = "attract";
    view_.whole_screen_is_target = true;
    const auto& languages = environment_.policies.languages;
    // A passer-by has chosen no language yet: the first two are shown together.
    const auto both = [&](Item& item, std::string_view id) {
        const core::Text message{std::string(id), {}};
        item.label = catalogue_.words("kiosk", message, languages.front());
        if (languages.size() > 1) item.detail = catalogue_.words("kiosk", message, languages[1]);
    };
    if (!environment_.policies.organisation.empty())
        text(Zone::header, Look::caption, environment_.policies.organisation);
    both(text(Zone::body, Look::hero, {}), "attract.title");
    Item& picture = text(Zone::body, Look::picture, {});
    picture.id = "image.faces";
    picture.role = Role::image;
    picture.icon = "faces";
    picture.spoken = words("attract.picture");
    Item& start = button(Zone::actions, Look::primary, "action.start", {}, "touch");
    both(start, "attract.start");
    start.needed = true;
    both(text(Zone::actions, Look::caption, {}), "attract.promise");
    show_key_notice();
    show_door();
}

void Projector::show(const Welcome&) {
    view_.page = "welcome";
    text(Zone::header, Look::title, words("welcome.title"));
    for (const std::string& language : environment_.policies.languages) {
        const core::Text name{"language.name", {}};
        Item& choice = button(Zone::body, Look::option, "language." + language,
                              catalogue_.words("kiosk", name, language));
        choice.needed = true;
        choice.selected = language == state_.aids.language;
    }
    button(Zone::actions, Look::secondary, "action.end", words("action.end"), "close");
}

void Projector::show(const Home&) {
    view_.page = "home";
    text(Zone::header, Look::title, words("home.title"));
    show_key_notice();
    for (const Activity& activity : environment_.activities) {
        const core::ActivityInfo& info = activity.info;
        Item& tile = button(Zone::body, Look::tile, "tile." + info.id, info.name.in(state_.aids.language), info.icon);
        if (activity.paused) {
            tile.enabled = false;
            tile.detail = words("home.paused");
            continue;
        }
        tile.needed = true;
        const std::string minutes = words("home.minutes", {std::to_string(info.minutes)});
        tile.detail = info.storage == StoragePolicy::anonymous ? minutes + " · " + words("home.anonymous") : minutes;
    }
    if (environment_.activities.empty()) text(Zone::body, Look::notice, words("home.nothing"));
    button(Zone::actions, Look::secondary, "action.end", words("action.end"), "close");
}

// Before anything is answered: whoever reads it can still leave.
void Projector::show_key_notice() {
    switch (environment_.policies.office_key) {
        case OfficeKey::office: return;
        case OfficeKey::demo: text(Zone::body, Look::notice, words("keys.demo")); return;
        case OfficeKey::none: text(Zone::body, Look::notice, words("keys.none")); return;
    }
}

void Projector::show(const Thanks& thanks) {
    view_.page = "thanks";
    text(Zone::body, Look::success, words(title_of(thanks.ending)));
    const auto& shown = thanks.screen.items;
    const bool plugin_thanks = std::any_of(shown.begin(), shown.end(), [](const core::ScreenItem& item) { return std::holds_alternative<core::Receipt>(item); });
    if (!plugin_thanks) text(Zone::body, Look::paragraph, words("thanks.thanks"));
    show_plugin_items(thanks.screen, thanks.activity, nullptr);
    if (thanks.has_undo_failed) text(Zone::body, Look::problem, words("undo.failed"));
    if (thanks.was_not_printed) text(Zone::body, Look::notice, words("thanks.not_printed"));
    const bool shows_code = std::any_of(shown.begin(), shown.end(), [](const core::ScreenItem& item) {
        const auto* receipt = std::get_if<core::Receipt>(&item);
        return receipt && receipt->shows_code;
    });
    if (shows_code) show_slips(thanks);
    if (!thanks.is_undoing) show_undo(thanks.undo_until);
    button(Zone::actions, Look::secondary, "action.more_time", words("thanks.more_time"), "clock");
    Item& done = button(Zone::actions, Look::primary, "action.next",
                        words("thanks.done", {seconds_left(thanks.leaves_at)}));
    done.needed = true;
    done.spoken = words("action.done");
}

void Projector::show_slips(const Thanks& thanks) {
    const std::vector<WithdrawalSlip>& slips = thanks.slips;
    for (std::size_t index = 0; index < slips.size(); ++index) {
        Item& code = text(Zone::body, Look::code, slips[index].code);
        code.id = "code." + std::to_string(index + 1);
        code.detail = slips[index].who;
        code.value = slips[index].code;   // drawn as a QR code beside it
        const std::string who = slips[index].who.empty() || !may_speak_answers(thanks.storage) ? std::string{} : slips[index].who + ". ";
        code.spoken = who + words("thanks.code", {spelled(slips[index].code)});
    }
}

void Projector::show_undo(std::optional<core::SteadyTime> until) {
    if (!until || environment_.now >= *until) return;
    Item& undo = button(Zone::actions, Look::secondary, "action.undo", words("action.undo", {seconds_left(*until)}), "undo");
    undo.spoken = words("action.undo.spoken");
}

void Projector::show(const OutOfService& failure) {
    view_.page = "out_of_service";
    text(Zone::body, Look::hero, words("out_of_service.title"));
    text(Zone::body, Look::paragraph, words("out_of_service.what_to_do"));
    text(Zone::body, Look::caption, failure.reason.message.in(state_.aids.language));
    text(Zone::body, Look::caption, failure.reason.code);
    if (!environment_.policies.whom_to_call.empty())
        text(Zone::body, Look::lead, words("out_of_service.call", {environment_.policies.whom_to_call}));
    show_door();
}

void Projector::show_idle_warning() {
    view_.page = "idle";
    const std::string left = seconds_left(*state_.warning_ends);
    text(Zone::body, Look::hero, words("idle.title"));
    Item& countdown = text(Zone::body, Look::countdown, left);
    countdown.detail = words("idle.seconds_left");
    countdown.spoken = words("idle.seconds", {left});
    text(Zone::body, Look::paragraph, words("idle.what_happens"));
    button(Zone::actions, Look::secondary, "action.end", words("idle.end"), "close");
    button(Zone::actions, Look::secondary, "action.more_time", words("idle.more_time"), "clock");
    button(Zone::actions, Look::primary, "action.stay", words("idle.stay")).needed = true;
}

// Where a screen has no room for all aids beside every page, they have a page of their own.
void Projector::show_aids_page() {
    view_.page = "aids";
    text(Zone::header, Look::title, words("aid.title"));
    show_aids(Zone::body, Look::option);
    button(Zone::actions, Look::primary, "action.close", words("action.done"), "check").needed = true;
}

void Projector::show_aids(Zone zone, Look look) {
    const Aids& aids = state_.aids;
    const auto& languages = environment_.policies.languages;
    const auto here = std::find(languages.begin(), languages.end(), aids.language);
    if (languages.size() > 1) {   // named in itself, so that whoever needs it can read it
        const std::string& next = here == languages.end() || here + 1 == languages.end() ? languages.front() : *(here + 1);
        button(zone, look, "aid.language", catalogue_.words("kiosk", {"language.name", {}}, next), "language");
    }
    button(zone, look, "aid.size", words("aid.size." + std::string(name_of(aids.size))), "size").selected =
        aids.size != environment_.policies.size;
    button(zone, look, "aid.contrast", words("aid.contrast." + std::string(name_of(aids.theme))), "contrast")
        .selected = aids.theme != environment_.policies.theme;
    if (environment_.policies.has_speech)
        button(zone, look, "aid.speak", words(aids.speech ? "aid.speak.stop" : "aid.speak"), "speak").selected =
            aids.speech;
    button(zone, look, "aid.lower", words(aids.lowered ? "aid.raise" : "aid.lower"),
           aids.lowered ? "raise" : "lower").selected = aids.lowered;
    if (zone == Zone::aids) button(zone, look, "aid.help", words("aid.help"), "help");
}

}  // namespace kiosk::app
