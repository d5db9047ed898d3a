#include "zip_archive.hpp"

#include "unicode.hpp"

#include <zip.h>

#include <algorithm>
#include <array>
#include <set>

namespace kiosk::forms {
namespace {

struct ArchiveDeleter {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct FileDeleter {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Finding damaged(std::string_view detail) {
    return file_fault("file.damaged_zip", std::string(detail),
                      {"Tệp .xlsx bị hỏng: không giải nén được.", "The .xlsx file is damaged: it cannot be unpacked."},
                      {"Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx; nếu không mở được, chép lại từ bản gốc.",
                       "Open it in Excel or LibreOffice and save it again as .xlsx; if it does not open, copy it afresh."});
}

bool leaves_archive(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.front() == '\\' || name.find('\0') != name.npos) return true;
    if (name.size() > 1 && name[1] == ':') return true;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find_first_of("/\\", at), name.size());
        if (name.substr(at, end - at) == "..") return true;
        at = end + 1;
    }
    return false;
}

std::string canonical(std::string_view name) {
    std::string lower = ascii_lower(name);
    std::replace(lower.begin(), lower.end(), '\\', '/');
    return lower;
}

}  // namespace

struct ZipArchive::State {
    std::unique_ptr<zip_t, ArchiveDeleter> archive;
    Limits limits;
    std::vector<std::string> names;
    std::size_t unpacked = 0;
    std::optional<Finding> fault;

    std::optional<zip_uint64_t> find(std::string_view name) const {
        const std::string wanted = canonical(name);
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (canonical(names[i]) == wanted) return i;
        }
        return std::nullopt;
    }
};

namespace {

std::optional<Finding> check_entry(zip_t* archive, zip_uint64_t index, std::set<std::string>& seen,
                                   std::vector<std::string>& names) {
    zip_stat_t entry;
    if (zip_stat_index(archive, index, ZIP_FL_ENC_GUESS, &entry) != 0 || !(entry.valid & ZIP_STAT_NAME)) {
        return damaged("entry " + std::to_string(index));
    }
    const std::string name = entry.name;
    if (leaves_archive(name)) {
        return file_fault("file.unsafe_name", name,
                          {"Trong tệp .xlsx có phần mang tên đường dẫn nguy hiểm: “" + name + "”.",
                           "The .xlsx file has a part with a dangerous path for a name: “" + name + "”."},
                          {"Tệp này không do Excel tạo ra. Không dùng tệp; hỏi lại người gửi.",
                           "No spreadsheet program writes this. Do not use the file; ask who sent it."});
    }
    if (!seen.insert(canonical(name)).second) {
        return file_fault("file.duplicate_part", name,
                          {"Trong tệp .xlsx có hai phần cùng tên “" + name + "”.",
                           "The .xlsx file has two parts named “" + name + "”."},
                          {"Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx.",
                           "Open it in Excel or LibreOffice and save it again as .xlsx."});
    }
    if ((entry.valid & ZIP_STAT_ENCRYPTION_METHOD) && entry.encryption_method != ZIP_EM_NONE) {
        return file_fault("file.encrypted", name,
                          {"Tệp được đặt mật khẩu nên không đọc được.", "The file is protected by a password."},
                          {"Bỏ mật khẩu (Excel: Tệp › Thông tin › Bảo vệ sổ làm việc) rồi lưu lại.",
                           "Remove the password (Excel: File › Info › Protect Workbook) and save again."});
    }
    names.push_back(name);
    return std::nullopt;
}

}  // namespace

OrFinding<ZipArchive> ZipArchive::open(core::ByteView bytes, const Limits& limits) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source == nullptr) return damaged(zip_error_strerror(&error));
    zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (archive == nullptr) {
        zip_source_free(source);
        return damaged(zip_error_strerror(&error));
    }
    auto state = std::make_unique<State>();
    state->archive.reset(archive);
    state->limits = limits;
    const zip_int64_t count = zip_get_num_entries(archive, 0);
    if (count > static_cast<zip_int64_t>(limits.zip_entries)) {
        return limit_fault("zip_entries", limits.zip_entries, {"Số phần trong tệp", "The number of parts in the file"});
    }
    std::set<std::string> seen;
    for (zip_int64_t i = 0; i < count; ++i) {
        if (auto fault = check_entry(archive, static_cast<zip_uint64_t>(i), seen, state->names)) return *std::move(fault);
    }
    return ZipArchive(std::move(state));
}

ZipArchive::ZipArchive(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

const std::vector<std::string>& ZipArchive::names() const { return state_->names; }
bool ZipArchive::has(std::string_view name) const { return state_->find(name).has_value(); }
const std::optional<Finding>& ZipArchive::fault() const { return state_->fault; }

ZipArchive::Source ZipArchive::part(std::string_view name) {
    const auto index = state_->find(name);
    if (!index) return nullptr;
    zip_stat_t entry;
    const bool has_sizes = zip_stat_index(state_->archive.get(), *index, 0, &entry) == 0 &&
                           (entry.valid & ZIP_STAT_COMP_SIZE) != 0;
    const std::size_t packed = has_sizes ? static_cast<std::size_t>(entry.comp_size) : 0;
    std::shared_ptr<zip_file_t> file(zip_fopen_index(state_->archive.get(), *index, 0),
                                     [](zip_file_t* open) { if (open != nullptr) FileDeleter{}(open); });
    if (!file) {
        state_->fault = damaged(std::string(name));
        return nullptr;
    }
    return [state = state_.get(), file, packed, unpacked = std::size_t{0}, part_name = std::string(name)](
               char* buffer, std::size_t size) mutable -> long {
        const zip_int64_t got = zip_fread(file.get(), buffer, size);
        if (got < 0) {
            state->fault = damaged(part_name);
            return -1;
        }
        unpacked += static_cast<std::size_t>(got);
        state->unpacked += static_cast<std::size_t>(got);
        if (state->unpacked > state->limits.unpacked_bytes) {
            state->fault = limit_fault("unpacked_bytes", state->limits.unpacked_bytes,
                                       {"Dung lượng sau khi giải nén", "The unpacked size"});
            return -1;
        }
        // Small parts may pack extremely well by chance; a bomb is large.
        constexpr std::size_t kSmall = 1u << 20;
        if (unpacked > kSmall && packed > 0 && unpacked / packed > state->limits.unpacked_ratio) {
            state->fault = limit_fault("unpacked_ratio", state->limits.unpacked_ratio,
                                       {"Tỉ lệ nén của phần “" + part_name + "”",
                                        "The compression ratio of the part “" + part_name + "”"});
            return -1;
        }
        return static_cast<long>(got);
    };
}

std::optional<std::string> ZipArchive::text(std::string_view name, std::size_t at_most) {
    const Source source = part(name);
    if (!source) return std::nullopt;
    std::string content;
    std::array<char, 16384> buffer;
    for (;;) {
        const long got = source(buffer.data(), buffer.size());
        if (got < 0) return std::nullopt;
        if (got == 0 || content.size() > at_most) return content;
        content.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

}  // namespace kiosk::forms
