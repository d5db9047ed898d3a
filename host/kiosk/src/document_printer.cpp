#include "document_printer.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <fstream>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

extern char** environ;

namespace kiosk {
namespace {

constexpr std::string_view kFolderQueue = "folder:";
constexpr std::chrono::seconds kPatience{20};

core::Error no_printer() {
    return {"printer.none", {"Máy này chưa nối máy in.", "No printer is set up for this kiosk."}};
}

core::Error printer_failed(const std::string& vi, const std::string& en) { return {"printer.failed", {"Máy in chưa nhận bản in: " + vi + ".", "The printer did not take the page: " + en + "."}}; }

// The page as a file that has no name and is gone when the spooler has read it.
class NamelessFile {
  public:
    explicit NamelessFile(const core::Bytes& bytes) : number_(::memfd_create("page", MFD_CLOEXEC)) {
        std::size_t written = 0;
        while (number_ >= 0 && written < bytes.size()) {
            const ssize_t more = ::write(number_, bytes.data() + written, bytes.size() - written);
            if (more <= 0) return;
            written += static_cast<std::size_t>(more);
        }
        is_whole_ = number_ >= 0 && ::lseek(number_, 0, SEEK_SET) == 0;
    }
    ~NamelessFile() { if (number_ >= 0) ::close(number_); }
    NamelessFile(const NamelessFile&) = delete;
    NamelessFile& operator=(const NamelessFile&) = delete;

    int number() const { return number_; }
    bool is_whole() const { return is_whole_; }

  private:
    int number_;
    bool is_whole_ = false;
};

// Its exit status; nothing: it did not start, or took too long and was ended.
std::optional<int> run(const std::vector<std::string>& words, int standard_input) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, standard_input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int spawned = ::posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (spawned != 0) return std::nullopt;
    const auto end = std::chrono::steady_clock::now() + kPatience;
    for (int status = 0;;) {
        if (::waitpid(child, &status, WNOHANG) == child) return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
        if (std::chrono::steady_clock::now() > end) {
            ::kill(child, SIGKILL);
            ::waitpid(child, &status, 0);
            return std::nullopt;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

class SpoolingPrinter final : public DocumentPrinter {
  public:
    SpoolingPrinter(PrinterOptions options, std::function<void()> wake)
        : options_(std::move(options)), wake_(wake ? std::move(wake) : [] {}), worker_([this] { work(); }) {}
    ~SpoolingPrinter() override {
        {
            const std::lock_guard lock(mutex_);
            is_closing_ = true;
        }
        work_came_.notify_one();
        worker_.join();
    }

    void print(PrintJob job, Done done) override {
        ++waiting_;
        {
            const std::lock_guard lock(mutex_);
            jobs_.emplace_back(std::move(job), std::move(done));
        }
        work_came_.notify_one();
    }

    void drain() override {
        std::deque<std::pair<Done, core::Result<void>>> finished;
        {
            const std::lock_guard lock(mutex_);
            finished.swap(finished_);
        }
        for (auto& [done, result] : finished) {
            --waiting_;
            done(std::move(result));
        }
    }

    bool is_busy() const override { return waiting_ > 0; }

  private:
    void work() {
        for (;;) {
            std::unique_lock lock(mutex_);
            work_came_.wait(lock, [this] { return is_closing_ || !jobs_.empty(); });
            if (jobs_.empty()) return;
            auto [job, done] = std::move(jobs_.front());
            jobs_.pop_front();
            lock.unlock();
            core::Result<void> result = print_now(job);
            lock.lock();
            finished_.emplace_back(std::move(done), std::move(result));
            lock.unlock();
            wake_();
        }
    }

    core::Result<void> print_now(const PrintJob& job) {
        const bool is_named = job.layout.find('\n') == std::string::npos;
        const auto layout = is_named ? documents::find_layout(options_.layouts, job.layout) : documents::read_layout(job.layout);
        if (!layout) return layout.error();
        if (options_.queue == "none") return no_printer();
        const auto make_pdf = documents::load_make_pdf(options_.documents_module);
        if (!make_pdf) return make_pdf.error();
        const auto pdf = (*make_pdf)(*layout, {*job.form, job.submission, "vi", job.slips});
        if (!pdf) return pdf.error();
        if (options_.queue.starts_with(kFolderQueue)) return keep(*pdf, options_.queue.substr(kFolderQueue.size()));
        return spool(*pdf);
    }

    // For rehearsals without a printer.
    core::Result<void> keep(const core::Bytes& pdf, const std::filesystem::path& folder) {
        std::error_code ignored;
        std::filesystem::create_directories(folder, ignored);
        std::ofstream file(folder / ("page-" + std::to_string(++pages_kept_) + ".pdf"), std::ios::binary);
        file.write(reinterpret_cast<const char*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
        if (!file.flush()) return printer_failed("không ghi được vào " + folder.string(), folder.string() + " cannot be written");
        return {};
    }

    core::Result<void> spool(const core::Bytes& pdf) {
        const NamelessFile page(pdf);
        if (!page.is_whole()) return printer_failed("thiếu bộ nhớ", "no memory");
        std::vector<std::string> words{options_.program, "-s", "-t", "feedback-kiosk"};   // the title tells nothing of the page
        if (!options_.queue.empty()) words.insert(words.end(), {"-d", options_.queue});
        words.insert(words.end(), {"-o", "media=A4", "-"});
        const auto status = run(words, page.number());
        if (!status) return printer_failed("chương trình " + options_.program + " không chạy được", "the program " + options_.program + " does not run");
        if (*status == 127) return no_printer();
        if (*status != 0) return printer_failed("hàng đợi in từ chối", "the print queue refused it");
        return {};
    }

    PrinterOptions options_;
    std::function<void()> wake_;
    int waiting_ = 0;                // main thread's own
    int pages_kept_ = 0;             // worker's own
    std::mutex mutex_;
    std::condition_variable work_came_;
    std::deque<std::pair<PrintJob, Done>> jobs_;
    std::deque<std::pair<Done, core::Result<void>>> finished_;
    bool is_closing_ = false;
    std::thread worker_;             // last: it uses all of the above
};

class PaperlessPrinter final : public DocumentPrinter {
  public:
    void print(PrintJob, Done done) override { waiting_.push_back(std::move(done)); }
    void drain() override {
        for (const Done& done : std::exchange(waiting_, {})) done({});
    }
    bool is_busy() const override { return !waiting_.empty(); }

  private:
    std::vector<Done> waiting_;
};

}  // namespace

std::unique_ptr<DocumentPrinter> open_document_printer(PrinterOptions options, std::function<void()> wake) {
    return std::make_unique<SpoolingPrinter>(std::move(options), std::move(wake));
}

std::unique_ptr<DocumentPrinter> make_paperless_printer() { return std::make_unique<PaperlessPrinter>(); }

}  // namespace kiosk
