#include "row_reader.hpp"

#include <utility>

namespace kiosk::office_store {
namespace {

constexpr int kColumnsBefore = 5;  // key, parent key, kiosk, form version, wave

std::string select(const SqlTable& table, bool is_repeat) {
    std::string sql = std::string("SELECT \"_key\", ") + (is_repeat ? "\"_parent_key\"" : "NULL") +
                      ", \"_kiosk\", \"_form_version\", \"_wave\"";
    for (const std::string& column : table.columns) sql += ", " + sql_name(column);
    return sql + " FROM " + sql_name(table.name);
}

class TableReader final : public core::RowReader {
  public:
    static core::Result<std::unique_ptr<core::RowReader>> create(Database& shared, const UnitedForm& form, std::size_t table,
                                                                 const core::AnswerFilter& filter) {
        std::unique_ptr<TableReader> reader(new TableReader);
        if (shared.has_others()) {
            auto own = shared.another();
            if (!own) return own.error();
            reader->own_ = std::move(*own);
            if (auto frozen = reader->own_->freeze(); !frozen) return frozen.error();
        }
        const bool is_repeat = !form.form.tables[table].repeat_path.empty();
        const std::string sql = select(form.tables[table], is_repeat) + reader->condition(form.form.activity, filter, is_repeat);
        auto statement = (reader->own_ ? *reader->own_ : shared).prepare(sql);
        if (!statement) return statement.error();
        reader->statement_ = std::move(*statement);
        reader->cells_.resize(form.tables[table].columns.size());
        return std::unique_ptr<core::RowReader>(std::move(reader));
    }

    core::Result<void> read(const core::KeyRange& range, const core::TakeAnswerRow& take) override {
        values_[values_.size() - 2] = std::string_view(range.from);
        values_[values_.size() - 1] = std::string_view(range.below);
        if (auto started = statement_->start(values_); !started) return started;
        for (;;) {
            auto more = statement_->step();
            if (!more) return more.error();
            if (!*more) return {};
            const Statement& row = *statement_;
            for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i] = row.cell(kColumnsBefore + static_cast<int>(i));
            const core::AnswerRow answer{row.cell(0).text, row.cell(1).text, row.cell(2).text,
                                         row.cell(3).text, row.cell(4).text, cells_};
            if (auto taken = take(answer); !taken) return taken;
        }
    }

  private:
    TableReader() = default;

    std::string condition(const std::string& activity, const core::AnswerFilter& filter, bool is_repeat) {
        std::string sql;
        const auto and_where = [&](const char* test, Value value) {
            values_.push_back(value);
            sql += (sql.empty() ? " WHERE " : " AND ") + std::string(test) + " $" + std::to_string(values_.size());
        };
        activity_ = activity, kiosk_ = filter.kiosk;
        and_where("\"_activity\" =", std::string_view(activity_));
        if (!kiosk_.empty()) and_where("\"_kiosk\" =", std::string_view(kiosk_));
        if (filter.bundle) and_where("\"_bundle\" =", static_cast<std::int64_t>(*filter.bundle));
        and_where(is_repeat ? "\"_parent_key\" >=" : "\"_key\" >=", {});
        and_where(is_repeat ? "\"_parent_key\" <" : "\"_key\" <", {});
        return sql + (is_repeat ? " ORDER BY \"_parent_key\", \"_position\"" : " ORDER BY \"_key\"");
    }

    std::unique_ptr<Database> own_;           // before the statement, which must go first
    std::unique_ptr<Statement> statement_;
    std::string activity_, kiosk_;
    std::vector<Value> values_;               // the last two are the range of keys
    std::vector<core::AnswerCell> cells_;
};

}  // namespace

core::Result<std::unique_ptr<core::RowReader>> make_row_reader(Database& database, const UnitedForm& form, std::size_t table,
                                                               const core::AnswerFilter& filter) {
    return TableReader::create(database, form, table, filter);
}

}  // namespace kiosk::office_store
