#include "rehearsal.hpp"

#include <kiosk/forms/read_form.hpp>
#include <kiosk/raster/headless.hpp>
#include <kiosk/test_support/source_tree.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <utility>

namespace kiosk::ui::test {
namespace {

const std::filesystem::path kSource = test_support::in_source_tree("");

// "msgstr \"Xin\"" → Xin; escapes as far as our catalogues use them.
std::string in_quotes(const std::string& line) {
    const std::size_t first = line.find('"'), last = line.rfind('"');
    std::string text;
    for (std::size_t at = first + 1; at < last; ++at) {
        if (line[at] == '\\' && at + 1 < last) text.push_back(line[++at] == 'n' ? '\n' : line[at]);
        else text.push_back(line[at]);
    }
    return text;
}

std::shared_ptr<const forms::Form> read_everything() {
    const std::filesystem::path folder = kSource / "tests/fixtures/everything/form/everything";
    const auto beside = [&](std::string_view name) -> std::optional<core::Bytes> {
        std::ifstream in(folder / std::string(name), std::ios::binary);
        if (!in) return std::nullopt;
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        const auto* bytes = reinterpret_cast<const core::Bytes::value_type*>(text.data());
        return core::Bytes(bytes, bytes + text.size());
    };
    auto reading = forms::read_form_folder(beside, "everything");
    if (!reading.form) throw std::runtime_error("the form of the fixture has a fault: " + reading.diagnosis.errors.front().message.en);
    return reading.form;
}

}  // namespace

void PoCatalogue::add(const std::string& domain, const std::string& folder) {
    for (const std::string language : {"vi", "en"}) {
        std::ifstream in(folder + "/" + language + ".po");
        std::string id, line;
        for (; std::getline(in, line);) {
            if (line.starts_with("msgid")) id = in_quotes(line);
            else if (line.starts_with("msgstr") && !id.empty()) messages_[domain + "/" + language + "/" + id] = in_quotes(line);
        }
    }
}

std::string PoCatalogue::words(std::string_view domain, const core::Text& text, std::string_view language) const {
    auto found = messages_.find(std::string(domain) + "/" + std::string(language) + "/" + text.id);
    if (found == messages_.end()) return text.id;
    std::string message = found->second;
    for (std::size_t index = 0; index < text.arguments.size(); ++index) {
        const std::string mark = "{" + std::to_string(index) + "}";
        if (const auto at = message.find(mark); at != std::string::npos) message.replace(at, mark.size(), text.arguments[index]);
    }
    return message;
}

core::ScreenSize standing() { return *core::ScreenSize::parse("1080x1920@268x476"); }
core::ScreenSize lying() { return *core::ScreenSize::parse("1920x1080@476x268"); }
core::ScreenSize small() { return *core::ScreenSize::parse("1280x800@217x136"); }

struct Rehearsal::Stage {
    Stage() {
        raster::attach_renderer();
        auto loaded = Fonts::load();
        if (!loaded) throw std::runtime_error(loaded.error().message.en);
        fonts.emplace(std::move(*loaded));
    }
    ~Stage() {
        fonts.reset();
        raster::detach_renderer();
    }
    Context context;
    std::optional<Fonts> fonts;
};

Rehearsal::Rehearsal() : stage_(std::make_unique<Stage>()), definition_(read_everything()) {
    catalogue_.add("kiosk", (kSource / "assets/locale").string());
    catalogue_.add("everything", (kSource / "tests/fixtures/everything/locale").string());
    app::Activity activity;
    activity.info.id = "everything";
    activity.info.name = {"Tự đánh giá hội viên", "Review my year"};
    activity.info.storage = StoragePolicy::sealed;
    activity.info.minutes = 6;
    activity.info.icon = "checklist";
    activity.info.forms = {"everything"};
    activities.push_back(activity);
    activity.info.id = "other";
    activity.info.name = {"Đánh giá cổng thông tin", "Rate the portal"};
    activity.info.storage = StoragePolicy::anonymous;
    activity.info.minutes = 1;
    activity.info.icon = "poll";
    activities.push_back(activity);
    state_ = app::initial_state(environment());
}

Rehearsal::~Rehearsal() = default;

app::Environment Rehearsal::environment() const {
    return {now, policies, activities, nullptr, core::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 30))};
}

void Rehearsal::restart(Rehearsal& kiosk) { kiosk.state_ = app::initial_state(kiosk.environment()); }

const Fonts& Rehearsal::fonts() const { return *stage_->fonts; }

void Rehearsal::press(std::string item) { take(app::Pressed{std::move(item)}); }

void Rehearsal::pass(core::SteadyTime time) {
    now += time;
    take(app::Ticked{});
}

