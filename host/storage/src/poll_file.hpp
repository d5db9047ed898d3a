// PollFile: poll.db. Anonymous answers in pre-allocated slots of equal size, one a page, each put into a slot drawn at
// random from the free ones and overwritten in place when it is wiped. When three quarters are taken the set doubles and
// every answer moves to a slot drawn anew, so that at any number of answers all orders of the slots are equally likely.
// There is no time and no index whose shape would tell the order; the journal is scrubbed after each change, so that
// it does not point at the answer that came last.
// Storage thread; failures are thrown (connection.hpp). Every call that writes is one transaction, durable on return.
#pragma once

#include "connection.hpp"
#include "database.hpp"

#include <kiosk/core/random.hpp>
#include <kiosk/core/response_id.hpp>

#include <functional>
#include <map>
#include <set>
#include <vector>

namespace kiosk::storage {

class PollFile {
  public:
    // If the file is new and an earlier one lies damaged, every slot of that one that can be read is taken over.
    PollFile(const DatabaseSite& site, std::int64_t slots, core::Random& random);

    // Needs a free slot, or the slot that holds the id already.
    void put(const core::ResponseId& id, core::ByteView sealed);
    bool erase(const core::ResponseId& id);
    bool has_room_for(const core::ResponseId& id) const { return !free_.empty() || taken_.contains(id); }
    bool was_made() const { return was_made_; }  // just now
    bool can_grow() const;
    bool should_grow() const;
    void grow();

    std::int64_t waiting() const { return answers_in(0); }
    std::int64_t answers_in(std::int64_t bundle) const;
    std::set<std::int64_t> bundles() const;   // that answers belong to
    void prepare(std::int64_t bundle);   // every answer that waits belongs to it
    void release(std::int64_t bundle);   // its answers wait again
    void for_each_in(std::int64_t bundle, const std::function<void(core::ByteView)>& take);  // in an order drawn anew
    void wipe(std::int64_t bundle);

    void scrub() { connection_.scrub_journal(); }

  private:
    struct Place { std::int64_t slot; std::int64_t bundle; };

    void read_places();
    void move(std::int64_t from, std::int64_t to);
    std::vector<std::int64_t> slots_in(std::int64_t bundle) const;
    void clear(const std::vector<std::int64_t>& slots);

    core::Random& random_;
    bool was_made_ = false;  // before connection_, whose making sets it
    Connection connection_;
    std::map<core::ResponseId, Place> taken_;
    std::vector<std::int64_t> free_;
};

}  // namespace kiosk::storage
