// When pages are read aloud, what is said of them, and what is not said where others can hear.
#include "page_reader.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace kiosk;

namespace {

struct Recorder final : core::Speaker {
    std::vector<std::string> said;
    int stops = 0, volume = 0, rate = 0;
    std::string now;

    void speak(const std::vector<core::Utterance>& utterances, std::string_view) override {
        for (const core::Utterance& utterance : utterances) said.push_back(utterance.text);
    }
    void stop() override { ++stops; }
    void set_rate(int to) override { rate = to; }
    void set_volume(int to) override { volume = to; }
    std::string reading() const override { return now; }
};

app::Item item(std::string id, app::Role role, app::Zone zone, std::string label) {
    app::Item made;
    made.id = std::move(id);
    made.role = role;
    made.zone = zone;
    made.label = std::move(label);
    return made;
}

app::ViewModel page(const std::string& name = "question") {
    app::ViewModel view;
    view.page = name;
    view.language = "vi";
    view.items = {item("text.0", app::Role::text, app::Zone::header, "Câu hỏi"),
                  item("choice.tot", app::Role::radio, app::Zone::body, "Tốt"),
                  item("aid.size", app::Role::button, app::Zone::aids, "Cỡ chữ"),
                  item("key.a", app::Role::key, app::Zone::keyboard, "a")};
    return view;
}

app::Aids listening() {
    app::Aids aids;
    aids.speech = true;
    return aids;
}

using Said = std::vector<std::string>;

}  // namespace

TEST_CASE("a page is read once when it comes up, in reading order, without aids and keys") {
    Recorder speaker;
    PageReader reader(speaker);
    reader.follow(page(), {});
    CHECK(speaker.said.empty());
    reader.follow(page(), listening());
    reader.follow(page(), listening());
    CHECK(speaker.said == Said{"Câu hỏi", "Tốt"});
    reader.follow(page("review"), listening());
    CHECK(speaker.said.size() == 4);
}

TEST_CASE("an answer does not start the page again; another language does") {
    Recorder speaker;
    PageReader reader(speaker);
    reader.follow(page(), listening());
    app::ViewModel answered = page();
    answered.items[1].selected = true;
    reader.follow(answered, listening());
    CHECK(speaker.said.size() == 2);
    answered.language = "en";
    reader.follow(answered, listening());
    CHECK(speaker.said.size() == 4);
}

TEST_CASE("the item the focus moves to is said") {
    Recorder speaker;
    PageReader reader(speaker);
    reader.follow(page(), listening());
    app::ViewModel focused = page();
    focused.focus = "choice.tot";
    reader.follow(focused, listening());
    reader.follow(focused, listening());
    CHECK(speaker.said == Said{"Câu hỏi", "Tốt", "Tốt"});
}

TEST_CASE("a touch breaks reading off, repeat begins again, the end of a visit is silence and resets the voice") {
    Recorder speaker;
    PageReader reader(speaker);
    app::Aids aids = listening();
    aids.volume = 40;
    aids.rate = -20;
    reader.follow(page(), aids);
    CHECK(speaker.volume == 40);
    CHECK(speaker.rate == -20);
    reader.interrupt();
    CHECK(speaker.stops == 1);
    reader.repeat();
    reader.follow(page(), aids);
    CHECK(speaker.said.size() == 4);
    speaker.now = "choice.tot";
    CHECK(reader.reading() == "choice.tot");
    reader.follow(page("attract"), {});
    CHECK(speaker.stops == 2);
    CHECK(speaker.volume == 0);
    CHECK(speaker.rate == 0);
    CHECK(reader.reading().empty());
    reader.interrupt();
    CHECK(speaker.stops == 2);
}
