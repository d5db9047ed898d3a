#include "page_route.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>

namespace kiosk {
namespace {

core::Error no_such_page(std::string_view page) {
    const std::string name(page);
    return {"render.no_page",
            {"Máy này không có trang “" + name + "”. Trang của một câu hỏi viết là HOẠT_ĐỘNG/CÂU_HỎI.",
             "This kiosk has no page “" + name + "”. A question's page is written ACTIVITY/QUESTION."}};
}

std::string_view last_part(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    path = slash == std::string_view::npos ? path : path.substr(slash + 1);
    return path.substr(0, path.find('['));
}

class Route {
  public:
    Route(Machine& machine, VirtualClock& clock, const std::vector<AnswerStep>& answers)
        : machine_(machine), clock_(clock), answers_(answers) {}

    core::Result<void> to(std::string_view page) {
        constexpr std::string_view kMissing = "?missing";   // as it stands after "Tiếp tục" on what is not complete
        if (!page.ends_with(kMissing)) return to_page(page);
        if (auto there = to_page(page.substr(0, page.size() - kMissing.size())); !there) return there;
        machine_.press("action.next");
        const app::ViewModel view = machine_.view();
        const bool is_refused = std::any_of(view.items.begin(), view.items.end(), [](const app::Item& item) { return item.look == app::Look::problem; });
        return is_refused ? core::Result<void>{} : no_such_page(page);
    }

  private:
    core::Result<void> to_page(std::string_view page) {
        if (page == "attract") return {};
        if (page == "out_of_service") {
            machine_.take(app::Failed{{"render.example", {"Ví dụ: kho dữ liệu chưa mở được.", "Example: the store does not open."}}});
            return {};
        }
        if (page.starts_with("staff_")) return staff(page.substr(6));
        machine_.press("action.start");
        if (page == "welcome" || page == "home") return arrived(page);
        if (page == "aids") {
            machine_.press("aid.help");
            return arrived(page);
        }
        if (page == "thanks") return thanks();
        if (page == "remove") return remove();
        if (page == "idle" || page == "end" || page == "review") return in_form_of(page);
        if (page == "question" || page == "consent") return first_with(page);
        const std::size_t slash = page.find('/');
        if (slash == std::string_view::npos) return first_page_of(page);
        return question(page.substr(0, slash), page.substr(slash + 1));
    }

    // Behind the PIN: what to press to come to each page. The sample desk knows PINs that show each refusal.
    core::Result<void> staff(std::string_view page) {
        static const std::map<std::string_view, std::vector<std::string>> kWays{
            {"pin", {}}, {"pin_wrong", {"000001"}}, {"pin_wait", {"000002"}}, {"locked", {"000003"}}, {"home", {"123450"}},
            {"export", {"123450", "go.give"}}, {"exported", {"123450", "go.give", "act.export"}},
            {"import", {"123450", "go.take"}}, {"preview", {"123450", "go.take", "file.quang-nam-4.kpk"}},
            {"activities", {"123450", "go.activities"}}, {"dates", {"123450", "go.activities", "dates.form:portal_poll"}},
            {"clock", {"123450", "go.clock"}}, {"confirm_clock", {"123450", "go.clock", "act.clock"}}, {"display", {"123450", "go.display"}},
            {"ruler", {"123450", "go.display", "go.ruler"}}, {"touch", {"123450", "go.touch"}},
            {"sound", {"123450", "go.sound"}}, {"plugins", {"123450", "go.plugins"}}, {"log", {"123450", "go.log"}},
            {"confirm", {"123450", "act.off"}}, {"new_pin", {"123450", "act.new_pin", "123450"}}, {"off", {"123450", "act.off", "123450"}}};
        const auto way = kWays.find(page);
        if (way == kWays.end()) return no_such_page("staff_" + std::string(page));
        machine_.press("action.staff");
        for (const std::string& step : way->second) {
            if (step.front() < '0' || step.front() > '9') { machine_.press(step); continue; }
            for (const char digit : step) machine_.press(std::string("digit.") + digit);
            machine_.press("digit.ok");
        }
        return {};
    }

    core::Result<void> first_page_of(std::string_view activity) {
        const std::string tile = "tile." + std::string(activity);
        const auto tiles = open_tiles();
        if (std::find(tiles.begin(), tiles.end(), tile) == tiles.end()) return no_such_page(activity);
        machine_.press(tile);
        return {};
    }

