#include "zip_archive.hpp"

#include <zip.h>

#include <algorithm>
#include <utility>

namespace kiosk::exporting {
namespace {

// 1 January 2020, 00:00, in DOS terms: when a bundle was written is nobody's business.
constexpr zip_uint16_t kConstantDate = (2020 - 1980) << 9 | 1 << 5 | 1;
constexpr zip_uint16_t kConstantTime = 0;

core::Error cannot_pack() {
    return {"bundle.cannot_pack", {"Không đóng gói được dữ liệu: bộ nhớ không đủ. Hãy khởi động lại máy rồi xuất lại.",
                                   "The data could not be packed: not enough memory. Restart the machine and export again."}};
}

core::Error damaged() {
    return {"bundle.damaged", {"Gói dữ liệu bị hỏng bên trong. Hãy xuất lại gói này từ kiosk.",
                               "The bundle is damaged inside. Export this bundle from the kiosk again."}};
}

core::Error too_large() {
    return {"bundle.too_large", {"Gói dữ liệu lớn hơn mức cho phép nên không được mở. Hãy báo cho kỹ thuật viên.",
                                 "The bundle is larger than allowed and was not opened. Tell the technician."}};
}

struct CloseSource {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct DiscardArchive {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Source = std::unique_ptr<zip_source_t, CloseSource>;
using OpenArchive = std::unique_ptr<zip_t, DiscardArchive>;

core::Result<core::Bytes> whole(zip_source_t* source) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) return cannot_pack();
    core::Bytes bytes(stat.size);
    const zip_int64_t read = zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    if (read < 0 || static_cast<std::uint64_t>(read) != bytes.size()) return cannot_pack();
    return bytes;
}

}  // namespace

void ZipWriter::add(std::string name, core::Bytes content, ZipPacking packing) {
    entries_.push_back({std::move(name), std::move(content), packing});
}

void ZipWriter::add(std::string name, std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
    add(std::move(name), core::Bytes(bytes.begin(), bytes.end()), ZipPacking::deflated);
}

core::Result<core::Bytes> ZipWriter::finish() {
    Source target(zip_source_buffer_create(nullptr, 0, 0, nullptr));
    if (!target) return cannot_pack();
    OpenArchive archive(zip_open_from_source(target.get(), ZIP_TRUNCATE, nullptr));
    if (!archive) return cannot_pack();
    zip_source_keep(target.get());  // one reference is the archive's, one ours: it is read after the archive closes
    for (const Entry& entry : entries_) {
        Source source(zip_source_buffer(archive.get(), entry.content.data(), entry.content.size(), 0));
        if (!source) return cannot_pack();
        const zip_int64_t index = zip_file_add(archive.get(), entry.name.c_str(), source.get(), ZIP_FL_ENC_UTF_8);
        if (index < 0) return cannot_pack();
        static_cast<void>(source.release());
        const auto at = static_cast<zip_uint64_t>(index);
        const bool deflated = entry.packing == ZipPacking::deflated;
        if (zip_set_file_compression(archive.get(), at, deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) != 0 ||
            zip_file_set_dostime(archive.get(), at, kConstantTime, kConstantDate, 0) != 0)
            return cannot_pack();
    }
    if (zip_close(archive.get()) != 0) return cannot_pack();
    static_cast<void>(archive.release());
    entries_.clear();
    return whole(target.get());
}

class ZipReader::Archive {
  public:
    OpenArchive zip;
};

ZipReader::ZipReader(std::unique_ptr<Archive> archive) : archive_(std::move(archive)) {}
ZipReader::ZipReader(ZipReader&&) noexcept = default;
ZipReader& ZipReader::operator=(ZipReader&&) noexcept = default;
ZipReader::~ZipReader() = default;

core::Result<ZipReader> ZipReader::open(core::ByteView bytes, std::uint64_t maximum_entries) {
    Source source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr));
    if (!source) return damaged();
    OpenArchive archive(zip_open_from_source(source.get(), ZIP_RDONLY | ZIP_CHECKCONS, nullptr));
    if (!archive) return damaged();
    static_cast<void>(source.release());
    const zip_int64_t entries = zip_get_num_entries(archive.get(), 0);
    if (entries < 0) return damaged();
    if (static_cast<std::uint64_t>(entries) > maximum_entries) return too_large();
    auto holder = std::make_unique<Archive>();
    holder->zip = std::move(archive);
    return ZipReader(std::move(holder));
}

std::uint64_t ZipReader::size() const {
    return static_cast<std::uint64_t>(zip_get_num_entries(archive_->zip.get(), 0));
}

std::string ZipReader::name(std::uint64_t index) const {
    const char* name = zip_get_name(archive_->zip.get(), index, ZIP_FL_ENC_RAW);
    return name == nullptr ? std::string() : std::string(name);
}

core::Result<core::Bytes> ZipReader::read(std::uint64_t index, std::uint64_t maximum_bytes) const {
    zip_stat_t stat;
    if (zip_stat_index(archive_->zip.get(), index, 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0)
        return damaged();
    if (stat.size > maximum_bytes) return too_large();
    std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_->zip.get(), index, 0));
    if (!file) return damaged();
    core::Bytes content(stat.size + 1);  // one more than it says, to notice one that says less than it holds
    std::uint64_t filled = 0;
    for (;;) {
        const zip_int64_t count = zip_fread(file.get(), content.data() + filled, content.size() - filled);
        if (count < 0) return damaged();
        if (count == 0) break;
        filled += static_cast<std::uint64_t>(count);
        if (filled > stat.size) return damaged();
    }
    if (filled != stat.size) return damaged();
    content.resize(filled);
    return content;
}

}  // namespace kiosk::exporting
