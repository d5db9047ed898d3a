#include <kiosk/office_store/office_store.hpp>

#include "answer_forms.hpp"
#include "definitions.hpp"
#include "merger.hpp"
#include "publication.hpp"
#include "row_reader.hpp"
#include "schema.hpp"
#include "summary.hpp"

#include <kiosk/core/sha256.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace kiosk::office_store {
namespace {

bool is_postgres(const std::string& location) {
    return location.starts_with("postgresql://") || location.starts_with("postgres://");
}

core::Error no_such_form() {
    return {"store.no_such_form", {"Kho dữ liệu không có biểu mẫu này.", "The store does not have this form."}};
}

}  // namespace

class OfficeStore::Implementation {
  public:
    Implementation(std::unique_ptr<Database> opened, DefinitionReader definition_reader)
        : database(std::move(opened)), reader(std::move(definition_reader)) {}

    core::Result<bool> knows(const IncomingBundle& bundle) {
        auto statement =
            database->prepare("SELECT 1 FROM bundles WHERE kiosk_id = $1 AND sequence = $2 AND sha256 = $3");
        if (!statement) return statement.error();
        const std::string sha256 = core::to_hex(bundle.sha256);
        const Value values[]{std::string_view(bundle.header.kiosk_id),
                             static_cast<std::int64_t>(bundle.header.sequence), std::string_view(sha256)};
        if (auto started = (*statement)->start(values); !started) return started.error();
        return (*statement)->step();
    }

    core::Result<void> note_repeat(const core::Sha256& bundle) {
        const std::string sha256 = core::to_hex(bundle);
        const Value values[]{std::string_view(sha256)};
        return run(*database,
                   "INSERT INTO repeats (sha256, time) SELECT CAST($1 AS TEXT), COUNT(*) + 1 FROM repeats WHERE sha256 = $1 "
                   "ON CONFLICT DO NOTHING",
                   values);
    }

    core::Result<void> note_bundle(const IncomingBundle& bundle) {
        const core::BundleHeader& header = bundle.header;
        const std::string sha256 = core::to_hex(bundle.sha256), previous = core::to_hex(header.previous),
                          audit = core::to_hex(header.audit_head);
        const std::string_view signature = bundle.signature_verified ? "verified" : "not checked";
        const Value values[]{std::string_view(header.kiosk_id), static_cast<std::int64_t>(header.sequence),
                             std::string_view(sha256), std::string_view(previous),
                             static_cast<std::int64_t>(header.sealed_answers),
                             static_cast<std::int64_t>(header.poll_records), signature, std::string_view(audit)};
        if (auto noted = run(*database,
                             "INSERT INTO bundles (kiosk_id, sequence, sha256, previous_sha256, sealed_answers, "
                             "poll_records, signature, audit_head) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
                             "ON CONFLICT DO NOTHING",
                             values);
            !noted)
            return noted;
        auto counters = database->inserter("counters", {"kiosk_id", "sequence", "name", "value"});
        if (!counters) return counters.error();
        for (const core::BundleCounter& counter : header.counters) {
            const Value row[]{std::string_view(header.kiosk_id), static_cast<std::int64_t>(header.sequence),
                              std::string_view(counter.name), static_cast<std::int64_t>(counter.value)};
            if (auto added = (*counters)->add(row); !added) return added;
        }
        return (*counters)->flush();
    }

    core::Result<UnitedForm> find(const core::AnswerForm& form) {
        auto forms = united_forms(*database, form.activity);
        if (!forms) return forms.error();
        for (UnitedForm& united : *forms)
            if (united.form.id == form.id) return std::move(united);
        return no_such_form();
    }

    std::unique_ptr<Database> database;
    DefinitionReader reader;
};

