// The data directory on a file system that refuses: what is told, what is left as it is, and what is no failure.
#include "refused_call.hpp"
#include "storage_fixtures.hpp"

#include <catch2/catch_test_macros.hpp>

#include <data_directory.hpp>
#include <failure.hpp>

#include <sys/resource.h>
#include <sys/syscall.h>

#include <cerrno>
#include <csignal>
#include <functional>
#include <tuple>

using namespace kiosk;
using namespace kiosk::storage;
using kiosk::test::StoreFixture;
using kiosk::test::TemporaryDirectory;

namespace {

namespace fs = std::filesystem;

void write(const std::string& path, const std::string& content) { std::ofstream(path, std::ios::binary) << content; }

std::string read(const std::string& path) {
    const core::Bytes bytes = test::bytes_of(path);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The code of the refusal it ends in, or "done".
std::string outcome(const std::function<void()>& work) {
    try {
        work();
        return "done";
    } catch (const Refusal& refusal) {
        return refusal.error().code;
    }
}

std::string outcome_of_opening(const std::string& path, std::uint64_t reserve_bytes = 0) {
    return outcome([&] { const DataDirectory directory(path, reserve_bytes); });
}

std::string outcome_without(long call, int error_number, const std::function<void()>& work) {
    std::string code;
    test::with_call_refused(call, error_number, [&] { code = outcome(work); });
    return code;
}

// While it lives, no file of this process grows beyond so many bytes: writing gives EFBIG.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, signal_before_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit before_{};
    void (*signal_before_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

#ifdef SYS_rename
constexpr long kRename = SYS_rename;
#else
constexpr long kRename = SYS_renameat;
#endif

}  // namespace

TEST_CASE("a data directory in which no file can be made, locked or written is refused by name") {
    for (const char* taken : {"lock", "probe"}) {
        const TemporaryDirectory folder;
        fs::create_directory(folder.file(taken));
        CHECK(outcome_of_opening(folder.path()) == "storage.not_writable");
    }
    const TemporaryDirectory folder;
    {
        const FileSizeLimit nothing_at_all(0);
        CHECK(outcome_of_opening(folder.path()) == "storage.not_writable");
    }
    CHECK(outcome_without(SYS_flock, ENOLCK, [&] { const DataDirectory directory(folder.path(), 0); }) == "storage.not_writable");
    CHECK(outcome_of_opening(folder.path()) == "done");
}

TEST_CASE("a full disk is no reason to stay shut") {
    const TemporaryDirectory folder;
    fs::create_symlink("/dev/full", folder.file("probe"));
    CHECK(outcome_of_opening(folder.path()) == "done");
}

TEST_CASE("the reserve is given up once, and made again when there is room") {
    const TemporaryDirectory folder;
    DataDirectory directory(folder.path(), 4096);
    REQUIRE(directory.has_reserve());
    CHECK(directory.release_reserve());
    CHECK_FALSE(directory.has_reserve());
    CHECK(fs::file_size(folder.file("reserve")) == 0);
    CHECK_FALSE(directory.release_reserve());
    for (int time = 0; time < 2; ++time) {
        directory.restore_reserve();
        CHECK(directory.has_reserve());
        CHECK(fs::file_size(folder.file("reserve")) == 4096);
    }
}

TEST_CASE("a reserve that cannot be made is told by its absence and is no failure") {
    constexpr std::uint64_t kReserve = 1 << 20;
    const TemporaryDirectory folder;
    SECTION("where a folder stands") { fs::create_directory(folder.file("reserve")); }
    SECTION("where the disk takes no more") {
        const FileSizeLimit limit(kReserve / 2);
        DataDirectory directory(folder.path(), kReserve);
        CHECK_FALSE(directory.has_reserve());
        CHECK(fs::file_size(folder.file("reserve")) == 0);  // half a reserve would only be in the way
        return;
    }
    SECTION("where the disk is smaller than it") {
        DataDirectory directory(folder.path(), std::uint64_t{1} << 60);
        CHECK_FALSE(directory.has_reserve());
        CHECK_FALSE(fs::exists(folder.file("reserve")));
        return;
    }
    SECTION("where the system does not tell how much room there is") {
        bool has_reserve = true;
        CHECK(outcome_without(SYS_statfs, EIO, [&] { has_reserve = DataDirectory(folder.path(), kReserve).has_reserve(); }) == "done");
        CHECK_FALSE(has_reserve);
        return;
    }
    DataDirectory directory(folder.path(), kReserve);
    CHECK_FALSE(directory.has_reserve());
    CHECK_FALSE(directory.release_reserve());
}

TEST_CASE("what is no file where the reserve should be is not taken for one") {
    const TemporaryDirectory folder;
    fs::create_symlink("/dev/null", folder.file("reserve"));
    CHECK(outcome_of_opening(folder.path(), 4096) == "storage.not_writable");
}

TEST_CASE("damaged databases are set aside under numbers of their own, whatever else lies there") {
    const TemporaryDirectory folder;
    DataDirectory directory(folder.path(), 0);
    CHECK_FALSE(directory.last_set_aside("poll.db"));
    fs::create_directory(folder.file("damaged"));
    for (const char* other : {"poll.db", "x-poll.db", "9-answers.db", "7-poll.db-journal", "note.txt"})
        write(folder.file(std::string("damaged/") + other), "other");
    CHECK_FALSE(directory.last_set_aside("poll.db"));
    for (int shelf = 1; shelf <= 12; ++shelf) {  // 10 comes after 9, in whatever order the folder is read
        const std::string number = std::to_string(shelf);
        write(folder.file("poll.db"), number);
        write(folder.file("poll.db-journal"), number);
        const std::string shelved = directory.set_aside("poll.db");
        CHECK(shelved == folder.file("damaged/" + number + "-poll.db"));
        CHECK(read(shelved) == number);
        CHECK(read(shelved + "-journal") == number);
        CHECK_FALSE(fs::exists(folder.file("poll.db")));
        CHECK_FALSE(fs::exists(folder.file("poll.db-journal")));
        CHECK(directory.last_set_aside("poll.db") == shelved);
    }
    CHECK(directory.last_set_aside("answers.db") == folder.file("damaged/9-answers.db"));
}

TEST_CASE("a damaged database that cannot be set aside stays where it is, and the kiosk says why") {
    const TemporaryDirectory folder;
    DataDirectory directory(folder.path(), 0);
    write(folder.file("poll.db"), "damaged");
    const auto set_aside = [&] { static_cast<void>(directory.set_aside("poll.db")); };
    SECTION("where a file stands") {
        write(folder.file("damaged"), "");
        CHECK(outcome(set_aside) == "storage.not_writable");
    }
    SECTION("where names cannot be changed") { CHECK(outcome_without(kRename, EIO, set_aside) == "storage.write_failed"); }
    SECTION("where it has gone meanwhile") { CHECK(outcome_without(kRename, ENOENT, set_aside) == "storage.not_writable"); }
    CHECK(read(folder.file("poll.db")) == "damaged");
}

TEST_CASE("an earlier damaged database is never overwritten by a later one, nor overlooked") {
    const TemporaryDirectory folder;
    DataDirectory directory(folder.path(), 0);
    for (const char* content : {"first", "second"}) {
        write(folder.file("poll.db"), content);
        if (content == std::string("first")) static_cast<void>(directory.set_aside("poll.db"));
    }
    for (const auto& [call, error_number, code] :
         {std::tuple(SYS_openat, EMFILE, "storage.too_many_files"), std::tuple(SYS_getdents64, EIO, "storage.write_failed")}) {
        CHECK(outcome_without(call, error_number, [&] { static_cast<void>(directory.set_aside("poll.db")); }) == code);
        CHECK(outcome_without(call, error_number, [&] { static_cast<void>(directory.last_set_aside("poll.db")); }) == code);
        CHECK(read(folder.file("damaged/1-poll.db")) == "first");
        CHECK(read(folder.file("poll.db")) == "second");
    }
}

TEST_CASE("a set-aside that may not have reached the disk is not confirmed") {
    const TemporaryDirectory folder;
    DataDirectory directory(folder.path(), 0);
    write(folder.file("poll.db"), "damaged");
    CHECK(outcome_without(SYS_fsync, EIO, [&] { static_cast<void>(directory.set_aside("poll.db")); }) == "storage.write_failed");
    CHECK(read(folder.file("damaged/1-poll.db")) == "damaged");
}

TEST_CASE("a byte that a file does not have is none") {
    const TemporaryDirectory folder;
    const DataDirectory directory(folder.path(), 0);
    write(folder.file("poll.db"), "AB");
    CHECK(directory.byte_at("poll.db", 1) == 'B');
    CHECK_FALSE(directory.byte_at("poll.db", 2));
    CHECK_FALSE(directory.byte_at("state.db", 0));
}

TEST_CASE_METHOD(StoreFixture, "where a database cannot be opened the store says so, and takes up again afterwards") {
    open();
    REQUIRE(store->record(poll()));
    close();
    const std::string database = directory.file("poll.db");
    fs::rename(database, directory.file("kept"));
    fs::create_directory(database);
    const auto refused = try_open();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "storage.not_writable");
    fs::remove(database);
    fs::rename(directory.file("kept"), database);
    CHECK(open().status()->polls_waiting == 1);
}
