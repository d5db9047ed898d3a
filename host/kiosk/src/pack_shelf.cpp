#include "pack_shelf.hpp"

#include "durable_file.hpp"
#include "form_library.hpp"

#include <kiosk/core/organisations.hpp>
#include <kiosk/forms/read_form.hpp>
#include <kiosk/forms/sensitive_questions.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <system_error>
#include <unistd.h>

namespace kiosk {
namespace {

namespace fs = std::filesystem;
using exporting::PackLabel;
using Json = nlohmann::ordered_json;

constexpr std::string_view kState = "shelf.json";

core::Error not_written(const fs::path& where) {
    return {"pack.not_written", {"Không ghi được “" + where.string() + "”. Kiểm tra ổ đĩa còn chỗ và quyền ghi thư mục dữ liệu.",
                                 "\"" + where.string() + "\" cannot be written. Check the disk's free space and the data folder's permissions."}};
}

Json json_of(const std::optional<PackLabel>& label) {
    if (!label) return nullptr;
    return {{"name", label->name}, {"version", label->version}, {"title", {{"vi", label->title.vi}, {"en", label->title.en}}},
            {"effective_from", label->effective_from}, {"effective_to", label->effective_to}};
}

std::optional<PackLabel> label_of(const Json& state, const char* name) {
    const auto found = state.find(name);
    if (found == state.end() || !found->is_object()) return std::nullopt;
    auto label = exporting::read_pack_label(found->dump());
    return label ? std::optional(std::move(*label)) : std::nullopt;
}

}  // namespace

core::Result<PackShelf> PackShelf::open(const fs::path& data) {
    PackShelf shelf(data / "packs");
    const auto text = read_small_file(shelf.folder_ / kState);
    if (!text) return shelf;
    const Json state = Json::parse(*text, nullptr, false);
    if (!state.is_object())
        return core::Error{"pack.shelf_damaged", {"Tệp " + (shelf.folder_ / kState).string() + " hỏng. Nạp lại gói biểu mẫu mới nhất từ văn phòng sau khi xóa tệp này.",
                                                  "The file " + (shelf.folder_ / kState).string() + " is damaged. Delete it, then import the office's newest form pack."}};
    shelf.current_ = label_of(state, "current");
    shelf.previous_ = label_of(state, "previous");
    shelf.next_ = label_of(state, "next");
    if (const auto highest = state.find("highest"); highest != state.end() && highest->is_object())
        for (const auto& [name, version] : highest->items())
            if (version.is_number_integer()) shelf.highest_[name] = version.get<std::int64_t>();
    return shelf;
}

core::Result<exporting::Pack> PackShelf::look(const fs::path& file, const core::Verifier& verifier) {
    const auto bytes = read_small_file(file, exporting::kMaximumPackBytes);
    if (!bytes)
        return core::Error{"pack.not_readable", {"Không đọc được gói “" + file.filename().string() + "”.", "The pack \"" + file.filename().string() + "\" cannot be read."}};
    const auto minisig = read_small_file(file.string() + ".minisig", 64 * 1024);
    if (!minisig)
        return core::Error{"pack.not_signed", {"Thiếu chữ ký “" + file.filename().string() + ".minisig” bên cạnh gói. Chép cả hai tệp từ máy văn phòng.",
                                               "The signature \"" + file.filename().string() + ".minisig\" is not beside the pack. Copy both files from the office's computer."}};
    return exporting::read_pack(std::as_bytes(std::span(*bytes)), *minisig, verifier);
}

std::vector<core::Words> PackShelf::warnings(const exporting::Pack& pack) {
    std::map<std::string, const core::Bytes*> contents;
    std::set<std::string> forms;   // "forms/poll.xlsx", "forms/poll/" with its sheets
    for (const exporting::PackFile& file : pack.files) {
        contents[file.path] = &file.content;
        if (file.path.starts_with("forms/")) forms.insert(file.path.substr(0, std::min(file.path.find('/', 6), file.path.size() - 1) + 1));
    }
    std::vector<core::Words> warnings;
    for (const std::string& path : forms) {
        const std::string folder = path.substr(0, path.ends_with('/') ? path.size() : path.rfind('/') + 1);
        const forms::ReadFile beside = [&](std::string_view name) -> std::optional<core::Bytes> {
            const auto found = contents.find(folder + std::string(name));
            return found == contents.end() ? std::nullopt : std::optional(*found->second);
        };
        const std::string name = fs::path(path.ends_with('/') ? path.substr(0, path.size() - 1) : path).filename().string();
        const auto reading = path.ends_with('/') ? forms::read_form_folder(beside, name) : forms::read_form(*contents[path], name, beside);
        if (!reading.form) continue;   // refused when it is taken
        for (core::Words& warning : forms::sensitive_warnings(*reading.form)) warnings.push_back(std::move(warning));
    }
    return warnings;
}

core::Result<void> PackShelf::fits(const PackLabel& label, const std::string& today) const {
    const auto seen = highest_.find(label.name);
    if (seen != highest_.end() && label.version <= seen->second)
        return core::Error{"pack.old", {"Máy đã nhận gói “" + label.title.vi + "” bản " + std::to_string(seen->second) + "; bản " + std::to_string(label.version) + " không mới hơn.",
                                        "This kiosk has had version " + std::to_string(seen->second) + " of the pack \"" + label.title.en + "\"; version " + std::to_string(label.version) + " is not newer."}};
    if (!label.effective_to.empty() && label.effective_to < today)
        return core::Error{"pack.expired", {"Gói “" + label.title.vi + "” đã hết hiệu lực ngày " + label.effective_to + ".",
                                            "The pack \"" + label.title.en + "\" was in force until " + label.effective_to + "."}};
    return {};
}

core::Result<void> PackShelf::unpack(const exporting::Pack& pack) const {
    const fs::path made = folder_ / pack.label.file_stem(), part = folder_ / (pack.label.file_stem() + ".part");
    std::error_code error;
    fs::remove_all(part, error);
    fs::create_directories(part / "forms", error);
    if (error) return not_written(part);
    for (const exporting::PackFile& file : pack.files) {
        fs::create_directories((part / file.path).parent_path(), error);
        const std::string_view content{reinterpret_cast<const char*>(file.content.data()), file.content.size()};
        if (error || !write_durably(part / file.path, content)) return not_written(part / file.path);
    }
    if (const auto list = read_small_file(part / core::kOrganisationsFile)) {
        const auto organisations = core::read_organisations(*list);
        if (!organisations) return fs::remove_all(part, error), organisations.error();
    }
    const auto problems = FormLibrary({part / "forms"}).problems();
    if (!problems.empty()) {
        fs::remove_all(part, error);
        core::Error refusal = problems.front();
        refusal.message.vi = "Gói này có biểu mẫu không dùng được, nên máy giữ gói cũ. " + refusal.message.vi;
        refusal.message.en = "A form of this pack cannot be used, so the kiosk keeps the old pack. " + refusal.message.en;
        return refusal;
    }
    fs::remove_all(made, error);
    fs::rename(part, made, error);
    return error ? core::Result<void>(not_written(made)) : core::Result<void>();
}

// The pointer, then the state: after a power cut between them the kiosk shows the new pack and only lacks the way back.
core::Result<void> PackShelf::write_state() const {
    std::error_code error;
    const fs::path pointer = folder_ / "current", part = folder_ / "current.part";
    if (current_) {
        fs::remove(part, error);
        fs::create_symlink(current_->file_stem(), part, error);
        if (!error) fs::rename(part, pointer, error);
        if (error) return not_written(pointer);
    } else {
        fs::remove(pointer, error);
    }
    Json state{{"current", json_of(current_)}, {"previous", json_of(previous_)}, {"next", json_of(next_)}, {"highest", Json::object()}};
    for (const auto& [name, version] : highest_) state["highest"][name] = version;
    if (!write_durably(folder_ / kState, state.dump(2) + "\n")) return not_written(folder_ / kState);
    clear_away();
    return {};
}

void PackShelf::clear_away() const {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_, error)) {
        if (!entry.is_directory(error) || entry.is_symlink(error)) continue;
        const std::string name = entry.path().filename().string();
        const auto is = [&](const std::optional<PackLabel>& label) { return label && label->file_stem() == name; };
        if (!is(current_) && !is(previous_) && !is(next_)) fs::remove_all(entry.path(), error);
    }
}

