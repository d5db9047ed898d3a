// Store: the kiosk's answers on disk, behind the ports AnswerStore and BundleLedger.
//
// Owns the data directory (one kiosk a directory) with three SQLite databases: answers.db (sealed answers, form
// definitions, withdrawal requests, ledger of bundles), poll.db (anonymous answers in slots) and state.db (notes, visit
// counts, audit log). Every answer is sealed to the office's keys before it reaches a file; without keys nothing is taken,
// polls neither, because nothing could ever leave.
//
// One thread: that of its StorageExecutor (storage_thread.hpp). Each call returns when its effect is durable. Then call
// tidy(): it does what need not delay "Đã ghi nhận" (scrubbing, wiping after a receipt, growing); executors do so.
//
// A failed write ends in an Error, never in a false success, and closes the databases: the next call reopens and verifies
// them, and only then is anything confirmed again. An answer whose record() failed may be kept nevertheless; record it
// again with the same id and it is kept once. A damaged database is moved to damaged/ with its journal, what can still be
// read of it is taken over into a new one, and service goes on.
#pragma once

#include <kiosk/core/answer_store.hpp>
#include <kiosk/core/bundle_ledger.hpp>
#include <kiosk/core/clock.hpp>
#include <kiosk/core/random.hpp>
#include <kiosk/core/sealer.hpp>
#include <kiosk/storage/audit_line.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::storage {

// Against someone who feeds the kiosk answers without end: so many at once, then so many a minute. Zero: no limit.
struct RateCap {
    int at_once = 120;
    int per_minute = 30;
};

// How long answers stay here after the office's receipt. Sealed rows do not tell of which activity they are, so the
// shortest promise made by any activity of a kind holds for all of that kind.
struct Retention {
    std::chrono::days sealed{30};
    std::chrono::days poll{30};
};

struct StoreOptions {
    std::string kiosk_id = "kiosk";
    std::int64_t poll_slots = 256;          // to begin with; the set doubles when three quarters are taken
    Retention retention;
    RateCap rate_cap;
    std::uint64_t reserve_bytes = 8 << 20;  // given up when the disk is full
    std::string sqlite_vfs;                 // empty: the system's; a name for simulations (unsynced_vfs.hpp) and tests
};

// Fewer poll answers than this in one bundle may be guessed by someone who saw the visitors: staff are warned first.
inline constexpr std::int64_t kFewPollAnswers = 10;

struct StoreStatus {
    std::int64_t answers_waiting = 0;       // not yet in any bundle
    std::int64_t polls_waiting = 0;
    std::int64_t withdrawals_waiting = 0;
    std::vector<std::uint64_t> without_receipt;  // bundles delivered, for which the office has sent no receipt
    std::vector<std::string> set_aside;     // damaged databases set aside since the store was opened
    bool has_keys = false;
    bool has_reserve = false;               // false: the disk is or was full
};

class Store final : public core::AnswerStore, public core::BundleLedger {
  public:
    // sealer may be null: no keys are configured. What is passed must outlive the store.
    static core::Result<std::unique_ptr<Store>> open(const std::string& data_directory, const core::Sealer* sealer,
                                                     const core::Clock& clock, core::Random& random,
                                                     StoreOptions options);
    ~Store() override;

    core::Result<void> keep_definition(const core::FormVersion& form, std::string_view definition_xml) override;
    core::Result<void> record(const core::Response& response) override;  // the same id again: replaces (amends) it
    core::Result<void> undo(const core::ResponseId& id) override;
    core::Result<void> withdraw(const core::Sha256& withdrawal_tag) override;

    core::Result<core::BundleHeader> prepare() override;  // storage.nothing_to_export if nothing waits
    core::Result<void> for_each_sealed(std::uint64_t sequence,
                                       const std::function<core::Result<void>(core::ByteView)>& take) override;
    core::Result<std::string> definition(const core::FormVersion& form) override;
    core::Result<void> delivered(std::uint64_t sequence, const core::Sha256& bundle) override;
    core::Result<void> receipt(std::uint64_t sequence, const core::Sha256& bundle) override;

    // Sticks get lost: what was delivered but has no receipt waits again, for the next bundle.
    core::Result<void> export_again();

    // From the next tidy() on; what the activities promise is known only after the store was opened.
    void keep_for(Retention retention);
    core::Result<void> tidy();
    core::Result<StoreStatus> status();
    // Closes the databases and opens them again, which reads and checks all of them; what is damaged is set aside.
    core::Result<void> verify();

    // Small durable facts of other rooms: PIN attempts, the plugin now running, the wave's label (kWaveNote).
    core::Result<void> set_note(std::string_view name, std::string_view value);
    core::Result<std::optional<std::string>> note(std::string_view name);

    // Counts one visit ("started", "finished", "rating=tot"). Reaches the disk, and visit_counts(), in steps of ten visits.
    core::Result<void> count_visit(std::string_view activity, const std::vector<std::string>& events);
    core::Result<std::map<std::string, std::int64_t>> visit_counts(std::string_view activity);

    // detail must hold no answer and no response id.
    core::Result<void> audit(std::string_view event, std::string_view detail);
    core::Result<std::vector<AuditLine>> audit_log();

  private:
    class Implementation;
    explicit Store(std::unique_ptr<Implementation> implementation);

    std::unique_ptr<Implementation> implementation_;
};

// A note whose text (at most 40 bytes) is put into every anonymous answer; all that dates it.
inline constexpr std::string_view kWaveNote = "wave";

}  // namespace kiosk::storage
