#include "deliver.hpp"

#include "answer_keeper.hpp"

#include <kiosk/exporting/enrolment.hpp>
#include <kiosk/sealing/minisign.hpp>
#include <kiosk/storage/store.hpp>

#include <fstream>
#include <iterator>

namespace kiosk {
namespace {

core::Error no_keys(const std::filesystem::path& file) {
    return {"export.no_keys", {"Chưa có khóa của cơ quan trong “" + file.string() + "”, nên chưa có gì để xuất.",
                               "The office's key is not in \"" + file.string() + "\", so there is nothing to export."}};
}

core::Error cannot_keep_key(const std::filesystem::path& file) {
    return {"export.no_signing_key",
            {"Không ghi được khóa ký của máy vào “" + file.string() + "”. Kiểm tra quyền ghi thư mục dữ liệu.",
             "Cannot write this kiosk's signing key to \"" + file.string() + "\". Check that the data folder can be written."}};
}

// The kiosk's own signing key, made the first time it is needed. It opens nothing; it only vouches for bundles.
core::Result<sealing::MinisignSecretKey> signing_key(const std::filesystem::path& file) {
    if (std::ifstream in(file, std::ios::binary); in) {
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        return sealing::MinisignSecretKey::parse(text);
    }
    auto key = sealing::MinisignSecretKey::generate();
    const auto content = key.to_file();
    if (!content) return content.error();
    std::error_code failure;
    std::filesystem::create_directories(file.parent_path(), failure);
    std::ofstream out(file, std::ios::binary);
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, failure);
    out << content->text() << std::flush;
    if (!out || failure) return cannot_keep_key(file);
    return key;
}

}  // namespace

core::Result<exporting::ExportedBundle> deliver(storage::Store& store, const std::filesystem::path& data,
                                                const std::string& kiosk_id, exporting::Folder& folder) {
    const auto sealer = read_sealer(data / "keys" / "recipients.txt");
    if (!sealer) return sealer.error();
    if (!*sealer) return no_keys(data / "keys" / "recipients.txt");
    auto key = signing_key(data / "keys" / "kiosk.key");
    if (!key) return key.error();
    const std::string public_key = key->public_key().to_base64();
    const sealing::MinisignSigner signer(std::move(*key));
    auto bundle = exporting::export_bundle(store, **sealer, signer, folder);
    if (!bundle) return bundle;
    const std::string enrolment = write_enrolment(exporting::KioskEnrolment{kiosk_id, "", public_key});
    if (auto written = folder.write(kiosk_id + ".enrolment", std::as_bytes(std::span(enrolment))); !written) return written.error();
    return bundle;
}

}  // namespace kiosk
