// Workbooks as LibreOffice Calc and openpyxl saved them, kept in tests/fixtures/workbooks: the poll, made from the folder
// beside them, and a form with all that cells can hold.
#include "reading_helpers.hpp"

#include <kiosk/forms/form_files.hpp>
#include <kiosk/forms/write_form.hpp>
#include <kiosk/test_support/source_tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>

using namespace kiosk;
using namespace kiosk::forms;
using namespace kiosk::forms::testing;

namespace {

const std::filesystem::path kWorkbooks = kiosk::test_support::in_source_tree("tests/fixtures/workbooks");

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Lines end as they may; a row of nothing but commas is a blank one.
std::string plain(std::string csv) {
    std::erase(csv, '\r');
    for (std::size_t at; (at = csv.find("\n,,,\n")) != std::string::npos;) csv.replace(at, 5, "\n\n");
    return csv;
}

}  // namespace

TEST_CASE("The poll saved by LibreOffice and by openpyxl is the folder it was made from, cell for cell") {
    const FormReading folder = read_form_at(kWorkbooks / "poll");
    REQUIRE(folder.form != nullptr);
    for (const char* name : {"poll_libreoffice.xlsx", "poll_openpyxl.xlsx"}) {
        INFO(name);
        const FormReading workbook = read_form_at(kWorkbooks / name);
        REQUIRE(workbook.form != nullptr);
        CHECK(workbook.diagnosis.warnings.empty());
        CHECK(workbook.form->same_meaning(*folder.form));
        const auto written = write_folder(bytes_of(contents(kWorkbooks / name)));
        REQUIRE(std::holds_alternative<NamedFiles>(written));
        for (const auto& [file, bytes] : std::get<NamedFiles>(written)) {
            const std::string back(reinterpret_cast<const char*>(bytes.data()), bytes.size());
            CHECK(plain(back) == plain(contents(kWorkbooks / "poll" / file)));
        }
    }
}

TEST_CASE("A workbook of odd headers, hidden rows, dates, formulas and styled blank rows is read as it shows") {
    const FormReading reading = read_form_at(kWorkbooks / "odd_libreoffice.xlsx");
    for (const Finding& error : reading.diagnosis.errors) UNSCOPED_INFO(error.code << " " << error.cell << " " << error.message.en);
    REQUIRE(reading.form != nullptr);
    const Form& form = *reading.form;
    CHECK(form.id == "so_la");
    CHECK(form.version == "2026112401");
    const auto default_of = [&](const std::string& name) { return node_at(form, "/data/" + name).default_value; };
    CHECK(default_of("van_ban") == "hai khoảng trắng");
    CHECK(default_of("ngay") == "2026-11-24");
    CHECK(default_of("luc") == "2026-11-24T08:30:00");
    CHECK(default_of("gio") == "08:30:00");
    CHECK(default_of("so") == "7");
    CHECK(default_of("chu") == "ab");
    CHECK(default_of("dung") == "TRUE");
    CHECK(default_of("le") == "0.1");
    CHECK(default_of("tram") == "100");
    CHECK(default_of("ma") == "007");
    CHECK(label_at(form, "/data/van_ban", 0) == "Văn bản");
    CHECK(flat(form.text(node_at(form, "/data/dau").constraint_message, 1)) == "Too small");
    CHECK(form.find_instance("yn")->elements.size() == 7);
    CHECK(form.nodes.size() == 15);
}

TEST_CASE("Formulas that no program has computed yet are told with their cells") {
    CHECK(errors_of(read_form_at(kWorkbooks / "odd_openpyxl_uncomputed.xlsx")) ==
          std::vector<std::string>{"cell.formula_without_value E6", "cell.formula_without_value E7"});
}
