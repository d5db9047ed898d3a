#include <kiosk/exporting/folder.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace kiosk::exporting {
namespace {

constexpr std::size_t kChunk = 1 << 20;

core::Error reason(int error) {
    switch (error) {
        case ENOSPC:
        case EDQUOT:
            return {"stick.full", {"USB đã đầy. Hãy xóa bớt tệp trên USB hoặc dùng USB khác rồi xuất lại.",
                                   "The stick is full. Delete files from it or take another one, and export again."}};
        case EROFS:
            return {"stick.read_only", {"USB đang bị khóa ghi. Hãy gạt chốt khóa trên USB hoặc dùng USB khác.",
                                        "The stick is write-protected. Move its lock or take another one."}};
        case EACCES:
        case EPERM:
            return {"stick.not_permitted", {"Không có quyền ghi vào thư mục này. Hãy chọn thư mục khác.",
                                            "This folder may not be written to. Choose another folder."}};
        case EFBIG:
            return {"stick.too_large_for_it",
                    {"Tệp quá lớn đối với định dạng của USB (FAT32 chỉ chứa tệp dưới 4 GB). Hãy dùng USB định dạng exFAT.",
                     "The file is too large for the stick's format (FAT32 holds files under 4 GB). Use an exFAT stick."}};
        case ENOENT:
        case ENODEV:
        case ENXIO:
        case EIO:
            return {"stick.gone", {"USB đã bị rút ra hoặc bị lỗi. Hãy cắm lại USB (hoặc USB khác) rồi làm lại.",
                                   "The stick was pulled out or is failing. Insert it (or another one) and try again."}};
        case ENOTDIR:
            return {"stick.not_a_folder", {"Đường dẫn này không phải là thư mục. Hãy chọn một thư mục.",
                                           "This path is not a folder. Choose a folder."}};
        default:
            return {"stick.failed",
                    {std::string("Không ghi hoặc đọc được: ") + std::strerror(error) + ". Hãy dùng USB hoặc thư mục khác.",
                     std::string("Writing or reading failed: ") + std::strerror(error) + ". Use another stick or folder."}};
    }
}

// What Linux reads but does not write, or not by itself: a stick formatted on a Mac, a CD, a Windows disk not shut down.
bool is_foreign(const std::filesystem::path& path) {
    struct statfs status {};
    if (::statfs(path.c_str(), &status) != 0) return false;
    constexpr long kForeign[]{0x482b /* HFS+ */, 0x4244 /* HFS */, 0x9660 /* ISO 9660 */, 0x15013346 /* UDF */,
                              0x5346544e /* NTFS */, 0x7366746e /* NTFS3 */, 0x65735546 /* FUSE: NTFS, APFS */};
    return std::find(std::begin(kForeign), std::end(kForeign), static_cast<long>(status.f_type)) != std::end(kForeign);
}

core::Error foreign_format() {
    return {"stick.foreign_format",
            {"USB có định dạng mà máy này chỉ đọc được, không ghi được. Hãy định dạng lại USB thành exFAT trên máy văn phòng, hoặc dùng USB khác.",
             "The stick has a format that this machine reads but cannot write. Format it as exFAT at the office, or take another one."}};
}

core::Error lies() {
    return {"stick.lies", {"Dữ liệu đọc lại từ USB không giống dữ liệu đã ghi: USB bị lỗi hoặc là hàng giả. Hãy dùng USB khác.",
                           "What was read back from the stick is not what was written: it is failing or fake. Use another one."}};
}

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { if (number_ >= 0) ::close(number_); }

    explicit operator bool() const { return number_ >= 0; }
    int number() const { return number_; }
    int close() { return ::close(std::exchange(number_, -1)); }  // a stick may report a failed write only here

  private:
    int number_;
};

int sync_folder(const std::filesystem::path& path) {
    Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder) return errno;
    // Some file systems for sticks cannot sync a folder; the file's own sync is then all there is.
    if (::fsync(folder.number()) != 0 && errno != EINVAL && errno != ENOSYS) return errno;
    return 0;
}

}  // namespace

core::Words slow_stick() {
    return {"USB này ghi rất chậm: dữ liệu đã ghi đủ và đã kiểm tra, nhưng lần sau hãy dùng USB khác hoặc cắm vào cổng khác.",
            "This stick writes very slowly: everything is on it and was checked, but next time use another stick or another socket."};
}

