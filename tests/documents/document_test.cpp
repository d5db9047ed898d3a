#include <kiosk/documents/document.hpp>
#include <kiosk/forms/form_files.hpp>
#include <kiosk/forms/form_visit.hpp>
#include <kiosk/test_support/source_tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <unistd.h>

using namespace kiosk;
namespace fs = std::filesystem;

namespace {

const fs::path kForms = kiosk::test_support::in_source_tree("assets/forms");
const fs::path kLayouts = kiosk::test_support::in_source_tree("assets/documents");

std::shared_ptr<const forms::Form> form_named(const std::string& id) {
    forms::FormReading reading = forms::read_form_at(kForms / id);
    REQUIRE(reading.form);
    return reading.form;
}

std::string submission_of(const std::shared_ptr<const forms::Form>& form, const std::vector<std::pair<std::string, std::string>>& answers) {
    forms::VisitSettings settings;
    settings.now = [] { return core::WallTime{std::chrono::milliseconds{1'764'464'400'000}}; };
    settings.instance_id = "uuid:1";
    auto visit = forms::FormVisit::begin(form, settings);
    REQUIRE(visit);
    for (const auto& [path, value] : answers) {
        INFO(path);
        REQUIRE(visit->set(path, value));
    }
    return visit->submission();
}

// What a reader of the PDF sees, as pdftotext (poppler-utils) finds it.
std::string text_of(const core::Bytes& pdf) {
    std::string name = (fs::temp_directory_path() / "kiosk-document-XXXXXX").string();
    const int file = ::mkstemp(name.data());
    REQUIRE(file >= 0);
    REQUIRE(::write(file, pdf.data(), pdf.size()) == static_cast<ssize_t>(pdf.size()));
    ::close(file);
    FILE* output = ::popen(("pdftotext -layout '" + name + "' -").c_str(), "r");
    REQUIRE(output != nullptr);
    std::string text;
    std::array<char, 4096> part{};
    while (const std::size_t read = std::fread(part.data(), 1, part.size(), output)) text.append(part.data(), read);
    CHECK(::pclose(output) == 0);
    fs::remove(name);
    return text;
}

core::Bytes pdf_of(std::string_view layout, const std::shared_ptr<const forms::Form>& form, const std::string& submission) {
    const auto read = documents::read_layout(layout);
    REQUIRE(read);
    auto pdf = documents::make_pdf(*read, {*form, submission, "vi", {{"Alăng Hạnh", "7KQ2M-9XP4H-RT3VC"}}});
    REQUIRE(pdf);
    return *pdf;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a review is printed in the order of its official form, the parts of others left blank") {
    const auto form = form_named("self_review_2023_a");
    const std::string submission = submission_of(form, {{"/data/to_chuc_dang/dang_bo", "Xã Bến Giằng"},
                                                        {"/data/ban_than/ho_ten", "Zơ Râm Bhnướch"},
                                                        {"/data/ban_than/ngay_sinh", "1984"},
                                                        {"/data/lap/noi_lap", "Bến Giằng"},
                                                        {"/data/lap/ngay_lap", "2026-09-05"},
                                                        {"/data/muc_i1/i1", "Tôi đã học hai nghị quyết.\nTôi dự đủ 12 kỳ sinh hoạt."},
                                                        {"/data/muc_i1/dg_i1", "tot"}});
    const auto layout = documents::find_layout({kLayouts}, "self_review_2023_a");
    REQUIRE(layout);
    const auto pdf = documents::make_pdf(*layout, {*form, submission, "vi", {}});
    REQUIRE(pdf);
    const std::string text = text_of(*pdf);
    std::size_t place = 0;
    for (const char* part : {"BẢN KIỂM ĐIỂM CÁ NHÂN", "Zơ Râm Bhnướch", "I. ƯU ĐIỂM", "Tôi dự đủ 12 kỳ sinh hoạt", "II. HẠN CHẾ",
                             "VII. TỰ NHẬN MỨC", "NGƯỜI TỰ KIỂM ĐIỂM", "THỦ TRƯỞNG CƠ QUAN", "T/M CHI ỦY", "T/M ĐẢNG ỦY"}) {
        INFO(part);
        const std::size_t found = text.find(part, place);
        REQUIRE(found != std::string::npos);
        place = found;
    }
    CHECK(holds(text, "ngày 05 tháng 9 năm 2026"));
    CHECK(holds(text, "Ngày sinh: 1984"));
    CHECK(holds(text, "Xuất sắc"));  // the boxes not ticked are there too
}

TEST_CASE("every shipped layout can be read, and names only questions its form has") {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(kLayouts)) {
        CAPTURE(entry.path().string());
        std::ifstream file(entry.path());
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        REQUIRE(documents::read_layout(text));
        const std::string name = entry.path().stem().string();
        std::vector<std::string> ids{name};
        if (!fs::exists(kForms / name)) ids = {"candidate_referral_2019", "candidate_referral_2026"};
        const std::regex braces(R"(\{([a-z0-9_]+))");
        for (const std::string& id : ids) {
            const auto form = form_named(id);
            for (auto found = std::sregex_iterator(text.begin(), text.end(), braces); found != std::sregex_iterator(); ++found) {
                const std::string question = (*found)[1];
                CAPTURE(question);
                bool is_known = false;
                for (const forms::Node& node : form->nodes) is_known = is_known || node.name == question;
                CHECK(is_known);
            }
        }
        ++count;
    }
    CHECK(count >= 8);
}

