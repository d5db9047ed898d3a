// Whole visits of the activities whose answers are sealed, through the shipped programs: every page of the visit, what the
// office then opens, the printed page, and a referral that is withdrawn.
#include "offices.hpp"

#include <kiosk/test_support/source_tree.hpp>

#include <catch2/generators/catch_generators.hpp>
#include <nlohmann/json.hpp>

#include <regex>
#include <set>
#include <unistd.h>
#include <utility>
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

using Pairs = std::multiset<std::pair<std::string, std::string>>;   // question, answer

// What a table of the office's says was answered, by the question's label; its own columns (KEY, …) and computed ones left out.
void add_table(const std::string& csv, Pairs& pairs) {
    std::vector<std::vector<std::string>> rows(1);
    std::string cell;
    bool is_quoted = false;
    for (std::size_t at = csv.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < csv.size(); ++at) {
        const char letter = csv[at];
        if (is_quoted) {
            if (letter != '"') cell += letter;
            else if (at + 1 < csv.size() && csv[at + 1] == '"') cell += csv[++at];
            else is_quoted = false;
        } else if (letter == '"') {
            is_quoted = true;
        } else if (letter == ',' || letter == '\n') {
            rows.back().push_back(std::exchange(cell, {}));
            if (letter == '\n') rows.emplace_back();
        } else if (letter != '\r') {
            cell += letter;
        }
    }
    std::vector<std::string> header = rows.front();
    for (std::string& label : header)   // a label that comes again is numbered
        if (const std::size_t mark = label.rfind('~'); mark != std::string::npos) label.resize(mark);
    static const std::regex computed("[A-Z_]+|[a-z0-9_]+(-[a-z0-9_]+)*");   // a label has blanks, capitals or letters beyond ASCII
    for (std::size_t row = 1; row < rows.size(); ++row)
        for (std::size_t column = 0; column < rows[row].size() && column < header.size(); ++column)
            if (!rows[row][column].empty() && !std::regex_match(header[column], computed)) pairs.emplace(header[column], rows[row][column]);
}

// 30/11/2026 → 2026-11-30; a decimal comma → a point; anything else stays.
std::string as_kept(const std::string& shown, const Pairs& kept, const std::string& question) {
    if (kept.contains({question, shown})) return shown;
    std::smatch date;
    if (std::regex_match(shown, date, std::regex("([0-9]{2})/([0-9]{2})/([0-9]{4})"))) return date[3].str() + "-" + date[2].str() + "-" + date[1].str();
    return shown;
}

// The review page and the sealed record as the office opens it say the same, question by question, and neither says more.
void check_review_against(const std::string& review, const std::vector<std::string>& tables) {
    Pairs kept;
    for (const std::string& table : tables) add_table(table, kept);
    std::size_t count = 0;
    const nlohmann::json page = nlohmann::json::parse(review);
    for (const auto& item : page.at("items")) {
        if (!item.at("id").get<std::string>().starts_with("card.")) continue;
        const std::string question = item.at("label"), shown = item.value("detail", "");
        if (shown == "Chưa trả lời" || shown == "Not answered") continue;
        CAPTURE(question, shown);
        const auto found = kept.find({question, as_kept(shown, kept, question)});
        CHECK(found != kept.end());
        if (found != kept.end()) kept.erase(found);
        ++count;
    }
    CHECK(count >= 10);
    for (const auto& [question, answer] : kept) UNSCOPED_INFO("not on the review page: " << question << " = " << answer);
    CHECK(kept.empty());
}

std::string text_of_pdf(const Offices& offices, const std::string& pdf) {
    REQUIRE(std::system(("pdftotext -layout " + offices.at(pdf) + " " + offices.at("page.txt")).c_str()) == 0);
    return offices.content("page.txt");
}

