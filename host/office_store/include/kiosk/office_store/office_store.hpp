// OfficeStore: what many kiosks answered, merged: a SQLite file, or a database at postgresql://…, with one schema
// (host/office_store/SCHEMA.md) that ordinary SQL reads.
//
// Merging is idempotent and blind to order: any bundles, in any order, any number of times, give the same answers. Each
// bundle is one transaction, so a program killed at any moment is simply run again. Owns its connection; one thread;
// movable. Failures: codes store.*.
#pragma once

#include <kiosk/core/answer_tables.hpp>
#include <kiosk/core/bundle_ledger.hpp>
#include <kiosk/core/bytes.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/forms/form.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::office_store {

// Reads the XForm XML that bundles carry (forms does it; tests may know better).
using DefinitionReader = std::function<core::Result<forms::Form>(std::string_view xml)>;

using TakeRow = std::function<core::Result<void>(core::ByteView payload)>;

// A bundle that was verified and opened.
struct IncomingBundle {
    core::BundleHeader header;
    core::Sha256 sha256{};
    bool signature_verified = false;                 // false: no key to verify it with was known
    std::vector<std::pair<core::FormVersion, std::string>> definitions;  // XForm XML
    std::function<core::Result<void>(const TakeRow&)> for_each_row;      // payloads of core/response_codec
};

struct MergeReport {
    bool known = false;                              // this very bundle was merged before; nothing was read
    std::uint64_t added = 0;
    std::uint64_t duplicates = 0;                    // already in the store
    std::uint64_t conflicts = 0;                     // another answer under an id already in the store
    std::uint64_t withdrawn = 0;                     // left out or removed, because their author withdrew them
    std::uint64_t unreadable = 0;                    // kept as they came, in table `unreadable`
    std::uint64_t not_tabulated = 0;                 // kept as documents only: their form could not be read
};

struct KioskStatus {
    std::string id;
    std::uint64_t last_sequence = 0;
    std::vector<std::uint64_t> missing;              // sequences below the last that never came
    std::vector<std::uint64_t> broken_links;         // bundles whose predecessor is not the one they name
};

// One answer and the questions it answers, as they came.
struct StoredDocument {
    std::string activity, form_id;
    std::string xml;                                 // the submission
    std::string definition;                          // XForm XML
};

struct MergedBundle {
    std::string kiosk;
    std::uint64_t sequence = 0;
    core::Sha256 sha256{};
};

struct Refusal {
    std::string file;
    std::string code;
};

struct NumberSummary {
    double least = 0, mean = 0, greatest = 0;
};

struct QuestionSummary {
    std::string path;
    std::string name;                                // "group-question"
    std::string type;
    std::vector<std::string> labels;                 // in the order of AnswerForm::languages
    std::uint64_t n = 0;                             // who answered it
    bool counted = false;                            // has counts: a question with choices
    std::vector<std::pair<core::AnswerChoice, std::uint64_t>> counts;
    std::optional<NumberSummary> numbers;            // of a question answered with numbers
};

struct FormSummary {
    std::string id, version, title;                  // the title in the form's default language
    StoragePolicy storage = StoragePolicy::sealed;
    std::uint64_t responses = 0;
    std::vector<std::string> languages;
    std::vector<QuestionSummary> questions;
};

struct ActivitySummary {
    std::string id;
    std::vector<FormSummary> forms;
};

// Counts as they are; suppression.hpp says what of them may be told.
struct StoreSummary {
    std::vector<KioskStatus> kiosks;
    std::uint64_t bundles = 0;
    std::uint64_t repeated_bundles = 0;              // how often one came that was merged before
    std::vector<Refusal> refusals;
    std::uint64_t conflicts = 0, unreadable = 0, withdrawals = 0;
    std::vector<ActivitySummary> activities;
};

// One bar of a result that kiosks may show.
struct PublishedCount {
    std::string form, version, question, choice;
    std::uint64_t count = 0;

    bool operator==(const PublishedCount&) const = default;
};

class OfficeStore final : public core::AnswerTables {
  public:
    // A file name, made if it is not there, or postgresql://…
    static core::Result<OfficeStore> open(const std::string& location, DefinitionReader reader);
    // As above, but a file that is not there is an error: for reading.
    static core::Result<OfficeStore> open_existing(const std::string& location, DefinitionReader reader);
    OfficeStore(OfficeStore&&) noexcept;
    OfficeStore& operator=(OfficeStore&&) noexcept;
    ~OfficeStore() override;

    core::Result<MergeReport> merge(const IncomingBundle& bundle);
    core::Result<void> note_refusal(const std::string& file_name, const core::Sha256& sha256, const std::string& code);

    // From now on everything read is of one moment, and nothing can be merged: for exports and reports.
    core::Result<void> freeze();

    core::Result<StoreSummary> summary() const;
    core::Result<StoreSummary> status() const;       // the same without the activities: quick in a large store
    // What kiosks may show of anonymous forms: small numbers held back, and moved on only when ten more have answered, so that
    // two publications do not give away who answered between them.
    core::Result<std::vector<PublishedCount>> publish_results();
    core::Result<std::vector<std::string>> activities() const;
    core::Result<std::vector<MergedBundle>> bundles() const;   // by kiosk and sequence, whose signature was verified or not

    core::Result<StoredDocument> document(std::string_view response_id) const;   // store.no_such_response

    core::Result<std::vector<core::AnswerForm>> forms(std::string_view activity) const override;
    core::Result<std::unique_ptr<core::RowReader>> reader(const core::AnswerForm& form, std::size_t table,
                                                          const core::AnswerFilter& filter) const override;
    core::Result<std::uint64_t> rough_count() const override;
    bool reads_in_parallel() const override;
    core::Result<void> for_each_document(
        const core::AnswerForm& form, const core::AnswerFilter& filter,
        const std::function<core::Result<void>(std::string_view key, std::string_view xml)>& take) const override;

  private:
    class Implementation;
    explicit OfficeStore(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace kiosk::office_store
