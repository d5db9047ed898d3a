// BundleLedger: the port through which an export takes answers out of the kiosk's store and reports what became of
// them. Implemented by storage, used by exporting. Storage thread only. Protocol: prepare() → the bundle is written,
// synced, renamed, read back and verified on the stick → delivered() → (the office's receipt) → receipt().
// Nothing is wiped before a receipt. A bundle that was prepared but never delivered is prepared again, same sequence.
#pragma once

#include <kiosk/core/bytes.hpp>
#include <kiosk/core/response.hpp>
#include <kiosk/core/result.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace kiosk::core {

// Visits started, finished, abandoned and the like: numbers that say nothing of an answer.
struct BundleCounter {
    std::string name;                         // "opinion_poll.started"
    std::uint64_t value = 0;

    bool operator==(const BundleCounter&) const = default;
};

struct BundleHeader {
    std::uint64_t sequence = 0;               // 1, 2, 3, … per kiosk
    std::string kiosk_id;
    Sha256 previous{};                        // SHA-256 of the bundle before; zeros for the first
    std::uint64_t sealed_answers = 0;
    std::uint64_t poll_records = 0;
    std::vector<FormVersion> forms;
    std::vector<Sha256> withdrawals;          // to be obeyed at the office
    Sha256 audit_head{};
    std::vector<BundleCounter> counters;

    bool operator==(const BundleHeader&) const = default;
};

// What receipt() answers where there is nothing to note: never delivered, or delivered as another file.
inline constexpr const char* kNoSuchBundle = "storage.no_such_bundle";
inline constexpr const char* kOtherBundle = "storage.other_bundle";

class BundleLedger {
  public:
    virtual ~BundleLedger() = default;

    virtual Result<BundleHeader> prepare() = 0;
    // Each sealed row (one age file each), in an order that says nothing: first the sealed answers, then the poll's.
    virtual Result<void> for_each_sealed(std::uint64_t sequence, const std::function<Result<void>(ByteView)>& take) = 0;
    virtual Result<std::string> definition(const FormVersion& form) = 0;
    virtual Result<void> delivered(std::uint64_t sequence, const Sha256& bundle) = 0;
    virtual Result<void> receipt(std::uint64_t sequence, const Sha256& bundle) = 0;
};

}  // namespace kiosk::core
