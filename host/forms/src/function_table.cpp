#include "function_table.hpp"

#include <kiosk/forms/expression.hpp>

#include <algorithm>
#include <iterator>

namespace kiosk::forms {
namespace {

constexpr std::uint8_t kAny = FunctionEntry::kAnyNumber;

// Sorted by name. Arguments as the ODK XForms specification and XPath 1.0 have them; where JavaRosa and Enketo take
// more (concat() over one node-set, join() of nothing), so do we.
constexpr FunctionEntry kFunctions[] = {
    {"abs", Function::abs, 1, 1},
    {"acos", Function::acos, 1, 1},
    {"area", Function::area, 1, 1},
    {"asin", Function::asin, 1, 1},
    {"atan", Function::atan, 1, 1},
    {"atan2", Function::atan2, 2, 2},
    {"base64-decode", Function::base64_decode, 1, 1},
    {"boolean", Function::boolean, 1, 1},
    {"boolean-from-string", Function::boolean_from_string, 1, 1},
    {"ceiling", Function::ceiling, 1, 1},
    {"checklist", Function::checklist, 2, kAny},
    {"coalesce", Function::coalesce, 2, 2},
    {"concat", Function::concat, 0, kAny},
    {"contains", Function::contains, 2, 2},
    {"cos", Function::cos, 1, 1},
    {"count", Function::count, 1, 1},
    {"count-non-empty", Function::count_non_empty, 1, 1},
    {"count-selected", Function::count_selected, 1, 1},
    {"current", Function::current, 0, 0},
    {"date", Function::date, 1, 1},
    {"date-time", Function::date_time, 1, 1},
    {"decimal-date-time", Function::decimal_date_time, 1, 1},
    {"decimal-time", Function::decimal_time, 1, 1},
    {"digest", Function::digest, 2, 3},
    {"distance", Function::distance, 1, kAny},
    {"ends-with", Function::ends_with, 2, 2},
    {"exp", Function::exp, 1, 1},
    {"exp10", Function::exp10, 1, 1},
    {"false", Function::false_, 0, 0},
    {"floor", Function::floor, 1, 1},
    {"format-date", Function::format_date, 2, 2},
    {"format-date-time", Function::format_date_time, 2, 2},
    {"geofence", Function::geofence, 2, 2},
    {"id", Function::id, 1, 1},
    {"if", Function::if_, 3, 3},
    {"indexed-repeat", Function::indexed_repeat, 3, 7},
    {"instance", Function::instance, 1, 1},
    {"int", Function::int_, 1, 1},
    {"intersects", Function::intersects, 1, 1},
    {"join", Function::join, 1, kAny},
    {"jr:choice-name", Function::choice_name, 2, 2},
    {"jr:itext", Function::itext, 1, 1},
    {"lang", Function::lang, 1, 1},
    {"last", Function::last, 0, 0},
    {"local-name", Function::local_name, 0, 1},
    {"log", Function::log, 1, 1},
    {"log10", Function::log10, 1, 1},
    {"max", Function::max, 1, kAny},
    {"min", Function::min, 1, kAny},
    {"name", Function::name, 0, 1},
    {"namespace-uri", Function::namespace_uri, 0, 1},
    {"normalize-space", Function::normalize_space, 0, 1},
    {"not", Function::not_, 1, 1},
    {"now", Function::now, 0, 0},
    {"number", Function::number, 0, 1},
    {"once", Function::once, 1, 1},
    {"pi", Function::pi, 0, 0},
    {"position", Function::position, 0, 1},
    {"pow", Function::pow, 2, 2},
    {"pulldata", Function::pulldata, 4, 4},
    {"random", Function::random, 0, 0},
    {"randomize", Function::randomize, 1, 2},
    {"regex", Function::regex, 2, 2},
    {"round", Function::round, 1, 2},
    {"selected", Function::selected, 2, 2},
    {"selected-at", Function::selected_at, 2, 2},
    {"sin", Function::sin, 1, 1},
    {"sqrt", Function::sqrt, 1, 1},
    {"starts-with", Function::starts_with, 2, 2},
    {"string", Function::string, 0, 1},
    {"string-length", Function::string_length, 0, 1},
    {"substr", Function::substr, 2, 3},
    {"substring", Function::substring, 2, 3},
    {"substring-after", Function::substring_after, 2, 2},
    {"substring-before", Function::substring_before, 2, 2},
    {"sum", Function::sum, 1, 1},
    {"tan", Function::tan, 1, 1},
    {"today", Function::today, 0, 0},
    {"translate", Function::translate, 3, 3},
    {"true", Function::true_, 0, 0},
    {"uuid", Function::uuid, 0, 1},
    {"version", Function::version, 0, 0},
    {"weighted-checklist", Function::weighted_checklist, 2, kAny},
};

}  // namespace

const FunctionEntry* find_function(std::string_view name) {
    const auto* found = std::ranges::lower_bound(kFunctions, name, {}, &FunctionEntry::name);
    return found != std::end(kFunctions) && found->name == name ? found : nullptr;
}

const std::vector<std::string_view>& function_names() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> all;
        for (const FunctionEntry& entry : kFunctions) all.push_back(entry.name);
        return all;
    }();
    return names;
}

}  // namespace kiosk::forms
