// `pin`: gives the kiosk a staff PIN, made by chance, and prints it once. For the installer, at the machine's own
// console: whoever may write the data folder may set the PIN, and nobody is tempted to choose 123456.
#include "commands.hpp"
#include "pin_guard.hpp"
#include "store_notes.hpp"

#include <kiosk/platform/system.hpp>
#include <kiosk/sealing/pin_hash.hpp>
#include <kiosk/storage/store.hpp>

#include <ostream>

namespace kiosk::commands {

int set_pin(const LaunchOptions& options, const Console& console) {
    const auto config = load_config(options, Purpose::serve);
    if (!config) return refuse(console, config.error());
    platform::SystemClock clock;
    platform::SystemRandom random;
    storage::StoreOptions store_options;
    store_options.kiosk_id = config->kiosk_id;
    auto store = storage::Store::open(find_places(options.data).data.string(), nullptr, clock, random, store_options);
    if (!store) return refuse(console, store.error());
    StoreNotes notes(**store);
    const std::string pin = PinGuard::random_pin(random);
    const auto hash = sealing::hash_pin(pin, sealing::PinCost::kiosk);
    if (!hash) return refuse(console, hash.error());
    if (auto kept = PinGuard::set(notes, *hash, random); !kept) return refuse(console, kept.error());
    static_cast<void>((*store)->audit("staff.new_pin", ""));
    console.err << (console.language == "en" ? "The staff PIN of this kiosk. Write it down and seal it; it is shown only now.\n"
                                             : "Mã PIN của nhân viên. Ghi lại, niêm phong; mã chỉ hiện lần này.\n");
    console.out << pin << '\n';
    return kDone;
}

}  // namespace kiosk::commands
