#include <kiosk/core/answer_tables.hpp>
#include <kiosk/core/random.hpp>
#include <kiosk/core/response_id.hpp>
#include <kiosk/exporting/answers_export.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

using namespace kiosk;
using namespace kiosk::exporting;
namespace files = std::filesystem;

namespace {

core::AnswerCell text(std::string_view value) { return {core::AnswerCell::Kind::text, 0, 0, value}; }
core::AnswerCell integer(std::int64_t value) { return {core::AnswerCell::Kind::integer, value, 0, {}}; }
core::AnswerCell decimal(double value) { return {core::AnswerCell::Kind::decimal, 0, value, {}}; }

struct Row {
    std::string key, parent;
    std::vector<core::AnswerCell> cells;
};

// Tables in memory; may be read by many, and may fail at a key.
class MemoryTables final : public core::AnswerTables {
  public:
    std::vector<std::vector<Row>> tables;
    std::map<std::string, std::string> documents;
    bool parallel = false;
    std::optional<std::uint64_t> expected_rows;  // nothing: as many as there are
    std::string fails_at;

    core::Result<std::vector<core::AnswerForm>> forms(std::string_view) const override { return std::vector<core::AnswerForm>(); }
    bool reads_in_parallel() const override { return parallel; }
    core::Result<std::uint64_t> rough_count() const override { return expected_rows.value_or(tables[0].size()); }
    core::Result<std::unique_ptr<core::RowReader>> reader(const core::AnswerForm&, std::size_t table,
                                                          const core::AnswerFilter&) const override {
        return std::unique_ptr<core::RowReader>(std::make_unique<Reader>(*this, table));
    }
    core::Result<void> for_each_document(const core::AnswerForm&, const core::AnswerFilter&,
                                         const std::function<core::Result<void>(std::string_view, std::string_view)>& take) const override {
        for (const auto& [key, xml] : documents)
            if (auto taken = take(key, xml); !taken) return taken;
        return {};
    }

  private:
    class Reader final : public core::RowReader {
      public:
        Reader(const MemoryTables& tables, std::size_t table) : tables_(tables), table_(table) {}
        core::Result<void> read(const core::KeyRange& range, const core::TakeAnswerRow& take) override {
            for (const Row& row : tables_.tables[table_]) {
                const std::string& root = row.parent.empty() ? row.key : row.parent;
                if (root < range.from || root >= range.below) continue;
                if (row.key == tables_.fails_at) return core::Error{"store.failed", {"Hỏng.", "Damaged."}};
                if (auto taken = take({row.key, row.parent, "K07", "1", "", row.cells}); !taken) return taken;
            }
            return {};
        }

