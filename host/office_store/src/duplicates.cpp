#include <kiosk/office_store/duplicates.hpp>

#include "birth_date.hpp"

#include <kiosk/text/unicode.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <tuple>
#include <unordered_map>

namespace kiosk::office_store {
namespace {

constexpr std::array<std::string_view, 4> kNames{"ho_ten", "ho_va_ten", "full_name", "name"};
constexpr std::array<std::string_view, 5> kBirths{"ngay_sinh", "nam_sinh", "birth_date", "date_of_birth", "birth_year"};
constexpr std::array<std::string_view, 8> kPlaces{"noi_sinh", "que_quan", "xa", "xa_khac", "thon", "birth_place", "commune", "village"};
constexpr std::size_t kLongEnoughForASlip = 8;  // "Lê An" and "Lê Ân" fold alike; "Lê An" and "Lê Oanh" are two people

// Which cells of a row say who someone is.
struct PersonColumns {
    std::vector<std::size_t> names, births, places;
    bool complete() const { return !names.empty() && !births.empty(); }
};

PersonColumns person_columns(const core::AnswerTable& table) {
    PersonColumns columns;
    const auto is_one_of = [](std::string_view name, std::span<const std::string_view> list) {
        return std::find(list.begin(), list.end(), name) != list.end();
    };
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const std::string& path = table.columns[i].path;
        const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
        if (is_one_of(name, kNames)) columns.names.push_back(i);
        if (is_one_of(name, kBirths)) columns.births.push_back(i);
        if (is_one_of(name, kPlaces)) columns.places.push_back(i);
    }
    return columns;
}

struct Candidate {
    ReferredPerson person;
    std::string folded_name, folded_place;
    BirthDate born;
};

std::string folded_name(std::string_view name) {
    std::string folded;
    for (const char c : text::fold(name))
        if (c != ' ') folded += c == 'y' ? 'i' : c;
    return folded;
}

std::string joined(const core::AnswerRow& row, const std::vector<std::size_t>& cells) {
    std::string text;
    for (const std::size_t i : cells) {
        const core::AnswerCell& cell = row.cells[i];
        std::string value(cell.text);
        if (cell.kind == core::AnswerCell::Kind::integer) value = std::to_string(cell.integer);
        if (!value.empty()) text += (text.empty() ? "" : ", ") + value;
    }
    return text;
}

core::Result<void> add_candidates(const core::AnswerTables& tables, const core::AnswerForm& form, std::vector<Candidate>& all) {
    for (std::size_t table = 0; table < form.tables.size(); ++table) {
        const PersonColumns columns = person_columns(form.tables[table]);
        if (!columns.complete()) continue;
        auto reader = tables.reader(form, table, {});
        if (!reader) return reader.error();
        auto read = (*reader)->read({}, [&](const core::AnswerRow& row) -> core::Result<void> {
            Candidate candidate;
            candidate.person = {std::string(row.key), std::string(row.kiosk), form.id, joined(row, columns.names),
                                joined(row, columns.births), joined(row, columns.places)};
            candidate.folded_name = folded_name(candidate.person.name);
            candidate.folded_place = text::fold(candidate.person.place);
            candidate.born = birth_date(candidate.person.born);
            if (!candidate.folded_name.empty()) all.push_back(std::move(candidate));
            return {};
        });
        if (!read) return read;
    }
    return {};
}

// At most one letter added, dropped or changed.
bool nearly_equal(std::string_view a, std::string_view b) {
    if (a == b) return true;
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1 || a.size() < kLongEnoughForASlip) return false;
    const auto same_front = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
    return a.substr(same_front + (a.size() == b.size() ? 1 : 0)) == b.substr(same_front + 1);
}

bool may_be_one(const Candidate& a, const Candidate& b) {
    if (!nearly_equal(a.folded_name, b.folded_name) || !agree(a.born, b.born)) return false;
    const bool places_differ = !a.folded_place.empty() && !b.folded_place.empty() && a.folded_place != b.folded_place;
    return (a.born.is_whole() && b.born.is_whole()) || !places_differ;
}

bool is_likely_one(const Candidate& a, const Candidate& b) {
    return a.folded_name == b.folded_name && a.born.is_whole() && a.born == b.born;
}

// Groups of candidates that are joined by pairs.
class Groups {
  public:
    explicit Groups(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
    std::size_t root(std::size_t i) {
        while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::size_t a, std::size_t b) { parent_[root(a)] = root(b); }

  private:
    std::vector<std::size_t> parent_;
};

// Names that differ by one letter become equal when one letter is left out of one or of both: so only those that share such
// a remainder, and the year, are compared.
std::set<std::string> remainders(const Candidate& candidate) {
    std::set<std::string> all{candidate.folded_name};
    if (candidate.folded_name.size() < kLongEnoughForASlip) return all;
    for (std::size_t i = 0; i < candidate.folded_name.size(); ++i) {
        std::string shorter = candidate.folded_name;
        shorter.erase(i, 1);
        all.insert(std::move(shorter));
    }
    return all;
}

std::vector<PossibleDuplicates> grouped(const std::vector<Candidate>& candidates) {
    Groups groups(candidates.size());
    std::set<std::size_t> likely;  // candidates in at least one likely pair
    std::unordered_map<std::string, std::vector<std::size_t>> sharing;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        for (const std::string& remainder : remainders(candidates[i])) {
            std::vector<std::size_t>& others = sharing[std::to_string(candidates[i].born.year) + " " + remainder];
            for (const std::size_t other : others) {
                if (!may_be_one(candidates[i], candidates[other])) continue;
                groups.join(i, other);
                if (is_likely_one(candidates[i], candidates[other])) likely.insert({i, other});
            }
            others.push_back(i);
        }
    std::map<std::size_t, PossibleDuplicates> by_root;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        PossibleDuplicates& group = by_root[groups.root(i)];
        group.people.push_back(candidates[i].person);
        group.is_likely = group.is_likely || likely.contains(i);
    }
    std::vector<PossibleDuplicates> found;
    for (auto& [root, group] : by_root) {
        if (group.people.size() < 2) continue;
        std::sort(group.people.begin(), group.people.end(),
                  [](const auto& a, const auto& b) { return std::tie(a.name, a.key) < std::tie(b.name, b.key); });
        found.push_back(std::move(group));
    }
    std::sort(found.begin(), found.end(), [](const PossibleDuplicates& a, const PossibleDuplicates& b) {
        if (a.is_likely != b.is_likely) return a.is_likely;
        return std::tie(a.people[0].name, a.people[0].key) < std::tie(b.people[0].name, b.people[0].key);
    });
    return found;
}

}  // namespace

core::Result<std::vector<PossibleDuplicates>> possible_duplicates(const core::AnswerTables& tables, std::string_view activity) {
    auto forms = tables.forms(activity);
    if (!forms) return forms.error();
    std::vector<Candidate> candidates;
    for (const core::AnswerForm& form : *forms)
        if (auto added = add_candidates(tables, form, candidates); !added) return added.error();
    return grouped(candidates);
}

}  // namespace kiosk::office_store