    core::Result<void> arrived(std::string_view page) {
        if (machine_.view().page == page) return {};
        return no_such_page(page);
    }

    std::vector<std::string> open_tiles() const {
        std::vector<std::string> ids;
        for (const app::Item& item : machine_.view().items)
            if (item.enabled && item.id.starts_with("tile.")) ids.push_back(item.id);
        return ids;
    }

    const forms::FormVisit* form() const {
        const app::Visiting* visit = machine_.state().in<app::Visiting>();
        return visit && visit->form ? &*visit->form : nullptr;
    }

    // Agrees to what the plugin asks, so as to come to its form; of several choices takes that one. How many there were.
    std::size_t pass_screens(std::size_t choice = 0) {
        std::size_t most = 0;
        for (int screen = 0; screen < 5 && !form() && machine_.state().in<app::Visiting>(); ++screen) {
            std::vector<std::string> choices;
            const app::ViewModel view = machine_.view();
            for (const app::Item& item : view.items) {
                if (item.id.starts_with("consent.") && item.id.ends_with(".yes")) machine_.press(item.id);
                if (item.id.starts_with("choice.")) choices.push_back(item.id);
            }
            if (!choices.empty()) machine_.press(choices[std::min(choice, choices.size() - 1)]);
            most = std::max(most, choices.size());
            machine_.press("action.next");
        }
        return most;
    }

    core::Result<void> give_answers() {
        for (const AnswerStep& step : answers_) {
            core::Result<void> done;
            switch (step.kind) {
                case AnswerStep::Kind::set: done = machine_.set_answer(step.path, step.value); break;
                case AnswerStep::Kind::clear: done = machine_.set_answer(step.path, ""); break;
                case AnswerStep::Kind::next: machine_.press("action.next"); break;
                case AnswerStep::Kind::back: machine_.press("action.back"); break;
            }
            if (!done) return done;
        }
        return {};
    }

    core::Result<void> first_with(std::string_view page) {
        for (const std::string& tile : open_tiles()) {
            machine_.press(tile);
            if (page == "question") pass_screens();
            if (machine_.view().page == page) return page == "question" ? give_answers() : core::Result<void>{};
            leave();
        }
        return no_such_page(page);
    }

    // An activity may offer several forms: the question is looked for in each.
    core::Result<void> question(std::string_view activity, std::string_view name) {
        std::size_t choices = 1;
        for (std::size_t choice = 0; choice < choices; ++choice) {
            if (choice > 0) leave();
            machine_.press("tile." + std::string(activity));
            choices = std::max(choices, pass_screens(choice));
            if (!form()) continue;
            if (auto given = give_answers(); !given) return given;
            for (const forms::NodeView& node : form()->nodes())
                if (last_part(node.path) == name && machine_.show_question(node.type == "repeat" ? node.path.substr(0, node.path.rfind('[')) : node.path))
                    return {};   // of a repeat: where its entries are listed
        }
        return no_such_page(std::string(activity) + "/" + std::string(name));
    }

    void leave() {
        machine_.press("action.end");
        if (machine_.view().page == "end") machine_.press("action.end");
        machine_.press("action.start");
    }

    // A form with something in it: an activity that is not over with one tap, if there is one.
    core::Result<void> in_form_of(std::string_view page) {
        const auto tiles = open_tiles();
        if (tiles.empty()) return no_such_page(page);
        machine_.press(tiles.back());
        pass_screens();
        if (!form()) return no_such_page(page);
        if (auto given = give_answers(); !given) return given;
        if (answers_.empty()) answer_something();
        if (page == "end") machine_.press("action.end");
        if (page == "review") machine_.press("action.review");
        if (page == "idle") {
            clock_.advance(*machine_.next_deadline() - clock_.steady_now() + core::SteadyTime(3000));
            machine_.tick();
        }
        return arrived(page);
    }

    // The question before an entry of a repeat goes, in the first activity that has one.
    core::Result<void> remove() {
        for (const std::string& tile : open_tiles()) {
            machine_.press(tile);
            pass_screens();
            const auto nodes = form() ? form()->nodes() : std::vector<forms::NodeView>{};
            for (const forms::NodeView& node : nodes) {
                const std::size_t bracket = node.path.rfind('[');
                if (node.type != "repeat" || bracket == std::string::npos) continue;
                if (auto shown = machine_.show_question(node.path.substr(0, bracket)); !shown) continue;
                machine_.press("remove." + node.path);
                if (machine_.view().page == "remove") return {};
            }
            leave();
        }
        return no_such_page("remove");
    }

