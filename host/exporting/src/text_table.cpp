#include "text_table.hpp"

#include "output_file.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace kiosk::exporting {
namespace {

// Keys are random, so equal parts of the key space hold about equally many rows.
constexpr std::uint32_t kPartsAtMost = 4096;
constexpr std::uint64_t kRowsAPart = 256;
constexpr unsigned kThreadsAtMost = 4;
constexpr std::size_t kPieceBytes = 1 << 18;  // written at once

std::uint32_t parts_for(std::uint64_t rows) { return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(rows / kRowsAPart, 1, kPartsAtMost)); }

core::KeyRange part_of_keys(std::uint32_t part, std::uint32_t parts) {
    const auto boundary = [parts](std::uint32_t at) {
        std::array<char, 16> digits{};
        std::snprintf(digits.data(), digits.size(), "uuid:%03x", at * kPartsAtMost / parts);
        return std::string(digits.data());
    };
    core::KeyRange range;
    if (part > 0) range.from = boundary(part);
    if (part + 1 < parts) range.below = boundary(part + 1);
    return range;
}

// One file, filled by one thread or by several that take turns.
class TableWriter {
  public:
    TableWriter(const ExportJob& job, OutputFile& file, std::uint32_t parts) : job_(job), file_(file), parts_(parts) {}

    core::Result<void> write_alone(core::RowReader& reader, RowFormat& format) {
        TextBuffer text;
        auto read = reader.read({}, [&](const core::AnswerRow& row) -> core::Result<void> {
            format.row(text, row);
            job_.tell_progress(++rows_, row.key);
            return text.size() < kPieceBytes ? core::Result<void>() : write(text);
        });
        return read ? write(text) : read;
    }

    core::Result<void> write_together(const std::vector<std::unique_ptr<core::RowReader>>& readers,
                                      const std::vector<std::unique_ptr<RowFormat>>& formats) {
        std::vector<std::thread> helpers;
        for (std::size_t i = 1; i < readers.size(); ++i)
            helpers.emplace_back([&, i] { take_parts(*readers[i], *formats[i]); });
        take_parts(*readers[0], *formats[0]);
        for (std::thread& helper : helpers) helper.join();
        if (error_) return *error_;
        return {};
    }

    std::uint64_t rows() const { return rows_; }

  private:
    core::Result<void> write(TextBuffer& text) {
        file_.write(text.view());
        text.clear();
        return file_.failed() ? file_.finish() : core::Result<void>();
    }

    // Until the parts are used up, or one thread has failed. A part that turns out large waits for its turn and is then
    // written piece by piece, so that no thread ever holds more than one piece.
    void take_parts(core::RowReader& reader, RowFormat& format) {
        TextBuffer text;
        for (std::uint32_t part = next_part_++; part < parts_; part = next_part_++) {
            std::uint64_t rows = 0;
            auto done = reader.read(part_of_keys(part, parts_), [&](const core::AnswerRow& row) -> core::Result<void> {
                format.row(text, row);
                ++rows;
                return text.size() < kPieceBytes ? core::Result<void>() : write_in_turn(part, text);
            });
            if (done) done = write_in_turn(part, text);
            if (!finish_part(part, rows, done)) return;
        }
    }

    core::Result<void> write_in_turn(std::uint32_t part, TextBuffer& text) {
        std::unique_lock lock(mutex_);
        turn_changed_.wait(lock, [&] { return turn_ == part || error_; });
        return error_ ? core::Result<void>(*error_) : write(text);
    }

    bool finish_part(std::uint32_t part, std::uint64_t rows, const core::Result<void>& done) {
        const std::lock_guard lock(mutex_);
        if (!done && !error_) error_ = done.error();
        rows_ += rows;
        job_.tell_progress(rows_, static_cast<double>(part + 1) / parts_);
        turn_ = part + 1;
        turn_changed_.notify_all();
        return !error_;
    }

    const ExportJob& job_;
    OutputFile& file_;
    std::uint32_t parts_;
    std::uint64_t rows_ = 0;
    std::atomic<std::uint32_t> next_part_ = 0;
    std::mutex mutex_;                       // guards the file and what follows
    std::condition_variable turn_changed_;
    std::uint32_t turn_ = 0;                 // the part to be written next
    std::optional<core::Error> error_;
};

unsigned threads_for(const core::AnswerTables& tables, std::uint32_t parts) {
    if (!tables.reads_in_parallel()) return 1;
    return std::clamp(std::thread::hardware_concurrency(), 1U, std::min(kThreadsAtMost, parts));
}

core::Result<ExportedFile> write_table(const ExportJob& job, std::size_t table, std::string_view extension,
                                       const MakeRowFormat& make_format) {
    const Sheet sheet = sheet_of(job.form, table, job.options);
    const ExportedFile exported{job.path(sheet.name, extension), 0};
    auto file = OutputFile::create(exported.path);
    if (!file) return file.error();
    const auto rows = job.tables.rough_count();
    if (!rows) return rows.error();
    const std::uint32_t parts = parts_for(*rows);
    std::vector<std::unique_ptr<core::RowReader>> readers;
    std::vector<std::unique_ptr<RowFormat>> formats;
    for (unsigned i = threads_for(job.tables, parts); i > 0; --i) {
        auto reader = job.tables.reader(job.form, table, job.options.filter);
        if (!reader) return reader.error();
        readers.push_back(std::move(*reader));
        formats.push_back(make_format(sheet));
    }
    TextBuffer header;
    formats[0]->header(header);
    file->write(header.view());
    TableWriter writer(job, *file, parts);
    auto written = readers.size() == 1 ? writer.write_alone(*readers[0], *formats[0]) : writer.write_together(readers, formats);
    if (!written) return written.error();
    if (auto finished = file->finish(); !finished) return finished.error();
    return ExportedFile{exported.path, writer.rows()};
}

}  // namespace

ExportResult write_text_tables(const ExportJob& job, std::string_view extension, const MakeRowFormat& make_format) {
    std::vector<ExportedFile> files;
    for (std::size_t table = 0; table < job.form.tables.size(); ++table) {
        auto written = write_table(job, table, extension, make_format);
        if (!written) return written.error();
        files.push_back(std::move(*written));
    }
    return files;
}

}  // namespace kiosk::exporting
