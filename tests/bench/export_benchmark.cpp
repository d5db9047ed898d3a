// export_benchmark [ROWS] [FOLDER]: generates answers into an office store through the real merge, then exports them to each
// format, each in a process of its own, and has the sqlite3 program write the same table. Prints wall time, CPU time, peak
// memory and size; for CSV the ratio to sqlite3. The store is kept in FOLDER and used again.
#include <kiosk/core/response_codec.hpp>
#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/answers_export.hpp>
#include <kiosk/office_store/office_store.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

using namespace kiosk;
namespace files = std::filesystem;

namespace {

struct Question {
    const char* name;
    const char* type;
};
constexpr Question kQuestions[]{{"rating", "select_one"}, {"up_to_date", "select_one"}, {"easy", "select_one"},
                                {"topics", "select_multiple"}, {"age", "integer"}, {"minutes", "decimal"},
                                {"visited", "date"}, {"name", "text"}, {"comment", "text"}};

core::Result<forms::Form> read_definition(std::string_view) {
    forms::Form form;
    form.languages = {{"Tiếng Việt (vi)", "vi"}};
    const auto add = [&](const std::string& path, const std::string& type, std::uint32_t parent) {
        forms::Node node;
        node.kind = parent == forms::kNone ? forms::ItemKind::group : forms::ItemKind::question;
        node.path = path;
        node.type = type;
        node.parent = parent;
        form.nodes.push_back(node);
    };
    add("/data", "group", forms::kNone);
    for (const Question& question : kQuestions) add(std::string("/data/") + question.name, question.type, 0);
    return form;
}

std::string document(core::Random& random) {
    const char* ratings[]{"rat_tot", "tot", "binh_thuong", "kem"};
    const char* family[]{"Nguyễn", "Trần", "Lê", "Phạm", "Hồ"};
    const char* given[]{"Thị Hường", "Văn Đức", "Thị Ánh Tuyết", "Quốc Khánh"};
    const auto pick = [&](auto& list) { return std::string(list[random.below(std::size(list))]); };
    const auto tag = [](const char* name, const std::string& value) {
        return "<" + std::string(name) + ">" + value + "</" + name + ">";
    };
    const auto number = [&](std::uint64_t below) { return std::to_string(random.below(below)); };
    return "<data id=\"bench\" version=\"1\">" + tag("rating", pick(ratings)) + tag("up_to_date", pick(ratings)) +
           tag("easy", pick(ratings)) + tag("topics", pick(ratings) + " " + pick(ratings)) + tag("age", number(90)) +
           tag("minutes", number(60) + "." + number(10)) + tag("visited", "2026-11-1" + number(10)) +
           tag("name", pick(family) + " " + pick(given)) +
           tag("comment", "Cán bộ hướng dẫn tận tình, thủ tục nhanh, số " + number(100000)) + "</data>";
}

void generate(office_store::OfficeStore& store, std::uint64_t rows) {
    core::SeededRandom random(2026);
    const core::FormVersion version{"bench", "1", core::sha256_of("bench")};
    for (std::uint64_t done = 0, sequence = 1; done < rows; ++sequence) {
        office_store::IncomingBundle bundle;
        const std::uint64_t count = std::min<std::uint64_t>(rows - done, 50'000);
        bundle.header.kiosk_id = "K07";
        bundle.header.sequence = sequence;
        bundle.sha256 = core::sha256_of(std::to_string(sequence));
        bundle.definitions.emplace_back(version, "<h:html/>");
        bundle.for_each_row = [&](const office_store::TakeRow& take) -> core::Result<void> {
            for (std::uint64_t i = 0; i < count; ++i) {
                core::Response response;
                response.id = core::ResponseId::make(random);
                response.activity = "bench";
                response.form = version;
                response.document = document(random);
                auto payload = core::encode_response(response);
                if (!payload) return payload.error();
                if (auto taken = take(*payload); !taken) return taken;
            }
            return {};
        };
        auto merged = store.merge(bundle);
        if (!merged) std::fprintf(stderr, "%s\n", merged.error().message.en.c_str()), std::exit(1);
        done += count;
        std::fprintf(stderr, "\rgenerated %llu", static_cast<unsigned long long>(done));
    }
    std::fputc('\n', stderr);
}

struct Cost {
    double wall_s = 0, cpu_s = 0, peak_mib = 0;
};

double seconds(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

// In a child, so that peak memory is that of this alone.
Cost measure(const std::function<bool()>& work) {
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) ::_exit(work() ? 0 : 1);
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    if (status != 0) std::fprintf(stderr, "a measurement failed\n"), std::exit(1);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return {wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime), static_cast<double>(usage.ru_maxrss) / 1024};
}

void print(const std::string& what, const Cost& cost, double megabytes) {
    std::printf("%-28s %8.2f s wall %8.2f s CPU %8.1f MiB peak %9.1f MB\n", what.c_str(), cost.wall_s, cost.cpu_s, cost.peak_mib, megabytes);
    std::fflush(stdout);
}

double megabytes(const files::path& path) { return static_cast<double>(files::file_size(path)) / 1e6; }

}  // namespace

int main(int count, char** words) {
    const std::uint64_t rows = count > 1 ? std::strtoull(words[1], nullptr, 10) : 1'000'000;
    const files::path folder = count > 2 ? words[2] : "/tmp/kiosk-export-benchmark";
    files::create_directories(folder);
    const std::string store_file = (folder / ("store-" + std::to_string(rows) + ".db")).string();
    if (!files::exists(store_file)) {
        const auto cost = measure([&] {
            auto store = office_store::OfficeStore::open(store_file, read_definition);
            if (!store) return false;
            generate(*store, rows);
            return true;
        });
        print("merge", cost, megabytes(store_file));
    }
    const auto exporting_as = [&](exporting::ExportFormat format) {
        return [&, format] {
            auto store = office_store::OfficeStore::open_existing(store_file, read_definition);
            if (!store) return false;
            auto form = store->forms("bench");
            exporting::ExportOptions options;
            options.format = format;
            return form && exporting::export_form(*store, form->at(0), "bench", folder, options).has_value();
        };
    };
    // In turn, so that a busy minute hits both.
    const std::string peer = "sqlite3 -header -csv '" + store_file + "' 'SELECT rating, up_to_date, easy, topics, age, minutes, visited, name, "
                             "comment, _wave, _kiosk, _form_version, _key FROM form_bench ORDER BY _key' > '" + (folder / "peer.csv").string() + "'";
    std::vector<double> ratios;
    for (int round = 0; round < 5; ++round) {
        const Cost ours = measure(exporting_as(exporting::ExportFormat::csv));
        print("csv", ours, megabytes(folder / "bench.csv"));
        const Cost theirs = measure([&] { return std::system(peer.c_str()) == 0; });
        print("sqlite3 -csv", theirs, megabytes(folder / "peer.csv"));
        ratios.push_back(ours.wall_s / theirs.wall_s);
    }
    std::sort(ratios.begin(), ratios.end());
    std::printf("csv / sqlite3 wall ratio, median of 5: %.2f [%.2f..%.2f]\n", ratios[2], ratios[0], ratios[4]);
    const Cost lines = measure(exporting_as(exporting::ExportFormat::json_lines));
    print("jsonl", lines, megabytes(folder / "bench.jsonl"));
    const Cost workbook = measure(exporting_as(exporting::ExportFormat::xlsx));
    print("xlsx", workbook, megabytes(folder / "bench.xlsx"));
    return 0;
}
