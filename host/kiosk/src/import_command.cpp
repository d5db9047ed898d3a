// `import` and `enrol`: what comes from the office by stick goes in, and this kiosk's enrolment goes out.
#include "commands.hpp"
#include "office_keys.hpp"
#include "office_link.hpp"
#include "staff_report.hpp"

#include <kiosk/exporting/enrolment.hpp>
#include <kiosk/platform/system.hpp>
#include <kiosk/storage/store.hpp>

#include <ostream>
#include <system_error>

namespace kiosk::commands {
namespace {

constexpr std::uint64_t kLargestSignature = 4096;

core::Error unknown_kind(const std::filesystem::path& file) {
    return {"import.unknown_kind",
            {"“" + file.filename().string() + "” không phải là gói biểu mẫu (.kpk), biên nhận (.receipt) hay tệp khóa của cơ quan (office.enrolment). Hãy chọn tệp khác.",
             "\"" + file.filename().string() + "\" is no form pack (.kpk), no receipt (.receipt) and not the office's keys (office.enrolment). Choose another file."}};
}

core::Error no_file(const std::filesystem::path& file) {
    return {"import.not_found", {"Không có tệp “" + file.string() + "”. Hãy kiểm tra USB và tên tệp.",
                                 "There is no file \"" + file.string() + "\". Check the stick and the name."}};
}

core::Error no_signature(const std::filesystem::path& file) {
    return {"import.no_signature", {"Thiếu tệp chữ ký “" + file.string() + ".minisig”. Hãy chép cả hai tệp từ máy của cơ quan.",
                                    "The signature \"" + file.string() + ".minisig\" is missing. Copy both files from the office's computer."}};
}

// A file that came by stick, and its signature where it has one.
struct Incoming {
    std::string text;
    std::optional<std::string> minisig;
};

core::Result<Incoming> read_incoming(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) return no_file(file);
    auto folder = exporting::DiskFolder::open(file.has_parent_path() ? file.parent_path() : ".");
    if (!folder) return folder.error();
    const auto text_of = [](core::ByteView bytes) { return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()); };
    const std::string name = file.filename().string();
    auto content = folder->read(name, exporting::kMaximumReceiptBytes);
    if (!content) return content.error();
    Incoming incoming{text_of(*content), {}};
    if (!std::filesystem::exists(file.string() + ".minisig", ignored)) return incoming;
    auto signature = folder->read(name + ".minisig", kLargestSignature);
    if (!signature) return signature.error();
    incoming.minisig = text_of(*signature);
    return incoming;
}

core::Result<core::Words> import_office(const Incoming& incoming, const std::filesystem::path& data, bool replaces) {
    auto words = take_office_keys(incoming.text, incoming.minisig, data, replaces);
    if (!words) return words.error();
    core::Words told{words->changed ? "Đã nhận khóa của cơ quan. So từng từ với phiếu khóa:" : "Khóa của cơ quan đã có sẵn. Phiếu khóa ghi:",
                     words->changed ? "The office's keys are in place. Compare every word with the key sheet:"
                                    : "These keys of the office were here already. The key sheet says:"};
    const auto add = [&](const char* vi, const char* en, const std::string& eight) {
        told.vi += std::string("\n  ") + vi + ": " + eight;
        told.en += std::string("\n  ") + en + ": " + eight;
    };
    for (const std::string& recipient : words->recipients) {   // in the key sheet's order and words
        const bool is_first = &recipient == &words->recipients.front();
        add(is_first ? "niêm phong" : "dự phòng", is_first ? "sealing" : "escrow", recipient);
    }
    add("ký", "signing", words->signing);
    return told;
}

core::Result<core::Words> import_receipt(const Incoming& incoming, const std::filesystem::path& file, const LaunchOptions& options) {
    if (!incoming.minisig) return no_signature(file);
    const auto config = load_config(options, Purpose::serve);
    if (!config) return config.error();
    const std::filesystem::path data = find_places(options.data).data;
    platform::SystemClock clock;
    platform::SystemRandom random;
    storage::StoreOptions store_options;
    store_options.kiosk_id = config->kiosk_id;
    const auto keys = read_office_keys(data);
    if (!keys) return keys.error();
    auto store = storage::Store::open(data.string(), keys->sealer ? &*keys->sealer : nullptr, clock, random, store_options);
    if (!store) return store.error();
    auto receipt = take_receipt(std::as_bytes(std::span(incoming.text)), *incoming.minisig, data, config->kiosk_id, **store);
    if (!receipt) return receipt.error();
    if (auto tidied = (*store)->tidy(); !tidied) return tidied.error();
    auto status = (*store)->status();
    if (!status) return status.error();
    const std::string held = std::to_string(receipt->bundles.size()), open = std::to_string(status->without_receipt.size());
    return core::Words{"Cơ quan đã nhận " + held + " gói dữ liệu của máy này; " + open + " gói đã xuất còn chờ biên nhận.",
                       "The office holds " + held + " bundles of this kiosk; " + open + " delivered bundles still wait for a receipt."};
}

// A kiosk that is running shows the pack's forms to its next visitor.
core::Result<core::Words> import_pack(const std::filesystem::path& file, const std::filesystem::path& data) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) return no_file(file);
    const auto verifier = trusted_verifier(data);
    if (!verifier) return verifier.error();
    const auto pack = PackShelf::look(file, **verifier);
    if (!pack) return pack.error();
    auto shelf = PackShelf::open(data);
    if (!shelf) return shelf.error();
    const std::string day = today(platform::SystemClock());
    if (auto taken = shelf->take(*pack, day); !taken) return taken.error();
    return pack_line(*shelf).words;
}

}  // namespace

int import_file(const LaunchOptions& options, const ImportOptions& wanted, const Console& console) {
    if (wanted.file.extension() == ".kpk") {
        const auto taken = import_pack(wanted.file, find_places(options.data).data);
        if (!taken) return refuse(console, taken.error());
        console.out << taken->in(console.language) << '\n';
        return kDone;
    }
    auto incoming = read_incoming(wanted.file);
    if (!incoming) return refuse(console, incoming.error());
    const auto done = [&]() -> core::Result<core::Words> {
        if (incoming->text.starts_with(exporting::kOfficeEnrolmentLine))
            return import_office(*incoming, find_places(options.data).data, wanted.replaces);
        if (incoming->text.starts_with(exporting::kReceiptLine)) return import_receipt(*incoming, wanted.file, options);
        return unknown_kind(wanted.file);
    }();
    if (!done) return refuse(console, done.error());
    console.out << done->in(console.language) << '\n';
    return kDone;
}

int enrol(const LaunchOptions& options, const std::filesystem::path& to, const Console& console) {
    const auto config = load_config(options, Purpose::serve);
    if (!config) return refuse(console, config.error());
    auto folder = exporting::DiskFolder::open(to);
    if (!folder) return refuse(console, folder.error());
    const auto words = write_kiosk_enrolment(find_places(options.data).data, config->kiosk_id, config->policies.organisation, *folder);
    if (!words) return refuse(console, words.error());
    const std::string file = (to / (config->kiosk_id + ".enrolment")).string();
    const core::Words told{"Đã ghi " + file + ". Máy của cơ quan phải hiện đúng các từ này: " + *words,
                           "Wrote " + file + ". The office's computer must show these words: " + *words};
    console.out << told.in(console.language) << '\n';
    return kDone;
}

}  // namespace kiosk::commands
