#include "collector.hpp"
#include "commands.hpp"
#include "json_output.hpp"

namespace kiosk::office {
namespace {

void tell(const std::vector<office_store::PossibleDuplicates>& groups, const Console& console) {
    if (groups.empty()) return console.say(core::Words{"Không thấy ai được giới thiệu hai lần.", "Nobody seems to have been referred twice."});
    for (const office_store::PossibleDuplicates& group : groups) {
        if (group.is_likely) console.say(core::Words{"Rất có thể là một người:", "Very likely one person:"});
        else console.say(core::Words{"Có thể là một người:", "Perhaps one person:"});
        for (const office_store::ReferredPerson& person : group.people)
            console.say("  " + person.name + "; " + person.born + (person.place.empty() ? "" : "; " + person.place) + "  [" + person.kiosk + ", " + person.key + "]");
    }
    console.say(core::Words{"Máy không gộp gì cả: hãy xem từng phiếu rồi quyết định.", "Nothing was merged: look at each answer and decide."});
}

}  // namespace

int duplicates(const DuplicatesOptions& options, const Console& console) {
    auto store = office_store::OfficeStore::open_existing(options.store, read_definition);
    if (!store) return console.refuse(store.error());
    if (auto frozen = store->freeze(); !frozen) return console.refuse(frozen.error());
    auto groups = office_store::possible_duplicates(*store, options.activity);
    if (!groups) return console.refuse(groups.error());
    if (console.json()) console.print_json(duplicates_json(options.activity, *groups));
    else tell(*groups, console);
    return kDone;
}

}  // namespace kiosk::office
