// The acts that touch the stick: export, packs, receipts, the unlock file.
#include "deliver.hpp"
#include "durable_file.hpp"
#include "kiosk_desk.hpp"
#include "office_link.hpp"
#include "staff_report.hpp"
#include "stick.hpp"
#include "store_notes.hpp"

#include <kiosk/exporting/receipt.hpp>
#include <kiosk/exporting/unlock.hpp>
#include <kiosk/storage/store.hpp>

#include <fcntl.h>
#include <unistd.h>

namespace kiosk {
namespace {

using app::StaffAct;

// Tells of each step of an export as it begins.
class ToldFolder final : public exporting::Folder {
  public:
    ToldFolder(exporting::Folder& folder, std::function<void(core::Words)> tell) : folder_(folder), tell_(std::move(tell)) {}

    core::Result<void> write(std::string_view name, core::ByteView content) override {
        tell_({"Đang ghi vào USB…", "Writing to the stick…"});
        return folder_.write(name, content);
    }
    core::Result<core::Bytes> read(std::string_view name, std::uint64_t maximum_bytes) override {
        tell_({"Đang đọc lại từ USB để kiểm tra…", "Reading back from the stick to check…"});
        return folder_.read(name, maximum_bytes);
    }
    core::Result<void> rename(std::string_view from, std::string_view to) override { return folder_.rename(from, to); }
    core::Result<void> remove(std::string_view name) override { return folder_.remove(name); }