    void answer_something() {
        for (const forms::NodeView& node : form()->nodes()) {
            if (!node.relevant || node.read_only || node.choices.empty()) continue;
            if (machine_.set_answer(node.path, node.choices.front().name)) return;
        }
    }

    // Through the first activity that lets itself be answered by taps alone.
    core::Result<void> thanks() {
        for (const std::string& tile : open_tiles()) {
            machine_.press(tile);
            pass_screens();
            if (auto given = give_answers(); !given) return given;
            if (go_through()) return {};
            leave();
        }
        return no_such_page("thanks");
    }

    bool go_through() {
        for (int page = 0; page < 60 && machine_.view().page != "thanks"; ++page) {
            const app::ViewModel view = machine_.view();
            const auto choice = std::find_if(view.items.begin(), view.items.end(),
                                             [](const app::Item& item) { return item.id.starts_with("choice."); });
            machine_.press(choice != view.items.end() ? choice->id : "action.next");
            machine_.settle();
            // A choice that does not go on by itself is still there, with the button that does.
            const app::ViewModel after = machine_.view();
            if (choice != view.items.end() && after.find(choice->id) && after.find("action.next")) machine_.press("action.next");
            machine_.settle();
        }
        return machine_.view().page == "thanks";
    }

    Machine& machine_;
    VirtualClock& clock_;
    const std::vector<AnswerStep>& answers_;
};

std::optional<AnswerStep> answer_step_from(const nlohmann::json& json) {
    const std::string what = json.value("do", "");
    if (what == "next") return AnswerStep{AnswerStep::Kind::next, {}, {}};
    if (what == "back") return AnswerStep{AnswerStep::Kind::back, {}, {}};
    const std::string path = json.value("path", "");
    if (path.empty()) return std::nullopt;
    if (what == "set") return AnswerStep{AnswerStep::Kind::set, path, json.value("value", "")};
    if (what == "clear") return AnswerStep{AnswerStep::Kind::clear, path, {}};
    return std::nullopt;
}

}  // namespace

core::Result<std::vector<AnswerStep>> read_answers(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in)
        return core::Error{"answers.not_found", {"Không mở được tệp " + file.string() + ".", "The file " + file.string() + " cannot be opened."}};
    std::vector<AnswerStep> steps;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const auto json = nlohmann::json::parse(line, nullptr, false);
        const auto step = json.is_object() ? answer_step_from(json) : std::nullopt;
        if (!step) {
            const std::string where = file.string() + ":" + std::to_string(number);
            return core::Error{"answers.bad_step", {where + " không phải là một bước trả lời.", where + " is not an answering step."}};
        }
        steps.push_back(*step);
    }
    return steps;
}

core::Result<void> go_to_page(Machine& machine, VirtualClock& clock, std::string_view page, const std::vector<AnswerStep>& answers) {
    return Route(machine, clock, answers).to(page);
}

std::vector<std::string> page_names(const Machine& machine, const FormLibrary& forms) {
    std::vector<std::string> names{"attract", "welcome", "home", "consent", "consent?missing", "review", "thanks", "idle", "end", "remove", "aids", "out_of_service",
        "staff_pin", "staff_pin_wrong", "staff_pin_wait", "staff_locked", "staff_home", "staff_export", "staff_exported", "staff_import",
        "staff_preview", "staff_activities", "staff_dates", "staff_clock", "staff_confirm_clock", "staff_display", "staff_ruler", "staff_touch", "staff_sound", "staff_plugins", "staff_log",
        "staff_confirm", "staff_new_pin", "staff_off"};
    for (const app::Activity& activity : machine.activities()) {
        if (activity.paused) continue;
        for (const std::string& id : forms.matching(activity.info.forms)) {
            const auto form = forms.find(id);
            if (!form) continue;
            for (const forms::Control& control : (*form)->controls)
                if (control.kind != forms::ItemKind::group && control.node != forms::kNone) {
                    const forms::Node& node = (*form)->nodes[control.node];
                    names.push_back(activity.info.id + "/" + std::string(last_part(node.path)));
                    if (!node.required.empty()) names.push_back(names.back() + "?missing");
                }
        }
    }
    return names;
}

}  // namespace kiosk
