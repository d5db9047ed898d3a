// sample-store FILE ROWS: an office store with answers that are hard on spreadsheets, for check_cells.py.
#include "../office_store/sample.hpp"

#include <cstdio>
#include <cstdlib>

using namespace kiosk;

namespace {

const char* const kTexts[]{"Nguyễn Thị Hường", "=1+1", "+84 905 123 456", "-5", "@SUM(A1)", "'apostrophe", "say \"yes\"", "a,b;c",
                           "two\nlines", "tab\tinside", " spaces ", "007", "1e5", "1/2", "TRUE", "_x0041_", "Đặng Văn Ưu – 100 %",
                           "&lt;b&gt; &amp;amp;", "\xef\xbc\x9d" "1+1", "\xf0\x9f\x98\x80 smile", "null", "#N/A", "2026-03-02", "0x1F"};

std::string document_of(core::Random& random, std::size_t number) {
    const auto tag = [](const std::string& name, const std::string& value) { return "<" + name + ">" + value + "</" + name + ">"; };
    const auto text = [&] { return std::string(kTexts[random.below(std::size(kTexts))]); };
    const char* const ratings[]{"rat_tot", "tot", "kem", ""};
    const char* const topics[]{"giay_to", "dat_dai", "giay_to dat_dai", ""};
    std::string body = tag("start", "2026-03-02T09:00:00.000+07:00") + tag("rating", ratings[random.below(4)]) +
                       tag("age", std::to_string(number % 2 == 0 ? random.below(120) : std::uint64_t{9'007'199'254'740'993})) +
                       tag("topics", topics[random.below(4)]) + tag("who", tag("name", kTexts[number % std::size(kTexts)]));
    for (std::uint64_t members = random.below(3); members > 0; --members) {
        std::string awards;
        for (std::uint64_t count = random.below(3); count > 0; --count)
            awards += tag("award", tag("score", std::to_string(random.below(100)) + "." + std::to_string(random.below(1000))));
        body += tag("member", tag("name", text()) + awards);
    }
    return body;
}

}  // namespace

int main(int count, char** words) {
    if (count != 3) return std::fprintf(stderr, "usage: sample-store FILE ROWS\n"), 2;
    auto store = office_store::OfficeStore::open(words[1], sample::read_definition);
    if (!store) return std::fprintf(stderr, "%s\n", store.error().message.en.c_str()), 1;
    core::SeededRandom random(7);
    std::vector<core::Response> answers;
    for (std::size_t i = 0; i < std::strtoull(words[2], nullptr, 10); ++i)
        answers.push_back(sample::response(random, document_of(random, i), 1 + static_cast<int>(i % 2)));
    return store->merge(sample::bundle("K07", 1, answers)) ? 0 : 1;
}
