#include "failure.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <new>

namespace kiosk::storage {

namespace {

using core::Error;

Error disk_full_error() {
    return {"storage.disk_full",
            {"Ổ đĩa đã đầy nên không lưu được. Hãy xuất câu trả lời ra USB rồi báo người quản trị dọn ổ đĩa.",
             "The disk is full, nothing can be kept. Export the answers to a stick and ask the administrator to make room."}};
}

Error read_only_error() {
    return {"storage.read_only",
            {"Ổ đĩa đang ở chế độ chỉ đọc nên không lưu được. Hãy khởi động lại máy; nếu vẫn vậy, hãy thay ổ đĩa.",
             "The disk is read-only, nothing can be kept. Restart the machine; if that does not help, replace the disk."}};
}

Error too_many_files_error() {
    return {"storage.too_many_files",
            {"Hệ thống không mở thêm được tệp. Hãy khởi động lại máy.",
             "The system cannot open any more files. Restart the machine."}};
}

Error write_failed_error() {
    return {"storage.write_failed",
            {"Ổ đĩa báo lỗi khi ghi nên câu trả lời chưa được ghi nhận. Hãy thử lại; nếu vẫn lỗi, hãy ngừng dùng máy và báo người quản trị.",
             "The disk reported an error while writing, so the answer is not recorded. Try again; if it fails again, take the "
             "kiosk out of service and tell the administrator."}};
}

}  // namespace

Error error_of(const SqliteError& failure, const std::string& directory) {
    if (failure.is_disk_full()) return disk_full_error();
    switch (failure.extended_code() & 0xff) {
        case SQLITE_READONLY: return read_only_error();
        case SQLITE_NOMEM: return out_of_memory_error();
        case SQLITE_CANTOPEN: return error_of_errno(failure.system_errno(), directory);
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return in_use_error(directory);
        default: return failure.is_damage() ? damaged_error() : write_failed_error();
    }
}

Error error_of_errno(int error_number, const std::string& path) {
    switch (error_number) {
        case ENOSPC:
        case EDQUOT: return disk_full_error();
        case EROFS: return read_only_error();
        case EMFILE:
        case ENFILE: return too_many_files_error();
        case EIO: return write_failed_error();
        default:
            return {"storage.not_writable",
                    {"Không ghi được vào thư mục dữ liệu “" + path + "”. Hãy kiểm tra đường dẫn và quyền ghi, hoặc chọn thư mục khác bằng --data.",
                     "Cannot write to the data directory “" + path + "”. Check the path and its permissions, or name another with --data."}};
    }
}

Error in_use_error(const std::string& directory) {
    return {"storage.in_use",
            {"Một ki-ốt khác đang dùng thư mục dữ liệu “" + directory + "”. Hãy đóng ki-ốt đó, hoặc chọn thư mục khác bằng --data.",
             "Another kiosk is using the data directory “" + directory + "”. Close it, or name another directory with --data."}};
}

Error foreign_error(const std::string& file) {
    return {"storage.foreign",
            {"Tệp “" + file + "” không phải của ki-ốt này nên không được đụng đến. Hãy chuyển nó đi nơi khác, hoặc chọn thư mục dữ liệu khác.",
             "The file “" + file + "” does not belong to this kiosk and is left alone. Move it elsewhere, or use another data directory."}};
}

Error newer_error(const std::string& file) {
    return {"storage.newer",
            {"Tệp “" + file + "” do một phiên bản phần mềm mới hơn tạo ra. Hãy cài lại phiên bản mới hơn đó.",
             "The file “" + file + "” was made by a newer version of the program. Install that newer version."}};
}

Error damaged_error() {
    return {"storage.damaged",
            {"Dữ liệu bị hỏng. Hãy thử lại: ki-ốt sẽ cất phần hỏng sang một bên và tiếp tục.",
             "The data is damaged. Try again: the kiosk sets the damaged part aside and goes on."}};
}

Error settings_error(const std::string& setting) {
    return {"storage.settings",
            {"SQLite của máy này không nhận thiết lập “" + setting + "”, không bảo đảm an toàn dữ liệu. Hãy cài lại gói SQLite của Debian.",
             "This machine's SQLite does not take the setting “" + setting + "”, so answers would not be safe. Reinstall Debian's SQLite."}};
}

Error no_keys_error() {
    return {"storage.no_keys",
            {"Ki-ốt chưa có khoá của cơ quan nên không nhận câu trả lời. Hãy tạo khoá bằng feedback-office keygen và cài vào ki-ốt.",
             "The kiosk has no key of the office, so it takes no answers. Make one with feedback-office keygen and install it here."}};
}

Error too_many_keys_error() {
    return {"storage.too_many_keys",
            {"Có quá nhiều khoá của cơ quan: câu trả lời không vừa ô lưu. Hãy bớt khoá.",
             "Too many keys of the office are configured: an answer does not fit its slot. Configure fewer."}};
}

Error too_fast_error() {
    return {"storage.too_fast",
            {"Có quá nhiều câu trả lời trong thời gian ngắn. Hãy đợi một phút rồi thử lại.",
             "Too many answers came in a short time. Wait a minute, then try again."}};
}

Error poll_full_error() {
    return {"storage.poll_full",
            {"Đã đầy chỗ cho phiếu thăm dò. Hãy xuất câu trả lời ra USB và nạp biên nhận của cơ quan.",
             "There is no more room for poll answers. Export them to a stick and import the office's receipt."}};
}

Error withdrawn_error() {
    return {"storage.withdrawn",
            {"Câu trả lời này đã được rút lại nên không lưu lại nữa. Hãy bắt đầu một lượt mới.",
             "This answer was withdrawn and is not kept again. Begin a new visit."}};
}

Error not_stored_error() {
    return {"storage.not_stored",
            {"Hoạt động này khai báo không lưu câu trả lời nên ki-ốt không lưu. Hãy sửa khai báo của hoạt động.",
             "This activity declares that its answers are not stored, so the kiosk does not. Correct the activity's manifest."}};
}

Error nothing_to_export_error() {
    return {"storage.nothing_to_export",
            {"Không có câu trả lời nào mới để xuất.", "There are no new answers to export."}};
}

Error no_such_bundle_error(std::uint64_t sequence) {
    const std::string number = std::to_string(sequence);
    return {"storage.no_such_bundle",
            {"Ki-ốt này chưa từng xuất gói số " + number + ". Hãy kiểm tra xem biên nhận có đúng của ki-ốt này không.",
             "This kiosk never delivered a bundle number " + number + ". Check that the receipt is for this kiosk."}};
}

Error other_bundle_error(std::uint64_t sequence) {
    const std::string number = std::to_string(sequence);
    return {"storage.other_bundle",
            {"Biên nhận cho gói số " + number + " nói về một tệp khác với tệp ki-ốt đã xuất; không xoá gì cả. Hãy xuất lại.",
             "The receipt for bundle " + number + " speaks of another file than the kiosk delivered; nothing is wiped. Export again."}};
}

Error no_such_definition_error(const std::string& form) {
    return {"storage.no_such_definition",
            {"Không còn định nghĩa của biểu mẫu “" + form + "” trong kho. Hãy cài lại biểu mẫu rồi xuất lại.",
             "The definition of form “" + form + "” is not in the store. Install the form again, then export again."}};
}

Error out_of_memory_error() noexcept try {
    return {"storage.out_of_memory",
            {"Máy hết bộ nhớ nên câu trả lời chưa được ghi nhận. Hãy thử lại; nếu vẫn lỗi, hãy khởi động lại máy.",
             "The machine is out of memory, so the answer is not recorded. Try again; if it fails again, restart the machine."}};
} catch (const std::bad_alloc&) {
    return {"out_of_memory", {}};  // so short that it needs none; the visitor's page has words of its own
}

}  // namespace kiosk::storage
