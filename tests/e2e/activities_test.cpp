// Whole visits of the activities whose answers are sealed, through the shipped programs: every page of the visit, what the
// office then opens, the printed page, and a referral that is withdrawn.
#include "offices.hpp"

#include <kiosk/test_support/source_tree.hpp>

#include <regex>
#include <unistd.h>
#include <vector>

namespace {

std::string with(std::string text, const std::string& mark, const std::string& value) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size())) text.replace(at, mark.size(), value);
    return text;
}

std::string visit_named(const std::string& name) {
    std::ifstream file(kiosk::test_support::in_source_tree("tests/e2e/visits/" + name + ".jsonl"));
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

// The dumped page of that name.
std::string page_named(const std::string& dump, const std::string& name) {
    for (const std::string& line : lines_of(dump))
        if (line.find("\"name\":\"" + name + "\"") != std::string::npos) return line;
    FAIL("no page was dumped as " << name);
    return {};
}

void configure(const Offices& offices, const std::string& pack, const std::string& more = {}) {
    std::ofstream(offices.path("data/config.toml")) << "pack = \"" << pack << "\"\n" << more;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// Every answer on the review page stands in the office's export.
void check_review_against(const std::string& review, const std::string& csv) {
    const std::regex card(R"lit("id":"card\.[^"]*","role":"button","label":"([^"]*)","detail":"([^"]*)")lit");
    int count = 0;
    for (auto found = std::sregex_iterator(review.begin(), review.end(), card); found != std::sregex_iterator(); ++found) {
        const std::string question = (*found)[1], answer = (*found)[2];
        if (answer == "Chưa trả lời" || answer == "Not answered") continue;
        CAPTURE(question, answer);
        CHECK((holds(csv, answer) || std::regex_match(answer, std::regex("[0-9/]+"))));   // dates are written for people
        ++count;
    }
    CHECK(count >= 10);
}

std::string code_on(const std::string& thanks) {
    std::smatch found;
    REQUIRE(std::regex_search(thanks, found, std::regex(R"([0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5})")));
    return found[0];
}

}  // namespace

TEST_CASE("a referral, in both packs and both languages, becomes one row a person, with all that the review page showed") {
    const struct { const char *pack, *language, *place; } kVisits[] = {
        {"2026", "vi", "20710"}, {"2026", "en", "20698"}, {"2019", "vi", "ta_bhing"}, {"2019", "en", "zuoih"}};
    for (const auto& visit : kVisits) {
        CAPTURE(visit.pack, visit.language);
        const Offices offices;
        configure(offices, visit.pack);
        const std::string script = with(visit_named("candidate_referral"), "@xa@", visit.place);
        REQUIRE(offices.kiosk(offices.play_arguments(script, "virtual") + " --lang " + visit.language) == 0);
        const std::string dump = offices.content("dump.jsonl");
        CHECK(code_on(page_named(dump, "thanks")).size() == 17);
        const std::string csv = offices.csv(std::string("--labels ") + visit.language, "candidate_referral");
        const std::string people = offices.content("out/candidate_referral-ung_vien.csv");
        CHECK(holds(people, "Zơ Râm Bhnướch"));
        CHECK(holds(csv, "chưa xác thực"));   // nobody vouched for the organisation
        check_review_against(page_named(dump, "review"), csv + people);
    }
}

TEST_CASE("a referral that has left is withdrawn at the kiosk by its code, and the office obeys") {
    const Offices offices;
    configure(offices, "2026");
    REQUIRE(offices.kiosk(offices.play_arguments(with(visit_named("candidate_referral"), "@xa@", "20710"), "virtual")) == 0);
    const std::string code = code_on(page_named(offices.content("dump.jsonl"), "thanks"));
    CHECK(lines_of(offices.csv("--codes", "candidate_referral")).size() == 2);

    std::string wrong = code;
    wrong[0] = wrong[0] == '7' ? '8' : '7';
    const std::string script = with(with(visit_named("referral_withdrawal"), "@code@", code), "@wrong@", wrong);
    REQUIRE(offices.kiosk(offices.play_arguments(script, "virtual") + " --lang vi") == 0);
    CHECK(holds(page_named(offices.content("dump.jsonl"), "mistyped"), "Mã chưa đúng"));
    CHECK(holds(page_named(offices.content("dump.jsonl"), "withdrawn"), "Đã ghi nhận yêu cầu rút lại"));
    CHECK(lines_of(offices.csv("--codes", "candidate_referral")).size() == 1);   // the header
}

TEST_CASE("a referral that has not left is wiped at the kiosk") {
    const Offices offices;
    configure(offices, "2026");
    REQUIRE(offices.kiosk(offices.play_arguments(with(visit_named("candidate_referral"), "@xa@", "20710"), "virtual")) == 0);
    const std::string code = code_on(page_named(offices.content("dump.jsonl"), "thanks"));
    const std::string script = with(with(visit_named("referral_withdrawal"), "@code@", code), "@wrong@", "7KQ2M");
    REQUIRE(offices.kiosk(offices.play_arguments(script, "virtual")) == 0);
    CHECK(offices.kiosk("export --data " + offices.at("data") + " --to " + offices.at("stick")) == 1);   // nothing waits
}

TEST_CASE("a review is sealed for the office and printed, and the office prints the same page") {
    const Offices offices;
    configure(offices, "2023", "[printing]\nqueue = \"folder:" + offices.path("printed").string() + "\"\n[plugins.self_assessment]\noutput = \"both\"\n");
    REQUIRE(offices.kiosk(offices.play_arguments(visit_named("self_review_2023_a"), "virtual") + " --lang vi") == 0);
    const std::string dump = offices.content("dump.jsonl");
    CHECK(holds(page_named(dump, "hint"), "Gợi ý"));   // excellent, with an average result: a hint, and no more
    CHECK(holds(page_named(dump, "thanks"), "Đã ghi nhận"));
    CHECK(offices.content("printed/page-1.pdf").starts_with("%PDF-"));
    const std::string csv = offices.csv("--labels vi", "self_assessment");
    CHECK(holds(csv, "Alăng Thị Bhríu"));
    check_review_against(page_named(dump, "review"), csv);
    std::smatch key;
    REQUIRE(std::regex_search(csv, key, std::regex("uuid:[0-9a-f-]{36}")));
    REQUIRE(offices.office("document " + offices.at("office.db") + " --response " + key[0].str() + " --out " + offices.at("one.pdf")) == 0);
    CHECK(offices.content("one.pdf").starts_with("%PDF-"));
    CHECK(offices.office("document " + offices.at("office.db") + " --response uuid:0 --out " + offices.at("two.pdf")) == 1);
}

TEST_CASE("print and wipe keeps nothing") {
    const Offices offices;
    configure(offices, "2023", "[printing]\nqueue = \"folder:" + offices.path("printed").string() + "\"\n[plugins.self_assessment]\noutput = \"print\"\n");
    REQUIRE(offices.kiosk(offices.play_arguments(visit_named("self_review_2023_a"), "virtual") + " --lang vi") == 0);
    CHECK(holds(page_named(offices.content("dump.jsonl"), "thanks"), "Đã gửi bản in"));
    CHECK(offices.content("printed/page-1.pdf").starts_with("%PDF-"));
    CHECK(offices.kiosk("export --data " + offices.at("data") + " --to " + offices.at("stick")) == 1);   // nothing waits
}

TEST_CASE("a printer that is not there is told, and loses nothing") {
    const Offices offices;
    configure(offices, "2023", "[printing]\nqueue = \"none\"\n[plugins.self_assessment]\noutput = \"print\"\n");
    const std::string script = with(visit_named("self_review_2023_a"), R"({"expect": {"page": "thanks"}})", R"({"expect": {"page": "not_printed"}})");
    CHECK(offices.kiosk(offices.play_arguments(script, "virtual")) == 0);
}

TEST_CASE("of several polls those open today are offered, and results show once ten have answered") {
    const Offices offices;
    const auto add = [&](const std::string& id, const std::string& opens, const std::string& closes) {
        files::copy(kiosk::test_support::in_source_tree("assets/forms/portal_poll"), offices.path("data/forms/" + id));
        std::ofstream(offices.path("data/forms/" + id + "/settings.csv"))
            << "form_id,version,form_title,default_language,style,namespaces,kiosk:opens,kiosk:closes,kiosk:results\n"
            << id << ",1," << id << ",Tiếng Việt (vi),pages,\"kiosk=\"\"urn:feedback-kiosk:xforms\"\"\"," << opens << "," << closes << ",yes\n";
    };
    add("poll_now", "2020-01-01", "");
    add("poll_over", "2020-01-01", "2020-12-31");
    add("poll_to_come", "2999-01-01", "");
    const std::string vote = R"({"tap":"action.start"}
{"tap":"tile.opinion_poll"}
{"expect":{"page":"screen","item":"choice.poll.poll_now","absent":"choice.poll.poll_over"}}
{"expect":{"page":"screen","item":"choice.poll.portal_poll","absent":"choice.poll.poll_to_come"}}
{"tap":"choice.poll.poll_now"}
{"tap":"action.next"}
{"tap":"choice.tot"}
{"expect":{"page":"thanks"}}
{"dump":"thanks"}
{"tap":"action.next"}
)";
    std::string ten;
    for (int visitor = 0; visitor < 10; ++visitor) ten += vote + "{\"wait_ms\":15000}\n";
    REQUIRE(offices.kiosk(offices.play_arguments(ten, "virtual") + " --lang vi") == 0);
    CHECK_FALSE(holds(offices.content("dump.jsonl"), "không phải mẫu đại diện"));   // nine and fewer say nothing
    REQUIRE(offices.kiosk(offices.play_arguments(vote, "virtual") + " --lang vi") == 0);
    const std::string thanks = page_named(offices.content("dump.jsonl"), "thanks");
    CHECK(holds(thanks, "10 · 100"));
    CHECK(holds(thanks, "không phải mẫu đại diện"));
}

TEST_CASE("a second ballot waits a moment after the first, and then opens by itself") {
    const Offices offices;
    const std::string script = R"({"tap":"action.start"}
{"tap":"tile.opinion_poll"}
{"tap":"choice.tot"}
{"expect":{"page":"thanks"}}
{"tap":"action.next"}
{"tap":"action.start"}
{"tap":"tile.opinion_poll"}
{"expect":{"page":"opening"}}
{"wait_ms":6000}
{"expect":{"page":"question"}}
)";
    CHECK(offices.kiosk(offices.play_arguments(script, "virtual")) == 0);
}
