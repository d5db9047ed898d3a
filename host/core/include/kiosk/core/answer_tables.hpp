// AnswerTables: the port through which an export reads what the office merged: one table a form, one more a repeat, columns
// united over every version of the form. Implemented by office_store, used by exporting. One thread, but for RowReader.
//
// Rows come in the order of their random keys, which says nothing of when or where they were answered; the rows of a
// repeat come parent by parent, in their order there. What a row points to lives until its callback returns.
#pragma once

#include <kiosk/core/response.hpp>
#include <kiosk/core/result.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::core {

enum class AnswerType {
    text = 1, integer = 2, decimal = 3, date = 4, time = 5, date_time = 6,
    choice = 7,     // a choice's name
    choices = 8,    // names, separated by spaces
    ranking = 9,    // likewise, in the order the visitor gave them
};

struct AnswerChoice {
    std::string name;
    std::vector<std::string> labels;          // in the order of AnswerForm::languages; empty where there is none

    bool operator==(const AnswerChoice&) const = default;
};

struct AnswerColumn {
    std::string path;                         // "/data/group/question"
    std::string header;                       // "group-question", as ODK heads its columns
    std::string question_type;                // as in the form: "select_one", "start", …
    AnswerType type = AnswerType::text;
    std::vector<std::string> labels;          // the question's, in the order of AnswerForm::languages
    std::vector<AnswerChoice> choices;        // of every version, in a stable order

    bool operator==(const AnswerColumn&) const = default;
};

struct AnswerTable {
    std::string name;                         // of the repeat; empty: the form itself
    std::string repeat_path;                  // "/data/member"; empty: the form itself
    std::vector<AnswerColumn> columns;

    bool operator==(const AnswerTable&) const = default;
};

struct AnswerForm {
    std::string activity;
    std::string id;
    StoragePolicy storage = StoragePolicy::sealed;
    std::vector<std::string> versions;        // in their order
    std::vector<std::string> languages;       // codes, the default one first
    std::vector<AnswerTable> tables;          // [0] is the form itself
};

struct AnswerFilter {
    std::string kiosk;                        // empty: all
    std::optional<std::uint64_t> bundle;      // sequence

    bool operator==(const AnswerFilter&) const = default;
};

struct AnswerCell {
    enum class Kind : std::uint8_t { empty = 1, integer, decimal, text };
    Kind kind = Kind::empty;
    std::int64_t integer = 0;
    double decimal = 0;
    std::string_view text;
};

struct AnswerRow {
    std::string_view key;                     // "uuid:…", of a repeat "uuid:…/member[1]"
    std::string_view parent_key;              // empty in the form's own table
    std::string_view kiosk;
    std::string_view form_version;
    std::string_view wave;
    std::span<const AnswerCell> cells;        // in the order of AnswerTable::columns
};

// Answers whose keys lie from `from` to before `below`, compared byte by byte. The default: all.
struct KeyRange {
    std::string from;
    std::string below = "v";                  // every key begins with "uuid:"
};

using TakeAnswerRow = std::function<Result<void>(const AnswerRow&)>;

// Reads the rows of one table, a range of keys at a time. Owned by one thread; it must not outlive its AnswerTables.
class RowReader {
  public:
    virtual ~RowReader() = default;
    virtual Result<void> read(const KeyRange& range, const TakeAnswerRow& take) = 0;
};

class AnswerTables {
  public:
    virtual ~AnswerTables() = default;

    virtual Result<std::vector<AnswerForm>> forms(std::string_view activity) const = 0;
    virtual Result<std::unique_ptr<RowReader>> reader(const AnswerForm& form, std::size_t table,
                                                      const AnswerFilter& filter) const = 0;
    // About how many answers there are in all, at once and without looking at them: to share work out.
    virtual Result<std::uint64_t> rough_count() const = 0;
    // Whether several readers may read at once, each in its own thread. Making them is the caller's thread's.
    virtual bool reads_in_parallel() const = 0;
    // The submissions themselves, key and XML.
    virtual Result<void> for_each_document(
        const AnswerForm& form, const AnswerFilter& filter,
        const std::function<Result<void>(std::string_view key, std::string_view xml)>& take) const = 0;
};

}  // namespace kiosk::core
