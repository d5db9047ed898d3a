#include "schemas.hpp"

#include <array>

namespace kiosk::storage {

namespace {

// bundle: the export a row belongs to, 0 for none yet, -1 for none any more. Pages of 16 KiB hold four sealed rows of the smallest size;
// pages of 4 KiB would waste half the file.
constexpr std::array kAnswersMigrations{R"sql(
CREATE TABLE sealed(
    id        BLOB PRIMARY KEY CHECK(length(id) = 16),
    tag       BLOB CHECK(tag IS NULL OR length(tag) = 32),
    bundle    INTEGER NOT NULL,
    sealed    BLOB NOT NULL,
    row_check BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE definition(
    form      TEXT NOT NULL,
    version   TEXT NOT NULL,
    sha256    BLOB NOT NULL CHECK(length(sha256) = 32),
    xml       TEXT NOT NULL,
    row_check BLOB NOT NULL,
    PRIMARY KEY(form, version, sha256)
) STRICT, WITHOUT ROWID;
CREATE TABLE withdrawal(
    tag       BLOB PRIMARY KEY CHECK(length(tag) = 32),
    bundle    INTEGER NOT NULL,
    row_check BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tombstone(
    hash      BLOB PRIMARY KEY CHECK(length(hash) = 32)
) STRICT, WITHOUT ROWID;
CREATE TABLE bundle(
    sequence    INTEGER PRIMARY KEY,
    state       INTEGER NOT NULL CHECK(state IN (1, 2, 3, 4)),
    sha256      BLOB NOT NULL CHECK(length(sha256) = 32),
    previous    BLOB NOT NULL CHECK(length(previous) = 32),
    receipt_day INTEGER NOT NULL,
    row_check   BLOB NOT NULL
) STRICT;
)sql"};

// length: 0 for a free slot, whose id is zeros and whose content is noise. There is no index over id: the places of its
// entries would tell the order in which they came.
constexpr std::array kPollMigrations{R"sql(
CREATE TABLE slot(
    number    INTEGER PRIMARY KEY,
    id        BLOB NOT NULL CHECK(length(id) = 16),
    bundle    INTEGER NOT NULL,
    length    INTEGER NOT NULL CHECK(length BETWEEN 0 AND 4000),
    sealed    BLOB NOT NULL CHECK(length(sealed) = 4000),
    row_check BLOB NOT NULL
) STRICT;
)sql"};

constexpr std::array kStateMigrations{R"sql(
CREATE TABLE note(
    name      TEXT PRIMARY KEY,
    value     TEXT NOT NULL,
    row_check BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE visit_count(
    activity  TEXT NOT NULL,
    event     TEXT NOT NULL,
    visits    INTEGER NOT NULL,
    row_check BLOB NOT NULL,
    PRIMARY KEY(activity, event)
) STRICT, WITHOUT ROWID;
CREATE TABLE audit(
    number   INTEGER PRIMARY KEY,
    unix_s   INTEGER NOT NULL,
    event    TEXT NOT NULL,
    detail   TEXT NOT NULL,
    previous BLOB NOT NULL CHECK(length(previous) = 32),
    hash     BLOB NOT NULL CHECK(length(hash) = 32)
) STRICT;
)sql"};

}  // namespace

const Schema kAnswersSchema{"answers.db", 0x464b4101, 16384, kAnswersMigrations};
const Schema kPollSchema{"poll.db", 0x464b5001, 4096, kPollMigrations};
const Schema kStateSchema{"state.db", 0x464b5301, 4096, kStateMigrations};

}  // namespace kiosk::storage
