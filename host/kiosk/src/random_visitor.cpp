#include "random_visitor.hpp"

#include <array>
#include <map>
#include <vector>

namespace kiosk {
namespace {

constexpr int kVisits = 50, kPages = 600, kTries = 12;
// One of them is right for most fields: words, a count, a year, a date, a telephone number.
constexpr std::array<const char*, 8> kTyped{"Alăng Thị Bhríu", "Tôi đã làm đủ các việc được giao.", "12", "0", "3", "1990", "12/05/1990", "0905123456"};

// What the page asks, whatever has been answered so far.
std::string asked_on(const app::ViewModel& view) {
    std::string asked = view.page;
    for (const app::Item& item : view.items)
        if (item.zone == app::Zone::body && item.look != app::Look::problem && item.look != app::Look::link) asked += "\n" + item.id + item.label;
    return asked;
}

// "choice.NAME" of a page with one question, "choice.QUESTION.NAME" of a page with several.
std::string question_of(const std::string& choice) {
    const std::size_t first = choice.find('.'), second = choice.find('.', first + 1);
    return second == std::string::npos ? std::string() : choice.substr(first + 1, second - first - 1);
}

}  // namespace

bool RandomVisitor::leave_answer(const std::string& activity) {
    for (int count = 0; count < kVisits; ++count) {
        clock_.advance(core::SteadyTime(15000));   // past the cool-down between ballots
        machine_.tick();
        const Ending ending = visit(activity);
        if (ending != Ending::left) return ending == Ending::recorded;
        walk_away();
    }
    return false;
}

RandomVisitor::Ending RandomVisitor::visit(const std::string& activity) {
    machine_.press("action.start");
    if (machine_.view().page == "home") machine_.press("tile." + activity);
    std::string asked;
    int tries = 0;
    for (int page = 0; page < kPages; ++page) {
        machine_.settle();
        const app::ViewModel view = machine_.view();
        if (view.page == "thanks") {
            machine_.press("action.next");
            machine_.settle();
            return Ending::recorded;
        }
        if (view.page == "failed" || view.page == "not_saved") return Ending::failed;
        if (view.page == "attract" || view.page == "home") return Ending::left;
        const std::string now = asked_on(view);
        tries = now == asked ? tries + 1 : 0;
        asked = now;
        if (tries >= kTries) {
            machine_.press(view.find("action.skip") ? "action.skip" : "action.back");
            tries = 0;
            continue;
        }
        answer(view);
    }
    return Ending::left;
}

void RandomVisitor::answer(const app::ViewModel& view) {
    std::map<std::string, std::vector<std::string>> questions;
    for (const app::Item& item : view.items) {
        if (item.id.starts_with("choice.")) questions[question_of(item.id)].push_back(item.id);
        if (item.id.starts_with("consent.") && item.id.ends_with(".yes")) machine_.press(item.id);
    }
    for (const auto& [question, choices] : questions) machine_.press(choices[random_.below(choices.size())]);
    for (const app::Item& item : view.items)
        if (item.role == app::Role::field) type_into(item);
    machine_.press("action.next");
}

void RandomVisitor::type_into(const app::Item& field) {
    machine_.press(field.id);
    machine_.take(app::KeyPressed{app::Key::end});
    for (std::size_t byte = 0; byte < field.value.size(); ++byte) machine_.take(app::KeyPressed{app::Key::backspace});
    machine_.take(app::Typed{kTyped[random_.below(kTyped.size())]});
}

void RandomVisitor::walk_away() {
    for (int minute = 0; minute < 30 && machine_.view().page != "attract"; ++minute) {
        clock_.advance(core::SteadyTime(60000));
        machine_.tick();
        machine_.settle();
    }
}

}  // namespace kiosk
