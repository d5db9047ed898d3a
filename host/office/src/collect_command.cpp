#include "collector.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "json_output.hpp"
#include "receipts.hpp"

#include <system_error>

namespace kiosk::office {
namespace {

// The folder of trusted kiosks: named, or beside the store, or none.
core::Result<std::optional<Trust>> trust_for(const CollectOptions& options) {
    std::filesystem::path folder = options.trust;
    if (folder.empty()) {
        std::error_code ignored;
        const std::filesystem::path beside = std::filesystem::path(options.store).parent_path() / "trust";
        if (options.store.find("://") != std::string::npos || !std::filesystem::is_directory(beside, ignored))
            return std::optional<Trust>();
        folder = beside;
    }
    auto trust = Trust::read(folder);
    if (!trust) return trust.error();
    return std::optional<Trust>(std::move(*trust));
}

std::string numbers(const std::vector<std::uint64_t>& values) {
    std::string list;
    for (const std::uint64_t value : values) list += (list.empty() ? "" : ", ") + std::to_string(value);
    return list;
}

void tell(const CollectedBundle& bundle, const Console& console) {
    const std::string file = bundle.file.filename().string();
    if (bundle.refusal) {
        console.warn({"KHÔNG NHẬN " + file + ": " + bundle.refusal->message.vi + " [" + bundle.refusal->code + "]",
                      "REFUSED " + file + ": " + bundle.refusal->message.en + " [" + bundle.refusal->code + "]"});
        return;
    }
    const office_store::MergeReport& report = bundle.report;
    if (report.known) return console.say({file + ": đã nhận trước đây.", file + ": taken before."});
    std::string forms;
    for (const core::FormVersion& form : bundle.forms) forms += (forms.empty() ? "" : ", ") + form.id + " " + form.version;
    core::Words words{file + ": " + std::to_string(report.added) + " câu trả lời mới, " + std::to_string(report.duplicates) + " đã có",
                      file + ": " + std::to_string(report.added) + " new answers, " + std::to_string(report.duplicates) + " known"};
    const auto add = [&](std::uint64_t count, const char* vi, const char* en) {
        if (count == 0) return;
        words.vi += ", " + std::to_string(count) + vi;
        words.en += ", " + std::to_string(count) + en;
    };
    add(report.conflicts, " trùng mã nhưng khác nội dung", " with a known id but other content");
    add(report.withdrawn, " đã rút lại", " withdrawn");
    add(report.unreadable, " không đọc được (đã giữ nguyên)", " unreadable (kept as they came)");
    add(report.not_tabulated, " chưa lập bảng được", " not tabulated");
    console.say({words.vi + " (biểu mẫu: " + forms + ").", words.en + " (forms: " + forms + ")."});
}

void tell_kiosks(const office_store::StoreSummary& summary, const Console& console) {
    for (const office_store::KioskStatus& kiosk : summary.kiosks) {
        const std::string last = std::to_string(kiosk.last_sequence);
        if (kiosk.missing.empty())
            console.say({"Kiosk " + kiosk.id + ": đủ các gói từ 1 đến " + last + ".", "Kiosk " + kiosk.id + ": all bundles from 1 to " + last + " are here."});
        if (!kiosk.missing.empty())
            console.warn({"Kiosk " + kiosk.id + ": thiếu gói số " + numbers(kiosk.missing) + ". Hãy xuất lại các gói này từ kiosk.",
                          "Kiosk " + kiosk.id + ": bundles " + numbers(kiosk.missing) + " are missing. Export them from the kiosk again."});
        if (!kiosk.broken_links.empty())
            console.warn({"Kiosk " + kiosk.id + ": gói số " + numbers(kiosk.broken_links) + " không nối tiếp gói trước. Hãy báo kỹ thuật viên.",
                          "Kiosk " + kiosk.id + ": bundles " + numbers(kiosk.broken_links) + " do not follow the ones before. Tell the technician."});
    }
}

}  // namespace

int collect(const CollectOptions& options, const Console& console) {
    auto files = find_bundles(options.bundles);
    if (!files) return console.refuse(files.error());
    auto trust = trust_for(options);
    if (!trust) return console.refuse(trust.error());
    const bool checks_signatures = trust->has_value();
    auto opener = opener_from(options.keys, console.language() == "vi" ? "Mật khẩu của khóa: " : "Passphrase of the key: ");
    if (!opener) return console.refuse(opener.error());
    auto store = office_store::OfficeStore::open(options.store, read_definition);
    if (!store) return console.refuse(store.error());

    Collector collector(*store, *opener, std::move(*trust));
    std::vector<CollectedBundle> collected;
    bool any_refused = false;
    for (const std::filesystem::path& file : *files) {
        auto one = collector.take(file);
        if (!one) return console.refuse(one.error());
        tell(*one, console);
        any_refused = any_refused || one->refusal.has_value();
        collected.push_back(std::move(*one));
    }
    auto summary = store->status();
    if (!summary) return console.refuse(summary.error());
    tell_kiosks(*summary, console);
    if (!checks_signatures)
        console.warn({"Chú ý: chữ ký chưa được kiểm tra vì không có thư mục khóa kiosk (--trust).",
                      "Note: signatures were not checked, because no folder of kiosks' keys was given (--trust)."});
    if (console.json()) console.print_json(collect_json(collected, *summary));
    if (!options.receipt.empty())
        if (auto issued = issue_receipts(*store, options.keys.front(), options.receipt, console); !issued)
            return console.refuse(issued.error());
    return any_refused ? kRefused : kDone;
}

}  // namespace kiosk::office
