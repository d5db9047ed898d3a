// `pack`: a folder of forms and what goes with them becomes one signed file for the kiosks. `unlock`: a kiosk that has
// locked its staff out is given leave for a new PIN.
#include "commands.hpp"
#include "files.hpp"
#include "signing_key.hpp"

#include <kiosk/core/organisations.hpp>
#include <kiosk/exporting/folder.hpp>
#include <kiosk/exporting/pack.hpp>
#include <kiosk/exporting/unlock.hpp>
#include <kiosk/forms/form_files.hpp>
#include <kiosk/forms/sensitive_questions.hpp>

#include <algorithm>
#include <system_error>

namespace kiosk::office {
namespace {

namespace fs = std::filesystem;

core::Error refused(std::string code, std::string vi, std::string en) { return {std::move(code), {std::move(vi), std::move(en)}}; }

bool is_form(const fs::path& path) {
    std::error_code error;
    const auto has_survey = [&] {
        for (const auto& entry : fs::directory_iterator(path, error))
            if (entry.path().filename().string().starts_with("survey.")) return true;
        return false;
    };
    return path.extension() == ".xlsx" || path.extension() == ".xml" || (fs::is_directory(path, error) && has_survey());
}

// Every form of the folder is read: a pack that no kiosk could use is never signed.
core::Result<int> check_forms(const fs::path& forms, const Console& console) {
    std::error_code error;
    int count = 0;
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(forms, error))
        if (is_form(entry.path())) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) {
        const forms::FormReading reading = forms::read_form_at(path);
        ++count;
        if (reading.form) {
            for (const core::Words& warning : forms::sensitive_warnings(*reading.form)) console.warn(warning);
            continue;
        }
        const std::string name = path.filename().string();
        core::Words what{"không đọc được.", "cannot be read."};
        if (!reading.diagnosis.errors.empty()) {
            const forms::Finding& first = reading.diagnosis.errors.front();
            what = {first.sheet + " " + first.cell + " " + first.message.vi, first.sheet + " " + first.cell + " " + first.message.en};
        }
        return refused("pack.bad_form", "Biểu mẫu “" + name + "” chưa dùng được: " + what.vi + " Xem hết bằng: feedback-office form check " + path.string(),
                       "The form \"" + name + "\" cannot be used: " + what.en + " See all with: feedback-office form check " + path.string());
    }
    return count;
}

core::Result<exporting::Pack> gather(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) return refused("pack.no_folder", "Không có thư mục “" + folder.string() + "”.", "There is no folder \"" + folder.string() + "\".");
    const auto label_file = read_file(folder / "pack.json", 64 * 1024);
    if (!label_file)
        return refused("pack.no_label", "Thư mục thiếu pack.json, ví dụ {\"name\": \"quang-nam\", \"version\": 1, \"title\": {\"vi\": \"Quảng Nam 2026\"}}.",
                       "The folder lacks pack.json, such as {\"name\": \"quang-nam\", \"version\": 1, \"title\": {\"vi\": \"Quảng Nam 2026\"}}.");
    auto label = exporting::read_pack_label(text_of(*label_file));
    if (!label) return label.error();
    exporting::Pack pack{std::move(*label), {}};
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        const std::string path = fs::relative(entry.path(), folder, error).generic_string();
        const std::string name = entry.path().filename().string();
        if (!entry.is_regular_file(error) || path == "pack.json" || name.starts_with('.') || name.starts_with("~$")) continue;   // Excel's locks
        if (!exporting::is_pack_path(path))
            return refused("pack.not_for_packs", "Tệp “" + path + "” không thuộc thư mục nào của gói: forms, media, locale, places, notices, data.",
                           "The file \"" + path + "\" lies in none of a pack's folders: forms, media, locale, places, notices, data.");
        auto content = read_file(entry.path(), exporting::kMaximumPackFileBytes);
        if (!content) return content.error();
        pack.files.push_back({path, std::move(*content)});
    }
    for (const exporting::PackFile& file : pack.files)
        if (file.path == core::kOrganisationsFile)
            if (const auto list = core::read_organisations(text_of(file.content)); !list) return list.error();
    if (pack.files.empty()) return refused("pack.empty", "Thư mục không có gì để đóng gói.", "The folder has nothing to pack.");
    return pack;
}

}  // namespace

int pack(const PackOptions& options, const Console& console) {
    auto gathered = gather(options.folder);
    if (!gathered) return console.refuse(gathered.error());
    const auto forms = check_forms(options.folder / "forms", console);
    if (!forms) return console.refuse(forms.error());
    const exporting::PackLabel label = gathered->label;
    auto signer = read_signer(options.key, console);
    if (!signer) return console.refuse(signer.error());
    const auto written = exporting::write_pack(std::move(*gathered), *signer);
    if (!written) return console.refuse(written.error());
    const fs::path parent = options.out.parent_path().empty() ? "." : options.out.parent_path();
    auto folder = exporting::DiskFolder::open(parent);
    if (!folder) return console.refuse(folder.error());
    const std::string name = options.out.filename().string();
    const auto minisig = std::as_bytes(std::span(written->minisig.data(), written->minisig.size()));
    if (auto published = exporting::publish(*folder, {{name + ".minisig", minisig}, {name, written->pack}}); !published) return console.refuse(published.error());
    const std::string version = std::to_string(label.version), count = std::to_string(*forms);
    console.say({"Đã đóng gói “" + label.title.vi + "” bản " + version + ", " + count + " biểu mẫu. Chép " + name + " và " + name + ".minisig vào USB.",
                 "Packed \"" + label.title.en + "\" version " + version + ", " + count + " forms. Copy " + name + " and " + name + ".minisig to the stick."});
    return kDone;
}

int unlock(const UnlockOptions& options, const Console& console) {
    auto signer = read_signer(options.key, console);
    if (!signer) return console.refuse(signer.error());
    auto folder = exporting::DiskFolder::open(options.out);
    if (!folder) return console.refuse(folder.error());
    const auto name = exporting::issue_unlock(options.kiosk, options.code, *signer, *folder);
    if (!name) return console.refuse(name.error());
    console.say({"Đã viết " + *name + " và " + *name + ".minisig. Chỉ dùng được cho máy " + options.kiosk + ", một lần.",
                 "Wrote " + *name + " and " + *name + ".minisig. They work for kiosk " + options.kiosk + " alone, once."});
    return kDone;
}

}  // namespace kiosk::office