// Gives the organisations of the list codes, packs them and imports the pack. The codes, in the list's order.
std::vector<std::string> vouch_for(const Offices& offices, const std::string& list) {
    files::create_directories(offices.path("pack"));
    std::ofstream(offices.path("list.csv")) << list;
    std::ofstream(offices.path("pack/pack.json")) << R"({"name": "codes", "version": 1, "title": {"vi": "Mã tổ chức"}})";
    REQUIRE(offices.office("codes " + offices.at("list.csv") + " --pack " + offices.at("pack") + " --out " + offices.at("codes.html")) == 0);
    REQUIRE(offices.office("pack " + offices.at("pack") + " --out " + offices.at("codes-1.kpk") + " --key " + offices.at("keys/office-sign.key")) == 0);
    files::copy_file(offices.path("keys/office-sign.pub"), offices.path("data/keys/office-sign.pub"));
    REQUIRE(offices.kiosk("import " + offices.at("codes-1.kpk") + " --data " + offices.at("data")) == 0);
    const std::string sheet = offices.content("codes.html");
    std::vector<std::string> codes;
    const std::regex code("[0-9A-Z]{3}-[0-9A-Z]{5}-[0-9A-Z]{5}");
    for (auto found = std::sregex_iterator(sheet.begin(), sheet.end(), code); found != std::sregex_iterator(); ++found) codes.push_back(found->str());
    return codes;
}

// The referral with these steps on the page that asks for the organisation's code.
std::string referral_with(const std::string& steps) {
    const std::string phone = "{\"type\": \"0905123456\"}\n{\"tap\": \"action.next\"}\n";
    return with(with(visit_named("candidate_referral"), "@xa@", "20710"), phone, phone + steps);
}

std::string erase(int letters) {
    std::string steps;
    for (int letter = 0; letter < letters; ++letter) steps += "{\"key\": \"Backspace\"}\n";
    return steps;
}

const std::string kNext = "{\"tap\": \"action.next\"}\n";
std::string typed(const std::string& text) { return "{\"type\": \"" + text + "\"}\n"; }

constexpr const char* kFarmersAndBranch = "hoi_nong_dan, Hội Nông dân xã Thạnh Mỹ\nchi_bo, Chi bộ thôn Pà Dấu 2\n";

std::string code_on(const std::string& thanks) {
    std::smatch found;
    REQUIRE(std::regex_search(thanks, found, std::regex(R"([0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5})")));
    return found[0];
}

}  // namespace

TEST_CASE("the poll, in both packs and both languages, is one tap, and one row in the words that were read") {
    const struct { const char *language, *question, *answer; } kRead[] = {
        {"vi", "Bạn đánh giá như thế nào về cổng thông tin này?", "Tốt"}, {"en", "How do you rate this portal?", "Good"}};
    const std::string pack = GENERATE("2019", "2026");
    for (const auto& read : kRead) {
        CAPTURE(pack, read.language);
        const Offices offices;
        configure(offices, pack);
        const std::string script = "{\"tap\":\"action.start\"}\n{\"tap\":\"tile.opinion_poll\"}\n{\"tap\":\"choice.tot\"}\n{\"expect\":{\"page\":\"thanks\"}}\n";
        REQUIRE(offices.kiosk(offices.play_arguments(script, "virtual") + " --lang " + read.language) == 0);
        CHECK(holds(offices.content("dump.jsonl"), read.question));
        const std::vector<std::string> rows = lines_of(offices.csv(std::string("--labels ") + read.language));
        REQUIRE(rows.size() == 2);
        CHECK(holds(rows[0], read.question));
        CHECK(rows[1].starts_with(std::string(read.answer) + ","));
    }
}

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
        check_review_against(page_named(dump, "review"), {csv, people});
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

