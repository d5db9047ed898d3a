#include "output_file.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

namespace kiosk::exporting {
namespace {

std::filesystem::path part_of(const std::filesystem::path& path) { return path.string() + ".part"; }

}  // namespace

core::Error cannot_write(const std::filesystem::path& path, int error) {
    if (error == ENOSPC || error == EDQUOT)
        return {"export.full", {"Ổ đĩa đã đầy khi ghi “" + path.string() + "”. Hãy giải phóng chỗ trống rồi xuất lại.",
                                "The disk is full while writing \"" + path.string() + "\". Free some space and export again."}};
    const std::string reason = std::strerror(error);
    return {"export.cannot_write",
            {"Không ghi được “" + path.string() + "” (" + reason + "). Hãy đóng tệp nếu đang mở, hoặc chọn thư mục khác.",
             "\"" + path.string() + "\" cannot be written (" + reason + "). Close it if it is open, or choose another folder."}};
}

core::Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
    std::FILE* file = std::fopen(part_of(path).c_str(), "wb");
    if (file == nullptr) return cannot_write(path, errno);
    std::setvbuf(file, nullptr, _IONBF, 0);
    return OutputFile(path, file);
}

OutputFile::~OutputFile() {
    if (!file_) return;
    file_.reset();
    std::error_code ignored;
    std::filesystem::remove(part_of(path_), ignored);
}

void OutputFile::write(std::string_view text) {
    if (error_ == 0 && std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) error_ = errno == 0 ? EIO : errno;
}

core::Result<void> OutputFile::finish() {
    std::FILE* file = file_.release();
    if (std::fclose(file) != 0 && error_ == 0) error_ = errno;
    if (error_ == 0 && std::rename(part_of(path_).c_str(), path_.c_str()) != 0) error_ = errno;
    if (error_ == 0) return {};
    std::error_code ignored;
    std::filesystem::remove(part_of(path_), ignored);
    return cannot_write(path_, error_);
}

}  // namespace kiosk::exporting
