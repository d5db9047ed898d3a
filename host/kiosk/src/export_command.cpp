// `export`: what waits in the store goes to a folder (a stick) as one signed bundle, and beside it the enrolment by
// which an office that does not know this kiosk yet can come to trust it.
#include "commands.hpp"
#include "office_keys.hpp"

#include <kiosk/exporting/bundle.hpp>
#include <kiosk/exporting/enrolment.hpp>
#include <kiosk/platform/system.hpp>
#include <kiosk/sealing/age.hpp>
#include <kiosk/sealing/minisign.hpp>
#include <kiosk/storage/store.hpp>

#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>

namespace kiosk::commands {
namespace {

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

// With few poll answers in a bundle, whoever saw who stood at the kiosk can guess what they answered. Asked only where
// somebody can answer; a script has decided already.
bool warn_of_few(storage::Store& store, const Console& console) {
    const auto status = store.status();
    if (!status || status->polls_waiting == 0 || status->polls_waiting >= storage::kFewPollAnswers) return true;
    const std::string count = std::to_string(status->polls_waiting);
    const core::Words words{
        "Chỉ có " + count + " phiếu thăm dò đang chờ. Dưới 10 phiếu, người đã thấy ai đứng ở máy có thể đoán ra câu trả lời. Nên đợi thêm.",
        "Only " + count + " poll answers wait. With fewer than 10, someone who saw who stood here can guess their answers. Better wait for more."};
    console.err << "feedback-kiosk: " << words.in(console.language) << '\n';
    if (::isatty(STDIN_FILENO) == 0) return true;
    console.err << (console.language == "en" ? "Export anyway? (y/n) " : "Vẫn xuất? (c/k) ") << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "c" || answer == "Y" || answer == "C";
}

}  // namespace

int export_answers(const LaunchOptions& options, const std::filesystem::path& to, const Console& console) {
    const std::filesystem::path data = find_places(options.data).data;
    const auto config = load_config(options, Purpose::serve);
    if (!config) return refuse(console, config.error());
    const std::string& kiosk_id = config->kiosk_id;

    const auto keys = read_office_keys(data);
    if (!keys) return refuse(console, keys.error());
    if (!keys->sealer) return refuse(console, no_office_keys_error(data));
    auto key = signing_key(data / "keys" / "kiosk.key");
    if (!key) return refuse(console, key.error());
    const std::string public_key = key->public_key().to_base64();
    const sealing::MinisignSigner signer(std::move(*key));

    platform::SystemClock clock;
    platform::SystemRandom random;
    storage::StoreOptions store_options;
    store_options.kiosk_id = kiosk_id;
    auto store = storage::Store::open(data.string(), &*keys->sealer, clock, random, store_options);
    if (!store) return refuse(console, store.error());
    if (!warn_of_few(**store, console)) return kRefused;
    auto folder = exporting::DiskFolder::open(to);
    if (!folder) return refuse(console, folder.error());
    const auto bundle = exporting::export_bundle(**store, *keys->sealer, signer, *folder);
    if (!bundle) return refuse(console, bundle.error());

    const std::string enrolment = write_enrolment(exporting::KioskEnrolment{kiosk_id, "", public_key});
    if (auto written = folder->write(kiosk_id + ".enrolment", std::as_bytes(std::span(enrolment))); !written)
        return refuse(console, written.error());
    console.out << (to / bundle->file).string() << '\n';
    return kDone;
}

}  // namespace kiosk::commands