  private:
    exporting::Folder& folder_;
    std::function<void(core::Words)> tell_;
};

// Nothing of the stick is still on its way when this returns: it may be pulled.
void settle_stick(const std::filesystem::path& stick) {
    const int folder = open(stick.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    syncfs(folder);
    close(folder);
}

app::StickFile preview_of_pack(const StickEntry& entry, const std::filesystem::path& data, const PackShelf& shelf, const std::string& day) {
    app::StickFile file{entry.file.filename().string(), {}, {}};
    const auto verifier = trusted_verifier(data);
    if (!verifier) return file.problem = verifier.error(), file;
    const auto pack = PackShelf::look(entry.file, **verifier);
    if (!pack) return file.problem = pack.error(), file;
    std::string names;
    std::size_t forms = 0;
    for (const exporting::PackFile& one : pack->files) {
        const std::string path = one.path.substr(0, one.path.find('/', 6));
        if (!path.starts_with("forms/") || names.find(path.substr(6)) != std::string::npos) continue;
        names += (names.empty() ? "" : ", ") + path.substr(6);
        ++forms;
    }
    const std::string version = std::to_string(pack->label.version), count = std::to_string(forms);
    file.preview = {"Gói “" + pack->label.title.vi + "”, bản " + version + ", có " + count + " biểu mẫu: " + names + ".",
                    "Pack \"" + pack->label.title.en + "\", version " + version + ", with " + count + " forms: " + names + "."};
    if (pack->label.effective_from > day) {
        file.preview.vi += " Có hiệu lực từ " + pack->label.effective_from + "; đến ngày đó máy tự đổi.";
        file.preview.en += " In force from " + pack->label.effective_from + "; the kiosk changes over by itself that day.";
    }
    for (const core::Words& warning : PackShelf::warnings(*pack)) {
        file.preview.vi += " " + warning.vi;
        file.preview.en += " " + warning.en;
    }
    if (auto fitting = shelf.fits(pack->label, day); !fitting) file.problem = fitting.error();
    return file;
}

app::StickFile preview_of_receipt(const StickEntry& entry) {
    return {entry.file.filename().string(),
            {"Biên nhận của cơ quan cho máy này. Máy sẽ xóa câu trả lời mà cơ quan đã nhận, sau thời gian lưu.",
             "The office's receipt for this kiosk. Answers the office holds will be wiped here after the retention time."}, {}};
}

}  // namespace

std::optional<core::Words> KioskDesk::previous_words(const PackShelf& shelf) {
    if (!shelf.previous() || !shelf.current()) return std::nullopt;
    const auto version = [](const exporting::PackLabel& label) { return std::to_string(label.version); };
    const auto &now = *shelf.current(), &before = *shelf.previous();
    return core::Words{"Bỏ gói “" + now.title.vi + "” bản " + version(now) + ", dùng lại “" + before.title.vi + "” bản " + version(before) + ". Câu trả lời đã lưu không mất.",
                       "Drop the pack \"" + now.title.en + "\" version " + version(now) + " and use \"" + before.title.en + "\" version " + version(before) + " again. No answer is lost."};
}

std::vector<app::StickFile> KioskDesk::previews(const std::filesystem::path& stick, const PackShelf& shelf) const {
    std::vector<app::StickFile> files;
    for (const StickEntry& entry : files_on(stick, parts_.config.kiosk_id))
        files.push_back(entry.kind == StickKind::pack ? preview_of_pack(entry, parts_.places.data, shelf, today(parts_.clock)) : preview_of_receipt(entry));
    return files;
}

// The state in sentences goes with every export, and alone where nothing waits: before an event it shows that the kiosk is
// ready. No answer is in it; where it cannot be written the export itself says why.
std::string KioskDesk::readiness(const app::StaffReport& report) const {
    std::string text = parts_.config.kiosk_id + " · " + parts_.config.policies.organisation + " · " + time_words(parts_.clock.wall_now()) + "\n\n";
    for (const app::StaffLine& line : report.state) {
        text += line.mark == app::Mark::good ? "● " : line.mark == app::Mark::attention ? "▲ " : "✕ ";
        text += line.words.vi + " / " + line.words.en + "\n";
    }
    return text;
}

void KioskDesk::write_readiness(const app::StaffReport& report, exporting::Folder& folder) const {
    const std::string text = readiness(report);
    static_cast<void>(exporting::publish(folder, {{parts_.config.kiosk_id + "-readiness.txt", std::as_bytes(std::span(text))}}));
}

void KioskDesk::export_answers(Answer answer) {
    const auto stick = find_stick(parts_.stick);
    if (!stick) return answer_with(answer, StaffAct::export_answers, no_stick());
    progress_answer_ = answer;
    parts_.keeper.run([this, answer, stick = *stick, report = machine_report()](storage::Store& store) -> std::function<void()> {
        progress({"Đang gom câu trả lời…", "Gathering the answers…"});
        const Done result = [&]() -> Done {
            auto disk = exporting::DiskFolder::open(stick);
            if (!disk) return disk.error();
            ToldFolder folder(*disk, [this](core::Words words) { progress(std::move(words)); });
            write_readiness(with_store(report, store), *disk);
            const auto bundle = deliver(store, {parts_.places.data, parts_.config.kiosk_id, parts_.config.policies.organisation}, folder);
            if (!bundle) return bundle.error();
            settle_stick(stick);
            const std::string count = std::to_string(bundle->seal.count);
            return core::Words{"Đã xuất " + count + " phiếu vào tệp " + bundle->file + ".", count + " answers are in the file " + bundle->file + "."};
        }();
        return [this, answer, result] {
            if (result) request("eject");
            answer_with(answer, StaffAct::export_answers, result);
        };
    });
}

void KioskDesk::eject(Answer answer) {
    if (const auto stick = find_stick(parts_.stick)) settle_stick(*stick);
    request("eject");
    answer_with(answer, StaffAct::eject, core::Words{"USB đã sẵn sàng để rút.", "The stick is ready to be pulled."});
}

void KioskDesk::take_file(const std::string& name, Answer answer) {
    const auto stick = find_stick(parts_.stick);
    if (!stick) return answer_with(answer, StaffAct::take_file, no_stick());
    for (const StickEntry& entry : files_on(*stick, parts_.config.kiosk_id)) {   // nothing else on the stick can be named
        if (entry.file.filename() != name) continue;
        return entry.kind == StickKind::pack ? take_pack(entry.file, std::move(answer)) : take_receipt(entry.file, std::move(answer));
    }
    answer_with(answer, StaffAct::take_file, no_stick());
}

void KioskDesk::take_pack(const std::filesystem::path& file, Answer answer) {
    parts_.keeper.run([this, answer, file](storage::Store& store) -> std::function<void()> {
        const Done result = [&]() -> Done {
            const auto verifier = trusted_verifier(parts_.places.data);
            if (!verifier) return verifier.error();
            const auto pack = PackShelf::look(file, **verifier);
            if (!pack) return pack.error();
            auto shelf = PackShelf::open(parts_.places.data);
            if (!shelf) return shelf.error();
            if (auto taken = shelf->take(*pack, today(parts_.clock)); !taken) return taken.error();
            static_cast<void>(store.audit("staff.pack", pack->label.file_stem()));
            return core::Words{"Đã nhận gói “" + pack->label.title.vi + "”.", "The pack \"" + pack->label.title.en + "\" is taken."};
        }();
        return [answer, result] { answer_with(answer, StaffAct::take_file, result); };
    });
}

void KioskDesk::take_receipt(const std::filesystem::path& file, Answer answer) {
    parts_.keeper.run([this, answer, file](storage::Store& store) -> std::function<void()> {
        const Done result = [&]() -> Done {
            const auto text = read_small_file(file, exporting::kMaximumReceiptBytes), minisig = read_small_file(file.string() + ".minisig");
            if (!text || !minisig)
                return core::Error{"receipt.not_readable", {"Không đọc được biên nhận hoặc chữ ký bên cạnh. Chép lại cả hai tệp từ máy văn phòng.",
                                                            "The receipt or its signature cannot be read. Copy both files from the office's computer again."}};
            const auto receipt = kiosk::take_receipt(std::as_bytes(std::span(*text)), *minisig, parts_.places.data, parts_.config.kiosk_id, store);
            if (!receipt) return receipt.error();
            return core::Words{"Cơ quan đã nhận " + std::to_string(receipt->bundles.size()) + " gói dữ liệu.",
                               "The office holds " + std::to_string(receipt->bundles.size()) + " bundles."};
        }();
        return [answer, result] { answer_with(answer, StaffAct::take_file, result); };
    });
}

void KioskDesk::go_back(Answer answer) {
    parts_.keeper.run([this, answer](storage::Store& store) -> std::function<void()> {
        const Done result = [&]() -> Done {
            auto shelf = PackShelf::open(parts_.places.data);
            if (!shelf) return shelf.error();
            if (auto back = shelf->go_back(); !back) return back.error();
            const exporting::PackLabel& now = *shelf->current();
            static_cast<void>(store.audit("staff.previous_pack", now.file_stem()));
            return core::Words{"Đang dùng lại gói “" + now.title.vi + "”, bản " + std::to_string(now.version) + ".",
                               "The pack \"" + now.title.en + "\", version " + std::to_string(now.version) + ", is in use again."};
        }();
        return [answer, result] { answer_with(answer, StaffAct::previous_pack, result); };
    });
}

void KioskDesk::unlock(Answer answer) {
    const auto stick = find_stick(parts_.stick);
    if (!stick) return answer_with(answer, StaffAct::unlock, no_stick());
    parts_.keeper.run([this, answer, stick = *stick](storage::Store& store) -> std::function<void()> {
        const auto accepted = [&]() -> core::Result<void> {
            const auto verifier = trusted_verifier(parts_.places.data);
            if (!verifier) return verifier.error();
            const auto file = stick / (parts_.config.kiosk_id + ".unlock");
            const auto text = read_small_file(file, exporting::kMaximumUnlockBytes), minisig = read_small_file(file.string() + ".minisig");
            if (!text || !minisig)
                return core::Error{"unlock.not_found", {"Trên USB chưa có " + file.filename().string() + " và chữ ký của nó. Xin cơ quan cấp hai tệp này.",
                                                        "The stick lacks " + file.filename().string() + " and its signature. Ask the office for both."}};
            StoreNotes notes(store);
            return exporting::accept_unlock(std::as_bytes(std::span(*text)), *minisig, **verifier, parts_.config.kiosk_id, guard_.look(notes).unlock_code);
        }();
        return [this, answer, accepted] {
            if (!accepted) return answer_with(answer, StaffAct::unlock, accepted.error());
            new_pin(StaffAct::unlock, answer);
        };
    });
}

}  // namespace kiosk
