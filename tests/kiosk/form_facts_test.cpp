// What visitors are told of how others answered.
#include "form_facts.hpp"

#include <kiosk/forms/form_files.hpp>
#include <kiosk/forms/read_form.hpp>
#include <kiosk/test_support/source_tree.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;

namespace {

// The repository's poll, with results allowed or not.
forms::Form poll(bool tells_results) {
    const auto reading = forms::read_form_at(test_support::in_source_tree("assets/forms/portal_poll"));
    REQUIRE(reading.form);
    forms::Form form = *reading.form;
    if (tells_results) form.settings.emplace_back("kiosk:results", "yes");
    return form;
}

const std::map<std::string, std::int64_t> kTwelve{{"rat_tot", 2}, {"tot", 7}, {"binh_thuong", 2}, {"kem", 1}};

std::vector<exporting::PublishedCount> published(const forms::Form& form) {
    std::vector<exporting::PublishedCount> counts;
    for (const auto& [choice, count] : {std::pair{"rat_tot", 20u}, {"tot", 50u}, {"binh_thuong", 20u}, {"kem", 10u}})
        counts.push_back({form.id, form.version, "rating", choice, count});
    return counts;
}

}  // namespace

TEST_CASE("results are told only where the workbook allows it and ten have answered") {
    CHECK(results_of(poll(false), kTwelve, {}).votes.empty());
    CHECK(results_of(poll(false), kTwelve, published(poll(false))).votes.empty());
    CHECK(results_of(poll(true), {{"tot", 9}}, {}).votes.empty());
    const plugin_host::FormResults own = results_of(poll(true), kTwelve, {});
    CHECK(own.votes == Tallies{{"rat_tot", 2}, {"tot", 7}, {"binh_thuong", 2}, {"kem", 1}});
    CHECK_FALSE(own.is_published);
}

TEST_CASE("what the office published for all its kiosks is told where it is more than this kiosk's own") {
    const forms::Form form = poll(true);
    const plugin_host::FormResults all = results_of(form, kTwelve, published(form));
    CHECK(all.votes == Tallies{{"rat_tot", 20}, {"tot", 50}, {"binh_thuong", 20}, {"kem", 10}});
    CHECK(all.is_published);
    CHECK_FALSE(results_of(form, {{"tot", 101}}, published(form)).is_published);
}

TEST_CASE("a publication of another form, version or question, or with choices left out, is not told") {
    const forms::Form form = poll(true);
    const auto is_told = [&](auto change) {
        auto counts = published(form);
        change(counts);
        return results_of(form, kTwelve, counts).is_published;
    };
    CHECK(is_told([](auto&) {}));
    CHECK_FALSE(is_told([](auto& counts) { for (auto& count : counts) count.form = "another"; }));
    CHECK_FALSE(is_told([](auto& counts) { for (auto& count : counts) count.version = "1"; }));
    CHECK_FALSE(is_told([](auto& counts) { for (auto& count : counts) count.question = "another"; }));
    CHECK_FALSE(is_told([](auto& counts) { counts.pop_back(); }));
}