TEST_CASE("the right code vouches for the referrer's organisation in every export, and the code itself is nowhere") {
    const Offices offices;
    configure(offices, "2026");
    const auto codes = vouch_for(offices, kFarmersAndBranch);
    REQUIRE(codes.size() == 2);
    std::string wrong = codes[0];
    wrong[5] = wrong[5] == '7' ? '8' : '7';
    const std::string script = referral_with("{\"expect\": {\"page\": \"question\", \"item\": \"field.ma_to_chuc\"}}\n" + typed(wrong) + kNext +
                                             "{\"dump\": \"wrong\"}\n" + erase(15) + typed(codes[1]) + kNext + "{\"dump\": \"other\"}\n" +
                                             erase(15) + typed(codes[0]) + kNext);
    REQUIRE(offices.kiosk(offices.play_arguments(script, "virtual") + " --lang vi") == 0);
    const std::string dump = offices.content("dump.jsonl");
    CHECK(holds(page_named(dump, "wrong"), "Mã chưa đúng"));
    CHECK(holds(page_named(dump, "other"), "không phải của tổ chức đã chọn"));
    CHECK(holds(page_named(dump, "review"), "Hội Nông dân xã Thạnh Mỹ"));
    const std::string csv = offices.csv("--labels vi", "candidate_referral");
    CHECK(holds(csv, "đã xác thực: Hội Nông dân xã Thạnh Mỹ"));
    check_review_against(page_named(dump, "review"), {csv, offices.content("out/candidate_referral-ung_vien.csv")});
    for (const char* format : {"jsonl", "odk", "xlsx"}) {
        CAPTURE(format);
        REQUIRE(offices.office("export " + offices.at("office.db") + " --activity candidate_referral --format " + format + " --out " + offices.at(format)) == 0);
    }
    CHECK(holds(offices.content("jsonl/candidate_referral.jsonl"), "đã xác thực: Hội Nông dân xã Thạnh Mỹ"));
    std::string everything = csv, odk;
    for (const auto& file : files::recursive_directory_iterator(offices.path("odk")))
        if (file.is_regular_file()) odk += offices.content(files::relative(file.path(), offices.path("")).string());
    CHECK(holds(odk, "đã xác thực: Hội Nông dân xã Thạnh Mỹ"));
    CHECK(std::system(("unzip -p " + offices.at("xlsx/candidate_referral.xlsx") + " | grep -q 'đã xác thực: Hội Nông dân xã Thạnh Mỹ'").c_str()) == 0);
    CHECK_FALSE(holds(odk + everything, codes[0]));
}

TEST_CASE("without a code the organisation is marked as not verified, and the form is taken all the same") {
    const Offices offices;
    configure(offices, "2026");
    vouch_for(offices, kFarmersAndBranch);
    REQUIRE(offices.kiosk(offices.play_arguments(referral_with(kNext), "virtual") + " --lang vi") == 0);
    const std::string csv = offices.csv("--codes", "candidate_referral");
    CHECK(holds(csv, "chưa xác thực"));
    CHECK_FALSE(holds(csv, "đã xác thực"));
}

TEST_CASE("who names another organisation after the code was found right must have that one's code") {
    const Offices offices;
    configure(offices, "2026");
    const auto codes = vouch_for(offices, kFarmersAndBranch);
    std::string script = referral_with(typed(codes[0]) + kNext);
    const std::string review = "{\"expect\": {\"page\": \"review\"}}\n";
    script = script.substr(0, script.find(review));
    script += review + "{\"tap\": \"card./data/gioi_thieu/to_chuc\"}\n{\"tap\": \"choice.cong_doan\"}\n" + kNext + review + kNext +
              "{\"expect\": {\"page\": \"question\", \"item\": \"field.ma_to_chuc\"}}\n{\"dump\": \"other\"}\n" + kNext + review + kNext +
              "{\"expect\": {\"page\": \"thanks\"}}\n";
    REQUIRE(offices.kiosk(offices.play_arguments(script, "virtual") + " --lang vi") == 0);
    CHECK(holds(page_named(offices.content("dump.jsonl"), "other"), "không phải của tổ chức đã chọn"));
    CHECK_FALSE(holds(offices.csv("--codes", "candidate_referral"), "đã xác thực"));
}

TEST_CASE("the code of a branch vouches for a self-assessment") {
    const Offices offices;
    configure(offices, "2023");
    const auto codes = vouch_for(offices, kFarmersAndBranch);
    const std::string branch = "{\"type\": \"thôn Pà Dấu 2\"}\n" + kNext;
    const std::string script = with(visit_named("self_review_2023_a"), branch, branch + typed(codes[1]) + kNext);
    REQUIRE(offices.kiosk(offices.play_arguments(script, "virtual") + " --lang vi") == 0);
    CHECK(holds(offices.csv("--codes", "self_assessment"), "đã xác thực: Chi bộ thôn Pà Dấu 2"));
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
    check_review_against(page_named(dump, "review"), {csv});
    std::smatch key;
    REQUIRE(std::regex_search(csv, key, std::regex("uuid:[0-9a-f-]{36}")));
    REQUIRE(offices.office("document " + offices.at("office.db") + " --response " + key[0].str() + " --out " + offices.at("one.pdf")) == 0);
    CHECK(offices.content("one.pdf").starts_with("%PDF-"));
    CHECK(offices.office("document " + offices.at("office.db") + " --response uuid:0 --out " + offices.at("two.pdf")) == 1);
}

