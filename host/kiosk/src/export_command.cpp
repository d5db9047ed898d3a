// `export`: what waits in the store goes to a folder (a stick) as one signed bundle, and beside it the enrolment by
// which an office that does not know this kiosk yet can come to trust it.
#include "answer_keeper.hpp"
#include "commands.hpp"
#include "office_link.hpp"

#include <kiosk/exporting/bundle.hpp>
#include <kiosk/platform/system.hpp>
#include <kiosk/sealing/age.hpp>
#include <kiosk/storage/store.hpp>

#include <ostream>

namespace kiosk::commands {

int export_answers(const LaunchOptions& options, const ExportOptions& wanted, const Console& console) {
    const std::filesystem::path data = find_places(options.data).data;
    const auto config = load_config(options, Purpose::serve);
    if (!config) return refuse(console, config.error());
    const std::string& kiosk_id = config->kiosk_id;

    auto sealer = read_sealer(data / "keys" / "recipients.txt");
    if (!sealer) return refuse(console, sealer.error());
    if (!*sealer)
        return refuse(console, {"export.no_keys",
                                {"Chưa có khóa của cơ quan trong “" + (data / "keys/recipients.txt").string() + "”, nên chưa có gì để xuất.",
                                 "The office's key is not in \"" + (data / "keys/recipients.txt").string() + "\", so there is nothing to export."}});
    auto key = kiosk_signing_key(data);
    if (!key) return refuse(console, key.error());
    const sealing::MinisignSigner signer(std::move(*key));

    platform::SystemClock clock;
    platform::SystemRandom random;
    storage::StoreOptions store_options;
    store_options.kiosk_id = kiosk_id;
    auto store = storage::Store::open(data.string(), &**sealer, clock, random, store_options);
    if (!store) return refuse(console, store.error());
    auto folder = exporting::DiskFolder::open(wanted.to);
    if (!folder) return refuse(console, folder.error());
    if (wanted.again)
        if (auto released = (*store)->export_again(); !released) return refuse(console, released.error());
    // Before the bundle: a stick that another kiosk of the same id has used is refused while nothing is on it.
    if (const auto enrolled = write_kiosk_enrolment(data, kiosk_id, config->policies.organisation, *folder); !enrolled)
        return refuse(console, enrolled.error());
    const auto bundle = exporting::export_bundle(**store, **sealer, signer, *folder);
    if (!bundle) return refuse(console, bundle.error());
    if (folder->is_slow()) console.err << exporting::slow_stick().in(console.language) << '\n';
    console.out << (wanted.to / bundle->file).string() << '\n';
    return kDone;
}

}  // namespace kiosk::commands