core::Result<void> PackShelf::take(const exporting::Pack& pack, const std::string& today) {
    if (auto fitting = fits(pack.label, today); !fitting) return fitting;
    if (auto unpacked = unpack(pack); !unpacked) return unpacked;
    PackShelf changed = *this;
    changed.highest_[pack.label.name] = pack.label.version;
    if (pack.label.effective_from > today) {
        changed.next_ = pack.label;
    } else {
        changed.previous_ = std::move(changed.current_);
        changed.current_ = pack.label;
        if (changed.next_ && changed.next_->name == pack.label.name) changed.next_.reset();   // overtaken
    }
    if (auto written = changed.write_state(); !written) return written;
    *this = std::move(changed);
    return {};
}

core::Result<void> PackShelf::go_back() {
    if (!previous_) return core::Error{"pack.no_previous", {"Máy không còn gói biểu mẫu nào trước gói này.", "This kiosk has no form pack before this one."}};
    PackShelf changed = *this;
    std::swap(changed.current_, changed.previous_);
    if (auto written = changed.write_state(); !written) return written;
    *this = std::move(changed);
    return {};
}

core::Result<bool> PackShelf::settle(const std::string& today) {
    if (!next_ || next_->effective_from > today) return false;
    PackShelf changed = *this;
    changed.previous_ = std::move(changed.current_);
    changed.current_ = std::exchange(changed.next_, std::nullopt);
    if (auto written = changed.write_state(); !written) return written.error();
    *this = std::move(changed);
    return true;
}

core::Result<std::unique_ptr<core::Verifier>> trusted_verifier(const fs::path& data) {
    std::vector<sealing::MinisignPublicKey> keys;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(data / "keys", error)) {
        if (entry.path().extension() != ".pub") continue;
        const auto text = read_small_file(entry.path());
        auto key = sealing::MinisignPublicKey::parse(text.value_or(""));
        if (!key) return key.error();
        keys.push_back(*key);
    }
    if (keys.empty())
        return core::Error{"keys.no_office_sign", {"Máy chưa có khóa kiểm chữ ký của cơ quan. Chép office-sign.pub vào " + (data / "keys").string() + ".",
                                                   "This kiosk lacks the office's public signing key. Copy office-sign.pub into " + (data / "keys").string() + "."}};
    auto verifier = sealing::MinisignVerifier::create(std::move(keys));
    if (!verifier) return verifier.error();
    return std::unique_ptr<core::Verifier>(std::make_unique<sealing::MinisignVerifier>(std::move(*verifier)));
}

}  // namespace kiosk
