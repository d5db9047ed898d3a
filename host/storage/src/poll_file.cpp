#include "poll_file.hpp"

#include "row_check.hpp"
#include "salvage.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace kiosk::storage {

namespace {

using core::ByteView;
using core::Bytes;

constexpr std::int64_t kSlotsAtMost = 65'536;  // 256 MiB
const core::ResponseId kNoId{};

struct Slot {
    Bytes id;
    std::int64_t bundle = 0;
    std::int64_t length = 0;
    Bytes sealed;
    Bytes row_check;
};

constexpr const char* kColumns = "SELECT number, id, bundle, length, sealed, row_check FROM slot";

Bytes copy(ByteView blob) { return {blob.begin(), blob.end()}; }

Slot slot_of(const Statement& row) {
    return {copy(row.blob(1)), row.integer(2), row.integer(3), copy(row.blob(4)), copy(row.blob(5))};
}

// The noise of a free slot needs no proof; that it is free does.
RowCheck check_of(std::int64_t number, const Slot& slot) {
    const auto proved = static_cast<std::size_t>(std::clamp<std::int64_t>(slot.length, 0, kSlotBytes));
    return RowChecker().add(number).add(ByteView(slot.id)).add(slot.bundle).add(slot.length)
        .add(ByteView(slot.sealed).first(std::min(proved, slot.sealed.size()))).finish();
}

bool is_whole(std::int64_t number, const Slot& slot) { return is_same(check_of(number, slot), slot.row_check); }

void write_slot(Connection& connection, std::int64_t number, const Slot& slot) {
    connection.prepare("INSERT INTO slot VALUES(?1,?2,?3,?4,?5,?6) ON CONFLICT(number) DO UPDATE SET "
                       "id=?2, bundle=?3, length=?4, sealed=?5, row_check=?6")
        .bind(number).bind(ByteView(slot.id)).bind(slot.bundle).bind(slot.length).bind(ByteView(slot.sealed))
        .bind(ByteView(check_of(number, slot))).run();
}

Slot free_slot(core::Random& random) {
    Slot slot{copy(kNoId.bytes()), 0, 0, Bytes(kSlotBytes), {}};
    random.fill(slot.sealed);
    return slot;
}

Slot taken_slot(const core::ResponseId& id, ByteView sealed, core::Random& random) {
    Slot slot = free_slot(random);
    slot.id = copy(id.bytes());
    slot.length = static_cast<std::int64_t>(sealed.size());
    std::copy(sealed.begin(), sealed.end(), slot.sealed.begin());
    return slot;
}

// Checked each time: what was whole when the file was opened may have rotted since, and what is written back proves itself.
Slot read_slot(const Connection& connection, std::int64_t number) {
    Statement row = connection.prepare(std::string(kColumns) + " WHERE number=?");
    Slot slot;
    if (row.bind(number).step()) slot = slot_of(row);
    if (!is_whole(number, slot)) throw SqliteError::damage();
    return slot;
}

void allocate(Connection& connection, std::int64_t from, std::int64_t to, core::Random& random) {
    for (std::int64_t number = from; number < to; ++number) write_slot(connection, number, free_slot(random));
}

core::ResponseId id_of(const Slot& slot) {
    std::array<std::byte, 16> bytes{};
    std::copy_n(slot.id.begin(), std::min(slot.id.size(), bytes.size()), bytes.begin());
    return core::ResponseId::of(bytes);
}

template <class T>
void shuffle(std::vector<T>& items, core::Random& random) {
    for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[random.below(left)]);
}

bool looks_taken(const Slot& slot) {
    const auto set_bytes = std::count_if(slot.id.begin(), slot.id.end(), [](std::byte byte) { return byte != std::byte{}; });
    return slot.id.size() == 16 && slot.sealed.size() == kSlotBytes && set_bytes >= 8;
}

bool is_possible(std::int64_t length) { return length > 0 && length <= kSlotBytes; }

std::int64_t most_common_length(const std::map<Bytes, Slot>& slots) {
    std::map<std::int64_t, int> counts;
    for (const auto& [id, slot] : slots)
        if (is_possible(slot.length)) ++counts[slot.length];
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& one, const auto& other) { return one.second < other.second; });
    return most == counts.end() ? kSlotBytes : most->first;
}

// Every answer that can still be read out of a damaged file, waiting again. Sealed answers all have one length, so a
// slot whose length was hit gets that of the others; the office can tell whether what it opens is whole.
std::vector<Slot> salvaged(const Salvage& damaged) {
    std::map<Bytes, Slot> slots;
    const auto take = [&](Slot slot) {
        if (!looks_taken(slot)) return;
        slot.bundle = 0;
        slots.insert_or_assign(slot.id, std::move(slot));
    };
    const bool was_read_whole = damaged.for_each_row(kColumns, "number", [&](const Statement& row) { take(slot_of(row)); });
    if (!was_read_whole)
        damaged.for_each_row_by_page("slot", kColumns, [&](const Statement& row) {
            Slot slot = slot_of(row);
            if (is_whole(row.integer(0), slot)) take(std::move(slot));
        });
    const std::int64_t common_length = most_common_length(slots);
    std::vector<Slot> found;
    for (auto& [id, slot] : slots) {
        if (!is_possible(slot.length)) slot.length = common_length;
        found.push_back(std::move(slot));
    }
    return found;
}

