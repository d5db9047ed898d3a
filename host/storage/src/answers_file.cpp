#include "answers_file.hpp"

#include "row_check.hpp"
#include "salvage.hpp"

#include <algorithm>

namespace kiosk::storage {

namespace {

using core::ByteView;
using core::Sha256;

// The bundle of a row that waits for one: never in any, or waiting again after a bundle that may be lost, or found again.
constexpr std::int64_t kNew = 0, kWaitsAgain = -1;

struct SealedRow {
    ByteView id;
    ByteView tag;  // empty: none
    std::int64_t bundle = kNew;
    ByteView sealed;

    RowCheck check() const { return RowChecker().add(id).add(tag).add(bundle).add(sealed).finish(); }
};

constexpr const char* kSealedColumns = "SELECT id, tag, bundle, sealed, row_check FROM sealed";

SealedRow sealed_row(const Statement& row) { return {row.blob(0), row.blob(1), row.integer(2), row.blob(3)}; }

void put_sealed(Connection& connection, const SealedRow& row) {
    Statement statement = connection.prepare("INSERT OR REPLACE INTO sealed VALUES(?,?,?,?,?)");
    statement.bind(row.id);
    if (row.tag.empty()) statement.bind_null();
    else statement.bind(row.tag);
    statement.bind(row.bundle).bind(row.sealed).bind(ByteView(row.check())).run();
}

RowCheck definition_check(std::string_view form, std::string_view version, ByteView sha256, std::string_view xml) {
    return RowChecker().add(form).add(version).add(sha256).add(xml).finish();
}

void put_definition(Connection& connection, std::string_view form, std::string_view version, ByteView sha256,
                    std::string_view xml) {
    connection.prepare("INSERT OR REPLACE INTO definition VALUES(?,?,?,?,?)")
        .bind(form).bind(version).bind(sha256).bind(xml)
        .bind(ByteView(definition_check(form, version, sha256, xml))).run();
}

RowCheck withdrawal_check(ByteView tag, std::int64_t bundle) { return RowChecker().add(tag).add(bundle).finish(); }

void put_withdrawal(Connection& connection, ByteView tag, std::int64_t bundle) {
    connection.prepare("INSERT OR REPLACE INTO withdrawal VALUES(?,?,?)")
        .bind(tag).bind(bundle).bind(ByteView(withdrawal_check(tag, bundle))).run();
}

constexpr const char* kBundleColumns = "SELECT sequence, state, sha256, previous, receipt_day, row_check FROM bundle";

RowCheck bundle_check(const Bundle& bundle) {
    return RowChecker()
        .add(bundle.sequence).add(static_cast<std::int64_t>(bundle.state))
        .add(ByteView(bundle.sha256)).add(ByteView(bundle.previous)).add(bundle.receipt_day).finish();
}

Sha256 digest_of(ByteView blob) {
    Sha256 digest{};
    std::copy_n(blob.begin(), std::min(blob.size(), digest.size()), digest.begin());
    return digest;
}

Bundle bundle_row(const Statement& row) {
    return {row.integer(0), static_cast<BundleState>(row.integer(1)), digest_of(row.blob(2)), digest_of(row.blob(3)),
            row.integer(4)};
}

void put_bundle(Connection& connection, const Bundle& bundle) {
    connection.prepare("INSERT OR REPLACE INTO bundle VALUES(?,?,?,?,?,?)")
        .bind(bundle.sequence).bind(static_cast<std::int64_t>(bundle.state))
        .bind(ByteView(bundle.sha256)).bind(ByteView(bundle.previous)).bind(bundle.receipt_day)
        .bind(ByteView(bundle_check(bundle))).run();
}

void bury(Connection& connection, ByteView name) {
    connection.prepare("INSERT OR IGNORE INTO tombstone VALUES(?)").bind(ByteView(core::sha256_of(name))).run();
}

bool is_buried(const Connection& connection, ByteView name) {
    Statement statement = connection.prepare("SELECT 1 FROM tombstone WHERE hash=?");
    return statement.bind(ByteView(core::sha256_of(name))).step();
}

// Changes which bundle every row of one bundle belongs to. Row by row, because each row's check covers its bundle.
void move_sealed(Connection& connection, std::int64_t from, std::int64_t to) {
    std::vector<core::Bytes> ids;
    Statement find = connection.prepare("SELECT id FROM sealed WHERE bundle=?");
    for (find.bind(from); find.step();) ids.emplace_back(find.blob(0).begin(), find.blob(0).end());
    Statement read = connection.prepare(std::string(kSealedColumns) + " WHERE id=?");
    Statement write = connection.prepare("UPDATE sealed SET bundle=?, row_check=? WHERE id=?");
    for (const core::Bytes& id : ids) {
        read.bind(ByteView(id));
        // What rotted since the file was opened must not be given a check of its own.
        if (!read.step() || !is_same(sealed_row(read).check(), read.blob(4))) throw SqliteError::damage();
        SealedRow row = sealed_row(read);
        row.bundle = to;
        const RowCheck check = row.check();
        read.reset();
        write.bind(to).bind(ByteView(check)).bind(ByteView(id)).run();
    }
}

void move_withdrawals(Connection& connection, std::int64_t from, std::int64_t to) {
    std::vector<Sha256> tags;
    Statement find = connection.prepare("SELECT tag FROM withdrawal WHERE bundle=?");
    for (find.bind(from); find.step();) tags.push_back(digest_of(find.blob(0)));
    for (const Sha256& tag : tags) put_withdrawal(connection, tag, to);
}

// What can be read of a damaged file, in a new one. Every sealed row waits again: an answer sent twice is merged into
// one at the office, an answer left out is lost. A row that fails its check is sent too: the office can tell.
void salvage(const Salvage& damaged, Connection& into) {
    const auto take = [&](SealedRow sealed) {
        if (sealed.id.size() != 16 || sealed.sealed.empty()) return;
        if (sealed.tag.size() != 32) sealed.tag = {};
        if (sealed.bundle != kNew) sealed.bundle = kWaitsAgain;
        put_sealed(into, sealed);
    };
    const bool is_whole = damaged.for_each_row(kSealedColumns, "id", [&](const Statement& row) { take(sealed_row(row)); });
    if (!is_whole)
        damaged.for_each_row_by_page("sealed", kSealedColumns, [&](const Statement& row) {
            SealedRow sealed = sealed_row(row);
            if (is_same(sealed.check(), row.blob(4))) take(std::move(sealed));
        });
    damaged.for_each_row("SELECT form, version, sha256, xml, row_check FROM definition", "form", [&](const Statement& row) {
        if (is_same(definition_check(row.text(0), row.text(1), row.blob(2), row.text(3)), row.blob(4)))
            put_definition(into, row.text(0), row.text(1), row.blob(2), row.text(3));
    });
    damaged.for_each_row("SELECT tag, bundle, row_check FROM withdrawal", "tag", [&](const Statement& row) {
        if (row.blob(0).size() == 32) put_withdrawal(into, row.blob(0), 0);
    });
    damaged.for_each_row("SELECT hash FROM tombstone", "hash", [&](const Statement& row) {
        if (row.blob(0).size() == 32) into.prepare("INSERT OR IGNORE INTO tombstone VALUES(?)").bind(row.blob(0)).run();
    });
    damaged.for_each_row(kBundleColumns, "sequence", [&](const Statement& row) {
        const Bundle bundle = bundle_row(row);
        if (is_same(bundle_check(bundle), row.blob(5))) put_bundle(into, bundle);
    });
}

}  // namespace

AnswersFile::AnswersFile(const DatabaseSite& site)
    : connection_(open_database(kAnswersSchema, site, [&](Connection& connection) {
          was_made_ = true;
          if (const auto damaged = site.directory.last_set_aside(kAnswersSchema.file))
              salvage(Salvage(kAnswersSchema, site, *damaged), connection);
      })) {
    verify();
}

void AnswersFile::verify() const {
    Statement sealed = connection_.prepare(kSealedColumns);
    while (sealed.step())
        if (!is_same(sealed_row(sealed).check(), sealed.blob(4))) throw SqliteError::damage();
    Statement definition = connection_.prepare("SELECT form, version, sha256, xml, row_check FROM definition");
    while (definition.step())
        if (!is_same(definition_check(definition.text(0), definition.text(1), definition.blob(2), definition.text(3)),
                     definition.blob(4)))
            throw SqliteError::damage();
    Statement withdrawal = connection_.prepare("SELECT tag, bundle, row_check FROM withdrawal");
    while (withdrawal.step())
        if (!is_same(withdrawal_check(withdrawal.blob(0), withdrawal.integer(1)), withdrawal.blob(2)))
            throw SqliteError::damage();
    Statement bundle = connection_.prepare(kBundleColumns);
    while (bundle.step())
        if (!is_same(bundle_check(bundle_row(bundle)), bundle.blob(5))) throw SqliteError::damage();
}

void AnswersFile::put(const core::Response& response, ByteView sealed) {
    Transaction transaction(connection_);
    const ByteView tag = response.withdrawal_tag ? ByteView(*response.withdrawal_tag) : ByteView();
    put_sealed(connection_, {response.id.bytes(), tag, kNew, sealed});
    transaction.commit();
}

bool AnswersFile::erase(const core::ResponseId& id) {
    Transaction transaction(connection_);
    Statement find = connection_.prepare("SELECT 1 FROM sealed WHERE id=?");
    if (!find.bind(ByteView(id.bytes())).step()) return false;
    find.reset();
    connection_.prepare("DELETE FROM sealed WHERE id=?").bind(ByteView(id.bytes())).run();
    transaction.commit();
    return true;
}

bool AnswersFile::is_withdrawn(const core::ResponseId& id) const { return is_buried(connection_, id.bytes()); }

std::int64_t AnswersFile::waiting() const { return connection_.integer("SELECT count(*) FROM sealed WHERE bundle<=0"); }

bool AnswersFile::keep_definition(const core::FormVersion& form, std::string_view xml) {
    if (definition(form) == xml) return false;
    Transaction transaction(connection_);
    put_definition(connection_, form.id, form.version, form.sha256, xml);
    transaction.commit();
    return true;
}

std::optional<std::string> AnswersFile::definition(const core::FormVersion& form) const {
    Statement statement = connection_.prepare("SELECT xml FROM definition WHERE form=? AND version=? AND sha256=?");
    if (!statement.bind(form.id).bind(form.version).bind(ByteView(form.sha256)).step()) return std::nullopt;
    return std::string(statement.text(0));
}

std::vector<core::FormVersion> AnswersFile::definitions() const {
    std::vector<core::FormVersion> forms;
    Statement statement = connection_.prepare("SELECT form, version, sha256 FROM definition");
    while (statement.step())
        forms.push_back({std::string(statement.text(0)), std::string(statement.text(1)), digest_of(statement.blob(2))});
    return forms;
}

AnswersFile::Withdrawn AnswersFile::withdraw(const Sha256& tag) {
    if (is_buried(connection_, tag)) return Withdrawn::already;
    Transaction transaction(connection_);
    Statement find = connection_.prepare("SELECT id, bundle FROM sealed WHERE tag=?");
    const bool is_here = find.bind(ByteView(tag)).step();
    const core::Bytes id = is_here ? core::Bytes(find.blob(0).begin(), find.blob(0).end()) : core::Bytes();
    const bool never_left = is_here && find.integer(1) == kNew;
    find.reset();
    if (is_here) {
        connection_.prepare("DELETE FROM sealed WHERE id=?").bind(ByteView(id)).run();
        bury(connection_, id);
    }
    // A copy may have left with a bundle, even one that was never confirmed or whose stick was lost: then the office has to obey too.
    if (!never_left) put_withdrawal(connection_, tag, 0);
    bury(connection_, tag);
    transaction.commit();
    return never_left ? Withdrawn::wiped : Withdrawn::queued;
}

std::int64_t AnswersFile::withdrawals_waiting() const {
    return connection_.integer("SELECT count(*) FROM withdrawal WHERE bundle=0");
}

std::optional<Bundle> AnswersFile::bundle(std::int64_t sequence) const {
    Statement statement = connection_.prepare(std::string(kBundleColumns) + " WHERE sequence=?");
    if (!statement.bind(sequence).step()) return std::nullopt;
    return bundle_row(statement);
}

std::optional<Bundle> AnswersFile::last_bundle() const {
    Statement statement = connection_.prepare(std::string(kBundleColumns) + " ORDER BY sequence DESC LIMIT 1");
    if (!statement.step()) return std::nullopt;
    return bundle_row(statement);
}

std::vector<Bundle> AnswersFile::bundles(BundleState state) const {
    std::vector<Bundle> found;
    Statement statement = connection_.prepare(std::string(kBundleColumns) + " WHERE state=? ORDER BY sequence");
    for (statement.bind(static_cast<std::int64_t>(state)); statement.step();) found.push_back(bundle_row(statement));
    return found;
}

void AnswersFile::save(const Bundle& bundle) {
    Transaction transaction(connection_);
    put_bundle(connection_, bundle);
    transaction.commit();
}

void AnswersFile::prepare(const Bundle& bundle) {
    Transaction transaction(connection_);
    put_bundle(connection_, bundle);
    move_sealed(connection_, kNew, bundle.sequence);
    move_sealed(connection_, kWaitsAgain, bundle.sequence);
    move_withdrawals(connection_, 0, bundle.sequence);
    transaction.commit();
}

void AnswersFile::release(std::int64_t sequence) {
    Transaction transaction(connection_);
    move_sealed(connection_, sequence, kWaitsAgain);
    move_withdrawals(connection_, sequence, 0);
    transaction.commit();
}

std::int64_t AnswersFile::answers_in(std::int64_t sequence) const {
    Statement count = connection_.prepare("SELECT count(*) FROM sealed WHERE bundle=?");
    count.bind(sequence).step();
    return count.integer(0);
}

std::vector<Sha256> AnswersFile::withdrawals_in(std::int64_t sequence) const {
    std::vector<Sha256> tags;
    Statement statement = connection_.prepare("SELECT tag FROM withdrawal WHERE bundle=?");
    for (statement.bind(sequence); statement.step();) tags.push_back(digest_of(statement.blob(0)));
    return tags;
}

bool AnswersFile::has_any_in(std::int64_t sequence) const {
    return answers_in(sequence) > 0 || !withdrawals_in(sequence).empty();
}

void AnswersFile::for_each_in(std::int64_t sequence, const std::function<void(ByteView)>& take) const {
    Statement statement = connection_.prepare(std::string(kSealedColumns) + " WHERE bundle=?");
    for (statement.bind(sequence); statement.step();) {
        if (!is_same(sealed_row(statement).check(), statement.blob(4))) throw SqliteError::damage();
        take(statement.blob(3));
    }
}

void AnswersFile::wipe(std::int64_t sequence) {
    Transaction transaction(connection_);
    connection_.prepare("DELETE FROM sealed WHERE bundle=?").bind(sequence).run();
    connection_.prepare("DELETE FROM withdrawal WHERE bundle=?").bind(sequence).run();
    transaction.commit();
}

}  // namespace kiosk::storage
