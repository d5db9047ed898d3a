// `export`: what waits in the store goes to a folder (a stick).
#include "commands.hpp"
#include "deliver.hpp"
#include "office_keys.hpp"

#include <kiosk/platform/system.hpp>
#include <kiosk/storage/store.hpp>

#include <unistd.h>

#include <iostream>
#include <string>

namespace kiosk::commands {
namespace {

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

int export_answers(const LaunchOptions& options, const ExportOptions& wanted, const Console& console) {
    const std::filesystem::path data = find_places(options.data).data;
    const auto config = load_config(options, Purpose::serve);
    if (!config) return refuse(console, config.error());
    const auto keys = read_office_keys(data);
    if (!keys) return refuse(console, keys.error());

    platform::SystemClock clock;
    platform::SystemRandom random;
    storage::StoreOptions store_options;
    store_options.kiosk_id = config->kiosk_id;
    auto store = storage::Store::open(data.string(), keys->sealer ? &*keys->sealer : nullptr, clock, random, store_options);
    if (!store) return refuse(console, store.error());
    if (!warn_of_few(**store, console)) return kRefused;
    auto folder = exporting::DiskFolder::open(wanted.to);
    if (!folder) return refuse(console, folder.error());
    if (wanted.again)
        if (auto released = (*store)->export_again(); !released) return refuse(console, released.error());
    const auto bundle = deliver(**store, {data, config->kiosk_id, config->policies.organisation}, *folder);
    if (!bundle) return refuse(console, bundle.error());
    if (folder->is_slow()) console.err << exporting::slow_stick().in(console.language) << '\n';
    console.out << (wanted.to / bundle->file).string() << '\n';
    return kDone;
}

}  // namespace kiosk::commands
