// `export`: what waits in the store goes to a folder (a stick).
#include "answer_keeper.hpp"
#include "commands.hpp"
#include "deliver.hpp"

#include <kiosk/platform/system.hpp>
#include <kiosk/storage/store.hpp>

#include <ostream>

namespace kiosk::commands {

int export_answers(const LaunchOptions& options, const std::filesystem::path& to, const Console& console) {
    const std::filesystem::path data = find_places(options.data).data;
    const auto config = load_config(options, Purpose::serve);
    if (!config) return refuse(console, config.error());
    auto sealer = read_sealer(data / "keys" / "recipients.txt");
    if (!sealer) return refuse(console, sealer.error());

    platform::SystemClock clock;
    platform::SystemRandom random;
    storage::StoreOptions store_options;
    store_options.kiosk_id = config->kiosk_id;
    auto store = storage::Store::open(data.string(), *sealer ? &**sealer : nullptr, clock, random, store_options);
    if (!store) return refuse(console, store.error());
    auto folder = exporting::DiskFolder::open(to);
    if (!folder) return refuse(console, folder.error());
    const auto bundle = deliver(**store, data, config->kiosk_id, *folder);
    if (!bundle) return refuse(console, bundle.error());
    console.out << (to / bundle->file).string() << '\n';
    return kDone;
}

}  // namespace kiosk::commands