TEST_CASE("every review in force, played to its end in either language: sealed as the review page showed it, and printed") {
    const struct { const char *visit, *pack, *name, *printed; } kVisits[] = {
        {"self_review_2019", "2019", "Bríu Thị Nhung", "BẢN KIỂM ĐIỂM CÁ NHÂN"},
        {"self_review_2023_a", "2023", "Alăng Thị Bhríu", "BẢN KIỂM ĐIỂM CÁ NHÂN"},
        {"self_review_2023_b", "2023", "Zơ Râm Văn Ríah", "BẢN KIỂM ĐIỂM CÁ NHÂN"},
        {"self_review_2025_a", "2026", "Alăng Thị Bhríu", "BẢN KIỂM ĐIỂM"},
        {"self_review_2025_b", "2026", "Zơ Râm Văn Ríah", "BẢN KIỂM ĐIỂM"},
        {"self_review_quarterly", "2026", "Zơ Râm Văn Ríah", "BẢN TỰ ĐÁNH GIÁ"},
        {"self_review_probationary", "2026", "Hiên Thị Bhúp", "BẢN TỰ KIỂM ĐIỂM"}};
    const std::string language = GENERATE("vi", "en");
    for (const auto& visit : kVisits) {
        CAPTURE(visit.visit, language);
        const Offices offices;
        configure(offices, visit.pack, "[printing]\nqueue = \"folder:" + offices.path("printed").string() + "\"\n[plugins.self_assessment]\noutput = \"both\"\n");
        REQUIRE(offices.kiosk(offices.play_arguments(visit_named(visit.visit), "virtual") + " --lang " + language) == 0);
        const std::string csv = offices.csv(std::string("--labels ") + language, "self_assessment");
        const bool has_tasks = files::exists(offices.path("out/self_assessment-nhiem_vu.csv"));
        CHECK(holds(csv, visit.name));
        check_review_against(page_named(offices.content("dump.jsonl"), "review"),
                             {csv, has_tasks ? offices.content("out/self_assessment-nhiem_vu.csv") : std::string{}});
        const std::string page = text_of_pdf(offices, "printed/page-1.pdf");
        CHECK(holds(page, visit.name));
        CHECK(holds(page, visit.printed));
    }
}

TEST_CASE("two people referred in one visit become a record each, and the same name twice is noticed first") {
    const Offices offices;
    configure(offices, "2026");
    REQUIRE(offices.kiosk(offices.play_arguments(with(visit_named("candidate_referral_two"), "@xa@", "20710"), "virtual") + " --lang vi") == 0);
    const std::string dump = offices.content("dump.jsonl");
    CHECK(holds(page_named(dump, "twice"), "có trong phiếu hai lần"));
    const std::string thanks = page_named(dump, "thanks");
    const std::string code = code_on(thanks);
    CHECK(holds(thanks.substr(thanks.find(code) + code.size()), "-"));   // and another
    const std::string csv = offices.csv("--labels vi", "candidate_referral"), people = offices.content("out/candidate_referral-ung_vien.csv");
    CHECK(lines_of(csv).size() == 3);
    CHECK(lines_of(people).size() == 3);
    CHECK(holds(people, "Zơ Râm Bhnướch"));
    CHECK(holds(people, "Zơ Râm Văn Ríah"));
    const std::vector<std::string> rows = lines_of(csv);   // what the referrer said stands in both
    CHECK(rows[1].substr(0, rows[1].find("uuid:")) == rows[2].substr(0, rows[2].find("uuid:")));
    check_review_against(page_named(dump, "review"), {rows[0] + "\n" + rows[1] + "\n", people});

    // Whoever has the second code withdraws the second person alone.
    const std::string rest = thanks.substr(thanks.find(code) + code.size());
    std::string other;
    const std::regex any(R"([0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5})");
    for (auto found = std::sregex_iterator(rest.begin(), rest.end(), any); found != std::sregex_iterator() && other.empty(); ++found)
        if (found->str() != code) other = found->str();
    REQUIRE_FALSE(other.empty());
    const std::string script = with(with(visit_named("referral_withdrawal"), "@code@", other), "@wrong@", "7KQ2M");
    REQUIRE(offices.kiosk(offices.play_arguments(script, "virtual") + " --lang vi") == 0);
    offices.csv("--labels vi", "candidate_referral");
    const std::string left = offices.content("out/candidate_referral-ung_vien.csv");
    CHECK(holds(left, "Zơ Râm Bhnướch"));
    CHECK_FALSE(holds(left, "Zơ Râm Văn Ríah"));
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