void Rehearsal::take(app::Event event) {
    app::Step step = app::reduce(std::move(state_), std::move(event), environment());
    state_ = std::move(step.state);
    for (app::Effect& effect : step.effects) carry_out(std::move(effect));
}

core::Screen Rehearsal::consent_page() const {
    return {{core::Heading{{"before", {}}}, core::Paragraph{{"what_is_asked", {}}}, core::Notice{"kept", {"how_long_kept", {}}},
             core::Consent{"store", {"agree_to_store", {}}, "1"}, core::Consent{"call", {"agree_to_call", {}}, "1"}}};
}

core::Screen Rehearsal::thanks_page() const {
    core::Chart chart{{"this_week", {}}, {{{"very_good", {}}, 61}, {{"good", {}}, 34}, {{"fair", {}}, 21}, {{"poor", {}}, 12}}, {"how_counted", {}}};
    return {{core::Receipt{{"keep_the_code", {}}, true}, chart}};
}

void Rehearsal::carry_out(app::Effect effect) {
    if (const auto* begin = std::get_if<app::BeginVisit>(&effect)) {
        has_consented_ = false;
        take(app::VisitBegun{begin->visit, app::VisitOpened{core::VisitToken{1}, consent_page(), {}}});
    } else if (const auto* describe = std::get_if<app::Describe>(&effect)) {
        const bool is_over = state_.in<app::Thanks>() != nullptr;
        take(app::Described{describe->visit, is_over ? thanks_page() : core::Screen{{core::FormPages{"everything"}}}});
    } else if (const auto* open = std::get_if<app::OpenForm>(&effect)) {
        forms::VisitSettings settings;
        settings.language = open->language;
        settings.now = [] { return core::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 30)); };
        settings.seed = 1;
        auto visit = forms::FormVisit::begin(definition_, std::move(settings));
        if (!visit) throw std::runtime_error(visit.error().message.en);
        take(app::FormOpened{open->visit, app::FormReady{std::move(*visit), {"everything", "1", {}}, definition_}});
    } else if (const auto* submit = std::get_if<app::Submit>(&effect)) {
        const bool has_form = state_.in<app::Visiting>()->form.has_value();
        take(app::Submitted{submit->visit, has_form ? core::Outcome(core::Record{}) : core::Outcome(core::NextScreen{})});
    } else if (const auto* record = std::get_if<app::RecordResponses>(&effect)) {
        if (can_record) ++recorded;
        take(app::Recorded{record->visit, can_record ? core::Result<void>{} : core::Error{"storage.full", {"Đĩa đầy.", "The disk is full."}}});
    } else if (const auto* undo = std::get_if<app::UndoResponse>(&effect)) {
        --recorded;
        take(app::Undone{undo->visit, {}});
    }
}

void Rehearsal::open_form() {
    press("action.start");
    press("tile.everything");
    for (const char* consent : {"consent.store.yes", "consent.call.yes"}) press(consent);
    press("action.next");
    if (!state_.in<app::Visiting>() || !state_.in<app::Visiting>()->form) throw std::runtime_error("the form did not open");
}

void Rehearsal::show(std::string_view question) {
    auto& form = *state_.in<app::Visiting>()->form;
    std::string path;
    for (const forms::NodeView& node : form.nodes())
        if (path.empty() && (node.path.ends_with("/" + std::string(question)) || node.path.ends_with("/" + std::string(question) + "[1]"))) path = node.path;
    if (path.ends_with(']')) path.resize(path.rfind('['));
    if (path.empty() || !form.go_to(path)) throw std::runtime_error("no page asks " + std::string(question));
    state_.in<app::Visiting>()->editor.reset();
    state_.in<app::Visiting>()->shows_problems = false;
}

void Rehearsal::answer(std::string_view path, std::string_view value) {
    if (auto set = state_.in<app::Visiting>()->form->set(path, value); !set) throw std::runtime_error(set.error().message.en);
}

void Rehearsal::use(app::TextSize size, app::Theme theme, const std::string& language) {
    state_.aids.size = size;
    state_.aids.theme = theme;
    while (state_.aids.language != language) press("aid.language");
}

app::ViewModel Rehearsal::view() const { return app::project(state_, environment(), catalogue_); }

Scene Rehearsal::scene(const core::ScreenSize& screen, const Presence& presence) const { return compose(view(), screen, fonts(), presence); }

raster::Picture Rehearsal::picture(const Scene& scene) {
    const ImDrawData& frame = stage_->context.frame(scene, fonts());
    raster::answer_texture_requests(frame);
    raster::Picture picture(scene.screen.width_px, scene.screen.height_px);
    raster::Rasteriser().draw(frame, picture.surface(), picture.surface().bounds(), raster::pixel(0, 0, 0));
    return picture;
}

}  // namespace kiosk::ui::test
