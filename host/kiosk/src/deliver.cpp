#include "deliver.hpp"

#include "office_keys.hpp"
#include "office_link.hpp"

#include <kiosk/sealing/minisign.hpp>
#include <kiosk/storage/store.hpp>

namespace kiosk {

core::Result<exporting::ExportedBundle> deliver(storage::Store& store, const Sender& sender, exporting::Folder& folder) {
    const auto keys = read_office_keys(sender.data);
    if (!keys) return keys.error();
    if (!keys->sealer) return no_office_keys_error(sender.data);
    auto key = kiosk_signing_key(sender.data);
    if (!key) return key.error();
    const sealing::MinisignSigner signer(std::move(*key));
    // Before the bundle: a stick that another kiosk of the same id has used is refused while nothing is on it.
    if (const auto enrolled = write_kiosk_enrolment(sender.data, sender.kiosk_id, sender.place, folder); !enrolled)
        return enrolled.error();
    return exporting::export_bundle(store, *keys->sealer, signer, folder);
}

}  // namespace kiosk
