// AnswersFile: answers.db. Sealed personal answers, form definitions, withdrawal requests and the ledger of bundles.
// Storage thread; failures are thrown (connection.hpp). Every call that writes is one transaction, durable on return.
#pragma once

#include "connection.hpp"
#include "database.hpp"

#include <kiosk/core/response.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::storage {

enum class BundleState { prepared = 1, delivered = 2, receipted = 3, wiped = 4 };

struct Bundle {
    std::int64_t sequence = 0;
    BundleState state = BundleState::prepared;
    core::Sha256 sha256{};
    core::Sha256 previous{};
    std::int64_t receipt_day = 0;  // days since 1970
};

class AnswersFile {
  public:
    // If the file is new and an earlier one lies damaged, every row of that one that can be read is taken over.
    explicit AnswersFile(const DatabaseSite& site);

    void put(const core::Response& response, core::ByteView sealed);
    bool erase(const core::ResponseId& id);
    bool is_withdrawn(const core::ResponseId& id) const;
    bool was_made() const { return was_made_; }  // just now

    std::int64_t waiting() const;  // rows no bundle was prepared with

    bool keep_definition(const core::FormVersion& form, std::string_view xml);  // false: it was there
    std::optional<std::string> definition(const core::FormVersion& form) const;
    std::vector<core::FormVersion> definitions() const;

    enum class Withdrawn { wiped = 1, queued = 2, already = 3 };
    Withdrawn withdraw(const core::Sha256& tag);
    std::int64_t withdrawals_waiting() const;

    std::optional<Bundle> bundle(std::int64_t sequence) const;
    std::optional<Bundle> last_bundle() const;
    std::vector<Bundle> bundles(BundleState state) const;
    void save(const Bundle& bundle);
    void prepare(const Bundle& bundle);            // saves it and puts every row that waits into it
    void release(std::int64_t sequence);           // its rows wait again
    std::int64_t answers_in(std::int64_t sequence) const;
    std::vector<core::Sha256> withdrawals_in(std::int64_t sequence) const;
    bool has_any_in(std::int64_t sequence) const;  // answers or withdrawals
    void for_each_in(std::int64_t sequence, const std::function<void(core::ByteView)>& take) const;
    void wipe(std::int64_t sequence);              // answers and obeyed withdrawals

    void scrub() { connection_.scrub_journal(); }

  private:
    void verify() const;

    bool was_made_ = false;  // before connection_, whose making sets it
    Connection connection_;
};

}  // namespace kiosk::storage
