// export_benchmark [ROWS…] [FOLDER]: generates answers into an office store through the real merge, then exports them to each
// format, each in a process of its own, and has the sqlite3 program write the same table, in turn. Prints wall time, CPU
// time, peak memory and size, and the ratios to sqlite3. Several ROWS show the growth. Stores are kept in FOLDER.
#include <kiosk/core/response_codec.hpp>
#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/answers_export.hpp>
#include <kiosk/office_store/office_store.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
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
        bundle.header.sealed_answers = count;
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

// One store of so many answers, measured in each format.
class Measured {
  public:
    Measured(std::uint64_t rows, files::path folder)
        : rows_(rows), folder_(std::move(folder)), store_((folder_ / ("store-" + std::to_string(rows) + ".db")).string()) {}

    void run(int rounds) const {
        std::printf("%llu answers\n", static_cast<unsigned long long>(rows_));
        if (!files::exists(store_)) {
            const Cost merge = measure([this] { return make_store(); });
            print("  merge", merge, megabytes(store_));
        }
        beside_sqlite("csv", exporting::ExportFormat::csv, "-header -csv", rounds);
        beside_sqlite("jsonl", exporting::ExportFormat::json_lines, "-json", rounds);
        const Cost workbook = measure([this] { return exported(exporting::ExportFormat::xlsx); });
        print("  xlsx", workbook, megabytes(folder_ / "bench.xlsx"));
        if (rows_ > 100'000) return;  // a folder for each answer: a file system's work, not ours
        print("  odk", measure([this] { return exported(exporting::ExportFormat::odk); }), 0);
        files::remove_all(folder_ / "bench");
    }

  private:
    bool make_store() const {
        auto store = office_store::OfficeStore::open(store_, read_definition);
        if (store) generate(*store, rows_);
        return store.has_value();
    }

    bool exported(exporting::ExportFormat format) const {
        auto store = office_store::OfficeStore::open_existing(store_, read_definition);
        if (!store || !store->freeze()) return false;
        auto form = store->forms("bench");
        exporting::ExportOptions options;
        options.format = format;
        return form && exporting::export_form(*store, form->at(0), "bench", folder_, options).has_value();
    }

    // In turn, so that a busy minute hits both.
    void beside_sqlite(const std::string& name, exporting::ExportFormat format, const std::string& options, int rounds) const {
        const files::path peer = folder_ / ("peer." + name);
        const std::string command = "sqlite3 " + options + " '" + store_ + "' 'SELECT rating, up_to_date, easy, topics, age, minutes, visited, name, comment, "
                                    "_wave, _kiosk, _form_version, _key FROM form_bench ORDER BY _key' > '" + peer.string() + "'";
        std::vector<double> wall, cpu;
        for (int round = 0; round < rounds; ++round) {
            const Cost ours = measure([&] { return exported(format); });
            const Cost theirs = measure([&] { return std::system(command.c_str()) == 0; });
            wall.push_back(ours.wall_s / theirs.wall_s);
            cpu.push_back(ours.cpu_s / theirs.cpu_s);
            if (round + 1 < rounds) continue;
            print("  " + name, ours, megabytes(folder_ / ("bench." + name)));
            print("  sqlite3 " + options, theirs, megabytes(peer));
        }
        std::sort(wall.begin(), wall.end());
        std::sort(cpu.begin(), cpu.end());
        std::printf("  %s / sqlite3, median of %d: wall %.2f [%.2f..%.2f], CPU %.2f [%.2f..%.2f]\n", name.c_str(), rounds, wall[wall.size() / 2],
                    wall.front(), wall.back(), cpu[cpu.size() / 2], cpu.front(), cpu.back());
    }

    std::uint64_t rows_;
    files::path folder_;
    std::string store_;
};

}  // namespace

int main(int count, char** words) {
    std::vector<std::uint64_t> sizes;
    files::path folder = files::temp_directory_path() / "kiosk-export-benchmark";
    for (int i = 1; i < count; ++i) {
        if (const std::uint64_t rows = std::strtoull(words[i], nullptr, 10); rows > 0) sizes.push_back(rows);
        else folder = words[i];
    }
    if (sizes.empty()) sizes = {1'000'000};
    files::create_directories(folder);
    constexpr int kRounds = 5;
    for (const std::uint64_t rows : sizes) Measured(rows, folder).run(kRounds);
    return 0;
}