void fill_new(Connection& connection, const DatabaseSite& site, std::int64_t slots, core::Random& random) {
    std::vector<Slot> kept;
    if (const auto damaged = site.directory.last_set_aside(kPollSchema.file)) kept = salvaged(Salvage(kPollSchema, site, *damaged));
    while (static_cast<std::int64_t>(kept.size()) * 2 > slots) slots *= 2;
    allocate(connection, 0, slots, random);
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(slots));
    for (std::size_t index = 0; index < numbers.size(); ++index) numbers[index] = static_cast<std::int64_t>(index);
    shuffle(numbers, random);
    for (std::size_t index = 0; index < kept.size(); ++index) write_slot(connection, numbers[index], kept[index]);
}

}  // namespace

PollFile::PollFile(const DatabaseSite& site, std::int64_t slots, core::Random& random)
    : random_(random), connection_(open_database(kPollSchema, site, [&](Connection& connection) {
          was_made_ = true;
          fill_new(connection, site, slots, random);
      })) {
    read_places();
}

void PollFile::read_places() {
    taken_.clear();
    free_.clear();
    Statement row = connection_.prepare(std::string(kColumns) + " ORDER BY number");
    for (std::int64_t number = 0; row.step(); ++number) {
        const Slot slot = slot_of(row);
        // A slot that is missing shows here: growing would look for it in vain for ever.
        if (row.integer(0) != number || !is_whole(number, slot)) throw SqliteError::damage();
        if (slot.length == 0) free_.push_back(number);
        else taken_.emplace(id_of(slot), Place{number, slot.bundle});
    }
}

void PollFile::put(const core::ResponseId& id, ByteView sealed) {
    const auto known = taken_.find(id);
    const std::size_t drawn = known == taken_.end() ? random_.below(free_.size()) : 0;
    const std::int64_t number = known == taken_.end() ? free_[drawn] : known->second.slot;
    Transaction transaction(connection_);
    write_slot(connection_, number, taken_slot(id, sealed, random_));
    transaction.commit();
    if (known != taken_.end()) {
        known->second.bundle = 0;
        return;
    }
    std::swap(free_[drawn], free_.back());
    free_.pop_back();
    taken_.emplace(id, Place{number, 0});
}

bool PollFile::erase(const core::ResponseId& id) {
    const auto known = taken_.find(id);
    if (known == taken_.end()) return false;
    clear({known->second.slot});
    return true;
}

bool PollFile::can_grow() const {
    return static_cast<std::int64_t>(free_.size() + taken_.size()) * 2 <= kSlotsAtMost;
}

bool PollFile::should_grow() const { return can_grow() && taken_.size() >= free_.size() * 3; }

void PollFile::grow() {
    const auto slots = static_cast<std::int64_t>(free_.size() + taken_.size());
    Transaction transaction(connection_);
    allocate(connection_, slots, slots * 2, random_);
    // Fisher and Yates over all slots: whatever order there was is gone.
    for (std::int64_t left = slots * 2; left > 1; --left)
        move(left - 1, static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(left))));
    transaction.commit();
    read_places();
}

// Exchanges two slots.
void PollFile::move(std::int64_t from, std::int64_t to) {
    if (from == to) return;
    const Slot one = read_slot(connection_, from);
    const Slot other = read_slot(connection_, to);
    if (one.length == 0 && other.length == 0) return;
    write_slot(connection_, to, one);
    write_slot(connection_, from, other);
}

std::vector<std::int64_t> PollFile::slots_in(std::int64_t bundle) const {
    std::vector<std::int64_t> slots;
    for (const auto& [id, place] : taken_)
        if (place.bundle == bundle) slots.push_back(place.slot);
    return slots;
}

std::int64_t PollFile::answers_in(std::int64_t bundle) const { return static_cast<std::int64_t>(slots_in(bundle).size()); }

void PollFile::prepare(std::int64_t bundle) {
    const std::vector<std::int64_t> slots = slots_in(0);
    Transaction transaction(connection_);
    for (const std::int64_t number : slots) {
        Slot slot = read_slot(connection_, number);
        slot.bundle = bundle;
        write_slot(connection_, number, slot);
    }
    transaction.commit();
    for (auto& [id, place] : taken_)
        if (place.bundle == 0) place.bundle = bundle;
}

std::set<std::int64_t> PollFile::bundles() const {
    std::set<std::int64_t> bundles;
    for (const auto& [id, place] : taken_)
        if (place.bundle != 0) bundles.insert(place.bundle);
    return bundles;
}

void PollFile::release(std::int64_t bundle) {
    const std::vector<std::int64_t> slots = slots_in(bundle);
    Transaction transaction(connection_);
    for (const std::int64_t number : slots) {
        Slot slot = read_slot(connection_, number);
        slot.bundle = 0;
        write_slot(connection_, number, slot);
    }
    transaction.commit();
    for (auto& [id, place] : taken_)
        if (place.bundle == bundle) place.bundle = 0;
}

void PollFile::for_each_in(std::int64_t bundle, const std::function<void(ByteView)>& take) {
    std::vector<std::int64_t> slots = slots_in(bundle);
    shuffle(slots, random_);
    for (const std::int64_t number : slots) {
        const Slot slot = read_slot(connection_, number);
        take(ByteView(slot.sealed).first(static_cast<std::size_t>(slot.length)));
    }
}

void PollFile::wipe(std::int64_t bundle) { clear(slots_in(bundle)); }

void PollFile::clear(const std::vector<std::int64_t>& slots) {
    Transaction transaction(connection_);
    for (const std::int64_t number : slots) write_slot(connection_, number, free_slot(random_));
    transaction.commit();
    const std::set<std::int64_t> cleared(slots.begin(), slots.end());
    std::erase_if(taken_, [&](const auto& entry) { return cleared.contains(entry.second.slot); });
    free_.insert(free_.end(), slots.begin(), slots.end());
}

}  // namespace kiosk::storage
