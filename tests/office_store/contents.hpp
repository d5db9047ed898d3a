#pragma once

#include <kiosk/office_store/office_store.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace sample {

using namespace kiosk;

// Everything the answers' tables hold, as text: two stores with the same answers give the same.
inline std::string contents(const office_store::OfficeStore& store) {
    std::string all;
    const auto activities = store.activities();
    REQUIRE(activities);
    for (const std::string& activity : *activities) {
        const auto of_activity = store.forms(activity);
        REQUIRE(of_activity);
        for (const core::AnswerForm& form : *of_activity) {
            for (std::size_t table = 0; table < form.tables.size(); ++table) {
                all += "[" + form.tables[table].name + "]";
                for (const auto& column : form.tables[table].columns) all += " " + column.header;
                all += "\n";
                const auto reader = store.reader(form, table, {});
                REQUIRE(reader);
                REQUIRE((*reader)->read({}, [&](const core::AnswerRow& row) -> core::Result<void> {
                    all.append(row.key).append("|").append(row.parent_key).append("|").append(row.kiosk);
                    all.append("|").append(row.form_version);
                    for (const core::AnswerCell& cell : row.cells) {
                        all += "|";
                        if (cell.kind == core::AnswerCell::Kind::integer) all += std::to_string(cell.integer);
                        if (cell.kind == core::AnswerCell::Kind::decimal) all += std::to_string(cell.decimal);
                        if (cell.kind == core::AnswerCell::Kind::text) all += cell.text;
                    }
                    all += "\n";
                    return {};
                }));
            }
            REQUIRE(store.for_each_document(form, {}, [&](std::string_view key, std::string_view xml) -> core::Result<void> {
                all.append(key).append(xml).append("\n");
                return {};
            }));
        }
    }
    return all;
}

}  // namespace sample