TEST_CASE("blocks for a repeat are set once for each of its instances") {
    const auto form = form_named("self_review_2025_a");
    const std::string submission =
        "<data id=\"self_review_2025_a\"><nhiem_vu><ten_nv>Tu sửa đường thôn</ten_nv><diem_dat>30</diem_dat></nhiem_vu>"
        "<nhiem_vu><ten_nv>Lớp xóa mù chữ</ten_nv><diem_dat>35</diem_dat></nhiem_vu></data>";
    const std::string text = text_of(pdf_of("columns: 70 30\neach: nhiem_vu\nrow: {ten_nv} | {diem_dat}\nend:\n", form, submission));
    CHECK(holds(text, "Tu sửa đường thôn"));
    CHECK(holds(text, "Lớp xóa mù chữ"));
    CHECK(text.find("Tu sửa") < text.find("Lớp xóa"));
}

TEST_CASE("conditions, labels and codes are filled in") {
    const auto form = form_named("self_review_2023_a");
    const std::string submission = submission_of(form, {{"/data/la_cbcc", "co"}});
    const std::string text = text_of(pdf_of("if: {la_cbcc} = co\nline: có chữ này\nend:\nif: {xl_dv}\nline: không có chữ này\nend:\n"
                                            "line: {han_che|label}: {la_cbcc=co?đúng}{la_cbcc=khong?sai}\ncodes:\n",
                                            form, submission));
    CHECK(holds(text, "có chữ này"));
    CHECK_FALSE(holds(text, "không có chữ này"));
    CHECK(holds(text, "Hạn chế, khuyết điểm: đúng"));
    CHECK(holds(text, "7KQ2M-9XP4H-RT3VC"));
}

TEST_CASE("what a visitor typed is text, whatever it looks like") {
    const auto form = form_named("self_review_2023_a");
    const std::string submission = submission_of(form, {{"/data/ban_than/don_vi", "<b>A & B</b> {ho_ten} **"}});
    CHECK(holds(text_of(pdf_of("line: {don_vi}\n", form, submission)), "<b>A & B</b> {ho_ten} **"));
}

TEST_CASE("a long answer runs over several pages, each numbered but the first") {
    const auto form = form_named("self_review_2023_a");
    std::string answer;
    for (int line = 1; line <= 150; ++line) answer += "Việc thứ " + std::to_string(line) + " đã làm xong.\n";
    const std::string submission = submission_of(form, {{"/data/muc_i1/i1", answer}});
    const std::string text = text_of(pdf_of("long 4: {i1}\n", form, submission));
    CHECK(holds(text, "Việc thứ 1 đã"));
    CHECK(holds(text, "Việc thứ 150 đã"));
    CHECK(std::count(text.begin(), text.end(), '\f') >= 3);
}

TEST_CASE("a layout with a fault is refused with its line") {
    for (const auto& [text, line] : {std::pair{"title: A\nno colon here\n", "2"}, {"banner: A\n", "1"}, {"\nif: {a}\nline: b\n", "3"},
                                     {"end:\n", "1"}, {"line: {a\n", "1"}, {"page: 1 2\n", "1"}, {"long x: {a}\n", "1"}}) {
        CAPTURE(text);
        const auto read = documents::read_layout(text);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == "document.bad_layout");
        CHECK(holds(read.error().message.en, std::string("line ") + line));
    }
    CHECK(documents::find_layout({kLayouts}, "nowhere").error().code == "document.no_layout");
}
