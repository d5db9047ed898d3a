// Salvage by itself, of a small database of the test's own: which rows are found, and what is no damage but a want.
#include "raw_database.hpp"
#include "refused_call.hpp"

#include <catch2/catch_test_macros.hpp>

#include <salvage.hpp>

#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <set>

using namespace kiosk;
using namespace kiosk::storage;

namespace {

namespace fs = std::filesystem;

constexpr std::array kTables{"CREATE TABLE item(number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
                             "CREATE INDEX by_text ON item(text)"};
const Schema kSchema{"item.db", 77, 4096, kTables};
constexpr int kRows = 200;

class SalvageFixture {
  public:
    SalvageFixture() {
        static_cast<void>(open_database(kSchema, site, [](Connection& made) {
            for (int number = 0; number < kRows; ++number)
                made.prepare("INSERT INTO item VALUES(?,?)").bind(number).bind(std::string(100, 'x')).run();
        }));
    }

    void damage_page(std::int64_t page) const {
        test::overwrite(file, static_cast<std::size_t>((page - 1) * kSchema.page_bytes), std::string(4096, 'x'));
    }

    struct Found {
        std::set<std::int64_t> numbers;
        bool is_everything = false;
    };
    Found by_row() const {
        Found found;
        found.is_everything = Salvage(kSchema, site, file).for_each_row(
            "SELECT number FROM item", "number", [&](const Statement& row) { found.numbers.insert(row.integer(0)); });
        return found;
    }
    std::set<std::int64_t> by_page() const {
        std::set<std::int64_t> numbers;
        Salvage(kSchema, site, file).for_each_row_by_page("item", "SELECT number FROM item", [&](const Statement& row) {
            numbers.insert(row.integer(0));
        });
        return numbers;
    }

    template <class Work>
    static bool ends_in_want(const Work& work) {
        try {
            work();
            return false;
        } catch (const SqliteError& failure) {
            return failure.is_shortage();
        }
    }

    test::TemporaryDirectory folder;
    DataDirectory directory{folder.path(), 0};
    DatabaseSite site{directory, {}, "box"};
    std::string file = folder.file("item.db");
    std::int64_t first_page = first_page_of(kSchema, "item");
};

}  // namespace

TEST_CASE_METHOD(SalvageFixture, "of a database that is whole everything is shown, and nothing is left behind") {
    const Found found = by_row();
    CHECK(found.is_everything);
    CHECK(found.numbers.size() == kRows);
    CHECK(by_page() == found.numbers);
    CHECK_FALSE(fs::exists(file + "-readable"));
}

TEST_CASE_METHOD(SalvageFixture, "whichever page is damaged, what is lost stood on it, and what is not all is never said to be") {
    constexpr std::size_t kRowsOnAPage = 4096 / 100;
    const std::int64_t pages = static_cast<std::int64_t>(fs::file_size(file)) / kSchema.page_bytes;
    fs::copy_file(file, folder.file("whole"));
    std::size_t lost = 0;
    for (std::int64_t page = 1; page <= pages; ++page) {
        INFO("page " << page << " of " << pages);
        fs::copy_file(folder.file("whole"), file, fs::copy_options::overwrite_existing);
        damage_page(page);
        Found found = by_row();
        if (found.is_everything) CHECK(found.numbers.size() == kRows);
        found.numbers.merge(by_page());
        CHECK(found.numbers.size() >= kRows - kRowsOnAPage);
        lost += kRows - found.numbers.size();
    }
    CHECK(lost == kRows);
}

TEST_CASE_METHOD(SalvageFixture, "a damaged page above the rows costs none of them") {
    damage_page(first_page);
    CHECK(by_row().numbers.empty());
    CHECK(by_page().size() == kRows);
}

TEST_CASE_METHOD(SalvageFixture, "of a file that ends too early the pages before the end are shown") {
    damage_page(first_page);
    fs::resize_file(file, fs::file_size(file) / 2 + 100);
    const std::set<std::int64_t> numbers = by_page();
    CHECK(numbers.size() > kRows / 4);
    CHECK(numbers.size() < kRows);
}

TEST_CASE_METHOD(SalvageFixture, "a file that cannot be read or copied now is a want, and no row of it is given up") {
    SECTION("it is not there") {
        fs::remove(file);
        CHECK(ends_in_want([&] { by_row(); }));
    }
    SECTION("it cannot be copied") {
        fs::create_directories(file + "-readable/taken");
        CHECK(ends_in_want([&] { by_row(); }));
    }
    SECTION("its copy cannot be written") {
        bool is_want = false;
        test::with_call_refused(SYS_writev, EIO, [&] { is_want = ends_in_want([&] { by_row(); }); });
        CHECK(is_want);
    }
    SECTION("it goes meanwhile") {
        const Salvage salvage(kSchema, site, file);
        fs::remove(file);
        CHECK(ends_in_want([&] { salvage.for_each_row_by_page("item", "SELECT number FROM item", [](const Statement&) {}); }));
    }
}

TEST_CASE_METHOD(SalvageFixture, "what fails in showing a row is not taken for damage") {
    const auto fail = [](const Statement&) { throw SqliteError::damage(); };
    const Salvage salvage(kSchema, site, file);
    CHECK_THROWS_AS(salvage.for_each_row("SELECT number FROM item", "number", fail), SqliteError);
    CHECK_THROWS_AS(salvage.for_each_row_by_page("item", "SELECT number FROM item", fail), SqliteError);
}
