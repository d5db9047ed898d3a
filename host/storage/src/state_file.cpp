#include "state_file.hpp"

#include "row_check.hpp"
#include "salvage.hpp"

#include <kiosk/storage/audit_line.hpp>

#include <algorithm>

namespace kiosk::storage {

namespace {

using core::ByteView;
using core::Sha256;

// About 5 MiB. The oldest lines go; their hashes live on in the chain and, by the bundles' heads, at the office.
constexpr std::int64_t kAuditLinesAtMost = 20'000;

constexpr const char* kAuditColumns = "SELECT number, unix_s, event, detail, previous, hash FROM audit";

Sha256 digest_of(ByteView blob) {
    Sha256 digest{};
    std::copy_n(blob.begin(), std::min(blob.size(), digest.size()), digest.begin());
    return digest;
}

AuditLine audit_line(const Statement& row) {
    return {row.integer(0), row.integer(1), std::string(row.text(2)), std::string(row.text(3)), digest_of(row.blob(4)),
            digest_of(row.blob(5))};
}

RowCheck note_check(std::string_view name, std::string_view value) { return RowChecker().add(name).add(value).finish(); }

void put_note(Connection& connection, std::string_view name, std::string_view value) {
    connection.prepare("INSERT OR REPLACE INTO note VALUES(?,?,?)")
        .bind(name).bind(value).bind(ByteView(note_check(name, value))).run();
}

RowCheck count_check(std::string_view activity, std::string_view event, std::int64_t visits) {
    return RowChecker().add(activity).add(event).add(visits).finish();
}

void put_count(Connection& connection, std::string_view activity, std::string_view event, std::int64_t visits) {
    connection.prepare("INSERT OR REPLACE INTO visit_count VALUES(?,?,?,?)")
        .bind(activity).bind(event).bind(visits).bind(ByteView(count_check(activity, event, visits))).run();
}

// The audit chain of a damaged file stays with that file; the new one begins its own.
void salvage(const Salvage& damaged, Connection& into) {
    damaged.for_each_row("SELECT name, value, row_check FROM note", "name", [&](const Statement& row) {
        if (is_same(note_check(row.text(0), row.text(1)), row.blob(2))) put_note(into, row.text(0), row.text(1));
    });
    damaged.for_each_row("SELECT activity, event, visits, row_check FROM visit_count", "activity", [&](const Statement& row) {
        if (is_same(count_check(row.text(0), row.text(1), row.integer(2)), row.blob(3)))
            put_count(into, row.text(0), row.text(1), row.integer(2));
    });
}

}  // namespace

Sha256 AuditLine::expected_hash() const {
    core::Sha256Stream stream;
    const std::string body = std::to_string(number) + "\n" + std::to_string(unix_s) + "\n" + event + "\n" + detail;
    stream.add(previous);
    stream.add(std::as_bytes(std::span(body)));
    return stream.finish();
}

StateFile::StateFile(const DatabaseSite& site)
    : connection_(open_database(kStateSchema, site, [&](Connection& connection) {
          if (const auto damaged = site.directory.last_set_aside(kStateSchema.file))
              salvage(Salvage(kStateSchema, site, *damaged), connection);
      })) {
    verify();
}

void StateFile::verify() const {
    Statement note = connection_.prepare("SELECT name, value, row_check FROM note");
    while (note.step())
        if (!is_same(note_check(note.text(0), note.text(1)), note.blob(2))) throw SqliteError::damage();
    Statement count = connection_.prepare("SELECT activity, event, visits, row_check FROM visit_count");
    while (count.step())
        if (!is_same(count_check(count.text(0), count.text(1), count.integer(2)), count.blob(3)))
            throw SqliteError::damage();
    std::optional<AuditLine> before;
    for_each_audit_line([&](const AuditLine& line) {
        const bool follows = !before || (line.number == before->number + 1 && line.previous == before->hash);
        if (!follows || line.hash != line.expected_hash()) throw SqliteError::damage();
        before = line;
    });
}

void StateFile::set_note(std::string_view name, std::string_view value) {
    Transaction transaction(connection_);
    put_note(connection_, name, value);
    transaction.commit();
}

std::optional<std::string> StateFile::note(std::string_view name) const {
    Statement statement = connection_.prepare("SELECT value FROM note WHERE name=?");
    if (!statement.bind(name).step()) return std::nullopt;
    return std::string(statement.text(0));
}

void StateFile::add_visit_counts(std::string_view activity, const std::map<std::string, std::int64_t>& events) {
    Transaction transaction(connection_);
    const auto known = visit_counts(activity);
    for (const auto& [event, visits] : events) {
        const auto before = known.find(event);
        put_count(connection_, activity, event, visits + (before == known.end() ? 0 : before->second));
    }
    transaction.commit();
}

std::map<std::string, std::int64_t> StateFile::visit_counts(std::string_view activity) const {
    std::map<std::string, std::int64_t> counts;
    Statement statement = connection_.prepare("SELECT event, visits FROM visit_count WHERE activity=?");
    for (statement.bind(activity); statement.step();) counts.emplace(statement.text(0), statement.integer(1));
    return counts;
}

std::vector<core::BundleCounter> StateFile::counters() const {
    std::vector<core::BundleCounter> counters;
    Statement row = connection_.prepare("SELECT activity, event, visits FROM visit_count");
    while (row.step())
        counters.push_back({std::string(row.text(0)) + "." + std::string(row.text(1)), static_cast<std::uint64_t>(row.integer(2))});
    return counters;
}

void StateFile::append_audit(std::string_view event, std::string_view detail, core::WallTime now) {
    Transaction transaction(connection_);
    AuditLine line;
    line.number = connection_.integer("SELECT max(number) FROM audit") + 1;
    line.unix_s = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    line.event = event;
    line.detail = detail;
    line.previous = audit_head();
    line.hash = line.expected_hash();
    connection_.prepare("INSERT INTO audit VALUES(?,?,?,?,?,?)")
        .bind(line.number).bind(line.unix_s).bind(line.event).bind(line.detail)
        .bind(ByteView(line.previous)).bind(ByteView(line.hash)).run();
    connection_.prepare("DELETE FROM audit WHERE number<=?").bind(line.number - kAuditLinesAtMost).run();
    transaction.commit();
}

Sha256 StateFile::audit_head() const {
    Statement statement = connection_.prepare("SELECT hash FROM audit ORDER BY number DESC LIMIT 1");
    return statement.step() ? digest_of(statement.blob(0)) : Sha256{};
}

void StateFile::for_each_audit_line(const std::function<void(const AuditLine&)>& take) const {
    Statement statement = connection_.prepare(std::string(kAuditColumns) + " ORDER BY number");
    while (statement.step()) take(audit_line(statement));
}

}  // namespace kiosk::storage
