#include "document_printer.hpp"
#include "places.hpp"

#include <kiosk/forms/form_files.hpp>
#include <kiosk/forms/form_visit.hpp>
#include <kiosk/test_support/source_tree.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <fstream>
#include <optional>
#include <thread>

using namespace kiosk;
namespace fs = std::filesystem;

namespace {

bool is_mapped(std::string_view library) {
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);)
        if (line.find(library) != std::string::npos) return true;
    return false;
}

// One page through a printer that keeps it in a folder.
core::Result<void> print(const fs::path& documents_module, const fs::path& folder) {
    const auto form = forms::read_form_at(test_support::in_source_tree("assets/forms/portal_poll")).form;
    REQUIRE(form);
    auto visit = forms::FormVisit::begin(form, {});
    REQUIRE(visit);
    const auto printer = open_document_printer({"folder:" + folder.string(), "lp", {}, documents_module}, nullptr);
    std::optional<core::Result<void>> result;
    printer->print({"title: PHIẾU\ntext: Kính gửi\n", visit->submission(), form, {}}, [&](core::Result<void> done) { result = std::move(done); });
    while (printer->is_busy()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        printer->drain();
    }
    return *result;
}

}  // namespace

TEST_CASE("what draws printed pages is loaded with the first page, and not before") {
    const test_support::TemporaryFolder folder;
    REQUIRE_FALSE(is_mapped("libpango"));
    const auto printed = print(find_places({}).documents_module, folder.path());
    REQUIRE(printed);
    CHECK(is_mapped("libpango"));
    std::ifstream page(folder.path() / "page-1.pdf", std::ios::binary);
    std::string begin(5, ' ');
    page.read(begin.data(), 5);
    CHECK(begin == "%PDF-");
}

TEST_CASE("a kiosk without the part that draws pages says so, and nothing else happens") {
    const test_support::TemporaryFolder folder;
    const auto printed = print(folder.path() / "documents.so", folder.path());
    REQUIRE_FALSE(printed);
    CHECK(printed.error().code == "document.not_drawn");
    CHECK(fs::is_empty(folder.path()));
}