      private:
        const MemoryTables& tables_;
        std::size_t table_;
    };
};

core::AnswerColumn column(const std::string& name, core::AnswerType type, const std::string& label = {},
                          std::vector<core::AnswerChoice> choices = {}, const std::string& question_type = "text") {
    return {"/data/" + name, name, question_type, type, {label}, std::move(choices)};
}

core::AnswerForm form_with(std::vector<core::AnswerColumn> columns) {
    core::AnswerForm form;
    form.activity = "opinion_poll";
    form.id = "portal_poll";
    form.versions = {"1"};
    form.languages = {"vi"};
    form.tables = {{"", "", std::move(columns)}};
    return form;
}

const std::vector<core::AnswerChoice> kTopics{{"giay_to", {"Giấy tờ"}}, {"dat_dai", {"Đất đai"}}, {"khac", {""}}};

class Out {
  public:
    const files::path& path() const { return folder_.path(); }
    std::string content(const std::string& name) const {
        std::ifstream file(path() / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::string exported(const MemoryTables& tables, const core::AnswerForm& form, ExportOptions options, const std::string& name) const {
        REQUIRE(export_form(tables, form, "poll", path(), options));
        return content(name);
    }

  private:
    test_support::TemporaryFolder folder_;
};

ExportOptions as(ExportFormat format) {
    ExportOptions options;
    options.format = format;
    options.byte_order_mark = false;
    return options;
}

// "uuid:…" in their order.
std::vector<std::string> keys(std::size_t count) {
    core::SeededRandom random(3);
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back("uuid:" + core::ResponseId::make(random).to_string());
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

TEST_CASE("CSV quotes what needs it, disarms formulas and leaves everything else as it was given") {
    const core::AnswerForm form = form_with({column("a", core::AnswerType::text)});
    const std::vector<std::pair<std::string, std::string>> cells{
        {"Nguyễn Thị Hường", "Nguyễn Thị Hường"}, {"a,b", "\"a,b\""},      {"say \"yes\"", "\"say \"\"yes\"\"\""},
        {"two\nlines", "\"two\nlines\""},         {"=1+1", "\"'=1+1\""},   {"+84905", "\"'+84905\""},
        {"-5", "\"'-5\""},                        {"@A1", "\"'@A1\""},     {"\tx", "\"'\tx\""},
        {"＝1+1", "\"'＝1+1\""},                  {"1-2", "1-2"},          {"'x", "'x"}};
    MemoryTables tables;
    tables.tables = {{}};
    const auto names = keys(cells.size());
    std::string expected = "a,WAVE,KIOSK,FORM_VERSION,KEY\r\n";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        tables.tables[0].push_back({names[i], "", {text(cells[i].first)}});
        expected += cells[i].second + ",,K07,1," + names[i] + "\r\n";
    }
    const Out out;
    CHECK(out.exported(tables, form, as(ExportFormat::csv), "poll.csv") == expected);
    ExportOptions marked = as(ExportFormat::csv);
    marked.byte_order_mark = true;
    CHECK(out.exported(tables, form, marked, "poll.csv") == "\xef\xbb\xbf" + expected);
}

TEST_CASE("numbers stay numbers, and what was not answered is empty in CSV and absent in JSON") {
    const core::AnswerForm form = form_with({column("i", core::AnswerType::integer), column("d", core::AnswerType::decimal), column("t", core::AnswerType::text)});
    MemoryTables tables;
    tables.tables = {{{"uuid:1", "", {integer(-9007199254740993), decimal(0.1), {}}}, {"uuid:2", "", {{}, {}, text("\"\x01\n\\")}}}};
    const Out out;
    CHECK(out.exported(tables, form, as(ExportFormat::csv), "poll.csv").find("-9007199254740993,0.1,,,K07,1,uuid:1\r\n") != std::string::npos);
    CHECK(out.exported(tables, form, as(ExportFormat::json_lines), "poll.jsonl") ==
          "{\"i\":-9007199254740993,\"d\":0.1,\"KIOSK\":\"K07\",\"FORM_VERSION\":\"1\",\"KEY\":\"uuid:1\"}\n"
          "{\"t\":\"\\\"\\u0001\\n\\\\\",\"KIOSK\":\"K07\",\"FORM_VERSION\":\"1\",\"KEY\":\"uuid:2\"}\n");
}

TEST_CASE("a multiple choice is one column, or a 0/1 column for each choice, or both, in codes or labels") {
    const core::AnswerForm form = form_with({column("topics", core::AnswerType::choices, "Chủ đề", kTopics, "select_multiple")});
    MemoryTables tables;
    tables.tables = {{{"uuid:1", "", {text("dat_dai khac")}}, {"uuid:2", "", {{}}}}};
    const Out out;
    ExportOptions options = as(ExportFormat::csv);
    const auto first_lines = [&] {
        const std::string csv = out.exported(tables, form, options, "poll.csv");
        return csv.substr(0, csv.find("uuid:2"));
    };
    CHECK(first_lines() == "topics,WAVE,KIOSK,FORM_VERSION,KEY\r\ndat_dai khac,,K07,1,uuid:1\r\n,,K07,1,");
    options.multi = MultiSelect::split;
    CHECK(first_lines() == "topics/giay_to,topics/dat_dai,topics/khac,WAVE,KIOSK,FORM_VERSION,KEY\r\n0,1,1,,K07,1,uuid:1\r\n,,,,K07,1,");
    options.multi = MultiSelect::both;
    options.labels = "vi";
    CHECK(first_lines() == "Chủ đề,Chủ đề/Giấy tờ,Chủ đề/Đất đai,Chủ đề/khac,WAVE,KIOSK,FORM_VERSION,KEY\r\n\"Đất đai, khac\",0,1,1,,K07,1,uuid:1\r\n,,,,,K07,1,");
}

TEST_CASE("columns that would have one heading are numbered, as ODK numbers them") {
    const core::AnswerForm form = form_with({column("a", core::AnswerType::text, "Tên"), column("b", core::AnswerType::text, "Tên"), column("c", core::AnswerType::text, "KEY")});
    MemoryTables tables;
    tables.tables = {{}};
    ExportOptions options = as(ExportFormat::csv);
    options.labels = "vi";
    CHECK(Out().exported(tables, form, options, "poll.csv") == "Tên,Tên~1,KEY,WAVE,KIOSK,FORM_VERSION,KEY~1\r\n");
}

TEST_CASE("an anonymous form goes out without the times its form took, in tables and in submissions") {
    core::AnswerForm form = form_with({column("start", core::AnswerType::date_time, "", {}, "start"), column("who/start", core::AnswerType::text),
                                       column("today", core::AnswerType::date, "", {}, "today")});
    MemoryTables tables;
    tables.tables = {{{"uuid:1", "", {text("2026-03-02T09:00"), text("first"), text("2026-03-02")}}}};
    tables.documents["uuid:1"] = "<?xml version=\"1.0\"?><data id=\"a>b\"><start>2026-03-02T09:00</start><who><start>first</start></who><today/></data>";
    const Out out;
    CHECK(out.exported(tables, form, as(ExportFormat::odk), "poll/instances/uuid1/submission.xml") == tables.documents["uuid:1"]);
    form.storage = StoragePolicy::anonymous;
    CHECK(out.exported(tables, form, as(ExportFormat::csv), "poll.csv") == "who/start,WAVE,KIOSK,FORM_VERSION,KEY\r\nfirst,,K07,1,uuid:1\r\n");
    CHECK(out.exported(tables, form, as(ExportFormat::odk), "poll/instances/uuid1/submission.xml") ==
          "<?xml version=\"1.0\"?><data id=\"a>b\"><start></start><who><start>first</start></who><today/></data>");
}

TEST_CASE("several threads write the same file as one, repeats included") {
    core::AnswerForm form = form_with({column("n", core::AnswerType::integer)});
    form.tables.push_back({"member", "/data/member", {column("member/name", core::AnswerType::text)}});
    MemoryTables tables;
    tables.tables.resize(2);
    for (const std::string& key : keys(12'000)) {
        tables.tables[0].push_back({key, "", {integer(static_cast<std::int64_t>(tables.tables[0].size()))}});
        tables.tables[1].push_back({key + "/member[1]", key, {text("An")}});
    }
    // Too few expected: parts larger than what a thread may hold, and waits for its turn with; too many: empty parts.
    tables.expected_rows = GENERATE(std::uint64_t{600}, std::uint64_t{3000}, std::uint64_t{1} << 40);
    const Out alone, together;
    for (const ExportFormat format : {ExportFormat::csv, ExportFormat::json_lines}) {
        tables.parallel = false;
        REQUIRE(export_form(tables, form, "poll", alone.path(), as(format)));
        tables.parallel = true;
        double furthest = 0;
        ExportOptions options = as(format);
        options.progress = [&](std::uint64_t, double share) { furthest = std::max(furthest, share); };
        const auto written = export_form(tables, form, "poll", together.path(), options);
        REQUIRE(written);
        CHECK(written->at(0).rows == 12'000);
        CHECK(written->at(1).rows == 12'000);
        CHECK(furthest > 0.9);
        CHECK(furthest <= 1.0);
    }
    for (const char* name : {"poll.csv", "poll-member.csv", "poll.jsonl", "poll-member.jsonl"}) {
        CHECK(alone.content(name) == together.content(name));
        CHECK(alone.content(name).size() > 100'000);
    }
}

TEST_CASE("a table longer than a sheet can be goes on on the next sheet, under the same header") {
    constexpr std::size_t kOverASheet = 1'048'576;
    const core::AnswerForm form = form_with({column("n", core::AnswerType::integer)});
    MemoryTables tables;
    tables.tables.resize(1);
    for (std::size_t i = 0; i < kOverASheet; ++i) tables.tables[0].push_back({"uuid:" + std::to_string(i), "", {integer(static_cast<std::int64_t>(i))}});
    const Out out;
    const auto written = export_form(tables, form, "poll", out.path(), as(ExportFormat::xlsx));
    REQUIRE(written);
    CHECK(written->at(0).rows == kOverASheet);
    const std::string unpack = "cd '" + out.path().string() + "' && unzip -p poll.xlsx xl/workbook.xml >book && unzip -p poll.xlsx xl/worksheets/sheet2.xml >second";
    REQUIRE(std::system(unpack.c_str()) == 0);
    CHECK(out.content("book").find("name=\"portal_poll (2)\"") != std::string::npos);
    const std::string second = out.content("second");
    CHECK(second.find("<v>1048575</v>") != std::string::npos);  // the last one, in the row below the header
    CHECK(second.find("<row r=\"2\"") != std::string::npos);
    CHECK(second.find("<row r=\"3\"") == std::string::npos);
    CHECK(second.find("state=\"frozen\"") != std::string::npos);
}

TEST_CASE("an export that fails half-way says why and leaves nothing under a final name") {
    const core::AnswerForm form = form_with({column("n", core::AnswerType::integer)});
    MemoryTables tables;
    tables.tables.resize(1);
    for (const std::string& key : keys(2000)) tables.tables[0].push_back({key, "", {integer(1)}});
    tables.fails_at = tables.tables[0][1250].key;
    for (const bool parallel : {false, true})
        for (const ExportFormat format : {ExportFormat::csv, ExportFormat::json_lines, ExportFormat::xlsx}) {
            tables.parallel = parallel;
            const Out out;
            const auto exported = export_form(tables, form, "poll", out.path(), as(format));
            REQUIRE_FALSE(exported);
            CHECK(exported.error().code == "store.failed");
            CHECK(files::is_empty(out.path()));
        }
    const auto nowhere = export_form(tables, form, "poll", "/dev/null/nowhere", as(ExportFormat::csv));
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().code == "export.cannot_write");
}
