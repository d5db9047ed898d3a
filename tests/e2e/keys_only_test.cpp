// Whole activities by keys alone: arrows, Enter, Space and Tab, with no finger on the glass.
#include "kiosk_program.hpp"

#include <catch2/catch_test_macros.hpp>

#include <sstream>
#include <string>

using namespace kiosk::e2e;

namespace {

std::string keys(const std::string& names) {
    std::istringstream list(names);
    std::string steps;
    for (std::string name; list >> name;) steps += "{\"key\":\"" + name + "\"}\n";
    return steps;
}

std::string focus(const std::string& item) { return "{\"expect\":{\"focus\":\"" + item + "\"}}\n"; }
std::string page(const std::string& name) { return "{\"expect\":{\"page\":\"" + name + "\"}}\n"; }

int play(const DataFolder& data, const std::string& script) {
    data.write("script.jsonl", script);
    data.write("data/config.toml", "[plugins]\norder = [\"opinion_poll\", \"self_assessment\", \"candidate_referral\"]\n");
    return run(KIOSK_PROGRAM, {"play", data.path("script.jsonl").string(), "--data", data.path().string(), "--clock", "virtual"});
}

}  // namespace

TEST_CASE("the poll is answered with arrows and Enter") {
    const DataFolder data;
    CHECK(play(data, keys("Enter") + page("home") + keys("Down") + focus("tile.opinion_poll") + keys("Enter") + page("question") +
                         keys("Down") + focus("choice.rat_tot") + keys("Down") + focus("choice.tot") + keys("Up") + focus("choice.rat_tot") +
                         keys("Down Space") + page("thanks") + keys("Enter") + page("attract")) == 0);
}

TEST_CASE("a form is filled in, a name typed key by key, signed by a witness and sent, with arrows and Enter") {
    const DataFolder data;
    data.put_review("select_one muc,cau,Câu hỏi,,yes\ntext,ten,Họ và tên,,yes\nimage,ky,Chữ ký,signature,yes\n");
    CHECK(play(data,
               keys("Down") + page("home") + keys("Down Down") + focus("tile.self_assessment") + keys("Enter") + page("screen") +
                   keys("Down Space Right") +
                   // a choice
                   page("question") + keys("Enter") + "{\"expect\":{\"item\":\"choice.tot\"}}\n" + keys("Down Enter") +
                   "{\"expect\":{\"item\":\"choice.tot\",\"selected\":true}}\n" + keys("Right") +
                   // the keyboard on the glass, reached from its field: ă, down to 1, down to q, right to w, up and back
                   "{\"expect\":{\"item\":\"field.ten\",\"value\":\"\"}}\n" + keys("Down") + focus("key.ă") + keys("Down Down") + focus("key.q") +
                   keys("Right Right Enter") + "{\"expect\":{\"item\":\"field.ten\",\"value\":\"e\"}}\n" + keys("Left Left Left") + focus("key.p") +
                   keys("Space") + "{\"expect\":{\"item\":\"field.ten\",\"value\":\"ep\"}}\n" + keys("Up Up") + focus("key.tone_level") +
                   keys("Up") + focus("field.ten") + keys("Enter") +
                   // no finger, no signature: a witness instead
                   "{\"expect\":{\"item\":\"field.ky\"}}\n" + keys("Down Down Down") + focus("sign.cannot") + keys("Enter") +
                   "{\"type\":\"Lan\"}\n{\"expect\":{\"item\":\"field.ky\",\"value\":\"Lan\"}}\n" + keys("Escape Enter Enter") +
                   page("review")) == 0);
}

TEST_CASE("focus goes as reading goes, through everything that can be pressed, and round again") {
    const DataFolder data;
    data.put_review("select_one muc,cau,Câu hỏi,,no\n");
    const std::string once = focus("choice.tot") + keys("Tab") + focus("choice.kha") + keys("Tab") + focus("choice.kem") + keys("Tab") +
                             focus("action.skip") + keys("Tab") + focus("action.end") + keys("Tab") + focus("action.next") + keys("Tab") +
                             focus("aid.language") + keys("Tab") + focus("aid.size") + keys("Tab") + focus("aid.contrast") + keys("Tab") +
                             focus("aid.lower") + keys("Tab") + focus("action.back") + keys("Tab");
    CHECK(play(data, kToTheReview + keys("Tab") + once + once + keys("BackTab") + focus("action.back") + keys("BackTab") + focus("aid.lower") +
                         "{\"tap\":\"choice.kha\"}\n" + focus("")) == 0);
}
