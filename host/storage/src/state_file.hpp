// StateFile: state.db. Small durable notes (PIN attempts, the plugin now running, the wave's label), visit counts, and the
// audit log, whose lines are chained by hash so that none can be changed, taken out or moved unnoticed once a bundle has
// carried the head away. No answer and no response id ever enters it.
// Storage thread; failures are thrown (connection.hpp). Every call that writes is one transaction, durable on return.
#pragma once

#include "connection.hpp"
#include "database.hpp"

#include <kiosk/core/bundle_ledger.hpp>
#include <kiosk/core/clock.hpp>
#include <kiosk/core/response.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::storage {

struct AuditLine;

class StateFile {
  public:
    explicit StateFile(const DatabaseSite& site);

    void set_note(std::string_view name, std::string_view value);
    std::optional<std::string> note(std::string_view name) const;

    void add_visit_counts(std::string_view activity, const std::map<std::string, std::int64_t>& events);
    std::map<std::string, std::int64_t> visit_counts(std::string_view activity) const;
    std::vector<core::BundleCounter> counters() const;  // of every activity, as "opinion_poll.started"

    void append_audit(std::string_view event, std::string_view detail, core::WallTime now);
    core::Sha256 audit_head() const;
    void for_each_audit_line(const std::function<void(const AuditLine&)>& take) const;

  private:
    void verify() const;

    Connection connection_;
};

}  // namespace kiosk::storage
