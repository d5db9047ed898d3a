// What a failure of SQLite or of the system means, and what is said of it.
#include <failure.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sqlite3.h>

#include <cerrno>
#include <set>
#include <vector>

using namespace kiosk;
using namespace kiosk::storage;

namespace {

void check_words(const core::Error& error) {
    CAPTURE(error.code);
    CHECK(error.code.starts_with("storage."));
    CHECK(error.message.vi.ends_with('.'));
    CHECK(error.message.en.ends_with('.'));
    CHECK(error.message.vi != error.message.en);
}

}  // namespace

TEST_CASE("each failure of SQLite is told as what staff can do something about") {
    struct Told {
        int code;
        int error_number;
        const char* as;
    };
    for (const Told& told : {Told{SQLITE_FULL, 0, "storage.disk_full"},
                             {SQLITE_IOERR_WRITE, ENOSPC, "storage.disk_full"},
                             {SQLITE_IOERR_FSYNC, EDQUOT, "storage.disk_full"},
                             {SQLITE_READONLY, 0, "storage.read_only"},
                             {SQLITE_READONLY_ROLLBACK, EROFS, "storage.read_only"},
                             {SQLITE_NOMEM, 0, "storage.out_of_memory"},
                             {SQLITE_CANTOPEN, EMFILE, "storage.too_many_files"},
                             {SQLITE_CANTOPEN, EROFS, "storage.read_only"},
                             {SQLITE_CANTOPEN_ISDIR, EISDIR, "storage.not_writable"},
                             {SQLITE_BUSY, EAGAIN, "storage.in_use"},
                             {SQLITE_LOCKED, 0, "storage.in_use"},
                             {SQLITE_CORRUPT_INDEX, 0, "storage.damaged"},
                             {SQLITE_NOTADB, 0, "storage.damaged"},
                             {SQLITE_ERROR, 0, "storage.damaged"},
                             {SQLITE_CONSTRAINT_CHECK, 0, "storage.damaged"},
                             {SQLITE_IOERR_READ, EIO, "storage.write_failed"}}) {
        CAPTURE(told.code, told.error_number);
        const core::Error error = error_of(SqliteError(told.code, told.error_number), "/data");
        CHECK(error.code == told.as);
        check_words(error);
    }
}

TEST_CASE("damage, want, a full disk and a read-only one are told apart") {
    const std::vector<int> codes{SQLITE_CORRUPT, SQLITE_NOTADB,   SQLITE_ERROR,    SQLITE_SCHEMA, SQLITE_CONSTRAINT,
                                 SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_NOMEM,    SQLITE_CANTOPEN, SQLITE_READONLY,
                                 SQLITE_FULL,     SQLITE_IOERR,  SQLITE_BUSY};
    const std::set<int> damage{SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_ERROR, SQLITE_SCHEMA, SQLITE_CONSTRAINT, SQLITE_MISMATCH,
                               SQLITE_TOOBIG};
    for (const int code : codes) {
        CAPTURE(code);
        const SqliteError failure(code);
        CHECK(failure.is_damage() == damage.contains(code));
        CHECK(failure.is_shortage() == (code == SQLITE_NOMEM || code == SQLITE_CANTOPEN));
        CHECK(failure.is_read_only() == (code == SQLITE_READONLY));
        CHECK(failure.is_disk_full() == (code == SQLITE_FULL));
        CHECK(std::string(failure.what()) == sqlite3_errstr(code));
    }
}

TEST_CASE("every failure of the system has words that say what to do") {
    for (const int number : {ENOSPC, EDQUOT, EROFS, EMFILE, ENFILE, EIO, EACCES, EPERM}) {
        const core::Error error = error_of_errno(number, "/data");
        check_words(error);
        CHECK(error.message.vi.find("Hãy") != std::string::npos);
    }
    CHECK(error_of_errno(ENOSPC, "").code == "storage.disk_full");
    CHECK(error_of_errno(EDQUOT, "").code == "storage.disk_full");
    CHECK(error_of_errno(EROFS, "").code == "storage.read_only");
    CHECK(error_of_errno(EMFILE, "").code == "storage.too_many_files");
    CHECK(error_of_errno(ENFILE, "").code == "storage.too_many_files");
    CHECK(error_of_errno(EIO, "").code == "storage.write_failed");
    CHECK(error_of_errno(EACCES, "").code == "storage.not_writable");
}

TEST_CASE("every refusal of the store has a code of its own and words in both languages") {
    std::set<std::string> codes;
    for (const core::Error& error :
         {in_use_error("/data"), foreign_error("poll.db"), newer_error("poll.db"), damaged_error(), settings_error("synchronous"),
          no_keys_error(), too_many_keys_error(), too_fast_error(), poll_full_error(), withdrawn_error(), not_stored_error(),
          nothing_to_export_error(), no_such_bundle_error(7), other_bundle_error(7), no_such_definition_error("portal_poll"),
          out_of_memory_error()}) {
        check_words(error);
        CHECK(codes.insert(error.code).second);
    }
    CHECK(Refusal(in_use_error("/data")).what() == std::string("storage.in_use"));
}