core::Error DiskFolder::failure(int error) const {
    return (error == EROFS || error == EPERM || error == EACCES) && is_foreign(path_) ? foreign_format() : reason(error);
}

bool DiskFolder::is_slow() const {
    const std::chrono::duration<double> seconds = writing_;
    constexpr double kPatience = 10, kSlowBytesPerSecond = 1 << 20;
    return seconds.count() > kPatience && static_cast<double>(written_bytes_) < seconds.count() * kSlowBytesPerSecond;
}

core::Result<DiskFolder> DiskFolder::open(const std::filesystem::path& folder) {
    if (::mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) return reason(errno);
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) return reason(errno);
    if (!S_ISDIR(status.st_mode)) return reason(ENOTDIR);
    return DiskFolder(folder);
}

core::Result<void> DiskFolder::write(std::string_view name, core::ByteView content) {
    const auto start = std::chrono::steady_clock::now();
    written_bytes_ += content.size();
    Descriptor file(::open((path_ / name).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (!file) return failure(errno);
    while (!content.empty()) {
        const ssize_t written = ::write(file.number(), content.data(), std::min(content.size(), kChunk));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failure(errno);
        content = content.subspan(static_cast<std::size_t>(written));
    }
    // A constant time: what the stick shows of when a kiosk was emptied is the folder's business, not the bundle's.
    const timespec times[2] = {{1577836800, 0}, {1577836800, 0}};
    static_cast<void>(::futimens(file.number(), times));
    if (::fsync(file.number()) != 0) return failure(errno);
    if (file.close() != 0) return failure(errno);
    writing_ += std::chrono::steady_clock::now() - start;
    return {};
}

core::Result<core::Bytes> DiskFolder::read(std::string_view name, std::uint64_t maximum_bytes) {
    Descriptor file(::open((path_ / name).c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return failure(errno);
    static_cast<void>(::posix_fadvise(file.number(), 0, 0, POSIX_FADV_DONTNEED));
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) return failure(errno);
    if (!S_ISREG(status.st_mode)) return failure(EACCES);
    if (static_cast<std::uint64_t>(status.st_size) > maximum_bytes)
        return core::Error{"file.too_large", {"Tệp lớn hơn mức cho phép nên không được đọc: " + std::string(name),
                                              "The file is larger than allowed and was not read: " + std::string(name)}};
    core::Bytes content(static_cast<std::size_t>(status.st_size));
    std::size_t filled = 0;
    while (filled < content.size()) {
        const ssize_t count = ::read(file.number(), content.data() + filled, std::min(content.size() - filled, kChunk));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failure(errno);
        if (count == 0) break;
        filled += static_cast<std::size_t>(count);
    }
    content.resize(filled);
    return content;
}

core::Result<void> DiskFolder::rename(std::string_view from, std::string_view to) {
    if (::rename((path_ / from).c_str(), (path_ / to).c_str()) != 0) return failure(errno);
    if (const int error = sync_folder(path_); error != 0) return failure(error);
    return {};
}

core::Result<void> DiskFolder::remove(std::string_view name) {
    if (::unlink((path_ / name).c_str()) != 0 && errno != ENOENT) return failure(errno);
    return {};
}

core::Result<void> publish(Folder& folder, const std::vector<NewFile>& files) {
    const auto give_up = [&](core::Error error) {
        // Best effort: a stick that is gone or full of faults keeps a .part, which nothing ever reads.
        for (const NewFile& file : files) static_cast<void>(folder.remove(file.name + ".part"));
        return error;
    };
    for (const NewFile& file : files)
        if (auto written = folder.write(file.name + ".part", file.content); !written) return give_up(written.error());
    for (const NewFile& file : files) {
        auto back = folder.read(file.name + ".part", file.content.size());
        if (!back) return give_up(back.error());
        if (!std::equal(back->begin(), back->end(), file.content.begin(), file.content.end())) return give_up(lies());
    }
    for (const NewFile& file : files)
        if (auto renamed = folder.rename(file.name + ".part", file.name); !renamed) return give_up(renamed.error());
    return {};
}

}  // namespace kiosk::exporting
