// Outcome: what the host is to do next, returned by Visit::submit(). A value.
#pragma once

#include <kiosk/abi/visit.h>
#include <kiosk/sdk/text.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace kiosk {

// Something to mend, pinned to a question or an item of the screen.
struct Issue {
    std::string path;
    Text message;

    bool operator==(const Issue&) const = default;
};

class Outcome {
  public:
    enum class Kind : std::uint32_t {
        next = KIOSK_OUTCOME_NEXT,
        stay = KIOSK_OUTCOME_STAY,
        record = KIOSK_OUTCOME_RECORD,
        amend = KIOSK_OUTCOME_AMEND,
        print = KIOSK_OUTCOME_PRINT,
        withdraw = KIOSK_OUTCOME_WITHDRAW,
        finish = KIOSK_OUTCOME_FINISH,
    };

    struct Record {
        std::string each = {};                 // a repeat kept as one record an instance ("/data/member"); empty: one record
        std::chrono::seconds undo{0};          // how long the visitor may take it back, up to a minute
        bool has_withdrawal_code = false;      // the visitor gets a code to withdraw it with, later
    };

    // Show what describe() says now.
    static Outcome next() { return Outcome(Kind::next); }
    // Stay on this page and show what to mend.
    static Outcome stay(std::vector<Issue> issues) {
        Outcome outcome(Kind::stay);
        outcome.issues_ = std::move(issues);
        return outcome;
    }
    // Keep the form's submission. The host says "recorded" only once it is safe on disk.
    static Outcome record(Record record) {
        Outcome outcome(Kind::record);
        outcome.name_ = std::move(record.each);
        outcome.undo_ = record.undo;
        outcome.has_withdrawal_code_ = record.has_withdrawal_code;
        return outcome;
    }
    static Outcome record() { return record(Record{}); }
    // The one-tap answer is kept; ask the form's remaining questions, then amend it.
    static Outcome amend(std::chrono::seconds undo) {
        Outcome outcome(Kind::amend);
        outcome.undo_ = undo;
        return outcome;
    }
    static Outcome print(std::string layout) { return Outcome(Kind::print, std::move(layout)); }
    static Outcome withdraw(std::string code) { return Outcome(Kind::withdraw, std::move(code)); }
    static Outcome finish() { return Outcome(Kind::finish); }

    Kind kind() const { return kind_; }
    const std::string& name() const { return name_; }  // each, layout or code
    std::chrono::seconds undo() const { return undo_; }
    bool has_withdrawal_code() const { return has_withdrawal_code_; }
    const std::vector<Issue>& issues() const { return issues_; }

    bool operator==(const Outcome&) const = default;

  private:
    explicit Outcome(Kind kind, std::string name = {}) : kind_(kind), name_(std::move(name)) {}

    Kind kind_;
    std::string name_;
    std::chrono::seconds undo_{0};
    bool has_withdrawal_code_ = false;
    std::vector<Issue> issues_;
};

}  // namespace kiosk