OfficeStore::OfficeStore(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
OfficeStore::OfficeStore(OfficeStore&&) noexcept = default;
OfficeStore& OfficeStore::operator=(OfficeStore&&) noexcept = default;
OfficeStore::~OfficeStore() = default;

core::Result<OfficeStore> OfficeStore::open(const std::string& location, DefinitionReader reader) {
    auto database = is_postgres(location) ? open_postgres(location) : open_sqlite(location);
    if (!database) return database.error();
    if (auto ready = ensure_schema(**database); !ready) return ready.error();
    return OfficeStore(std::make_unique<Implementation>(std::move(*database), std::move(reader)));
}

core::Result<OfficeStore> OfficeStore::open_existing(const std::string& location, DefinitionReader reader) {
    std::error_code ignored;
    if (!is_postgres(location) && !std::filesystem::exists(location, ignored))
        return core::Error{"store.not_found", {"Không có kho dữ liệu “" + location + "”. Hãy chạy “feedback-office collect” trước.",
                                               "There is no store \"" + location + "\". Run feedback-office collect first."}};
    return open(location, std::move(reader));
}

core::Result<MergeReport> OfficeStore::merge(const IncomingBundle& bundle) {
    Database& database = *implementation_->database;
    MergeReport report;
    auto known = implementation_->knows(bundle);
    if (!known) return known.error();
    if (*known) {
        if (auto noted = implementation_->note_repeat(bundle.sha256); !noted) return noted.error();
        report.known = true;
        report.duplicates = bundle.header.sealed_answers + bundle.header.poll_records;
        return report;
    }
    for (const auto& [form, xml] : bundle.definitions)
        if (auto ensured = ensure_definition(database, implementation_->reader, form, xml); !ensured) return ensured.error();
    auto transaction = Transaction::begin(database);
    if (!transaction) return transaction.error();
    Merger merger(database, bundle, report);
    if (auto taken = merger.take_withdrawals(); !taken) return taken.error();
    auto rows = bundle.for_each_row([&](core::ByteView payload) { return merger.take_row(payload); });
    if (!rows) return rows.error();
    if (auto finished = merger.finish(); !finished) return finished.error();
    if (auto noted = implementation_->note_bundle(bundle); !noted) return noted.error();
    if (auto committed = transaction->commit(); !committed) return committed.error();
    return report;
}

core::Result<void> OfficeStore::note_refusal(const std::string& file_name, const core::Sha256& sha256,
                                             const std::string& code) {
    const std::string hash = core::to_hex(sha256);
    const Value values[]{std::string_view(hash), std::string_view(file_name), std::string_view(code)};
    return run(*implementation_->database,
               "INSERT INTO refusals (sha256, file_name, code) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", values);
}

core::Result<StoreSummary> OfficeStore::summary() const { return summarise(*implementation_->database); }

core::Result<StoreSummary> OfficeStore::status() const { return summarise_bundles(*implementation_->database); }

core::Result<std::vector<PublishedCount>> OfficeStore::publish_results() {
    auto counted = summary();
    if (!counted) return counted.error();
    return office_store::publish_results(*implementation_->database, *counted);
}

core::Result<std::vector<std::string>> OfficeStore::activities() const {
    return list_activities(*implementation_->database);
}

core::Result<std::vector<MergedBundle>> OfficeStore::bundles() const {
    std::vector<MergedBundle> bundles;
    auto read = for_each(*implementation_->database,
                         "SELECT kiosk_id, sequence, sha256 FROM bundles ORDER BY kiosk_id, sequence, sha256", {},
                         [&](const Statement& row) {
                             bundles.push_back({text_of(row.cell(0)), static_cast<std::uint64_t>(integer_of(row.cell(1))),
                                                core::sha256_from_hex(text_of(row.cell(2))).value_or(core::Sha256{})});
                         });
    if (!read) return read.error();
    return bundles;
}

core::Result<std::vector<core::AnswerForm>> OfficeStore::forms(std::string_view activity) const {
    auto united = united_forms(*implementation_->database, activity);
    if (!united) return united.error();
    std::vector<core::AnswerForm> forms;
    for (UnitedForm& form : *united) forms.push_back(std::move(form.form));
    return forms;
}

core::Result<std::uint64_t> OfficeStore::rough_count() const {
    std::uint64_t count = 0;
    auto read = for_each(*implementation_->database, "SELECT CAST(SUM(sealed_answers + poll_records) AS BIGINT) FROM bundles", {},
                         [&](const Statement& row) { count = static_cast<std::uint64_t>(integer_of(row.cell(0))); });
    if (!read) return read.error();
    return count;
}

bool OfficeStore::reads_in_parallel() const { return implementation_->database->has_others(); }

core::Result<void> OfficeStore::freeze() { return implementation_->database->freeze(); }

core::Result<std::unique_ptr<core::RowReader>> OfficeStore::reader(const core::AnswerForm& form, std::size_t table,
                                                                   const core::AnswerFilter& filter) const {
    auto united = implementation_->find(form);
    if (!united) return united.error();
    if (table >= united->tables.size()) return no_such_form();
    return make_row_reader(*implementation_->database, *united, table, filter);
}

core::Result<void> OfficeStore::for_each_document(
    const core::AnswerForm& form, const core::AnswerFilter& filter,
    const std::function<core::Result<void>(std::string_view, std::string_view)>& take) const {
    std::string sql = "SELECT response_id, document FROM responses WHERE activity = $1 AND form_id = $2";
    std::vector<Value> values{std::string_view(form.activity), std::string_view(form.id)};
    if (!filter.kiosk.empty()) {
        values.emplace_back(std::string_view(filter.kiosk));
        sql += " AND kiosk_id = $" + std::to_string(values.size());
    }
    if (filter.bundle) {
        values.emplace_back(static_cast<std::int64_t>(*filter.bundle));
        sql += " AND bundle_sequence = $" + std::to_string(values.size());
    }
    auto statement = implementation_->database->prepare(sql + " ORDER BY response_id");
    if (!statement) return statement.error();
    if (auto started = (*statement)->start(values); !started) return started;
    for (;;) {
        auto more = (*statement)->step();
        if (!more) return more.error();
        if (!*more) return {};
        const std::string key = "uuid:" + text_of((*statement)->cell(0));
        if (auto taken = take(key, (*statement)->cell(1).text); !taken) return taken;
    }
}

core::Result<StoredDocument> OfficeStore::document(std::string_view response_id) const {
    if (response_id.starts_with("uuid:")) response_id.remove_prefix(5);   // as exports write it
    auto statement = implementation_->database->prepare(
        "SELECT r.activity, r.form_id, r.document, d.xml FROM responses r JOIN definitions d ON d.sha256 = r.definition_sha256 "
        "WHERE r.response_id = $1");
    if (!statement) return statement.error();
    const Value id{response_id};
    if (auto started = (*statement)->start(std::span(&id, 1)); !started) return started.error();
    auto found = (*statement)->step();
    if (!found) return found.error();
    if (!*found)
        return core::Error{"store.no_such_response",
                           {"Kho không có câu trả lời nào mang mã này. Mã đứng ở cột KEY của bản xuất.",
                            "The store has no answer with this id. It stands in the column KEY of an export."}};
    const Statement& row = **statement;
    return StoredDocument{text_of(row.cell(0)), text_of(row.cell(1)), text_of(row.cell(2)), text_of(row.cell(3))};
}

}  // namespace kiosk::office_store
