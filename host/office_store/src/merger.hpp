// The merging of one bundle's rows, inside the caller's transaction.
#pragma once

#include "database.hpp"
#include "definitions.hpp"

#include <kiosk/core/bytes.hpp>
#include <kiosk/office_store/office_store.hpp>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace kiosk::office_store {

// The rule that makes order not matter: of several payloads under one id the one with the smallest hash stands; of several
// bundles with the same payload, the smallest (kiosk, sequence) is named; a withdrawn answer is nowhere.
class Merger {
  public:
    Merger(Database& database, const IncomingBundle& bundle, MergeReport& report);

    core::Result<void> take_withdrawals();            // before any row
    core::Result<void> take_row(core::ByteView payload);
    core::Result<void> finish();                      // what is still held back

  private:
    struct Incoming {
        core::Response response;
        std::string id, payload_sha256, tag;
    };
    struct Known {
        std::string payload_sha256, kiosk, form_id;
        std::int64_t bundle = 0;
    };
    struct Tables {                                   // of one form version
        DefinitionPlan plan;
        std::vector<std::unique_ptr<Inserter>> inserters;
    };

    core::Result<void> merge_batch();
    core::Result<void> look_up_batch();
    core::Result<void> merge_one(const Incoming& incoming);
    core::Result<void> merge_known(const Incoming& incoming, const Known& known);
    core::Result<void> insert(const Incoming& incoming);
    core::Result<void> note_form(const core::Response& response, const std::string& definition);
    core::Result<void> insert_rows(const Incoming& incoming);
    core::Result<void> keep_conflict(std::string_view id, std::string_view payload_sha256, std::string_view tag,
                                     std::string_view document);
    core::Result<void> displace(const Incoming& winner, const Known& loser);
    core::Result<void> rename_source(const Incoming& incoming, const std::string& form_id);
    core::Result<void> remove(const std::string& id, const std::string& form_id);
    core::Result<void> flush();
    core::Result<Tables*> tables_of(const core::Sha256& definition);
    core::Result<std::vector<std::pair<std::string, std::string>>> tables_of_form(const std::string& form_id);

    Database& database_;
    const IncomingBundle& bundle_;
    MergeReport& report_;
    std::string kiosk_;
    std::int64_t sequence_;
    std::vector<Incoming> batch_;
    std::unordered_map<std::string, Known> known_;    // of the batch
    std::unordered_map<std::string, bool> withdrawn_; // of the batch, by tag
    std::unique_ptr<Statement> look_up_, look_up_tags_;
    std::unique_ptr<Inserter> responses_;
    std::map<core::Sha256, Tables> forms_;
    std::set<std::string> noted_forms_;               // rows of activity_forms written already
};

}  // namespace kiosk::office_store
