#include "outcome_recorder.hpp"

#include "abi_copy.hpp"

#include <span>

namespace kiosk::plugin_host {
namespace {

constexpr std::size_t kMaxIssues = 64;
constexpr std::uint32_t kMaxUndoSeconds = 60;

std::optional<core::Outcome> copy_stay(const kiosk_outcome& outcome) {
    if (outcome.issue_count == 0 || outcome.issue_count > kMaxIssues || outcome.issues == nullptr) return std::nullopt;
    core::Stay stay;
    for (const kiosk_issue& issue : std::span(outcome.issues, outcome.issue_count)) {
        auto path = checked_view(issue.path, kMaxIdBytes);
        auto message = checked_text(&issue.message);
        if (!path || !message) return std::nullopt;
        stay.issues.push_back({std::string(*path), std::move(*message)});
    }
    return stay;
}

// Nothing, if the outcome breaks a rule.
std::optional<core::Outcome> copy(const kiosk_outcome& outcome) {
    const std::chrono::seconds undo(outcome.undo_seconds);
    const bool has_code = (outcome.flags & KIOSK_RECORD_HAS_WITHDRAWAL_CODE) != 0;
    const auto name = checked_view(outcome.name, kMaxIdBytes);
    if (!name || outcome.undo_seconds > kMaxUndoSeconds) return std::nullopt;
    if ((outcome.flags & ~static_cast<std::uint32_t>(KIOSK_RECORD_HAS_WITHDRAWAL_CODE)) != 0) return std::nullopt;
    switch (outcome.kind) {
        case KIOSK_OUTCOME_NEXT: return core::NextScreen{};
        case KIOSK_OUTCOME_STAY: return copy_stay(outcome);
        case KIOSK_OUTCOME_RECORD: return core::Record{std::string(*name), undo, has_code};
        case KIOSK_OUTCOME_AMEND: return core::Amend{undo};
        case KIOSK_OUTCOME_PRINT:
            if (name->empty()) return std::nullopt;
            return core::Print{std::string(*name)};
        case KIOSK_OUTCOME_WITHDRAW:
            if (name->empty()) return std::nullopt;
            return core::Withdraw{std::string(*name)};
        case KIOSK_OUTCOME_FINISH: return core::Finish{};
        default: return std::nullopt;
    }
}

}  // namespace

void OutcomeRecorder::on_take(const kiosk_outcome_sink* sink, const kiosk_outcome* outcome) {
    auto& self = *static_cast<OutcomeRecorder*>(sink->context);
    ++self.taken_;
    if (outcome == nullptr || outcome->struct_size < sizeof(kiosk_outcome)) self.broken_ = "an outcome that is too short";
    else self.outcome_ = copy(*outcome);
}

std::string OutcomeRecorder::broken() const {
    if (!broken_.empty()) return broken_;
    if (taken_ == 0) return "no outcome";
    if (taken_ > 1) return "more than one outcome";
    return outcome_ ? std::string() : std::string("an outcome that breaks the rules");
}

}  // namespace kiosk::plugin_host
