#include "manifest.hpp"
#include "text_lines.hpp"
#include "zip_archive.hpp"

#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/bundle.hpp>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace kiosk::exporting {
namespace {

constexpr std::string_view kReadme =
    "GÓI DỮ LIỆU CỦA KIOSK GÓP Ý\r\n"
    "Chỉ văn phòng giữ khóa mới mở được các câu trả lời. Bình thường: cắm USB vào máy văn phòng, chạy feedback-office.\r\n"
    "Khi không có phần mềm (chỉ cần minisign, age và unzip):\r\n"
    "  minisign -V -m TÊN.kbx -p KIOSK.pub\r\n"
    "  age -d -i KHÓA -o goi.zip TÊN.kbx\r\n"
    "  unzip goi.zip -d goi\r\n"
    "  age -d -i KHÓA goi/answers/000001.age\r\n"
    "Mỗi tệp trong answers/ và poll/ là một câu trả lời; definitions/ chứa biểu mẫu mà câu trả lời đó trả lời.\r\n"
    "\r\n"
    "A FEEDBACK KIOSK'S BUNDLE\r\n"
    "Only the office that holds the key can open the answers. Normally: insert the stick at the office, run feedback-office.\r\n"
    "Without this software (minisign, age and unzip are enough):\r\n"
    "  minisign -V -m NAME.kbx -p KIOSK.pub\r\n"
    "  age -d -i KEY -o bundle.zip NAME.kbx\r\n"
    "  unzip bundle.zip -d bundle\r\n"
    "  age -d -i KEY bundle/answers/000001.age\r\n"
    "Each file in answers/ and poll/ is one answer; definitions/ holds the form it answers.\r\n";

core::Error inconsistent_ledger() {
    return {"bundle.ledger_disagrees",
            {"Số câu trả lời lấy ra khác với sổ theo dõi, nên chưa xuất gì. Hãy chạy “feedback-kiosk doctor”.",
             "The answers taken out are not as many as the ledger says; nothing was exported. Run feedback-kiosk doctor."}};
}

core::Error bad_kiosk_id() {
    return {"bundle.bad_kiosk_id",
            {"Mã kiosk chỉ được có chữ không dấu, số, gạch ngang và gạch dưới (1–64 ký tự). Hãy sửa trong cấu hình.",
             "A kiosk's id may hold only letters without marks, digits, - and _ (1 to 64). Correct it in the configuration."}};
}

std::string row_name(std::string_view folder, std::size_t number) {
    char digits[24];
    std::snprintf(digits, sizeof digits, "%06zu", number);
    return std::string(folder) + "/" + digits + ".age";
}

std::string counters_csv(const core::BundleHeader& header) {
    std::string csv = "counter,value\r\n";
    for (const core::BundleCounter& counter : header.counters)
        csv += counter.name + "," + std::to_string(counter.value) + "\r\n";
    return csv;
}

struct SealedRows {
    std::vector<core::Bytes> answers, poll;
};

core::Result<SealedRows> take_rows(core::BundleLedger& ledger, const core::BundleHeader& header) {
    SealedRows rows;
    auto taken = ledger.for_each_sealed(header.sequence, [&](core::ByteView row) -> core::Result<void> {
        auto& into = rows.answers.size() < header.sealed_answers ? rows.answers : rows.poll;
        into.emplace_back(row.begin(), row.end());
        return {};
    });
    if (!taken) return taken.error();
    if (rows.answers.size() != header.sealed_answers || rows.poll.size() != header.poll_records)
        return inconsistent_ledger();
    // The ledger gives no order worth knowing; sorting ciphertexts, which are random, makes sure of it.
    std::sort(rows.answers.begin(), rows.answers.end());
    std::sort(rows.poll.begin(), rows.poll.end());
    return rows;
}

core::Result<core::Bytes> pack(core::BundleLedger& ledger, const core::BundleHeader& header) {
    ZipWriter zip;
    zip.add("README.txt", kReadme);
    zip.add("manifest.json", write_manifest(header));
    zip.add("counters.csv", counters_csv(header));
    for (const core::FormVersion& form : header.forms) {
        auto definition = ledger.definition(form);
        if (!definition) return definition.error();
        zip.add(definition_path(form), *definition);
    }
    auto rows = take_rows(ledger, header);
    if (!rows) return rows.error();
    for (std::size_t i = 0; i < rows->answers.size(); ++i)
        zip.add(row_name("answers", i + 1), std::move(rows->answers[i]), ZipPacking::stored);
    for (std::size_t i = 0; i < rows->poll.size(); ++i)
        zip.add(row_name("poll", i + 1), std::move(rows->poll[i]), ZipPacking::stored);
    return zip.finish();
}

}  // namespace

std::string bundle_name(std::string_view kiosk_id, std::uint64_t sequence) {
    char digits[24];
    std::snprintf(digits, sizeof digits, "-%06llu.kbx", static_cast<unsigned long long>(sequence));
    return std::string(kiosk_id) + digits;
}

core::Result<ExportedBundle> export_bundle(core::BundleLedger& ledger, const core::Sealer& sealer,
                                           const core::Signer& signer, Folder& folder) {
    auto header = ledger.prepare();
    if (!header) return header.error();
    if (!is_plain_id(header->kiosk_id)) return bad_kiosk_id();
    auto zip = pack(ledger, *header);
    if (!zip) return zip.error();
    auto sealed = sealer.seal(*zip);
    if (!sealed) return sealed.error();
    ExportedBundle exported{bundle_name(header->kiosk_id, header->sequence),
                            {header->kiosk_id, header->sequence, header->sealed_answers + header->poll_records,
                             core::sha256_of(*sealed)}};
    auto signature = signer.sign(*sealed, exported.seal.trusted_comment());
    if (!signature) return signature.error();
    // The signature first: a bundle under its final name always has one beside it.
    const auto signature_bytes = std::as_bytes(std::span(signature->data(), signature->size()));
    if (auto written = publish(folder, {{exported.file + ".minisig", signature_bytes}, {exported.file, *sealed}}); !written)
        return written.error();
    if (auto noted = ledger.delivered(header->sequence, exported.seal.sha256); !noted) return noted.error();
    return exported;
}

}  // namespace kiosk::exporting
