#include "merger.hpp"

#include "tabulate.hpp"

#include <kiosk/core/response_codec.hpp>
#include <kiosk/core/sha256.hpp>
#include <kiosk/forms/submission.hpp>

#include <array>
#include <utility>

namespace kiosk::office_store {
namespace {

constexpr std::size_t kBatch = 200;

const std::vector<std::string> kResponseColumns{"response_id", "activity",       "form_id",  "form_version",
                                                "definition_sha256", "storage",  "wave",     "withdrawal_tag",
                                                "kiosk_id",    "bundle_sequence", "payload_sha256", "document"};

// "… IN ($1, …, $200)": always as many, so that it is prepared once.
std::string with_places(std::string sql) {
    for (std::size_t i = 1; i <= kBatch; ++i) sql += (i == 1 ? "($" : ", $") + std::to_string(i);
    return sql + ")";
}

// As many values as places; what is over repeats the first.
std::array<Value, kBatch> padded(const std::vector<std::string_view>& keys) {
    std::array<Value, kBatch> values;
    for (std::size_t i = 0; i < kBatch; ++i) values[i] = keys[i < keys.size() ? i : 0];
    return values;
}

std::string_view storage_name(StoragePolicy storage) {
    return storage == StoragePolicy::anonymous ? "anonymous" : "sealed";
}

Value text_or_null(std::string_view text) { return text.empty() ? Value{} : Value{text}; }

}  // namespace

Merger::Merger(Database& database, const IncomingBundle& bundle, MergeReport& report)
    : database_(database), bundle_(bundle), report_(report), kiosk_(bundle.header.kiosk_id),
      sequence_(static_cast<std::int64_t>(bundle.header.sequence)) {}

core::Result<void> Merger::take_withdrawals() {
    auto withdrawals = database_.inserter("withdrawals", {"tag"});
    if (!withdrawals) return withdrawals.error();
    for (const core::Sha256& hash : bundle_.header.withdrawals) {
        const std::string tag = core::to_hex(hash);
        const Value row[]{std::string_view(tag)};
        if (auto added = (*withdrawals)->add(row); !added) return added;
        std::vector<std::pair<std::string, std::string>> responses;
        auto read = for_each(database_, "SELECT response_id, form_id FROM responses WHERE withdrawal_tag = $1",
                             std::array{Value{std::string_view(tag)}}, [&](const Statement& response) {
                                 responses.emplace_back(text_of(response.cell(0)), text_of(response.cell(1)));
                             });
        if (!read) return read;
        for (const auto& [id, form_id] : responses) {
            if (auto removed = remove(id, form_id); !removed) return removed;
            ++report_.withdrawn;
        }
        const Value values[]{std::string_view(tag)};
        if (auto gone = run(database_, "DELETE FROM conflicts WHERE withdrawal_tag = $1", values); !gone) return gone;
    }
    return (*withdrawals)->flush();
}

core::Result<void> Merger::take_row(core::ByteView payload) {
    auto response = core::decode_response(payload);
    if (!response) {
        ++report_.unreadable;
        const std::string sha256 = core::to_hex(core::sha256_of(payload)), hex = core::to_hex(payload);
        const Value values[]{std::string_view(sha256), std::string_view(hex)};
        return run(database_, "INSERT INTO unreadable (payload_sha256, payload) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                   values);
    }
    Incoming incoming;
    incoming.id = response->id.to_string();
    incoming.payload_sha256 = core::to_hex(core::sha256_of(payload));
    if (response->withdrawal_tag) incoming.tag = core::to_hex(*response->withdrawal_tag);
    incoming.response = std::move(*response);
    batch_.push_back(std::move(incoming));
    return batch_.size() == kBatch ? merge_batch() : core::Result<void>();
}

core::Result<void> Merger::finish() {
    if (!batch_.empty())
        if (auto merged = merge_batch(); !merged) return merged;
    return flush();
}

core::Result<void> Merger::merge_batch() {
    if (auto found = look_up_batch(); !found) return found;
    for (const Incoming& incoming : batch_)
        if (auto merged = merge_one(incoming); !merged) return merged;
    batch_.clear();
    return {};
}

core::Result<void> Merger::look_up_batch() {
    if (auto flushed = flush(); !flushed) return flushed;
    known_.clear();
    withdrawn_.clear();
    if (!look_up_) {
        auto prepared = database_.prepare(with_places(
            "SELECT response_id, payload_sha256, kiosk_id, bundle_sequence, form_id FROM responses WHERE response_id IN "));
        if (!prepared) return prepared.error();
        look_up_ = std::move(*prepared);
        auto tags = database_.prepare(with_places("SELECT tag FROM withdrawals WHERE tag IN "));
        if (!tags) return tags.error();
        look_up_tags_ = std::move(*tags);
    }
    std::vector<std::string_view> ids, tags;
    for (const Incoming& incoming : batch_) {
        ids.push_back(incoming.id);
        if (!incoming.tag.empty()) tags.push_back(incoming.tag);
    }
    if (auto started = look_up_->start(padded(ids)); !started) return started;
    for (;;) {
        auto more = look_up_->step();
        if (!more) return more.error();
        if (!*more) break;
        known_[text_of(look_up_->cell(0))] = {text_of(look_up_->cell(1)), text_of(look_up_->cell(2)),
                                              text_of(look_up_->cell(4)), integer_of(look_up_->cell(3))};
    }
    if (tags.empty()) return {};
    if (auto started = look_up_tags_->start(padded(tags)); !started) return started;
    for (;;) {
        auto more = look_up_tags_->step();
        if (!more) return more.error();
        if (!*more) return {};
        withdrawn_[text_of(look_up_tags_->cell(0))] = true;
    }
}

core::Result<void> Merger::merge_one(const Incoming& incoming) {
    if (!incoming.tag.empty() && withdrawn_.contains(incoming.tag)) {
        ++report_.withdrawn;
        return {};
    }
    if (const auto found = known_.find(incoming.id); found != known_.end()) return merge_known(incoming, found->second);
    if (auto inserted = insert(incoming); !inserted) return inserted;
    ++report_.added;
    return {};
}

core::Result<void> Merger::merge_known(const Incoming& incoming, const Known& known) {
    if (known.payload_sha256 == incoming.payload_sha256) {
        ++report_.duplicates;
        const bool is_earlier = std::pair(kiosk_, sequence_) < std::pair(known.kiosk, known.bundle);
        return is_earlier ? rename_source(incoming, known.form_id) : core::Result<void>();
    }
    ++report_.conflicts;
    if (known.payload_sha256 < incoming.payload_sha256)
        return keep_conflict(incoming.id, incoming.payload_sha256, incoming.tag, incoming.response.document);
    return displace(incoming, known);
}

core::Result<void> Merger::insert(const Incoming& incoming) {
    if (!responses_) {
        auto inserter = database_.inserter("responses", kResponseColumns);
        if (!inserter) return inserter.error();
        responses_ = std::move(*inserter);
    }
    const core::Response& response = incoming.response;
    const std::string definition = core::to_hex(response.form.sha256);
    const Value row[]{std::string_view(incoming.id), std::string_view(response.activity),
                      std::string_view(response.form.id), std::string_view(response.form.version),
                      std::string_view(definition), storage_name(response.storage), std::string_view(response.wave),
                      text_or_null(incoming.tag), std::string_view(kiosk_), sequence_,
                      std::string_view(incoming.payload_sha256), std::string_view(response.document)};
    if (auto added = responses_->add(row); !added) return added;
    known_[incoming.id] = {incoming.payload_sha256, kiosk_, response.form.id, sequence_};
    if (auto noted = note_form(response, definition); !noted) return noted;
    return insert_rows(incoming);
}

core::Result<void> Merger::note_form(const core::Response& response, const std::string& definition) {
    const std::string_view storage = storage_name(response.storage);
    if (!noted_forms_.insert(response.activity + '\n' + response.form.id + '\n' + definition + '\n' + std::string(storage)).second)
        return {};
    const Value values[]{std::string_view(response.activity), std::string_view(response.form.id),
                         std::string_view(definition), storage};
    return run(database_,
               "INSERT INTO activity_forms (activity, form_id, definition_sha256, storage) VALUES ($1, $2, $3, $4) "
               "ON CONFLICT DO NOTHING",
               values);
}

core::Result<void> Merger::insert_rows(const Incoming& incoming) {
    auto tables = tables_of(incoming.response.form.sha256);
    if (!tables) return tables.error();
    auto submission = forms::read_submission(incoming.response.document);
    if (!(*tables)->plan.readable || !submission) {
        ++report_.not_tabulated;
        return {};
    }
    const std::string root_key = "uuid:" + incoming.id;
    for (const TabulatedRow& row : tabulate(*submission, (*tables)->plan, root_key)) {
        std::vector<Value> values;
        const std::string_view activity = incoming.response.activity, version = incoming.response.form.version;
        if (row.table != 0)
            values = {std::string_view(row.parent_key), row.position, std::string_view(row.key), std::string_view(root_key)};
        else
            values = {std::string_view(row.key)};
        values.insert(values.end(), {activity, std::string_view(kiosk_), sequence_, version,
                                     std::string_view(incoming.response.wave)});
        values.insert(values.end(), row.answers.begin(), row.answers.end());
        if (auto added = (*tables)->inserters[row.table]->add(values); !added) return added;
    }
    return {};
}

core::Result<void> Merger::keep_conflict(std::string_view id, std::string_view payload_sha256, std::string_view tag,
                                         std::string_view document) {
    const Value values[]{id, payload_sha256, text_or_null(tag), document};
    return run(database_,
               "INSERT INTO conflicts (response_id, payload_sha256, withdrawal_tag, document) "
               "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
               values);
}

// The stored answer becomes the conflict.
core::Result<void> Merger::displace(const Incoming& winner, const Known& loser) {
    if (auto flushed = flush(); !flushed) return flushed;
    std::string document, tag;
    {
        auto statement = database_.prepare("SELECT document, withdrawal_tag FROM responses WHERE response_id = $1");
        if (!statement) return statement.error();
        if (auto started = (*statement)->start(std::array{Value{std::string_view(winner.id)}}); !started) return started;
        auto found = (*statement)->step();
        if (!found) return found.error();
        if (*found) document = text_of((*statement)->cell(0)), tag = text_of((*statement)->cell(1));
    }
    const Known copy = loser;
    if (auto kept = keep_conflict(winner.id, copy.payload_sha256, tag, document); !kept) return kept;
    if (auto removed = remove(winner.id, copy.form_id); !removed) return removed;
    return insert(winner);
}

core::Result<void> Merger::rename_source(const Incoming& incoming, const std::string& form_id) {
    if (auto flushed = flush(); !flushed) return flushed;
    const Value of_response[]{std::string_view(kiosk_), sequence_, std::string_view(incoming.id)};
    if (auto done = run(database_, "UPDATE responses SET kiosk_id = $1, bundle_sequence = $2 WHERE response_id = $3",
                        of_response);
        !done)
        return done;
    auto tables = tables_of_form(form_id);
    if (!tables) return tables.error();
    const std::string key = "uuid:" + incoming.id;
    const Value of_rows[]{std::string_view(kiosk_), sequence_, std::string_view(key)};
    for (const auto& [table, repeat] : *tables) {
        const std::string sql = "UPDATE " + sql_name(table) + " SET \"_kiosk\" = $1, \"_bundle\" = $2 WHERE " +
                                (repeat.empty() ? "\"_key\"" : "\"_response\"") + " = $3";
        if (auto done = run(database_, sql, of_rows); !done) return done;
    }
    known_[incoming.id].kiosk = kiosk_;
    known_[incoming.id].bundle = sequence_;
    return {};
}

core::Result<void> Merger::remove(const std::string& id, const std::string& form_id) {
    auto tables = tables_of_form(form_id);
    if (!tables) return tables.error();
    const std::string key = "uuid:" + id;
    for (const auto& [table, repeat] : *tables) {
        const Value values[]{std::string_view(key)};
        const std::string sql = "DELETE FROM " + sql_name(table) + " WHERE " + (repeat.empty() ? "\"_key\"" : "\"_response\"") + " = $1";
        if (auto done = run(database_, sql, values); !done) return done;
    }
    const Value values[]{std::string_view(id)};
    return run(database_, "DELETE FROM responses WHERE response_id = $1", values);
}

core::Result<void> Merger::flush() {
    if (responses_)
        if (auto flushed = responses_->flush(); !flushed) return flushed;
    for (auto& [definition, tables] : forms_)
        for (auto& inserter : tables.inserters)
            if (auto flushed = inserter->flush(); !flushed) return flushed;
    return {};
}

core::Result<Merger::Tables*> Merger::tables_of(const core::Sha256& definition) {
    if (const auto found = forms_.find(definition); found != forms_.end()) return &found->second;
    auto plan = load_plan(database_, definition);
    if (!plan) return plan.error();
    Tables tables{std::move(*plan), {}};
    for (std::size_t i = 0; i < tables.plan.tables.size(); ++i) {
        std::vector<std::string> columns = i == 0 ? form_row_columns() : repeat_row_columns();
        const auto& questions = tables.plan.tables[i].question_columns;
        columns.insert(columns.end(), questions.begin(), questions.end());
        auto inserter = database_.inserter(tables.plan.tables[i].name, columns);
        if (!inserter) return inserter.error();
        tables.inserters.push_back(std::move(*inserter));
    }
    return &forms_.emplace(definition, std::move(tables)).first->second;
}

core::Result<std::vector<std::pair<std::string, std::string>>> Merger::tables_of_form(const std::string& form_id) {
    std::vector<std::pair<std::string, std::string>> tables;
    auto read = for_each(database_, "SELECT table_name, repeat_path FROM form_tables WHERE form_id = $1",
                         std::array{Value{std::string_view(form_id)}}, [&](const Statement& row) {
                             tables.emplace_back(text_of(row.cell(0)), text_of(row.cell(1)));
                         });
    if (!read) return read.error();
    return tables;
}

}  // namespace kiosk::office_store
